"""A table mended: only its cells and rows that need it are written anew, the others stay as they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.locale import Message
from generator.problems import Place, Problem, Severity, shown
from generator.reading.header import key_of, titles_of
from generator.reading.squeezed import FEWEST, SEPARATORS
from generator.reading.table import place_in
from generator.records import Record, columns
from generator.repair.cells import Column, quoted
from generator.repair.kinds import Repair
from generator.repair.shape import Line, Shape, is_total, split_cell, title_of

LARGE_UNIT = re.compile(
    r"[\u767e\u5343\u4e07\u4ebf]\s*\u5143|\u5355\s*\u4f4d\s*[:\uff1a]\s*[\u89d2\u5206\u767e\u5343\u4e07\u4ebf]"
    r"|thousand|million",
    re.IGNORECASE,
)
"""A row above the header that says so may change what every amount below means; a program must not drop it."""

UNIT = Message("A row above the header speaks of larger units than yuan, but amounts are read as yuan")
YUAN = Message("write all amounts in yuan, then delete the row")
SPARED = Message("rows above the header are not read")
MOVED = Message("A row above the header looks like data, but only rows below the header are read")
BELOW = Message("move the header up to the first row")
AGAIN = Message("the header stands here once more")
EMPTY = Message("an empty row says nothing")
BEHIND = Message("empty cells behind the last column say nothing")
TITLE = Message("this is how the column is called")
ONE_CELL = Message("a whole row stood in one cell")
PARTED = Message("commas stand between cells")
LAST = Message("the last line ends like the others")


class TableRepair:
    """One table on its way from its shape to the text that it should have.

    ``ended`` says whether its last line ends like the others. ``numbers`` are the numbers (from 1) that the records which
    are kept had before, and ``parted`` those of rows that stood in one cell or were the header once more; ``repairs`` is
    what was mended, ``left`` what a person must look at.
    """

    def __init__(self, file: str, model: type[Record], shape: Shape, *, ended: bool = True) -> None:
        self.file = file
        self.ended = ended
        self.model = model
        self.shape = shape
        self.repairs: list[Repair] = []
        self.numbers: list[int] = []
        self.parted: set[int] = set()
        self.left: list[Problem] = []
        self.out: list[str] = []
        self.header = shape.lines[shape.header]
        self.width = max((at + 1 for at in range(self.header.width) if self.header.bare(at)), default=0)
        self.titles = [title_of(model, self.header.bare(at)) for at in range(self.width)]
        self.columns = self._columns()
        below = shape.lines[shape.header + 1 :]
        # A text behind the last title: it cannot be told which cells are its own, and no column may be dropped.
        self.narrow = not any(self._is_wider(line) for line in below)
        self.has_surplus = self.narrow and any(line.width > self.width for line in (self.header, *below))
        # Cells keep the quotation marks that they have, unless every line changes anyway.
        self.anew = shape.separator != ","

    def _is_wider(self, line: Line) -> bool:
        return line.is_absurd or (line.width > self.width and line.filled_behind(self.width))

    def _columns(self) -> list[Column | None]:
        """Return the column of each title; none where a title is unknown, retired or stands there twice."""
        known = titles_of(columns(self.model))
        found: list[Column | None] = []
        seen: set[str] = set()
        for at, title in enumerate(self.titles):
            column = known.get(key_of(title or self.header.bare(at)))
            fresh = column is not None and not column.retired and column.name not in seen
            found.append(Column(self.model, column.name) if column and fresh else None)
            seen.update({column.name} if column else ())
        return found

    @property
    def is_even(self) -> bool:
        """Whether every row that says something has as many cells as the header."""
        lines = self.shape.lines[self.shape.header :]
        return all(line.width == self.width for line in lines if line.first())

    def text(self) -> str:
        """Return the text of the table as it should be."""
        lines, at = self.shape.lines, self.shape.header
        if self.anew:
            why = PARTED if self.shape.separator else ONE_CELL
            self._note(at, 0, self.shape.separator, "," if self.shape.separator else "", why)
        self._above()
        if self.has_surplus:
            self._note(at, min(self.width, self.header.width - 1), "", "", BEHIND)
        self._keep(at, self._titles())
        for index in range(at + 1, len(lines)):
            self._row(index)
        if not self.ended:
            self._note(len(lines) - 1, 0, "", "LF", LAST)
        return "".join(f"{line}\n" for line in self.out)

    def _above(self) -> None:
        """Leave out the rows above the header, unless one of them means something; then all stay, and it is told."""
        lines = self.shape.lines[: self.shape.header]
        for index, line in enumerate(lines):
            if LARGE_UNIT.search("".join(line.written)):
                self.left.append(Problem(self._place(index, 0), "header", UNIT, YUAN, Severity.WARNING))
            elif self._may_be_data(line):
                self.left.append(Problem(self._place(index, 0), "header", MOVED, BELOW, Severity.WARNING))
        for index, line in enumerate(lines):
            if self.left:
                self._keep(index, line.written)
            else:
                self._note(index, 0, shown(",".join(line.written)), "", SPARED)

    def _may_be_data(self, line: Line) -> bool:
        """Return whether half of what a row needs stands in it: sorting a table may move its header down."""
        needed = [at for at, column in enumerate(self.columns) if column and column.is_needed()]
        filled = sum(at < line.width and bool(line.bare(at)) for at in needed)
        return filled >= 2 and 2 * filled >= len(needed)

    def _is_header(self, line: Line) -> bool:
        """Return whether a row is the header once more, as it stands on every printed page, and no record."""
        cells = [line.bare(at) for at in range(line.width)]
        if cells[: self.width] != [self.header.bare(at) for at in range(self.width)]:
            return False
        return any(column and not column.reads(text) for column, text in zip(self.columns, cells, strict=False))

    def _note(self, index: int, at: int, before: str, after: str, why: Message) -> None:
        """Remember one thing that was mended in a record."""
        self.repairs.append(Repair(self._place(index, at), before, after, why))

    def _place(self, index: int, at: int) -> Place:
        """Return the place of a cell; only its line where a whole table stands in one column."""
        line = self.shape.lines[index]
        if not self.shape.separator:
            return Place(self.file, line.line, 1)
        return place_in(self.file, list(line.clean), line.line, index + 1, at)

    def _keep(self, index: int, cells: Sequence[str]) -> None:
        """Write a record; where every line changes, cells that are not mended in no more quotation marks than they need."""
        line = self.shape.lines[index]
        if self.anew:
            same = [at < line.width and cell is line.written[at] for at, cell in enumerate(cells)]
            cells = [quoted(line.text(at) or "") if same[at] else cell for at, cell in enumerate(cells)]
        self.out.append(",".join(cells))
        self.numbers.append(index + 1)

    def _titles(self) -> list[str]:
        """Return the cells of the header, each title as it is declared."""
        cells = list(self.header.written)
        known = titles_of(columns(self.model))
        names = [known[key_of(title)].name if title else "" for title in self.titles]
        for at, title in enumerate(self.titles):
            text = self.header.text(at)
            # Of two titles for one column, no one knows which is meant.
            if text is not None and title is not None and text != title and names.count(names[at]) == 1:
                cells[at] = quoted(title)
                self._note(self.shape.header, at, text, title, TITLE)
        return cells[: self.width] if self.narrow else cells

    def _row(self, index: int) -> None:
        """Write one record below the header, unless it says nothing."""
        line = self.shape.lines[index]
        if self._is_wider(line):
            self._keep(index, line.written)
        elif not line.first():
            self._note(index, 0, "", "", EMPTY)
        elif self._is_header(line):
            self._note(index, 0, shown(",".join(line.written)), "", AGAIN)
            self.parted.add(index + 1)
        elif (cells := self._pasted(line)) is not None:
            self._note(index, 0, line.text(0) or "", ",".join(cells), ONE_CELL)
            self._keep(index, cells)
            self.parted.add(index + 1)
        elif line.width < self.width:
            self._keep(index, line.written)
        else:
            self._keep(index, self._cells(index)[: self.width] if self.narrow else self._cells(index))

    def _cells(self, index: int) -> list[str]:
        """Return the cells of a row or total row, those that need it mended."""
        line = self.shape.lines[index]
        cells = list(line.written)
        label = next((at for at in range(line.width) if line.bare(at)), None) if is_total(line) else None
        for at, column in enumerate(self.columns):
            text = line.text(at)
            if column is None or not text:
                continue
            # The first cell of a total row says that it is one, whatever its column holds.
            if meant := column.trimmed(text) if at == label else column.mended(text):
                cells[at] = quoted(meant[0])
                self._note(index, at, text, *meant)
        return cells

    def _pasted(self, line: Line) -> list[str] | None:
        """Return the cells of a whole row that was pasted into its first one, where there is one way to part them."""
        rest = [column for column in self.columns[1:] if column]
        if self.width < FEWEST or not any(map(Column.is_needed, rest)):
            return None
        found = []
        for separator in SEPARATORS:
            parts = split_cell(line, separator)
            if parts is not None and parts.width == self.width and (cells := self._parted(parts)) is not None:
                found.append(cells)
        return found[0] if len(found) == 1 else None

    def _parted(self, parts: Line) -> list[str] | None:
        """Return pasted cells, mended, where every one of them can be read."""
        cells = []
        for at, column in enumerate(self.columns):
            text = parts.text(at)
            if text is None:
                return None
            if column and (meant := column.mended(text)):
                text = meant[0]
            if column and not column.reads(text):
                return None
            cells.append(quoted(text))
        return cells
