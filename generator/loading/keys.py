"""Unique keys: whatever a key names, it names one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from generator.locale import Message
from generator.problems import Problem
from generator.records import Record, titles


def duplicates(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem, with both places, for each record whose key another one of the same type has already."""
    records = list(records)
    if not records or not records[0].key_fields():
        return
    keys = list(map(attrgetter(*records[0].key_fields()), records))
    if len(set(keys)) == len(keys):
        return
    seen: dict[Any, Record] = {}
    for key, record in zip(keys, records, strict=True):
        first = seen.setdefault(key, record)
        if first is not record:
            name = next((t.name for t in titles(type(record)) if t.key), None)
            yield Problem(
                record.place(name),
                "duplicate",
                Message("the key “{key}” is used twice", key=record.key),
                Message("give each entry a key of its own"),
                value=record.key,
                related=(first.place(name),),
            )
