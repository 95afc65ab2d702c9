"""What a change does beside the figures: settings of the site, which are no facts, and what the search for personal data
lets pass from now on."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.difference.figures import Changed
from generator.privacy.allowed import Allowed
from generator.records import Record, titles
from generator.trust.facts import Name, canonical, places


def settings(before: Dataset | None, now: Dataset) -> tuple[Changed, ...]:
    """Return the settings that are otherwise than before: where staff are led, and as of which day a sample is shown."""
    if before is None:
        return ()
    was = {name: value for name, value, _ in _settings(before)}
    return tuple(
        Changed(name, was[name], value, record.place(name.field if value else None))
        for name, value, record in _settings(now)
        if value != was.get(name, value)
    )


def _settings(data: Dataset) -> Iterator[tuple[Name, str, Record]]:
    """Yield each setting with its value, also where it is empty, and the record that has it."""
    for (table, key), record in places(data).items():
        for title in titles(type(record)):
            if title.setting:
                yield Name(table, key, title.name), canonical(getattr(record, title.name)), record


def newly_allowed(before: tuple[Allowed, ...], now: tuple[Allowed, ...]) -> tuple[Allowed, ...]:
    """Return the rows of the list that were not there before, or that say something else now."""
    return tuple(row for row in now if row not in before)
