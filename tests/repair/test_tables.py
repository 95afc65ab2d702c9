"""Tables: what is mended in them, and that the rest stays as it was written, to the byte."""

from __future__ import annotations

import pytest

from generator.dataset import sheet_named
from generator.repair import write_table
from generator.repair.school import mend, sheet_of
from tests.repair.conftest import errors_of, mended_file

DUTIES = "data/duties.csv"
FEES = "data/terms/2023-spring/fees.csv"
BUDGET = "data/finance/2023/budget.csv"
HEAD = "职责编号,职责,校区,责任岗位,起,止\n"
ROW = "d1,后勤,,后勤主任,2023-02-01,\n"
FEE_HEAD = "项目编号,收费项目,收费性质,计费单位,收费标准,是否自愿,收费对象,收费依据,批准机关,备注\n"
FEE = "F03,作业本费,代收费,元/生·期,15.00,是,学生,发改价格〔2010〕1619号,县发改局,\n"


def duties(body: str) -> str:
    """Return the mended text of a table of duties."""
    return mended_file(DUTIES, body.encode()).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + ROW, HEAD + ROW),
        ("岗位职责表\n" + HEAD + ROW, HEAD + ROW),
        ("岗位职责表,,,,,\n,,,,,\n" + HEAD + ROW, HEAD + ROW),
        (HEAD + ROW + ",,,,,\n\n,,,\n", HEAD + ROW),
        (HEAD.replace("\n", ",,\n") + ROW.replace("\n", ",,\n"), HEAD + ROW),
        (HEAD + ROW.replace("\n", ",,,\n"), HEAD + ROW),
        (HEAD + ROW[:-1], HEAD + ROW),
        (HEAD + ROW.replace("后勤,", " 后勤　,"), HEAD + ROW),
        (HEAD + ROW.replace("后勤,", '"后勤 ",'), HEAD + ROW),
        (HEAD + ROW.replace("后勤,", "后\u200b勤,"), HEAD + ROW),
        (HEAD + ROW.replace("d1", "ｄ１"), HEAD + ROW),
        (HEAD + ROW.replace("2023-02-01", "2023/2/1"), HEAD + ROW),
        (HEAD + ROW.replace("2023-02-01", '"2023年2月1日"'), HEAD + ROW),
        (HEAD.replace("责任岗位", "责任 岗位") + ROW, HEAD + ROW),
        (HEAD.replace("责任岗位", '"责任\n岗位"') + ROW, HEAD + ROW),
        (HEAD.replace("职责编号", "\ufeff职责编号") + ROW, HEAD + ROW),
        (HEAD.replace("职责编号", "SLOT").replace("职责,", "Duty NAME,") + ROW,
         HEAD.replace("职责编号", "slot").replace("职责,", "Duty name,") + ROW),
        (HEAD + ROW + HEAD + ROW.replace("d1", "d2"), HEAD + ROW + ROW.replace("d1", "d2")),
        ((HEAD + ROW).replace(",", ";"), HEAD + ROW),
        ((HEAD + ROW).replace(",", "\t"), HEAD + ROW),
        ((HEAD + ROW).replace(",", "，"), HEAD + ROW),
        ((HEAD + ROW).replace(",", "；"), HEAD + ROW),
        ((HEAD + ROW).replace(",", ";").replace("后勤;", '"后勤,总务";'), HEAD + ROW.replace("后勤,", '"后勤,总务",')),
        ((HEAD + ROW).replace(",", ";").replace("后勤;", "后勤,总务;"), HEAD + ROW.replace("后勤,", '"后勤,总务",')),
        ((HEAD + ROW).replace(",", "\t").replace("后勤\t", '"后勤"\t'), HEAD + ROW),
    ],
)  # fmt: skip
def test_a_table_is_mended(before: str, after: str) -> None:
    assert duties(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        HEAD,
        HEAD + '"d1",后勤,,"后勤主任",2023-02-01,\n',
        HEAD + 'd1,"后勤,总务",,"“后勤”主任",2023-02-01,\n',
        HEAD + 'd1,"后勤\n总务",,"a ""b""",2023-02-01,\n',
        HEAD + "d1,后勤,,后勤主任,44970,\n",
        HEAD + "d1,后勤,,后勤主任\n",
        HEAD + "d1 x , =1,,岗位,44970 ,\n",
        ROW + HEAD + ROW.replace("d1", "d2"),
        "表\n" + ROW + HEAD + ROW.replace("d1", "d2"),
        HEAD + "d1,后勤,,后勤主任,2023-02-01,,多\n",
        HEAD + 'd1,后"勤,,后勤主任,2023-02-01,\n',
        HEAD + 'd1,"后勤,,后勤主任,2023-02-01,\n',
        HEAD + "d1,后\u202e勤,,后勤主任,2023-02-01,\n",
        HEAD + "d1,后\t勤,,后勤主任,2023-02-01,\n",
        HEAD.replace("责任岗位", "责任岗") + ROW,
        HEAD.replace("责任岗位", "职 责") + ROW,
        HEAD.replace("校区", "责任 岗位") + ROW,
        HEAD.replace("责任岗位", "责 任岗位").replace("校区", "责任 岗位") + ROW,
        "职责 编号,职 责,校 区,责任 岗位,起,止\n" + ROW + HEAD + ROW.replace("d1", "d2"),
        HEAD.replace("责任岗位", "职责") + ROW,
        HEAD + "<<<<<<< HEAD\n" + ROW + "=======\n" + ROW + ">>>>>>> b\n",
        "<<<<<<< HEAD\n" + HEAD + ROW + "=======\n" + HEAD + ROW + ">>>>>>> b\n",
        "a，b，c\nd，e，f\n",
        "没有,认识的,标题\n1,2,3\n",
        (HEAD + ROW).replace(",", "，").replace("后勤，", "后勤，总务，"),
    ],
)
def test_what_is_fine_or_doubtful_stays_to_the_byte(text: str) -> None:
    assert duties(text) == text


