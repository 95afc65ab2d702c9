"""The rows below a header: lengths, totals, empty rows, spaces around cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.locale import Message
from generator.problems import Place, shown, spreadsheet_column
from generator.reading.characters import report_character
from generator.reading.header import Header
from generator.reading.report import Report
from generator.reading.scanner import QUOTE, Record, offset
from generator.reading.squeezed import APART, is_squeezed, row_in_one_cell
from generator.reading.table import Row, Table, place_in

TOTAL_WORDS = (
    "合计", "小计", "总计", "收入合计", "支出合计", "收入总计", "支出总计",
    "total", "subtotal", "grand total", "total income", "total expense",
)  # fmt: skip
# What str.strip() removes, without the line ends and controls that cannot be here.
SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# A row of so many times the permitted columns is only counted, not looked at cell by cell.
ABSURD = 4


def total_key(text: str) -> str:
    """Return a cell's text as total words are compared: 合 计： is 合计."""
    return "".join(text.split()).rstrip(":：").casefold()


def report_too_many_rows(report: Report, line: int) -> None:
    """Report that the table has more rows than the limit."""
    report.add(
        "limit",
        Place(report.file, line, 1),
        Message("The table has more than {limit} rows", limit=report.limits.rows),
        Message("split it into several files, such as one for each year"),
    )


