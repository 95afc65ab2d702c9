"""The texts of a data file, each with its place: every cell or line, also what no register reads, and comments."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from generator.dataset import sheet_at
from generator.privacy.wording.rosters import with_titles
from generator.problems import Place
from generator.reading import Entries, Items, Node, Scalar, read_yaml
from generator.reading.header import Titles, find_header, find_separator, key_of, titles_of
from generator.reading.report import Report
from generator.reading.scanner import Record, scan
from generator.reading.table import place_in
from generator.records import Sheet, columns, titles

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
TYPED = frozenset({"money", "count", "day", "month", "when"})
"""Kinds of columns in which a number is an amount, a count or a date and never anybody's."""
_typed = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?|[0-9]{4}(-[0-9]{2}){0,2}").fullmatch

APART = "\n|\n"
"""Keeps texts apart that are looked at together: no number, name or address goes on behind a bar."""

Hits = Callable[[str], bool]


def text_of(data: bytes) -> str:
    """Return the text of a file with LF line ends, whatever its encoding: here nothing is refused, only looked at."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _lines(data[len(bom) :].decode(encoding, "replace"))
    zeros = (data[0::2].count(0), data[1::2].count(0))
    if sum(zeros) * 4 > len(data):
        return _lines(data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", "replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _lines(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _lines(data.decode("utf-8", "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def sheet_of(name: str) -> Sheet | None:
    """Return the sheet whose records a file such as ``data/terms/2023-spring/fees.csv`` holds."""
    stem = name.removeprefix("data/").rpartition(".")[0]
    found = sheet_at(stem)
    return found[0] if found else None


def suspicious_cells(name: str, text: str, hits: Hits) -> Iterator[tuple[str, Place]]:
    """Yield every cell of a table in which there are `hits`, with its place.

    Nearly always there are none, so all different cells are looked at together first.
    """
    sheet = sheet_of(name)
    known = titles_of(columns(sheet.record)) if sheet else {}
    separator = (find_separator(text, known, Report(name)) if known else None) or _separator(text)
    records = list(scan(text, separator))
    if sheet is None:
        records = _with_titles(records)
    at = find_header(records, known) if known else None
    typed = _typed_columns(sheet, records[at][2], known) if sheet and at is not None else frozenset()
    different = _different(records, typed)
    if not hits(APART.join(different)):
        return
    marked = {cell for cell in different if hits(cell)}
    for number, (line, raw, cells, _) in enumerate(records, 1):
        for physical, cell in enumerate(cells):
            if cell in marked and not (physical in typed and _typed(cell.strip())):
                yield cell, place_in(name, raw, line, number, physical)


def _with_titles(records: Sequence[Record]) -> list[Record]:
    """Return the records of a table that is no register's, names with the title above them."""
    told = iter(with_titles([cell for record in records for cell in enumerate(record[2])]))
    return [(line, raw, [next(told) for _ in cells], simple) for line, raw, cells, simple in records]


def _different(records: Sequence[Record], typed: frozenset[int]) -> list[str]:
    """Return every text that stands in a cell, each once, without numbers and dates in columns of such."""
    width = len(records[0][2]) if records else 0
    if all(len(record[2]) == width for record in records):
        by_column = (dict.fromkeys(column) for column in zip(*(record[2] for record in records), strict=True))
        sets = [
            [cell for cell in column if not _typed(cell.strip())] if at in typed else column
            for at, column in enumerate(by_column)
        ]
        return list(dict.fromkeys(cell for column in sets for cell in column))
    return list(dict.fromkeys(
        cell for _, _, cells, _ in records for at, cell in enumerate(cells) if not (at in typed and _typed(cell.strip()))
    ))  # fmt: skip


def _typed_columns(sheet: Sheet, header: Sequence[str], known: Titles) -> frozenset[int]:
    """Return which columns of a table hold amounts, counts or dates."""
    numbers = {title.name for title in titles(sheet.record) if getattr(title.kind, "name", "") in TYPED}
    found = (known.get(key_of(text)) for text in header)
    return frozenset(at for at, column in enumerate(found) if column is not None and column.name in numbers)


def _separator(text: str) -> str:
    """Return the most frequent separator of the first line."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


class Lines:
    """Turns positions in a text into places."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, at: int) -> Place:
        """Return line and column of the character at `at`."""
        line = bisect_right(self.starts, at)
        return Place(self.name, line, at - self.starts[line - 1] + 1)


def hidden_scalars(name: str, data: bytes, text: str) -> Iterator[tuple[str, Place]]:
    """Yield the keys and values of a YAML file that its lines do not show as they are: escaped, or over several lines."""
    node, _ = read_yaml(data, name)
    waiting: list[Node] = [node] if node is not None else []
    while waiting:
        match waiting.pop():
            case Scalar(text=value, place=place):
                if value not in text:
                    yield value, place
            case Items(items=items):
                waiting += items
            case Entries(entries=entries, key_places=places):
                yield from ((key, places[key]) for key in entries if key not in text)
                waiting += entries.values()
