"""Makes the workbooks of offices, as messy as they are, and imports them into a copy of the sample school."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.cli import main

FEES = (
    "项目编号",
    "收费项目",
    "收费性质",
    "计费单位",
    "收费标准",
    "是否自愿",
    "收费对象",
    "收费依据",
    "批准机关",
    "备注",
)
F09 = ("F09", "校服费", "代收费", "元/套", 120, "是", "自愿购买的学生", "", "", "")
LINES = ("月份", "科目", "项目", "类别", "金额")
TOTALS = ("合计编号", "对象", "走读或寄宿", "必交合计", "自愿合计")
BALANCE = ("报表项目", "类别", "日期", "金额")


def page_of(rows: Iterable[Sequence[object]], title: str = "表1") -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet that holds these rows from A1 on."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    fill(page, rows)
    return book, page


def fill(page: Worksheet, rows: Iterable[Sequence[object]], top: int = 1) -> None:
    for number, row in enumerate(rows, top):
        for at, value in enumerate(row, 1):
            page.cell(number, at, value)


def values_of_formulas(path: Path, values: Mapping[str, str], sheet: str = "xl/worksheets/sheet1.xml") -> None:
    """Put the results that Excel would have saved beside the formulas of a sheet; openpyxl writes none."""
    import re
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[sheet].decode()
    for cell, value in values.items():
        text, count = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*/>|(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>',
                              lambda m, v=value: f"{m[1] or m[2]}<v>{v}</v>", text)  # fmt: skip
        assert count == 1, (cell, text[:2000])
    parts[sheet] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@dataclass
class Office:
    """A school, and what the command line says when a file is imported into it."""

    root: Path
    capture: pytest.CaptureFixture[str]
    said: str = ""
    complained: str = ""

    def run(self, *words: str) -> int:
        self.capture.readouterr()
        code = main([*words, "--root", str(self.root)])
        self.said, self.complained = self.capture.readouterr()
        return code

    def take(self, book: Workbook | Path, *options: str, name: str = "表.xlsx") -> int:
        """Import a workbook, and return the exit code."""
        path = book if isinstance(book, Path) else self.root / name
        if isinstance(book, Workbook):
            book.save(path)
        return self.run("import", str(path), *options)

    def file(self, path: str) -> Path:
        return self.root / "data" / path

    def rows(self, path: str) -> list[dict[str, str]]:
        with self.file(path).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def row(self, path: str, key: str) -> dict[str, str]:
        found = [row for row in self.rows(path) if key in row.values()]
        assert len(found) == 1, (key, found)
        return found[0]

    def state(self) -> dict[str, bytes]:
        data = self.root / "data"
        return {str(path.relative_to(data)): path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
