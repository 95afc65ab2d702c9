"""What records say of each other: keys inside of documents, corrections, explanations, spans of days, folders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import check
from generator.locale import language
from generator.problems import Severity, as_text

ZH = language("zh")


def said(root: Path, severity: Severity = Severity.ERROR) -> list[str]:
    return [as_text(problem, ZH) for problem in check(root).problems if problem.severity is severity]


def put(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as opened:
        opened.write(text)


def correction(sheet: str, record: str, field: str, kind: str = "更正") -> str:
    return f"C-009,2023-05-15,{sheet},{record},{field},1.00,2.00,{kind},笔误,校长\n"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (correction("line", "2023/2023-04/30206", "amount"), "C5): error[reference]: “line”"),
        (correction("lines", "2023/2023-04/30206", "amounts"), "E5): error[reference]: “amounts”"),
        (correction("lines", "2023/2023-04/30298", "amount"), "D5): error[reference]: “2023/2023-04/30298”"),
        (correction("lines", "2024/2023-04/30206", "amount"), "D5): error[reference]: “2024/2023-04/30206”"),
        (correction("plan", "2023-spring/m9.9", "期限"), "D5): error[reference]: “2023-spring/m9.9”"),
    ],
)
def test_a_correction_of_what_there_is_not_is_an_error(school: Path, row: str, problem: str) -> None:
    add(school, "data/corrections.csv", row)
    (line,) = said(school)
    assert problem in line


@pytest.mark.parametrize(
    "row",
    [
        correction("lines", "2023/2023-04/30206", "金额"),
        correction("plan", "2023-spring/m2.1", "期限"),
        correction("plan", "2023-spring", "aim"),
        correction("school", "青禾小学", "地址"),
        correction("fees", "2023-spring/F99", "amount", "撤下"),
        correction("duties", "waste-handler/BG/2023-02-01", "holder"),
    ],
)
def test_a_correction_may_name_any_record_and_field(school: Path, row: str) -> None:
    add(school, "data/corrections.csv", row)
    assert [line for line in said(school) if "[reference]" in line] == []


def test_what_a_file_lacks_through_its_own_error_is_told_once(school: Path) -> None:
    put(school, "data/finance/2023/lines.csv", "2023-04,30206,", "2023-04,三零二零六,")
    assert not [line for line in said(school) if "corrections.csv" in line]
    put(school, "data/terms/2023-spring/term.yml", "2023-02-13", "2023-02-31")
    assert not [line for line in said(school) if "没有 term.yml" in line]


def test_an_explanation_of_no_finding_is_a_warning_while_it_holds(
    school: Path, check_lines: Callable[..., list[str]]
) -> None:
    before = check_lines(school)
    add(school, "data/explanations.csv", "FIN-06:2023/2023-04,2023-06-20,后勤主任,迟了,2023-12-31\n")
    add(school, "data/explanations.csv", "FIN-06:2023/2023-03,2023-06-20,后勤主任,迟了,2023-06-30\n")
    (line,) = set(check_lines(school)) - set(before)
    assert line == (
        "data/explanations.csv:4:1 (A4): warning[reference]: 目前没有编号为“FIN-06:2023/2023-04”的问题；是不是要写“FIN-06:2023/2023-05”？"
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/school.yml", "校区:", "校区:\n  - {校区编号: ZX, 校区名称: 又一处, 类别: 完小}"),
        ("data/terms/2023-spring/plan.yml", "编号: p2", "编号: p1"),
        ("data/terms/2023-spring/plan.yml", "编号: m1.2", "编号: m1.1"),
    ],
)
def test_keys_inside_of_a_document_are_unique(school: Path, file: str, old: str, new: str) -> None:
    put(school, file, old, new)
    assert any(line.startswith(file) and "error[duplicate]" in line for line in said(school))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/terms/2023-spring/term.yml", "放假日: 2023-07-07", "放假日: 2023-01-07"),
        ("data/duties.csv", "后勤主任,2023-02-01,", "后勤主任,2023-02-01,2023-01-31"),
        ("data/terms/2023-spring/fees.csv", "县发改局,2022-09-01,,", "县发改局,2022-09-01,2022-08-31,"),
    ],
)
def test_what_ends_before_it_begins_is_an_error(school: Path, file: str, old: str, new: str) -> None:
    put(school, file, old, new)
    (line,) = said(school)
    assert "error[date]: 结束日期早于开始日期" in line


def test_an_entry_under_both_of_its_names_is_an_error(school: Path) -> None:
    put(school, "data/school.yml", "主管部门:", "supervisor: 某局\n主管部门:")
    (line,) = said(school)
    assert "“主管部门”和“supervisor”是同一个条目" in line


@pytest.mark.parametrize("folder", ["finance/2023年", "terms/2022年秋"])
def test_a_folder_that_is_no_code_is_refused(school: Path, folder: str) -> None:
    name, text = (
        ("budget.csv", "科目,项目,类别,预算金额\n4604,利息收入,收入,1.00\n") if folder.startswith("finance")
        else ("fee-totals.csv", "合计编号,对象,走读或寄宿,必交合计,自愿合计\nT1,走读学生,走读,0.00,397.00\n")
    )  # fmt: skip
    add(school, f"data/{folder}/{name}", text)
    (line,) = said(school)
    assert line.startswith(f"data/{folder}/{name}: error[file-name]")


def test_posted_totals_too_need_their_term(school: Path) -> None:
    add(
        school, "data/terms/2022-fall/fee-totals.csv",
        "合计编号,对象,走读或寄宿,必交合计,自愿合计\nT1,走读学生,走读,0.00,397.00\n",
    )  # fmt: skip
    (line,) = said(school)
    assert line.startswith("data/terms/2022-fall/fee-totals.csv: error[reference]")


@pytest.mark.parametrize(
    ("file", "row", "problems"),
    [
        ("data/terms/2023-spring/collections.csv", "合计,1307,120585.00,120307.00,278.00,,\n", 0),
        ("data/terms/2023-spring/collections.csv", "合计,1308,120585.00,120307.00,278.00,,\n", 1),
        ("data/finance/2023/lines.csv", "收入合计,,,,4091752.55,,\n", 0),
        ("data/finance/2023/lines.csv", "收入合计,,,,4091752.56,,\n", 1),
        ("data/finance/2023/lines.csv", "支出合计,,,,4186379.00,,\n", 0),
    ],
)
def test_a_total_row_sums_amounts_and_counts_of_what_its_words_say(
    school: Path, file: str, row: str, problems: int
) -> None:
    add(school, file, row)
    assert ["error[total]" in line for line in said(school)] == [True] * problems


def test_a_total_of_prices_is_not_passed_over_in_silence(school: Path) -> None:
    before = said(school, Severity.WARNING)
    add(school, "data/terms/2023-spring/fees.csv", "合计,,,,9999.00" + "," * 13 + "\n")
    (line,) = set(said(school, Severity.WARNING)) - set(before)
    assert line.startswith("data/terms/2023-spring/fees.csv:9:7 (E9): warning[total]: 这个合计没有核对")


def test_a_settlement_below_zero_is_an_error(school: Path) -> None:
    put(school, "data/terms/2023-spring/collections.csv", "10425.00,10147.00,278.00", "-10425.00,-10703.00,278.00")
    assert [line.partition("error")[2][:18] for line in said(school)] == ["[SET-01]: -10,425.", "[SET-01]: -10,703."]


def test_holidays_are_no_policy_pack(school: Path) -> None:
    put(school, "data/school.yml", "政策包: cn-rural-compulsory", "政策包: holidays-cn")
    (line,) = said(school)
    assert "没有“holidays-cn”这个政策包" in line


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(2199, 12, 31)])
@pytest.mark.parametrize("first", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/terms/2023-spring/calendar.csv", "c02-1,2023-02,", "c02-1,{day},"),
        ("data/terms/2023-spring/calendar.csv", "c02-1,2023-02,", "c02-1,before:term-start,"),
        ("data/finance/2023/statements.csv", "后勤主任,2023-03-05", "后勤主任,{day}"),
        ("data/duties.csv", "后勤主任,2023-02-01,", "后勤主任,{day},{day}"),
    ],
)
def test_the_first_and_the_last_day_that_can_be_written_break_nothing(
    school: Path, check_lines: Callable[..., list[str]], file: str, old: str, new: str, first: str, day: dt.date
) -> None:
    put(school, file, old, new.format(day=first))
    term = school / "data/terms/2023-spring/term.yml"
    text = term.read_text(encoding="utf-8")
    for written in ("2023-02-12", "2023-02-13", "2023-07-07"):
        text = text.replace(written, first)
    term.write_text(text, encoding="utf-8")
    assert check_lines(school, day)


@pytest.mark.parametrize(
    ("written", "codes"),
    [("Songlin Primary", "SL"), ("Songlin Primary，白果村小", "SL;BG"), ("青禾中心校 白果村小", "ZX;BG")],
)
def test_names_where_codes_belong_are_answered_with_the_codes(school: Path, written: str, codes: str) -> None:
    file, fees = school / "data/school.yml", school / "data/terms/2023-spring/fees.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("松林完小", "Songlin Primary"), encoding="utf-8")
    fees.write_text(fees.read_text(encoding="utf-8").replace("寄宿,ZX,", f"寄宿,{written},", 1), encoding="utf-8")
    (told,) = [as_text(p, language("zh")) for p in check(school).problems if p.code == "code"]
    assert told.endswith(f"请填编号：{codes}")
