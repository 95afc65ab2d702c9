"""A table as it stands in a file: its columns, and rows whose every cell knows its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.locale import Labelled, Message
from generator.problems import Place, spreadsheet_column
from generator.reading.scanner import offset


@dataclass(frozen=True)
class Column(Labelled):
    """A column that a table may have: its field name, and the header texts, Chinese and English,
    by which a file may call it besides that name.

    One that is ``retired`` was used by an earlier version; the message says why. Its cells are left aside."""

    name: str
    titles: tuple[str, ...] = ()
    required: bool = False
    retired: Message | None = None

    def label(self, language: str) -> str:
        """Return the header text to show: the first in that language, else the name."""
        chinese = language == "zh"
        return next((title for title in self.titles if title.isascii() != chinese), self.name)


class Layout:
    """Where the columns of one table stand in its file: by their number, and by their field's name."""

    __slots__ = ("file", "named", "physical")

    def __init__(self, file: str, physical: tuple[int, ...], columns: tuple[str, ...]) -> None:
        self.file = file
        self.physical = physical
        self.named = dict(zip(columns, physical, strict=True))


class Row:
    """One record of a table: the line (from 1) where it begins, its number as a spreadsheet shows
    it, the cells as written, and their trimmed texts, one for each column of the table."""

    __slots__ = ("layout", "line", "number", "raw", "texts")

    def __init__(self, line: int, number: int, raw: list[str], texts: list[str], layout: Layout) -> None:
        self.line = line
        self.number = number
        self.raw = raw
        self.texts = texts
        self.layout = layout

    def __repr__(self) -> str:
        return f"Row({self.line}, {self.texts!r})"

    def place(self, index: int) -> Place:
        """Return where the text of table column `index`, or its opening quote, begins."""
        return place_in(self.layout.file, self.raw, self.line, self.number, self.layout.physical[index])

    def place_of(self, name: str | None) -> Place:
        """Return the place of the column of the field `name`, or of the row where the table has no such column."""
        physical = self.layout.named.get(name or "")
        if physical is None:
            return self.whole()
        return place_in(self.layout.file, self.raw, self.line, self.number, physical)

    def whole(self) -> Place:
        """Return the place of the row itself."""
        return Place(self.layout.file, self.line, 1)


def place_in(file: str, raw: list[str], line: int, number: int, physical: int) -> Place:
    """Return the place of a physical column (from 0), behind the spaces before its text."""
    row, column = offset(raw, physical, line)
    cell = raw[physical]
    text = cell.lstrip()
    if text:
        column += len(cell) - len(text)
    return Place(file, row, column, f"{spreadsheet_column(physical)}{number}")


@dataclass
class Table:
    """What one CSV file holds: field names in the order of the file, the header, the rows of data,
    and the recognised total rows, which are never data.

    `complete` is false where a row was left out as unreadable, so that sums mean nothing.
    """

    file: str
    columns: tuple[str, ...]
    header: Row
    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    complete: bool = True
