"""How a template looks, and how a text is put into a cell so that no program runs, rewrites or loses it."""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

JADE, PALE, WHITE, INK, GREY = "0D5C49", "CFE6DC", "FFFFFF", "1D2B26", "6B756F"
TEXT = "@"
FORMATS = {"money": "0.00", "standard": "0.00", "count": "0"}
"""Amounts and numbers of things are numbers, so that a clerk can add them up; all other cells are text, as written."""

MEANT = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Where a text would be read as the code of a character: ``_x0041_`` is A to a spreadsheet, unless its first _ is one."""

_number = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d{1,2})?", re.ASCII).fullmatch
_line = Side(style="thin", color="B9C7C0")
BORDER = Border(bottom=_line, right=_line)
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")


def at(page: Worksheet, row: int, column: int) -> Cell:
    """Return a cell of a sheet, both numbers from 1."""
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} lies inside of a merged area")
    return cell


def format_of(kind: str) -> str:
    """Return the number format of a column of this kind."""
    return FORMATS.get(kind, TEXT)


def put(cell: Cell, text: str, kind: str = "text") -> None:
    """Put a text into a cell: a number where the column holds amounts, else a text that is never a formula."""
    cell.number_format, cell.alignment = format_of(kind), WRAP
    if kind in FORMATS and _number(text):
        cell.value = int(text) if kind == "count" and "." not in text else Decimal(text)
        return
    if not text:
        return
    cell.value = MEANT.sub("_x005F_", text)
    cell.data_type = "s"


def head(cell: Cell, text: str, *, required: bool) -> None:
    """Make a cell a title: dark where the column must be filled in, pale where it may stay empty."""
    put(cell, text)
    cell.font = Font(bold=True, color=WHITE if required else INK)
    cell.fill = PatternFill("solid", fgColor=JADE if required else PALE)
    cell.alignment, cell.border = CENTRE, BORDER


def remark(cell: Cell, text: str) -> None:
    """Give a cell the note that shows when the pointer rests on it."""
    comment = Comment(text, "Mingzhang")
    comment.width, comment.height = 320, 40 + 22 * (text.count("\n") + 1 + len(text) // 24)
    cell.comment = comment


def plain(cell: Cell, text: str, *, bold: bool = False, faint: bool = False, wrap: bool = True) -> None:
    """Put a text into a cell of a sheet that is only read."""
    put(cell, text)
    cell.font = Font(bold=bold, italic=faint, color=GREY if faint else INK)
    if wrap:
        cell.alignment = WRAP


def width(texts: list[str], most: int = 44) -> int:
    """Return how wide a column must be for its texts, a Chinese character counting as two."""
    longest = max(
        (sum(2 if ord(c) > 0x2E7F else 1 for c in line) for text in texts for line in text.split("\n")), default=0
    )
    return max(10, min(most, longest + 4))


def for_print(page: Worksheet, top: int) -> None:
    """Let a sheet print on A4 across, as wide as the paper, its titles in row `top` on every page."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{top}:{top}"
