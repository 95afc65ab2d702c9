"""From the rows of a table to records, column by column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast, get_args

from pydantic import PlainValidator, TypeAdapter

from generator.loading.refusals import missing, refusal
from generator.loading.slips import Cells, slips
from generator.problems import Problem
from generator.reading import Row, Table
from generator.records import R, Record, Title, made, titles
from generator.values.choice import Choice

REFUSED = object()


@cache
def value_reader(model: type[Record], name: str) -> Callable[[str], Any]:
    """Return what turns the text of a filled cell into a value of one field; it raises ValueError.

    That is the field's own function, which pydantic would call too; a field without one is left to pydantic.
    """
    info = model.model_fields[name]
    kinds = (info.annotation, *get_args(info.annotation))
    for item in (*info.metadata, *(item for kind in kinds for item in getattr(kind, "__metadata__", ()))):
        if isinstance(item, PlainValidator):
            return cast("Callable[[str], Any]", item.func)
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Choice):
            return kind.parse
    declared: Any = info.annotation
    return TypeAdapter(declared).validate_python


class _Cells(dict[str, Any]):
    """What each text of one column means: every text is read once, however often it stands there."""

    def __init__(self, model: type[Record], name: str) -> None:
        super().__init__()
        info = model.model_fields[name]
        self.read = value_reader(model, name)
        self.refuses = False
        if not info.is_required():
            self[""] = info.get_default()

    def __missing__(self, text: str) -> Any:
        if text:
            try:
                value = self[text] = self.read(text)
            except ValueError:
                pass
            else:
                return value
        self.refuses = True
        self[text] = REFUSED
        return REFUSED


def from_rows(model: type[R], table: Table, path: Mapping[str, str]) -> tuple[list[R], list[Problem]]:
    """Return the records of a table's rows and the problems of the rows that are none.

    ``path`` holds the values that the file's path gives, such as the term. Where the table lacks a required column the
    reader has said so, and there are no records.
    """
    fields = model.model_fields
    names, rows = table.columns, table.rows
    if any(info.is_required() and name not in names and name not in path for name, info in fields.items()):
        return [], []
    rest = {name: info.get_default() for name, info in fields.items() if name not in names}
    rest |= {name: _Cells(model, name)[text] for name, text in path.items()}
    by_name = {title.name: title for title in titles(model)}
    # Column by column, because mapping a whole column through one dictionary is several times faster than cell by cell.
    cells = [_Cells(model, name) for name in names]
    texts = zip(*[row.texts for row in rows], strict=True)
    columns = [list(map(known.__getitem__, column)) for known, column in zip(cells, texts, strict=False)]
    doubtful = [column for known, column in zip(cells, columns, strict=False) if known.refuses]
    refused = {at for column in doubtful for at, value in enumerate(column) if value is REFUSED}
    problems = list(_told(rows, columns, cells, by_name, names, refused)) if refused else []
    values = zip(*columns, strict=True)
    if not refused:
        return made(model, rest, names, values, rows), problems
    kept = [pair for at, pair in enumerate(zip(values, rows, strict=True)) if at not in refused]
    return made(model, rest, names, (own for own, _ in kept), (row for _, row in kept)), problems


def _told(
    rows: Sequence[Row],
    columns: Sequence[Sequence[Any]],
    cells: Sequence[_Cells],
    by_name: Mapping[str, Title],
    names: Sequence[str],
    refused: Collection[int],
) -> Iterator[Problem]:
    """Yield what is wrong with the rows that are no records: once what one slip did to many cells, then each other cell."""
    hit = [[value is REFUSED for value in column] for column in columns]
    named = [by_name[name] for name in names]
    optional = [known.get("", REFUSED) is not REFUSED for known in cells]
    found, told = slips(rows, list(map(Cells, named, [known.read for known in cells], optional, hit)))
    yield from found
    for at in sorted(refused):
        yield from _refusals(rows[at], names, cells, by_name, told.get(at, ()))


def _refusals(
    row: Row, names: Sequence[str], cells: Sequence[_Cells], by_name: Mapping[str, Title], told: Collection[int]
) -> Iterator[Problem]:
    """Yield what is wrong with each cell of a row that is no record, but for the columns that were told of already."""
    for at, (name, text, known) in enumerate(zip(names, row.texts, cells, strict=True)):
        if at in told or known[text] is not REFUSED:
            continue
        if not text:
            yield missing(by_name[name], row.place_of(name))
            continue
        try:
            known.read(text)
        except ValueError as failure:
            yield refusal(failure, by_name[name], row.place_of(name), text)
