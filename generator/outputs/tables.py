"""Records as the rows of a download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.canonical import text_of
from generator.records import DataFile, Record, Title, nested, titles


@dataclass(frozen=True, slots=True)
class Rows:
    """A table ready to be written: its Chinese headings, for each column the name of its kind, and the cells."""

    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    cells: list[list[str]]


@cache
def kind_of(title: Title) -> str:
    """Return the name of what a column holds, ``choice`` and ``list`` where it has no kind of its own."""
    name = getattr(title.kind, "name", None)
    return str(name) if name else "list" if title.kind and title.kind.label("en") == "a list of entries" else "choice"


@cache
def _flat_columns(model: type[Record]) -> tuple[Title, ...]:
    """Return the columns of a table of these records: those that the path gives and lists of records are none."""
    return tuple(t for t in titles(model) if not t.path and kind_of(t) != "list")


def table(file: DataFile) -> Rows:
    """Return a data file as a table; a document becomes the rows of its innermost lists, or one row for each value."""
    if not file.sheet.document:
        columns = _flat_columns(file.sheet.record)
        cells = [_cells(record, columns) for record in file.records]
        return Rows(tuple(t.zh for t in columns), tuple(map(kind_of, columns)), cells)
    if lists := _list_of_lists(file.sheet.record):
        return _inner_rows(file, *lists)
    lines = [line for record in file.records for line in _lines(record, "")]
    return Rows(("条目", "栏目", "内容"), ("text", "text", "text"), lines)


def _cells(record: Record, columns: tuple[Title, ...]) -> list[str]:
    return [text_of(getattr(record, t.name)) for t in columns]


@dataclass(frozen=True)
class _List:
    """A field that lists records, and their type."""

    title: Title
    model: type[Record]


@cache
def _lists(model: type[Record]) -> tuple[_List, ...]:
    """Return the fields of a record that list other records."""
    found = ((title, nested(model.model_fields[title.name])) for title in titles(model))
    return tuple(_List(title, inner) for title, inner in found if inner)


@cache
def _list_of_lists(model: type[Record]) -> tuple[_List, _List] | None:
    """Return the field that lists records which list records themselves, and that inner field: a plan's areas."""
    return next(((outer, inner) for outer in _lists(model) for inner in _lists(outer.model)), None)


def _inner_rows(file: DataFile, outer: _List, inner: _List) -> Rows:
    """Return one row for each record of the inner lists, led by the columns of the list that it stands in."""
    ahead, columns = _flat_columns(outer.model), _flat_columns(inner.model)
    cells = [
        _cells(part, ahead) + _cells(record, columns)
        for document in file.records
        for part in getattr(document, outer.title.name)
        for record in getattr(part, inner.title.name)
    ]
    headings = (*(outer.title.zh + t.zh for t in ahead), *(t.zh for t in columns))
    return Rows(headings, tuple(map(kind_of, (*ahead, *columns))), cells)


def _lines(record: Record, entry: str) -> Iterator[list[str]]:
    """Yield entry, field and value for each value of a document, those of its lists after its own."""
    for title in _flat_columns(type(record)):
        if (text := text_of(getattr(record, title.name))) != "":
            yield [entry, title.zh, text]
    for part in _lists(type(record)):
        for number, item in enumerate(getattr(record, part.title.name), 1):
            yield from _lines(item, f"{entry}{part.title.zh}{number}")
