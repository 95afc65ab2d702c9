"""Where rows go and what becomes of those that are there: changed, new, kept, replaced, and never half."""

from __future__ import annotations

import subprocess

import pytest
from openpyxl import load_workbook

from generator.dataset import load
from generator.problems import Severity
from tests.spreadsheets.building import F09, FEES, LINES, Office, page_of

FILE = "terms/2023-spring/fees.csv"
BUDGET = ("科目", "项目", "类别", "预算金额")
APRIL = ("2023-04", "30206", "电费", "支出", 5000)


def committed(office: Office) -> None:
    name = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org")
    for words in (("init", "-q", "-b", "main"), ("add", "data"), (*name, "commit", "-q", "-m", "data")):
        subprocess.run(["git", *words], cwd=office.root, check=True)


def test_a_published_figure_is_changed_with_the_row_that_tells_it(office: Office) -> None:
    committed(office)
    assert office.take(page_of([LINES, APRIL])[0]) == 0, office.said
    assert "2023-04/30206 金额: 4637.00 → 5000.00" in office.said
    assert "有已经公布的数字会改变" in office.said
    assert "lines,2023/2023-04/30206,金额,4637.00,5000.00,更正,（写明原因）,（批准岗位）" in office.said


def test_what_was_never_published_needs_no_correction(office: Office) -> None:
    committed(office)
    assert office.take(page_of([FEES, F09])[0]) == 0, office.said
    assert "已经公布" not in office.said


def test_check_shows_all_and_writes_nothing(office: Office) -> None:
    before = office.state()
    assert office.take(page_of([LINES, APRIL])[0], "--check") == 0
    assert "4637.00 → 5000.00" in office.said
    assert "没有写入文件" in office.said
    assert office.state() == before


def test_an_unchanged_amount_keeps_the_form_that_it_has_in_the_file(office: Office) -> None:
    path = office.file(FILE)
    path.write_text(path.read_text(encoding="utf-8").replace(",15.00,", ",15,"), encoding="utf-8")
    before = office.state()
    row = next(row for row in office.rows(FILE) if row["项目编号"] == "F03")
    assert office.take(page_of([list(row), list(row.values())])[0]) == 0, office.said
    assert office.state() == before


def test_an_emptied_cell_is_told_and_an_absent_column_stays(office: Office) -> None:
    row = next(row for row in office.rows(FILE) if row["项目编号"] == "F03")
    header = [title for title in row if title != "退费办法"]
    cells = ["" if title == "备注" else row[title] for title in header]
    assert office.take(page_of([header, cells])[0]) == 0, office.said
    assert f"F03 备注: {row['备注']} → （空）" in office.said
    after = office.row(FILE, "F03")
    assert (after["备注"], after["退费办法"]) == ("", row["退费办法"])


def test_new_rows_stand_behind_the_row_that_they_follow(office: Office) -> None:
    rows = office.rows(FILE)
    header = list(rows[0])
    known = [list(row.values()) for row in rows]
    new = [dict(zip(FEES, F09, strict=True)).get(title, "") for title in header]
    assert office.take(page_of([header, *known[:3], new, *known[3:]])[0]) == 0, office.said
    assert [row["项目编号"] for row in office.rows(FILE)][2:5] == ["F03", "F09", "F04"]


def test_totals_of_the_file_are_added_up_anew(office: Office) -> None:
    first = next(row for row in office.rows("finance/2023/budget.csv") if row["类别"] == "支出")
    amount = float(first["预算金额"]) + 100
    assert office.take(page_of([BUDGET, (first["科目"], first["项目"], "支出", amount)])[0]) == 0, office.said
    assert "合计行“支出合计”已重新计算：8284884.00 → 8284984.00" in office.said
    data, problems = load(office.root)
    assert data
    assert [p for p in problems if p.severity is Severity.ERROR] == []


def test_replace_removes_what_the_sheet_lacks_and_says_so(office: Office) -> None:
    rows = office.rows(FILE)
    header = list(rows[0])
    left = [row for row in rows if row["项目编号"] not in ("F04", "F05")]
    assert office.take(page_of([header, *(list(row.values()) for row in left)])[0], "--replace") == 0, office.said
    assert office.rows(FILE) == left
    assert "删去 2 行" in office.said
    assert "- F04" in office.said


def test_a_row_that_others_refer_to_is_not_removed(office: Office) -> None:
    before = office.state()
    rows = [row for row in office.rows(FILE) if row["项目编号"] != "F07"]
    assert office.take(page_of([list(rows[0]), *(list(row.values()) for row in rows)])[0], "--replace") == 1
    assert "data/terms/2023-spring/collections.csv:3:1 (A3): 项目编号：“F07”" in office.said
    assert office.state() == before


