"""RFC 4180 text to records: every cell as written, and its text."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import Message
from generator.problems import Place, shown, spreadsheet_column
from generator.reading.report import Report

QUOTE = '"'
# Stands for a quoted content while a line is split; refused characters never come this far.
MARK = "\0"


# One record: its first line, its cells exactly as written (quotes included), their texts, and
# whether it was simple: on one line, with nothing odd about its quotes. Where no cell is quoted,
# both lists are the same object. A plain tuple, as it is made for every row.
Record = tuple[int, list[str], list[str], bool]


def offset(raw: list[str], index: int, line: int) -> tuple[int, int]:
    """Return line and column (from 1) at which cell `index` of a record begins."""
    before = "".join(raw[:index])
    if newlines := before.count("\n"):
        last = next(at for at in range(index - 1, -1, -1) if "\n" in raw[at])
        tail = len(raw[last]) - raw[last].rfind("\n") - 1
        return line + newlines, tail + sum(map(len, raw[last + 1 : index])) + index - last + 1
    return line, len(before) + index + 1


def scan(text: str, separator: str, report: Report | None = None) -> Iterator[Record]:
    """Yield the records of a text with LF line ends; a blank line is a record of one empty cell.

    Lines without a quote, nearly all of them, are only split.
    """
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    if QUOTE not in text:
        for number, line in enumerate(lines, 1):
            cells = line.split(separator)
            yield number, cells, cells, True
        return
    quoted = _Quoted(lines, separator, report)
    at, record = 0, 0
    while at < len(lines):
        record += 1
        line = lines[at]
        if QUOTE not in line:
            at += 1
            cells = line.split(separator)
            yield at, cells, cells, True
        elif simple := _simple(line, separator):
            at += 1
            yield at, *simple, True
        else:
            raw, texts, used = quoted.record(at, record)
            yield at + 1, raw, texts, False
            at += used


def _simple(line: str, separator: str) -> tuple[list[str], list[str]] | None:
    """Return cells as written and texts of a line whose quotes each enclose a whole cell without
    quotes inside; None for any other line."""
    parts = line.split(QUOTE)
    contents = parts[1::2]
    cells = MARK.join(parts[::2]).split(separator)
    if len(parts) % 2 == 0 or cells.count(MARK) != len(contents):
        return None
    inside, outside = iter(contents), iter(contents)
    texts = [next(inside) if cell == MARK else cell for cell in cells]
    return [f'"{next(outside)}"' if cell == MARK else cell for cell in cells], texts


class _Quoted:
    """Reads records that hold a quote, and reports quotes that break the rules."""

    def __init__(self, lines: list[str], separator: str, report: Report | None) -> None:
        self.lines = lines
        self.separator = separator
        self.report = report
        # After a quote that never closes, later ones must close on their own line: so the
        # rest of the file is still checked, and the search stays linear.
        self.lost = False

    def record(self, at: int, number: int) -> tuple[list[str], list[str], int]:
        """Return the cells as written, their texts, and how many lines the record takes."""
        raw: list[str] = []
        texts: list[str] = []
        rest, first = self.lines[at], at
        column = 0
        while True:
            if rest.startswith(QUOTE, column):
                start = (at, column)
                at, column, content = self._closing(at, column, number, len(raw))
                written = self._between(start, (at, column))
                rest = self.lines[at]
            else:
                start, content, written = (at, column), "", ""
            end = rest.find(self.separator, column)
            tail = rest[column:] if end < 0 else rest[column:end]
            if tail and (written or QUOTE in tail):
                self._stray(at, column, tail, number, len(raw), start if written else None)
            raw.append(written + tail)
            texts.append(content + tail)
            if end < 0:
                return raw, texts, at - first + 1
            column = end + 1

    def _closing(self, at: int, column: int, number: int, cell: int) -> tuple[int, int, str]:
        """Return line index and column behind the closing quote, and the text between."""
        parts: list[str] = []
        line, here = at, column + 1
        while True:
            end = self.lines[line].find(QUOTE, here)
            if end < 0:
                if self.lost or line + 1 == len(self.lines):
                    return self._unclosed(at, column, number, cell)
                parts.append(self.lines[line][here:] + "\n")
                line, here = line + 1, 0
            elif self.lines[line].startswith(QUOTE, end + 1):
                parts.append(self.lines[line][here : end + 1])
                here = end + 2
            else:
                parts.append(self.lines[line][here:end])
                return line, end + 1, "".join(parts)

    def _unclosed(self, at: int, column: int, number: int, cell: int) -> tuple[int, int, str]:
        """Report a quote without an end, and take the rest of its line as the cell."""
        self.lost = True
        if self.report:
            self.report.add(
                "quote",
                Place(self.report.file, at + 1, column + 1, f"{spreadsheet_column(cell)}{number}"),
                Message("A quotation mark opens here and is never closed"),
                Message("delete it, or put a second one at the end of the cell"),
                value=QUOTE,
            )
        line = self.lines[at]
        return at, len(line), line[column + 1 :]

    def _between(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        """Return what is written between two positions."""
        if start[0] == end[0]:
            return self.lines[start[0]][start[1] : end[1]]
        middle = self.lines[start[0] + 1 : end[0]]
        return "\n".join([self.lines[start[0]][start[1] :], *middle, self.lines[end[0]][: end[1]]])

    def _stray(self, at: int, column: int, tail: str, number: int, cell: int, opened: tuple[int, int] | None) -> None:
        """Report a quote inside an unquoted cell, or text behind a closing quote."""
        if not self.report or self.report.is_full("quote"):
            return
        file = self.report.file
        name = f"{spreadsheet_column(cell)}{number}"
        if opened:
            self.report.add(
                "quote",
                Place(file, at + 1, column + 1, name),
                Message("“{text}” stands behind the closing quotation mark of this cell", text=shown(tail)),
                Message("put the whole cell in quotation marks and write each one inside it twice"),
                value=tail,
                related=(Place(file, opened[0] + 1, opened[1] + 1, name),),
            )
        else:
            self.report.add(
                "quote",
                Place(file, at + 1, column + tail.index(QUOTE) + 1, name),
                Message('A straight quotation mark (") stands in “{text}”', text=shown(tail)),
                Message("write “ ” instead, or put the cell in quotation marks and write each one inside it twice"),
                value=tail,
            )
