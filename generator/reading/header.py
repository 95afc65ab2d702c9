"""Finds the header of a table, and matches it with the columns that the table may have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from generator.locale import Message
from generator.problems import Place, Severity, closest, shown, spreadsheet_column
from generator.reading.report import Report
from generator.reading.scanner import Record, scan
from generator.reading.table import Column, Layout, Row, place_in

SEPARATORS = (",", ";", "\t")
WRONG_SEPARATORS = ("，", "；", "|")
# Title rows are looked for in this many records, and a header needs this share of known titles.
SEARCHED = 20
SHARE = 0.6
SEARCHED_CELLS = 200
LIKENESS = 0.5
# So many titles are named in one message.
MENTIONED = 6

Titles = dict[str, Column]


def key_of(title: str) -> str:
    """Return the form in which header texts are compared: trimmed, without case."""
    return title.strip().casefold()


def titles_of(columns: Sequence[Column]) -> Titles:
    """Return every header text that a table may use, with its column."""
    return {key_of(title): column for column in columns for title in (column.name, *column.titles)}


def is_header(texts: Sequence[str], titles: Titles) -> bool:
    """Return whether a record is a header: 60 % of the known columns are in it, or 60 % of its
    cells are known titles and there are at least two of them."""
    filled = [key for text in texts[:SEARCHED_CELLS] if (key := key_of(text))]
    found = {titles[key].name for key in filled if key in titles}
    known = {column.name for column in titles.values() if not column.retired}
    if not found:
        return False
    return len(found) >= SHARE * len(known) or (len(found) >= 2 and len(found) >= SHARE * len(filled))


def find_header(records: Sequence[Record], titles: Titles) -> int | None:
    """Return the index of the first record that is a header, or None."""
    return next((at for at, record in enumerate(records[:SEARCHED]) if is_header(record[2], titles)), None)


def _head(text: str, separator: str) -> list[Record]:
    """Return the first records of a text, without reading all of it."""
    lines = text.split("\n", 2 * SEARCHED)[: 2 * SEARCHED]
    return list(islice(scan("\n".join(lines), separator), SEARCHED))


def proves_encoding(text: str, titles: Titles) -> bool:
    """Return whether the text has a header with a known Chinese title: a header in ASCII
    reads the same in any encoding and proves nothing."""
    for separator in SEPARATORS:
        head = _head(text, separator)
        if (at := find_header(head, titles)) is not None:
            return any(not key.isascii() and key in titles for key in map(key_of, head[at][2]))
    return False


def find_separator(text: str, titles: Titles, report: Report) -> str | None:
    """Return the character between cells: a comma unless the header proves another, which is noted.

    None where the header proves a character that is not a separator at all.
    """
    for separator in (*SEPARATORS, *WRONG_SEPARATORS):
        head = _head(text, separator)
        at = find_header(head, titles)
        if at is None or (separator != "," and len(head[at][2]) < 2):
            continue
        if separator == ",":
            return separator
        place = Place(report.file, head[at][0], 1, f"A{at + 1}")
        name = Message("tab") if separator == "\t" else separator
        what = Message("The cells are separated by “{separator}”, not by a comma", separator=name)
        if separator in SEPARATORS:
            report.note("separator", place, what, Message("better save the file with commas"))
            return separator
        report.add("separator", place, what, Message("put an ordinary comma “,” in its place"), value=separator)
        return None
    return ","


class Header:
    """The header of one table, matched: field names, the layout, and how many columns are in use."""

    def __init__(self, record: Record, number: int, titles: Titles, report: Report) -> None:
        self.line, self.raw, texts, _ = record
        self.number = number
        self.titles = titles
        self.report = report
        self.texts = [text.strip() for text in texts]
        self.cells = len(self.texts)
        while self.cells and not self.texts[self.cells - 1]:
            self.cells -= 1
        self.names, physical = self._match()
        self.layout = Layout(report.file, physical, self.names)

    def row(self) -> Row:
        """Return the header as a row of the table."""
        texts = [self.texts[at] for at in self.layout.physical]
        return Row(self.line, self.number, self.raw, texts, self.layout)

    def place(self, index: int) -> Place:
        """Return the place of a physical column (from 0) of the header."""
        return place_in(self.report.file, self.raw, self.line, self.number, index)

    def _match(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return field names and where they stand, reporting each title that has no meaning."""
        found: dict[str, int] = {}
        strange: dict[int, str] = {}
        for at, text in enumerate(self.texts[: self.cells]):
            column = self.titles.get(key_of(text))
            if not text:
                self.blank(at)
            elif column is None:
                strange[at] = text
            elif column.retired:
                self._retired(at, column, column.retired)
            elif column.name in found:
                self._repeated(at, column, found[column.name])
            else:
                found[column.name] = at
        self._missing(found.keys() | self._unknown(strange, found.keys()))
        return tuple(found), tuple(found.values())

    def blank(self, at: int) -> None:
        """Report a column that has no title but is in use."""
        self.report.add(
            "header",
            self.place(at) if at < len(self.raw) else Place(self.report.file, self.line, 0),
            Message("Column {letter} has no title", letter=spreadsheet_column(at)),
            Message("give it a title, or delete the column"),
            value="",
        )

    def _unknown(self, strange: Mapping[int, str], found: Collection[str]) -> set[str]:
        """Report each unknown title; return the names of the columns that they probably mean.

        A title that is like none may still be that of the one required column which is not there.
        """
        used = [key for key, column in self.titles.items() if not column.retired]
        like = {at: closest(key_of(text), used, LIKENESS) for at, text in strange.items()}
        meant = {at: self.titles[close] for at, close in like.items() if close}
        lacking = [c for c in self._known() if c.required and c.name not in found and c not in meant.values()]
        if len(lacking) == 1 and len(rest := [at for at in strange if at not in meant]) == 1:
            meant[rest[0]] = lacking[0]
        free = [column for column in self._known() if column.name not in found and column not in meant.values()]
        for at, text in strange.items():
            if at in meant and not like[at]:
                fix = Message("the column “{title}” is missing: if this is it, give it that title", title=meant[at])
            elif at in meant:
                fix = Message("did you mean “{title}”?", title=meant[at])
            elif free:
                fix = Message("delete the column, or use a title that is still free: {titles}", titles=free[:MENTIONED])
            else:
                fix = Message("delete the column: this table has no further ones")
            what = Message("Unknown column “{title}”", title=shown(text))
            self.report.add("header", self.place(at), what, fix, value=text)
        return {column.name for column in meant.values()}

    def _retired(self, at: int, column: Column, why: Message) -> None:
        """Warn of a column that an earlier version used, whose cells are left aside."""
        self.report.add(
            "retired",
            self.place(at),
            Message("The column “{title}” is no longer used: {why}", title=column, why=why),
            Message("delete the column"),
            severity=Severity.WARNING,
            value=self.texts[at],
        )

    def _repeated(self, at: int, column: Column, first: int) -> None:
        """Report a column that stands in the header twice."""
        self.report.add(
            "header",
            self.place(at),
            Message("Column “{title}” stands here a second time", title=column),
            Message("delete one of the two"),
            value=self.texts[at],
            related=(self.place(first),),
        )

    def _missing(self, present: set[str]) -> None:
        """Report each required column that is neither there nor probably meant."""
        for column in dict.fromkeys(self.titles.values()):
            if column.required and column.name not in present:
                self.report.add(
                    "header",
                    self.place(0),
                    Message("The column “{title}” is missing", title=column),
                    Message("add it to the header, even if its cells are still empty"),
                )

    def _known(self) -> list[Column]:
        return [column for column in dict.fromkeys(self.titles.values()) if not column.retired]