class Body:
    """Turns the records below the header into rows, and reports what does not fit."""

    def __init__(self, header: Header, separator: str, total_words: Sequence[str], report: Report) -> None:
        self.header = header
        self.separator = separator
        self.totals = {total_key(word) for word in total_words}
        # The last characters of total words: one look at the first cell tells most rows apart.
        self.ends = {*":：", *SPACES}.union(*({word[-1:].lower(), word[-1:].upper()} for word in self.totals))
        self.report = report
        self.table = Table(report.file, header.names, header.row())
        self.trimmed: Counter[int] = Counter()
        self.first_trimmed: dict[int, Place] = {}
        self.empty: list[tuple[int, int]] = []
        self.surplus: list[Place] = []
        self.untitled: set[int] = set()
        if len(header.raw) > header.cells:
            self.surplus.append(header.place(header.cells))

    def read(self, text: str, records: list[Record], header_at: int) -> Table | None:
        """Return the table, or None where it has more rows than the limit."""
        width, layout, rows, limit = self.header.cells, self.header.layout, self.table.rows, self.report.limits.rows
        physical = layout.physical
        straight = physical == tuple(range(width))
        careful, ends, add = self._needs_care(text), self.ends, rows.append
        if careful or not records[header_at][3]:
            texts = records[header_at][2]
            self._checked(self.header.raw[:width], texts[:width], self.header.line, header_at + 1)
        for number, (line, raw, written, simple) in enumerate(records[header_at + 1 :], header_at + 2):
            texts = written
            if careful or not simple or len(texts) != width:
                texts = self._odd(raw, texts, line, number)
                if not texts:
                    continue
            first = texts[0]
            if (not first or first[-1] in ends) and self._special(raw, texts, line, number):
                continue
            if not straight:
                texts = [texts[at] for at in physical]
            add(Row(line, number, raw, texts, layout))
            if len(rows) > limit:
                report_too_many_rows(self.report, line)
                return None
        self._notes()
        return self.table

    def _odd(self, raw: list[str], texts: list[str], line: int, number: int) -> list[str]:
        """Return the texts of a record that needs care, as many as the header has, or none where
        it holds no row."""
        if len(texts) > ABSURD * self.report.limits.columns:
            return self._fitted(raw, texts, line, number)
        checked = self._checked(raw, texts, line, number)
        if not checked or len(checked) == self.header.cells:
            return checked
        return self._fitted(raw, checked, line, number)

    def _needs_care(self, text: str) -> bool:
        """Return whether any cell may hold spaces at its ends, a tab, or too many characters."""
        if "\t" in text and (self.separator != "\t" or QUOTE in text):
            return True
        edges = (self.separator, "\n", QUOTE)
        for space in SPACES:
            if space == self.separator or space not in text:
                continue
            if text[0] == space or text[-1] == space:
                return True
            if any(space + edge in text or edge + space in text for edge in edges):
                return True
        return max(map(len, text.split("\n"))) > self.report.limits.cell_characters

    def _trim(self, raw: list[str], texts: list[str], line: int, number: int) -> list[str]:
        """Return the texts without spaces at their ends, remembering where there were any."""
        stripped = [text.strip() for text in texts]
        if stripped != texts:
            for at, (before, after) in enumerate(zip(texts, stripped, strict=True)):
                if before != after and after:
                    self.trimmed[at] += 1
                    if at not in self.first_trimmed:
                        self.first_trimmed[at] = place_in(self.report.file, raw, line, number, at)
        return stripped

    def _checked(self, raw: list[str], texts: list[str], line: int, number: int) -> list[str]:
        """Return the trimmed texts of a record, or none where a cell is too long to be read."""
        self._refuse_tabs(raw, line, number)
        limit = self.report.limits.cell_characters
        trimmed = self._trim(raw, texts, line, number)
        long = [at for at, text in enumerate(trimmed) if len(text) > limit]
        for at in long:
            self.report.add(
                "limit",
                place_in(self.report.file, raw, line, number, at),
                Message("The cell has {count} characters, the limit is {limit}", count=len(trimmed[at]), limit=limit),
                Message("shorten it; a long text belongs into a document that is linked"),
            )
        if long:
            self.table.complete = False
            return []
        return trimmed

    def _refuse_tabs(self, raw: list[str], line: int, number: int) -> None:
        """Report each tab inside a cell."""
        for at, cell in enumerate(raw):
            if "\t" not in cell:
                continue
            row, column = offset(raw, at, line)
            before = cell[: cell.index("\t")]
            if newlines := before.count("\n"):
                row, column = row + newlines, len(before) - before.rfind("\n")
            else:
                column += len(before)
            place = Place(self.report.file, row, column, f"{spreadsheet_column(at)}{number}")
            report_character(self.report, place, "\t")

    def _fitted(self, raw: list[str], texts: list[str], line: int, number: int) -> list[str]:
        """Return as many texts as the header has, or none where the record is longer or shorter."""
        width = self.header.cells
        if len(texts) == 1 and not texts[0]:
            self.empty.append((line, number))
            return []
        extra = [at for at in range(width, len(texts)) if texts[at]]
        if len(texts) > width and not extra:
            self.surplus.append(place_in(self.report.file, raw, line, number, width))
            return texts[:width]
        self.table.complete = False
        if is_squeezed(texts):
            place = place_in(self.report.file, raw, line, number, 0)
            self.report.add("squeezed", place, row_in_one_cell(texts[0]), APART, value=texts[0])
            return []
        if self.report.has("quote", line):
            return []  # the row is broken by the quotation mark that was told already
        if extra and extra[-1] < len(self.header.raw):
            for at in set(extra) - self.untitled:
                self.header.blank(at)
            self.untitled.update(extra)
            return []
        long = len(texts) > width
        self.report.add(
            "row",
            place_in(self.report.file, raw, line, number, width if long else 0),
            self._unfit(texts, width),
            Message("put a cell that holds a comma in quotation marks, and write amounts without thousands separators")
            if long
            else Message("add the missing commas, also where the last cells are empty"),
            value=texts[width] if long else None,
            related=(self.header.place(0),),
        )
        return []

    def _unfit(self, texts: list[str], width: int) -> Message:
        """Return what to say of a record that is longer or shorter than the header."""
        message = Message("The row has {count} cells, the header has {width}", count=len(texts), width=width)
        if len(texts) <= width:
            return message
        return Message("{message}: “{text}” is too much", message=message, text=shown(texts[width]))

    def _special(self, raw: list[str], texts: list[str], line: int, number: int) -> bool:
        """Return whether a record is empty or a total, and so no data."""
        first = next(filter(None, texts), None)
        if first is None:
            self.empty.append((line, number))
        elif total_key(first) in self.totals:
            cells = [texts[at] for at in self.header.layout.physical]
            self.table.totals.append(Row(line, number, raw, cells, self.header.layout))
        else:
            return False
        return True

    def _notes(self) -> None:
        """Say what was left out: spaces around cells, empty rows, empty columns."""
        for at, count in sorted(self.trimmed.items()):
            self.report.note(
                "trim",
                self.first_trimmed[at],
                Message(
                    "Cells with spaces around their text in column {letter}: {count}",
                    letter=spreadsheet_column(at),
                    count=count,
                ),
                Message("the spaces were left out"),
            )
        if self.empty:
            line, number = self.empty[0]
            place = Place(self.report.file, line, 1, f"A{number}")
            self.report.note("row", place, Message("Empty rows, left out: {count}", count=len(self.empty)))
        if self.surplus:
            self.report.note("row", self.surplus[0], Message("Empty cells behind the last column were left out"))