def test_a_doubtful_cell_does_not_keep_others_from_being_mended() -> None:
    before = HEAD + "d1,后\u202e勤,,后勤主任,44970,2023/3/1\n" + 'd2,"a"b,,岗位,2023/3/1,\n' + "d3,a\n"
    assert duties(before) == before.replace("2023/3/1", "2023-03-01")


def test_line_ends_and_encodings_become_one() -> None:
    text = HEAD + ROW
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"):
        for end in ("\n", "\r\n", "\r"):
            assert mended_file(DUTIES, text.replace("\n", end).encode(encoding)) == text.encode()


def test_bytes_that_prove_no_encoding_stay() -> None:
    for data in (b"\xff\xfe\x00", HEAD.encode() + b"\xff,\n", b"PK\x03\x04\x14\x00", "职责".encode("gb18030")):
        assert mended_file(DUTIES, data) == data


def test_what_cannot_be_mended_keeps_its_form_but_not_its_encoding() -> None:
    text = HEAD + "d1,后勤,,后勤主任,44970,\n"
    assert mended_file(DUTIES, text.encode("gb18030")) == text.encode()


PASTED = FEE.strip().removesuffix(",")


@pytest.mark.parametrize(
    ("cell", "mended"),
    [
        (f'"{FEE.strip()}"\n', FEE),
        (f'"{FEE.strip()}",,,,,,,,,\n', FEE),
        (FEE.strip().replace(",", "\t") + "\n", FEE),
        (FEE.strip().replace(",", "，") + "\n", FEE),
        (f'"{FEE.strip()}"\n'.replace("15.00", "15元"), FEE.replace("15.00", "15")),
        ('"' + FEE.strip().replace("作业本费", '""作业,本""') + '"\n', FEE.replace("作业本费", '"作业,本"')),
    ],
)
def test_a_row_in_one_cell(cell: str, mended: str) -> None:
    other = FEE.replace("F03", "F04")
    assert mended_file(FEES, (FEE_HEAD + other + cell).encode()).decode() == FEE_HEAD + other + mended


@pytest.mark.parametrize(
    "cell",
    [
        f'"{PASTED}"\n',
        f'"{FEE.strip()},"\n',
        f'"{FEE.strip()}"\n'.replace("15.00", "十五"),
        f'"{FEE.strip()}"\n'.replace("F03", ""),
    ],
)
def test_a_row_in_one_cell_that_does_not_fit(cell: str) -> None:
    text = FEE_HEAD + FEE.replace("F03", "F04") + cell
    assert mended_file(FEES, text.encode()).decode() == text


def test_a_table_in_one_column() -> None:
    lines = (FEE_HEAD + FEE).splitlines()
    text = "".join(f'"{line}"\n' for line in lines)
    assert mended_file(FEES, text.encode()).decode() == FEE_HEAD + FEE
    worse = text.replace("15.00", "十五")
    assert mended_file(FEES, worse.encode()).decode() == worse


TOTAL_HEAD = "科目,项目,类别,预算金额\n"


