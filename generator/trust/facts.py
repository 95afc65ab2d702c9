"""Facts: everything that a school's data states, in one canonical form that does not depend on how it is written.

A fact is the value of one field of one record. Order of rows, encoding, kind of file, line ends, and `12.5` against
`12.50` make no difference; everything else does. The canonical file, ``data/facts.csv`` on the site, can be read by
anybody, and its SHA-256 is the *facts root* that the ledger keeps.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from generator.canonical import plain
from generator.dataset import SHEETS, Dataset
from generator.records import Record, nested, titles
from generator.references import Stated, within
from generator.registers.corrections.records import Correction, CorrectionKind

HEADINGS = ("table", "record", "field", "value")
QUOTED = ("old", "new")
"""The fields in which a correction quotes a value of another field."""


class Name(NamedTuple):
    """What names a fact for ever: the table, the record's key, and the field, all in English words."""

    table: str
    record: str
    field: str


Facts = Mapping[Name, str]
"""All facts of a school, sorted by name; a value that is not filled in is no fact."""


@lru_cache(maxsize=2)
def facts(dataset: Dataset) -> Facts:
    """Return all facts of a school.

    Two records that share a key by an accident of its text (`a/b` and `c` against `a` and `b/c`) are told together, so
    that neither can change behind the other.
    """
    found: dict[Name, list[str]] = {}
    for item in stated(dataset):
        for name, text in values(item.value):
            found.setdefault(Name(item.table, item.record, name), []).append(text)
    return {name: " | ".join(sorted(found[name])) for name in sorted(found)}


def stated(dataset: Dataset) -> Iterator[Stated]:
    """Yield every record of a school, those inside of documents too."""
    for file in dataset.files:
        for record in file.records:
            yield from within(file.sheet.name, record)


def values(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the fields of one record that state something, with their canonical values.

    What was removed for privacy is not stated again by the correction that says so.
    """
    private = isinstance(record, Correction) and record.kind is CorrectionKind.PRIVACY
    for name in _fields(type(record)):
        if (text := canonical(getattr(record, name))) and not (private and name in QUOTED):
            yield name, text


def canonical(value: object) -> str:
    """Return a value as the canonical file has it; empty where there is none."""
    form = plain(value)
    return "" if form is None else ";".join(map(str, form)) if isinstance(form, list) else str(form)


@cache
def _fields(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a record that are facts: no keys, no settings, and not those that hold other records."""
    return tuple(
        t.name for t in titles(model) if not (t.key or t.path or t.setting or nested(model.model_fields[t.name]))
    )


def as_csv(found: Facts) -> bytes:
    """Return facts as the canonical file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows((*name, value) for name, value in found.items())
    return out.getvalue().encode()


def from_csv(content: bytes) -> Facts:
    """Return the facts that a canonical file states; raises ValueError where it is none.

    What it states of columns that were retired since is no fact any more.
    """
    rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    try:
        if tuple(next(rows, ())) != HEADINGS:
            raise ValueError("not a file of facts")
        found = {Name(table, record, field): value for table, record, field, value in rows}
    except csv.Error as failure:
        raise ValueError(str(failure)) from failure
    return {name: value for name, value in found.items() if (name.table, name.field) not in retired()}


@cache
def retired() -> frozenset[tuple[str, str]]:
    """Return the tables and names of all columns that an earlier version used."""

    def of(model: type[Record]) -> Iterator[str]:
        yield from (old.name for old in model.retired)
        for info in model.model_fields.values():
            if inner := nested(info):
                yield from of(inner)

    return frozenset((sheet.name, name) for sheet in SHEETS for name in of(sheet.record))


def root(content: bytes) -> str:
    """Return the facts root of a canonical file: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=2)
def places(dataset: Dataset) -> Mapping[tuple[str, str], Record]:
    """Return every record by its table and its key in full."""
    return {(item.table, item.record): item.value for item in stated(dataset)}
