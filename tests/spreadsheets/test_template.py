"""Templates: what a clerk sees and may enter, the example that is never published, and bytes that never differ."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from generator.dataset import TABLES, load
from generator.loading import value_reader
from generator.locale import language
from generator.reading import unsafe
from generator.records import Sheet
from generator.spreadsheets.checks import LAST_ROW
from generator.spreadsheets.examples import TEXTS, example, is_example
from generator.spreadsheets.known import known_of
from generator.spreadsheets.named import file_name, meant
from generator.spreadsheets.template import template
from generator.spreadsheets.words import choices, kind_of, table_titles
from tests.spreadsheets.building import Office

ROOT = Path(__file__).resolve().parents[2]
every = pytest.mark.parametrize("sheet", TABLES, ids=file_name)


def book_of(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def fees() -> Workbook:
    data, _ = load(ROOT)
    sheet = meant("fees")
    assert sheet
    return book_of(template(sheet, "zh", known_of(data, "2023-spring"), folder="2023-spring"))


@every
@pytest.mark.parametrize("code", ["zh", "en"])
def test_titles_are_frozen_explained_and_marked(sheet: Sheet, code: str) -> None:
    book = book_of(template(sheet, code))
    page = book.worksheets[0]
    titles = table_titles(sheet.record)
    assert [cell.value for cell in page[1]] == [title.label(code) for title in titles]
    assert page.freeze_panes == "B2"
    say = language(code).gettext
    for cell, title in zip(page[1], titles, strict=True):
        assert cell.comment
        assert cell.comment.text.startswith(say("Must be filled in") if title.required else say("May stay empty"))
        assert cell.fill.fgColor.rgb[-6:] == ("0D5C49" if title.required else "CFE6DC")
        assert (cell.font.color.rgb[-6:] == "FFFFFF") == title.required


@every
def test_codes_and_days_are_text_and_only_amounts_are_numbers(sheet: Sheet) -> None:
    page = book_of(template(sheet)).worksheets[0]
    for cell, title in zip(page[1], table_titles(sheet.record), strict=True):
        shown = page.column_dimensions[cell.column_letter].number_format
        assert shown == {"money": "0.00", "standard": "0.00", "count": "0"}.get(kind_of(title), "@")


@every
def test_every_column_says_what_belongs_there_and_refuses_in_chinese(sheet: Sheet) -> None:
    page = book_of(template(sheet)).worksheets[0]
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    for cell, title in zip(page[1], table_titles(sheet.record), strict=True):
        rule = rules[f"{cell.column_letter}2:{cell.column_letter}{LAST_ROW}"]
        assert rule.promptTitle == title.zh
        assert len(rule.prompt) <= 255
        if words := choices(sheet.record, title.name):
            if kind_of(title) == "choice":
                assert (rule.type, rule.formula1) == ("list", '"' + ",".join(word.zh for word in words) + '"')
                assert rule.errorStyle == "stop"
            assert rule.error.startswith(f"“{title.zh}”应填：")
        if kind_of(title) == "money":
            assert rule.type == "decimal"


def test_references_of_the_school_are_offered_with_their_names(fees: Workbook) -> None:
    rule = next(r for r in fees.worksheets[0].data_validations.dataValidation if r.promptTitle == "适用校区")
    assert rule.type == "list"
    assert rule.formula1.startswith("'选项'!$A$2:$A$")
    assert rule.errorStyle == "warning"
    lists = fees["选项"]
    assert "ZX" in [cell.value for cell in lists["A"]]
    assert fees.sheetnames == ["收费项目 2023-spring", "示例", "说明", "选项"]


def test_the_guide_explains_every_column(fees: Workbook) -> None:
    told = {row[0].value for row in fees["说明"].iter_rows()}
    sheet = meant("fees")
    assert sheet
    assert told >= {title.zh for title in table_titles(sheet.record)}


@every
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_example_is_what_the_register_takes(sheet: Sheet, code: str) -> None:
    for title in table_titles(sheet.record):
        text = example(sheet, title.name, code)
        assert text or not title.required, title.name
        if text:
            value_reader(sheet.record, title.name)(text)


def test_examples_name_columns_that_there_are() -> None:
    assert set(TEXTS) <= {f"{sheet.name}.{title.name}" for sheet in TABLES for title in table_titles(sheet.record)}


@every
def test_the_example_is_never_imported_wherever_it_is_put(sheet: Sheet, office: Office) -> None:
    where = (
        ["--year", "2023"] if "{year}" in sheet.path else ["--term", "2023-spring"] if "{term}" in sheet.path else []
    )
    out = office.root / "模板.xlsx"
    assert office.run("template", file_name(sheet), "--out", str(out)) == 0
    before = office.state()
    assert office.take(out, *where) == 1
    assert "表头下面没有数据行" in office.said
    book = load_workbook(out)
    main, shown = book.worksheets[0], book["示例"]
    for cell in shown[3]:
        main.cell(2, cell.column).value = cell.value
    assert is_example(str(main["A2"].value))
    assert office.take(book, *where) == 1
    assert "这是示例行，没有取用" in office.said
    assert office.state() == before


@every
def test_a_template_is_a_safe_attachment_without_a_day_in_it(sheet: Sheet, tmp_path: Path) -> None:
    content = template(sheet)
    assert content == template(sheet)
    (tmp_path / "x.xlsx").write_bytes(content)
    assert unsafe(tmp_path / "x.xlsx", ".xlsx") is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.xlsx"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}", "PYTHONPATH": str(ROOT)}
        command = [
            sys.executable,
            "-m",
            "generator",
            "template",
            "lines",
            "--filled",
            "--out",
            str(out),
            "--root",
            str(ROOT),
        ]
        done = subprocess.run(command, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
        made.append(out.read_bytes())
    assert made[0] == made[1]