def test_total_rows_stay_and_their_sums_are_mended() -> None:
    before = TOTAL_HEAD + '4001,拨款,收入,"1,000.00"\n4002,补助,收入,5.50\n 合 计,,收入,"1,005.50"\n'
    after = TOTAL_HEAD + "4001,拨款,收入,1000.00\n4002,补助,收入,5.50\n合 计,,收入,1005.50\n"
    assert mended_file(BUDGET, before.encode()).decode() == after
    assert errors_of(BUDGET, after.encode()) == []


@pytest.mark.parametrize("title", ["预算表（单位：万元）", "单位：万元", "in million yuan"])
def test_a_title_row_that_speaks_of_other_units_stays_and_is_told(title: str) -> None:
    before = f"{title},,,\n" + TOTAL_HEAD + "4001,拨款,收入,1元\n"
    found = sheet_of(BUDGET)
    assert found
    after, _, left = mend(before.encode(), BUDGET, *found)
    assert after.decode() == before.replace("1元", "1")
    assert [str(problem.place) for problem in left] == [f"{BUDGET}:1:1 (A1)"]


def test_a_header_that_was_sorted_into_the_data_is_told() -> None:
    found = sheet_of(DUTIES)
    assert found
    after, repairs, left = mend((ROW + HEAD + ROW.replace("d1", "d2")).encode(), DUTIES, *found)
    assert after.decode() == ROW + HEAD + ROW.replace("d1", "d2")
    assert [(str(problem.place), problem.severity) for problem in left] == [(f"{DUTIES}:1:1 (A1)", "warning")]
    assert list(repairs) == []


@pytest.mark.parametrize("title", ["第十一小学（单位：元）", "单位：青禾小学", "千山镇部分收支"])
def test_other_title_rows_go(title: str) -> None:
    assert mended_file(BUDGET, f"{title},,,\n{TOTAL_HEAD}".encode()).decode() == TOTAL_HEAD


def test_places_and_reasons() -> None:
    before = "表\n" + HEAD + ROW.replace("后勤,", "后\u200b勤,").replace("2023-02-01", "2023/2/1") + "\n"
    found = sheet_of(DUTIES)
    assert found
    _, repairs, _ = mend(before.encode("utf-8-sig"), DUTIES, *found)
    assert [(str(r.place).removeprefix(DUTIES), r.before, r.after, r.why.text) for r in repairs] == [
        ("", "UTF-8 BOM", "UTF-8", "a mark at the start of the file is not needed"),
        (":1:1 (A1)", "表", "", "rows above the header are not read"),
        (":3:4 (B3)", "后\u200b勤", "后勤", "a character that shows nothing was left out"),
        (":3:14 (E3)", "2023/2/1", "2023-02-01", "a day is year-month-day"),
        (":4:1 (A4)", "", "", "an empty row says nothing"),
    ]


def test_a_table_is_written_in_declared_order() -> None:
    sheet = sheet_named("duties")
    assert sheet
    rows = [{"name": "后勤,总务", "slot": "d1"}, {"slot": "d2", "name": 'a "b"', "campus": "ZX"}]
    assert write_table(sheet, rows, ["name", "campus", "slot"], "zh").decode() == (
        '职责编号,职责,校区\nd1,"后勤,总务",\nd2,"a ""b""",ZX\n'
    )
    assert write_table(sheet, [], ["slot"], "en") == b"Duty\n"
    with pytest.raises(ValueError, match="no columns"):
        write_table(sheet, [], ["slot", "colour"], "zh")


def test_a_mark_of_the_encoding_behind_a_dropped_row_goes_too() -> None:
    assert duties("表\n\ufeff" + HEAD.replace("职责编号", '职"责') + ROW) == HEAD.replace("职责编号", '职"责') + ROW


def test_the_list_of_what_only_looks_personal() -> None:
    head = "代号,文件,看似,理由,批准岗位,有效期至\n"
    row = "bcdf,data/school.yml,手机号,办公电话,校长,2024/1/31\n"
    after = mended_file("data/privacy-allowed.csv", (head + row).encode()).decode()
    assert after == head + row.replace("2024/1/31", "2024-01-31")


@pytest.mark.parametrize(
    "file",
    [
        "data/attachments/fees.csv",
        "data/fees.csv",
        "data/school.csv",
        "data/terms/2023-spring/fees.xlsx",
        "site/duties.csv",
    ],
)
def test_files_that_no_register_reads_are_none_of_our_business(file: str) -> None:
    assert sheet_of(file) is None
