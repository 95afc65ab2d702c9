"""What a school says, told without the code under test, and the only differences that need no correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.dataset import SHEETS, Dataset
from generator.records import Record, nested, titles

Where = tuple[str, ...]


class Difference(NamedTuple):
    """One typed value before and now; None where there is none."""

    where: Where
    old: Any
    new: Any


def said(dataset: Dataset) -> dict[Where, Any]:
    """Return every typed value of a school by sheet, keys and lists."""
    return {
        where: value
        for file in dataset.files
        for record in file.records
        for where, value in _values((file.sheet.name,), record)
    }


def _values(at: Where, record: Record) -> Iterator[tuple[Where, Any]]:
    keys = tuple(f"{t.name}={getattr(record, t.name)}" for t in titles(type(record)) if t.key or t.path)
    at = (*at, *keys)
    for title in titles(type(record)):
        value = getattr(record, title.name)
        if nested(type(record).model_fields[title.name]):
            for item in value:
                yield from _values((*at, title.name), item)
        elif value is not None and value != ():
            yield (*at, title.name), value


def differences(before: Mapping[Where, Any], now: Mapping[Where, Any]) -> list[Difference]:
    """Return everything that is said otherwise."""
    return [
        Difference(where, before.get(where), now.get(where))
        for where in sorted({*before, *now})
        if before.get(where) != now.get(where)
    ]


def exceptions() -> tuple[frozenset[tuple[str, str]], dict[tuple[str, str], tuple[str, ...]]]:
    """Return what is excepted by declaration: settings, and the steps of work, by sheet and field."""
    settings: set[tuple[str, str]] = set()
    steps: dict[tuple[str, str], tuple[str, ...]] = {}

    def look(sheet: str, model: type[Record]) -> None:
        for title in titles(model):
            info = model.model_fields[title.name]
            if title.setting:
                settings.add((sheet, title.name))
            if title.progress:
                steps[sheet, title.name] = tuple(m.en for m in info.annotation)  # type: ignore[union-attr]
            if inner := nested(info):
                look(sheet, inner)

    for sheet in SHEETS:
        look(sheet.name, sheet.record)
    return frozenset(settings), steps


SETTINGS, STEPS = exceptions()


def is_declared(difference: Difference) -> bool:
    """Whether a difference needs no correction: a setting, a step forward, or what was empty or not there before."""
    name = (difference.where[0], difference.where[-1])
    if difference.old is None or name in SETTINGS:
        return True
    steps = STEPS.get(name, ())
    words = [getattr(value, "en", None) for value in (difference.old, difference.new)]
    return all(word in steps for word in words) and steps.index(words[0]) < steps.index(words[1])
