"""The law of every repair, tried on each file before it is written: whatever could be read says the same afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.dataset import load_file
from generator.problems import Problem, Severity
from generator.reading import Entries, Items, Node, Row, Scalar, Table, read_csv
from generator.reading.characters import LOST
from generator.records import Record, Sheet, columns
from generator.repair.cells import Column


def table_is_kept(
    before: bytes, after: bytes, file: str, model: type[Record], numbers: Sequence[int], parted: Collection[int]
) -> bool:
    """Return whether a mended table says everything that could be read in it before, row by row.

    ``numbers`` are the numbers that the records of the mended table had before; ``parted`` are those of rows that stood
    in one cell or were the header once more, which must have been no records.
    """
    old, problems = read_csv(before, file, columns(model))
    new, more = read_csv(after, file, columns(model))
    if new is None or len(errors(more)) > len(errors(problems)):
        return False
    if old is None or not old.columns:
        return True
    if numbers[new.header.number - 1] != old.header.number:
        return False
    known = {name: Column(model, name) for name in old.columns}
    rows, totals = ({numbers[row.number - 1]: row for row in part} for part in (new.rows, new.totals))
    return all(
        not _is_record(old, row, known)
        if row.number in parted
        else _is_kept(old, row, new, rows.get(row.number), known)
        for row in old.rows
    ) and all(_is_kept(old, row, new, totals.get(row.number), known) for row in old.totals)


def _is_record(table: Table, row: Row, known: dict[str, Column]) -> bool:
    return all(known[name].reads(text) for name, text in zip(table.columns, row.texts, strict=True))


def _is_kept(old: Table, row: Row, new: Table, mate: Row | None, known: dict[str, Column]) -> bool:
    """Return whether a row says what it said, wherever that could be read."""
    if mate is None:
        return False
    says = dict(zip(new.columns, mate.texts, strict=True))
    return all(
        says.get(name) == text or not known[name].reads(text)
        for name, text in zip(old.columns, row.texts, strict=True)
    )  # fmt: skip


def tree_is_kept(before: Node, after: Node, mended: Collection[tuple[int, int]]) -> bool:
    """Return whether a mended document has the same entries, and the same texts but where it was mended.

    ``mended`` are the lines and columns, in the document before, of the values and names that changed.
    """
    pairs = _pairs(before, after)
    return all(
        new is not None
        and (old.text.strip() == new.text.strip() or LOST in old.text or (old.place.line, old.place.column) in mended)
        for old, new in pairs
    )  # fmt: skip


def _pairs(before: Node, after: Node) -> Iterator[tuple[Scalar, Scalar | None]]:
    """Yield each value with the one in its place afterwards, none where there is none."""
    waiting: list[tuple[Node, Node | None]] = [(before, after)]
    while waiting:
        old, new = waiting.pop()
        if isinstance(old, Scalar):
            yield old, new if isinstance(new, Scalar) else None
            continue
        inner = list(old.items if isinstance(old, Items) else old.entries.values())
        mates = list(new.items if isinstance(new, Items) else new.entries.values() if isinstance(new, Entries) else [])
        if type(old) is not type(new) or len(inner) != len(mates):
            yield Scalar("", old.place), None
        waiting.extend(zip(inner, mates, strict=False))


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Return the errors among problems."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def is_sound(data: bytes, file: str, sheet: Sheet, stated: dict[str, str]) -> bool:
    """Return whether a file can be read without any error of its own."""
    return not errors(load_file(data, file, sheet, stated)[1])
