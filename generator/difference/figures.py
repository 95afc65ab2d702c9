"""Which figures a change touches: every fact that differs, told once, with the corrections that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.dataset import SHEETS, Dataset
from generator.difference.base import Base
from generator.problems import Place
from generator.registers.corrections.records import Correction, CorrectionKind
from generator.trust.changes import Change, changes
from generator.trust.cover import TABLE as CORRECTIONS
from generator.trust.cover import names, uncovered
from generator.trust.facts import Facts, Name
from generator.trust.guard import is_sample
from generator.trust.told import place_of

ORDER = {sheet.name: number for number, sheet in enumerate(SHEETS)}


@dataclass(frozen=True)
class Changed:
    """A fact of a record that is on both sides; empty where there is nothing.

    ``corrections`` are the ids of those that tell it, ``silent`` says that it needs one and has none, and ``private`` that
    words were removed for privacy, which nobody may repeat.
    """

    name: Name
    old: str
    new: str
    place: Place
    corrections: tuple[str, ...] = ()
    silent: bool = False
    private: bool = False


@dataclass(frozen=True)
class Row:
    """A record that is on one side only, with all that it states by field."""

    table: str
    record: str
    values: Mapping[str, str]
    place: Place
    corrections: tuple[str, ...] = ()
    silent: bool = False
    private: bool = False


@dataclass(frozen=True)
class Figures:
    """All differences of the facts: what was published and is otherwise, what an empty cell holds now, work that went
    on, rows that are new or gone, and new corrections.

    ``unread`` are rows of which nothing can be said, because the file that held them has errors.
    """

    changed: tuple[Changed, ...] = ()
    filled: tuple[Changed, ...] = ()
    moved: tuple[Changed, ...] = ()
    added: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    corrections: tuple[Row, ...] = ()
    unread: tuple[Row, ...] = ()

    @property
    def silent(self) -> int:
        """How many changes need a correction and have none."""
        return sum(c.silent for c in self.changed) + sum(row.silent for row in self.gone)

    def __bool__(self) -> bool:
        return any((self.changed, self.filled, self.moved, self.added, self.gone, self.corrections))


def figures(base: Base, data: Dataset, head: Facts) -> Figures:
    """Return every difference between the facts of a base and those of the head."""
    telling = _Telling(base.facts, data, head)
    rewritten = list(changes(base.facts, head))
    open_ = {change.name for change in telling.untold(rewritten)}
    told = {change.name for change in rewritten}
    changed = [
        Changed(c.name, c.old, c.new or "", place_of(data, c.name), telling.ids(c), c.name in open_, telling.private(c))
        for c in rewritten if not c.before
    ]  # fmt: skip
    gone = [
        Row(c.name.table, c.name.record, c.before, _was(base, data, c.name), telling.ids(c), c.name in open_,
            telling.private(c))
        for c in rewritten if c.before
    ]  # fmt: skip
    filled: list[Changed] = []
    moved: list[Changed] = []
    known = {(name.table, name.record) for name in base.facts}
    for name, new in head.items():
        old = base.facts.get(name, "")
        if old != new and name not in told and (name.table, name.record) in known:
            (moved if old else filled).append(Changed(name, old, new, place_of(data, name)))
    rows = [Row(table, record, own, place_of(data, Name(table, record, ""))) for (table, record), own in
            _records(head, known).items()]  # fmt: skip
    return Figures(
        _sorted(changed), _sorted(filled), _sorted(moved),
        _in_order(row for row in rows if row.table != CORRECTIONS),
        _in_order(row for row in gone if not is_unread(data, row.place.file)),
        _in_order(row for row in rows if row.table == CORRECTIONS),
        _in_order(row for row in gone if is_unread(data, row.place.file)),
    )  # fmt: skip


def is_unread(data: Dataset, file: str) -> bool:
    """Whether a file, or one that stands in its place under another ending, has errors and may lack rows."""
    return any(PurePosixPath(file).with_suffix("") == PurePosixPath(bad).with_suffix("") for bad in data.broken)


class _Telling:
    """The corrections that are new, and which changes they tell."""

    def __init__(self, base: Facts, data: Dataset, head: Facts) -> None:
        known = {name.record for name in base if name.table == CORRECTIONS}
        self.base = base
        self.new: Sequence[Correction] = [c for c in data.corrections if c.id not in known]
        unread = any(PurePosixPath(file).stem == CORRECTIONS for file in data.broken)
        # What was made up was never published, and what an unreadable register tells cannot be known.
        self.guarded = bool(base) and is_sample(base) == is_sample(head) and not unread

    def untold(self, rewritten: Iterable[Change]) -> Sequence[Change]:
        """Return the changes that need a correction and have none."""
        return uncovered(rewritten, self.base, self.new)[0] if self.guarded else ()

    def ids(self, change: Change) -> tuple[str, ...]:
        """Return the ids of the corrections that tell a change."""
        return tuple(c.id for c in self.new if names(c, change.name))

    def private(self, change: Change) -> bool:
        """Whether a correction says that words were removed for privacy."""
        return any(c.kind is CorrectionKind.PRIVACY and names(c, change.name) for c in self.new)


def _was(base: Base, data: Dataset, name: Name) -> Place:
    """Return where a record stood, by the base's own files where these are known."""
    return place_of(base.data or data, name)


def _records(head: Facts, known: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the values of the records that the base does not know."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, value in head.items():
        if (name.table, name.record) not in known:
            found.setdefault((name.table, name.record), {})[name.field] = value
    return found


def _sorted(found: Iterable[Changed]) -> tuple[Changed, ...]:
    return tuple(sorted(found, key=lambda each: (ORDER.get(each.name.table, 99), each.name)))


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (ORDER.get(row.table, 99), row.place, row.record)))