def test_the_term_is_asked_for_where_there_are_several(office: Office) -> None:
    other = office.file("terms/2023-autumn")
    other.mkdir()
    (other / "term.yml").write_text(
        office.file("terms/2023-spring/term.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    before = office.state()
    assert office.take(page_of([FEES, F09])[0]) == 1
    assert "看不出这些行属于哪一个：2023-autumn、2023-spring" in office.said
    assert "--term" in office.said
    assert office.state() == before
    assert office.take(page_of([FEES, F09], "收费项目 2023-spring")[0]) == 0, office.said
    assert office.row(FILE, "F09")
    assert office.take(page_of([("学期", *FEES), ("2023-spring", *F09)])[0]) == 0, office.said
    assert office.take(page_of([FEES, F09])[0], "--term", "../x") == 1
    assert "不能作文件夹名" in office.said


def test_a_template_for_another_term_never_goes_into_the_only_one(office: Office) -> None:
    before = office.state()
    out = office.root / "x.xlsx"
    assert office.run("template", "fees", "--term", "2023-autumn", "--out", str(out)) == 0
    book = load_workbook(out)
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    for title, value in zip(FEES, F09, strict=True):
        page.cell(2, titles.index(title) + 1).value = value
    assert office.take(book) == 1
    assert "term.yml" in office.said
    assert office.state() == before


@pytest.mark.parametrize(
    ("sheet", "file"), [("2024年收支", "表.xlsx"), ("收支", "2024年收支.xlsx"), ("收支2024年2月", "表.xlsx")]
)
def test_a_name_with_another_year_is_asked_about(office: Office, sheet: str, file: str) -> None:
    assert office.take(page_of([LINES, APRIL], sheet)[0], name=file) == 1
    assert "名称里写的是 2024，这里只有 2023；请用 --year 2023 写明" in office.said
    assert office.take(page_of([LINES, APRIL], sheet)[0], "--year", "2023", name=file) == 0, office.said


def test_a_name_with_the_year_of_the_only_folder_is_fine(office: Office) -> None:
    assert office.take(page_of([LINES, APRIL], "4月")[0], name="2023年收支.xlsx") == 0, office.said


def test_a_year_that_is_given_gets_its_folder(office: Office) -> None:
    assert office.take(page_of([LINES, ("2024-01", "30206", "电费", "支出", 1)])[0], "--year", "2024") == 0, office.said
    assert office.rows("finance/2024/lines.csv") == [
        {"月份": "2024-01", "科目": "30206", "项目": "电费", "类别": "支出", "金额": "1.00"}
    ]
    rows = [("年度", *LINES), ("2023年", *APRIL), (2024, "2024-02", "30206", "电费", "支出", 2)]
    assert office.take(page_of(rows)[0]) == 0, office.said
    assert len(office.rows("finance/2024/lines.csv")) == 2
    assert office.row("finance/2023/lines.csv", "5000.00")["月份"] == "2023-04"


def test_a_file_with_errors_of_its_own_is_mended_first(office: Office) -> None:
    path = office.file(FILE)
    path.write_text(path.read_text(encoding="utf-8").replace("15.00", "十五元"), encoding="utf-8")
    before = office.state()
    assert office.take(page_of([FEES, F09])[0]) == 1
    assert "data/terms/2023-spring/fees.csv:4" in office.said
    assert office.state() == before


def test_a_register_that_is_kept_as_yaml_is_left_alone(office: Office) -> None:
    office.file(FILE).unlink()
    office.file("terms/2023-spring/fees.yml").write_text("[]\n", encoding="utf-8")
    assert office.take(page_of([FEES, F09])[0]) == 1
    assert "保存在 fees.yml" in office.said
    assert not office.file(FILE).exists()


@pytest.mark.parametrize("step", [FILE, "terms/2023-spring", "terms"])
def test_no_link_is_followed_to_somebody_elses_file(office: Office, step: str) -> None:
    theirs = office.root / "theirs"
    office.file(step).rename(theirs)
    office.file(step).symlink_to(theirs)
    before = {path: path.read_bytes() for path in (theirs, *theirs.rglob("*")) if path.is_file()}
    assert office.take(page_of([FEES, F09])[0], "--term", "2023-spring") == 1
    assert "指向别处的链接" in office.said
    assert {path: path.read_bytes() for path in (theirs, *theirs.rglob("*")) if path.is_file()} == before
    assert office.file(step).is_symlink()


@pytest.mark.parametrize("at", ["write", "rename"])
def test_a_disk_that_fails_leaves_the_old_file(office: Office, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    before = office.state()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = "generator.repair.writing.os.fsync" if at == "write" else "pathlib.Path.replace"
    monkeypatch.setattr(target, fail)
    assert office.take(page_of([FEES, F09])[0]) == 2
    assert "No space left" in office.complained
    assert office.state() == before


def test_what_was_imported_is_found_good_by_the_check(office: Office) -> None:
    out = office.root / "x.xlsx"
    assert office.run("template", "fees", "--filled", "--out", str(out)) == 0
    book = load_workbook(out)
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    for title, value in zip(FEES, ("F09", "校服费", "免费", "元/套", 0, "否", "全体学生", "", "", ""), strict=True):
        page.cell(9, titles.index(title) + 1).value = value
    assert office.take(book) == 0, office.said
    assert office.run("check") == 0, office.said
