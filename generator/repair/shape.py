"""The shape of a table: which character parts its cells, where its header is, which records are what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from generator.reading import LIMITS, TOTAL_WORDS, total_key
from generator.reading.body import ABSURD
from generator.reading.characters import REFUSED
from generator.reading.csv_reader import SPARE
from generator.reading.header import (
    SEARCHED,
    SEARCHED_CELLS,
    SEPARATORS,
    WRONG_SEPARATORS,
    find_header,
    key_of,
    titles_of,
)
from generator.reading.report import Report
from generator.reading.scanner import scan
from generator.records import Record, columns, titles
from generator.repair.cells import unquoted
from generator.repair.encoded import Text
from generator.repair.values import folded, without_silent

CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")
"""What a merge leaves where two people changed one place: people decide what stays."""

AROUND = " \n\u00a0\u3000"
"""What may stand around a row that was pasted into one cell; a tab may be the sign of an empty cell."""

TOTALS = frozenset(map(total_key, TOTAL_WORDS))


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a table: its first line (from 1), and its cells as the reader has them and as they were written."""

    line: int
    clean: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many cells there are."""
        return len(self.written)

    @property
    def is_absurd(self) -> bool:
        """Whether there are so many cells that nobody looks at them one by one."""
        return self.width > ABSURD * LIMITS.columns

    def text(self, at: int) -> str | None:
        """Return what a cell says, as it was written; None where its quotation marks break the rules."""
        return unquoted(self.written[at])

    def bare(self, at: int) -> str:
        """Return what a cell says without spaces around it and what shows nothing."""
        text = self.text(at)
        return without_silent(self.written[at] if text is None else text, "text").strip()

    def first(self) -> str:
        """Return what the first filled cell says; nothing where none is filled."""
        return next(filter(None, map(self.bare, range(self.width))), "")

    def filled_behind(self, at: int) -> bool:
        """Return whether any cell from the index `at` on says something."""
        return any(map(self.bare, range(at, self.width)))


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it is to be read: what parted its cells, its records, and the index of the header among them.

    One that is not ``sound`` has quotation marks that break the rules. One that is ``daring`` holds only if then all
    of its rows can be read.
    """

    separator: str
    lines: tuple[Line, ...]
    header: int
    sound: bool
    daring: bool = False


def shapes(text: Text, model: type[Record]) -> Iterator[Shape]:
    """Yield how a table may be shaped: as the reader sees it, or with a full-width comma or the like, or in one column."""
    plain: list[Line] = []
    for separator in (*SEPARATORS, *WRONG_SEPARATORS):
        found = _lines(text, separator)
        if found is None or any(line.written[0].startswith(CONFLICT) for line in found[0]):
            return
        lines, sound = found
        plain = plain or lines
        at = _header(model, lines)
        if at is not None and (separator == "," or lines[at].width > 1):
            yield Shape(separator, tuple(lines), at, sound, separator in WRONG_SEPARATORS)
            return
    for separator in SEPARATORS[:1] + SEPARATORS[2:]:
        inner = [split_cell(line, separator) for line in plain if line.first()]
        if None not in inner and (at := _header(model, unwrapped := [line for line in inner if line])) is not None:
            yield Shape("", tuple(unwrapped), at, sound=True, daring=True)
            return


def _lines(text: Text, separator: str) -> tuple[list[Line], bool] | None:
    """Return the records of a text and whether its quotation marks keep the rules; None where there are too many."""
    report = Report("")
    most = LIMITS.rows + SPARE
    records = list(islice(scan(text.clean, separator, report), most + 1))
    if len(records) > most:
        return None
    found, at = [], 0
    for line, raw, _, _ in records:
        written = []
        for cell in raw:
            written.append(text.written[at : at + len(cell)])
            at += len(cell) + 1
        found.append(Line(line, tuple(raw), tuple(written)))
    return found, not report.problems()


def split_cell(line: Line, separator: str) -> Line | None:
    """Return the cells of a record whose first cell holds all of them, parted by one of the separators; None for others."""
    if line.is_absurd or line.filled_behind(1):
        return None
    text = without_silent(line.text(0) or "", "text").strip(AROUND)
    if not text or "\n" in text or REFUSED.search(text):
        return None
    report = Report("")
    records = list(scan(text, separator, report))
    if len(records) != 1 or report.problems():
        return None
    cells = tuple(records[0][1])
    return Line(line.line, cells, cells)


@cache
def _words(model: type[Record]) -> tuple[frozenset[str], Mapping[str, str], Mapping[str, str]]:
    """Return the titles of a record, by themselves, as the reader compares them, and folded; none that means two."""
    words = [(word, t.name) for t in titles(model) if not t.path for word in (t.name, t.zh, t.en)]

    def by(form: Mapping[str, str]) -> dict[str, str]:
        fields: dict[str, set[str]] = {}
        for word, name in words:
            fields.setdefault(form[word], set()).add(name)
        return {form[word]: word for word, _ in reversed(words) if len(fields[form[word]]) == 1}

    exact = frozenset(word for word, _ in words)
    return exact, by({word: key_of(word) for word in exact}), by({word: folded(word) for word in exact})


def title_of(model: type[Record], text: str) -> str | None:
    """Return the title that a header cell can only mean, as the record declares it; None where it means none."""
    exact, keys, forms = _words(model)
    return text if text in exact else keys.get(key_of(text)) or forms.get(folded(text)) if text else None


def _header(model: type[Record], lines: Sequence[Line]) -> int | None:
    """Return the index of the header, told by titles in any form that can only mean them."""
    head = []
    for line in lines[:SEARCHED]:
        texts = [line.bare(at) for at in range(min(line.width, SEARCHED_CELLS))]
        head.append((line.line, texts, [title_of(model, text) or text for text in texts], True))
    return find_header(head, titles_of(columns(model)))


def is_total(line: Line) -> bool:
    """Return whether a record is a total row: its first filled cell says so."""
    return total_key(line.first()) in TOTALS
