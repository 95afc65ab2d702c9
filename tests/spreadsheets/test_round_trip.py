"""What goes out into a template comes back as it was: every register of the sample, changed values, odd texts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from generator.dataset import TABLES, load
from generator.reading.characters import REFUSED
from generator.spreadsheets.importing import Order, imported
from generator.spreadsheets.named import file_name
from generator.spreadsheets.present import present
from generator.spreadsheets.template import template
from generator.spreadsheets.words import table_titles
from generator.spreadsheets.worker import answer
from generator.trust.facts import facts
from tests.spreadsheets.building import Office, page_of

NAMES = [file_name(sheet) for sheet in TABLES]


def filled(office: Office, register: str, *options: str) -> Path:
    out = office.root / f"{register}.xlsx"
    assert office.run("template", register, "--filled", "--out", str(out), *options) == 0, office.complained
    return out


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", NAMES)
def test_a_filled_template_changes_no_byte(office: Office, register: str, language: str) -> None:
    before = office.state()
    assert office.take(filled(office, register, "--language", language)) == 0, office.said
    assert office.state() == before
    assert "没有变化" in office.said


@pytest.mark.parametrize("register", NAMES)
def test_a_filled_template_makes_the_whole_file_anew(office: Office, register: str) -> None:
    """The same facts, and the same bytes where the file has no total rows, which are no data."""
    school, _ = load(office.root)
    assert school
    sheet = TABLES[NAMES.index(register)]
    path = next(file.path for file in school.files if file.sheet is sheet)
    now = present(office.root, sheet, path.split("/")[2] if "{" in sheet.path else "")
    content = (office.root / path).read_bytes()
    book = filled(office, register)
    (office.root / path).unlink()
    where = ("--year", "2023") if "{year}" in sheet.path else ()
    assert office.take(book, *where) == 0, office.said
    again, _ = load(office.root)
    assert again
    assert facts(again) == facts(school)
    if not now.totals and set(now.names) == {n for n in now.names if any(now.texts(row)[n] for row in now.rows)}:
        assert (office.root / path).read_bytes() == content


@pytest.mark.parametrize("register", NAMES)
def test_with_replace_a_filled_template_keeps_all_facts(office: Office, register: str) -> None:
    before, _ = load(office.root)
    bytes_before = office.state()
    assert office.take(filled(office, register), "--replace") == 0, office.said
    after, _ = load(office.root)
    assert before
    assert after
    assert facts(after) == facts(before)
    assert office.state() == bytes_before


def test_a_changed_value_is_told_old_and_new_and_changes_one_line(office: Office) -> None:
    book = load_workbook(filled(office, "fees"))
    page = book.worksheets[0]
    column = next(cell.column for cell in page[1] if cell.value == "收费标准")
    page.cell(next(row for row in range(2, 20) if page.cell(row, 1).value == "F03"), column).value = 16
    path = office.file("terms/2023-spring/fees.csv")
    before = path.read_text(encoding="utf-8").splitlines()
    assert office.take(book) == 0, office.said
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0][0].replace("15.00", "16.00") == changed[0][1]
    assert "F03 收费标准: 15.00 → 16.00" in office.said


def texts() -> st.SearchStrategy[str]:
    odd = st.sampled_from([
        "=1+1", "+86", "-1", "@x", "0012", "2023-02", "1E5", "一\n二", "🏫", "＝ＳＵＭ", "_x0041_", "_x000D_", "x_x005F_y",
        "TRUE", "#REF!", "15%", "1-6", "  x", "'x", '"x"', "a,b;c", "<b>&amp;</b>", "𠮷", "é", "\u00a0", "合计", "示例",
    ])  # fmt: skip
    any_text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co")), max_size=30)
    return st.one_of(odd, any_text).map(lambda text: text.strip()).filter(lambda text: not REFUSED.search(text))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(texts(), texts()), min_size=1, max_size=5))
def test_every_text_comes_back_as_it_was_and_none_becomes_a_formula(cells: list[tuple[str, str]]) -> None:
    sheet = next(sheet for sheet in TABLES if sheet.name == "explanations")
    rows = [{"by": first, "text": second} for first, second in cells]
    content = template(sheet, "zh", rows=rows)
    found = answer(content, "x.xlsx", whole=True)
    assert isinstance(found, list)
    grid = found[0]
    at = {title.name: number for number, title in enumerate(table_titles(sheet.record))}
    for number, row in enumerate(rows, 1):
        for name, text in row.items():
            cell = grid.cell(number, at[name])
            assert not cell.formula
            assert (cell.value or "") == text
    for page in load_workbook(io.BytesIO(content)).worksheets:
        assert not [cell.coordinate for line in page.iter_rows() for cell in line if cell.data_type == "f"]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(texts().filter(lambda t: t and t[0] not in "=+-@＝＋－＠" and "\n" not in t[:1]), min_size=1, max_size=4)
)
def test_odd_texts_go_into_the_data_as_they_are(tmp_path_factory: pytest.TempPathFactory, notes: list[str]) -> None:
    """By way of the whole import, into a school's file and out of it again."""
    root = tmp_path_factory.mktemp("odd")
    (root / "data/finance/2023").mkdir(parents=True)
    header = ("月份", "科目", "项目", "类别", "金额", "说明")
    book, page = page_of([header, *(("2023-01", str(n), "项目", "收入", 1, "") for n in range(len(notes)))])
    for number, note in enumerate(notes, 2):
        page.cell(number, 6).value = note.replace("_x", "_x005F_x")
        page.cell(number, 6).data_type = "s"
    book.save(root / "x.xlsx")
    found = imported(root, root / "x.xlsx", Order())
    # Digits that look like somebody's number are refused for that, whatever else they are.
    assert {problem.code for problem in found.refused} <= {"privacy"}
    assert [record.note for record in found.merged[0].records] == notes  # type: ignore[attr-defined]
