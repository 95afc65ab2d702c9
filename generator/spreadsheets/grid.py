"""A sheet as an office made it: values with their formats, what is hidden and merged, and where each cell is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from generator.problems import Place, spreadsheet_column

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


class Fault(Enum):
    """Why a cell has no value although something stands in it: a formula never worked out, or one that failed."""

    UNCOUNTED = "a formula without a value"
    FAILED = "an error value such as #REF!"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds: its value, its number format (None where the kind of file does not tell), and its faults."""

    value: Value = None
    format: str | None = None
    formula: bool = False
    fault: Fault | None = None
    error: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the cell."""
        return self.fault is None and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    @property
    def text(self) -> str:
        """The cell roughly as it is shown, for titles and messages."""
        if self.fault:
            return self.error
        if isinstance(self.value, float):
            return f"{self.value:.15g}"
        return "" if self.value is None else str(self.value).strip()


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area: its rows and columns from 0, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


def address(row: int, column: int) -> str:
    """Return the name of a cell, both numbers counted from 0: 0, 0 is A1."""
    return f"{spreadsheet_column(column)}{row + 1}"


@dataclass
class Grid:
    """One sheet of a spreadsheet file; ``sees_all`` is false where the kind of file hides what is hidden from us too."""

    file: str
    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    sees_all: bool = True

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one outside of what is filled."""
        line = self.rows[row] if row < len(self.rows) else []
        return line[column] if column < len(line) else EMPTY

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return the place of a cell, of the first cell of a row, or of the whole sheet."""
        shown = "".join(c if c.isprintable() else "\ufffd" for c in f"{self.file} [{self.name}]")
        if row is None:
            return Place(shown)
        return Place(shown, cell=address(row, column or 0))

    def area(self, row: int, column: int) -> Area | None:
        """Return the merged area that a cell lies in, or None."""
        return next((area for area in self.areas_by_row.get(row, ()) if area.left <= column <= area.right), None)

    @cached_property
    def areas_by_row(self) -> dict[int, list[Area]]:
        """The merged areas of each row; the file format lets no two of them overlap."""
        found: dict[int, list[Area]] = {}
        for area in self.merged:
            for row in range(area.top, min(area.bottom + 1, len(self.rows))):
                found.setdefault(row, []).append(area)
        return found

    @property
    def empty(self) -> bool:
        """Whether no cell of the sheet holds anything."""
        return all(cell.empty for line in self.rows for cell in line)
