"""Corrections beside the values that they changed: what was published before, since when it is otherwise, and why.

Draw with ``{% import "pages/corrected.html.j2" as corrected %}`` and ``{{ corrected.was(amendments, to) }}`` after the
value that holds now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from generator.dataset import Dataset
from generator.locale import Labelled
from generator.pages.filters import anchor
from generator.records import Record, titles
from generator.values.money import parse_money
from generator.values.refusal import Kind, Refused

AMOUNTS = ("money", "standard")
UNSAID = "PRIVACY"


class HasData(Protocol):
    """Books, or anything else that holds the school's data."""

    @property
    def data(self) -> Dataset:
        """The records of the school."""
        ...


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction of one value: its id and day, the value before (an amount as `Decimal`; None where there was none or
    where privacy forbids to repeat it), the kind, the reason, who approved it, and where the site tells of it."""

    id: str
    date: dt.date
    field: str
    old: Decimal | str | None
    kind: Labelled
    private: bool
    reason: str
    approved_by: str

    @property
    def url(self) -> str:
        """The address of the correction on the site."""
        return f"changes/#{anchor(self.id)}"


def corrections_of(books: HasData, sheet: str, record: Record, field: str) -> tuple[Amendment, ...]:
    """Return what corrected one value of a record, oldest first.

    `sheet` is the name of the table, such as ``fees``; a correction may name the field in English or Chinese.
    """
    return amended(books, sheet, record).get(field, ())


def amended(books: HasData, sheet: str, record: Record) -> Mapping[str, tuple[Amendment, ...]]:
    """Return all corrections of a record by the name of the field, oldest first."""
    found: dict[str, list[Amendment]] = {}
    for name, amendment in sorted(_amendments(books, sheet, record), key=lambda pair: (pair[1].date, pair[1].id)):
        found.setdefault(name, []).append(amendment)
    return {name: tuple(each) for name, each in found.items()}


def _amendments(books: HasData, sheet: str, record: Record) -> Iterator[tuple[str, Amendment]]:
    """Yield the corrections of a record, each with the English name of its field."""
    own = [c for c in books.data.corrections if c.sheet == sheet and c.record == record.key]
    if not own:
        return
    fields = {word: title for title in titles(type(record)) for word in (title.name, title.zh, title.en)}
    for correction in own:
        title = fields.get(correction.field)
        private = correction.kind.name == UNSAID
        old = None if private else _typed(correction.old, title.kind if title else None)
        yield (
            title.name if title else correction.field,
            Amendment(correction.id, correction.date, correction.field, old, correction.kind, private,
                      correction.reason, correction.approved_by),
        )  # fmt: skip


def _typed(old: str | None, kind: Labelled | None) -> Decimal | str | None:
    """Return an old amount as an amount, so that it is written like the new one, and anything else as its text."""
    if old is not None and isinstance(kind, Kind) and kind.name in AMOUNTS:
        try:
            return parse_money(old)
        except Refused:
            return old
    return old
