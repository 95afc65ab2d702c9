"""What people do in the walk-through where no command is typed: in a spreadsheet, in a browser, in a notepad."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

Run = Callable[[str], str]
"""Runs a command and returns what it prints."""
FEES = "data/terms/2026-autumn/fees.csv"


def fill_in(school: Path, run: Run) -> None:
    """The clerk fills in the form in WPS: a title above the header, an amount with its unit, a real date, a total row."""
    import datetime as dt

    import openpyxl

    book = openpyxl.load_workbook(school / "templates" / "fees.xlsx")
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    rows = (
        {"项目编号": "F01", "收费项目": "学费、杂费", "收费性质": "免费", "计费单位": "元/生·期", "收费标准": 0, "是否自愿": "否",
         "收费对象": "全体学生", "收费依据": "《义务教育法》第二条", "批准机关": "全国人大"},
        {"项目编号": "F02", "收费项目": "作业本费", "收费性质": "代收费", "计费单位": "元/生·期", "收费标准": "15元", "是否自愿": "是",
         "收费对象": "自愿由学校代购的学生", "收费依据": "发改价格〔2010〕1619号", "批准机关": "县发改局",
         "有效期起": dt.date(2026, 9, 1), "减免政策": "困难学生由学校免费提供", "退费办法": "期末据实结算，多退少补"},
        {"项目编号": "合计", "收费标准": 15},
    )  # fmt: skip
    for number, row in enumerate(rows, 2):
        for title, value in row.items():
            sheet.cell(number, at[title], value)
    sheet.insert_rows(1)
    sheet.cell(1, 1, "青山小学2026年秋季收费公示表")
    book.save(school / "收费公示.xlsx")


def edit_in_the_browser(school: Path, run: Run) -> None:
    """Somebody adds a row on the code host's page, as people write figures by hand."""
    row = "F03,校服,代收费,元/套,１２０元,,是,自愿购买的学生,,,,示例·青发改〔2026〕5号,,县发改局,2026/9/1,,,,家长自愿\n"
    path = school / FEES
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")


def lower_the_price(school: Path, run: Run) -> None:
    """The supplier was cheaper: the posted figure is changed where it stands, and nothing else is done."""
    path = school / FEES
    path.write_text(path.read_text(encoding="utf-8").replace("元/生·期,15.00", "元/生·期,12.00"), encoding="utf-8")


def register_the_correction(school: Path, run: Run) -> None:
    """The ready row is pasted to the end of the corrections, with the reason and the post."""
    row = run("mingzhang guard --base main").strip().splitlines()[-1]
    told = (
        row.replace("（写明原因）", "供应商降价，按实际价格收取")
        .replace("（批准岗位）", "校长")
        .replace(",更正,", ",更新,")
    )
    assert told != row
    with (school / "data" / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(told + "\n")


def note_the_code(school: Path, run: Run) -> None:
    """A parent writes down the code that stands in the footer of every page."""
    page = (school.parent / "live" / "index.html").read_text(encoding="utf-8")
    code = re.search(r"\b[0-9a-f]{4}(?:-[0-9a-f]{4}){7}\b", page)
    assert code
    (school.parent / "saved-code").write_text(code[0], encoding="utf-8")


ACTIONS: Mapping[str, Callable[[Path, Run], None]] = {
    "fill-in": fill_in,
    "edit-in-the-browser": edit_in_the_browser,
    "note-the-code": note_the_code,
    "lower-the-price": lower_the_price,
    "register-the-correction": register_the_correction,
}
