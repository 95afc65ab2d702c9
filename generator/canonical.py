"""The one canonical form of every value: for people, as a cell of a file says it, and for programs and proofs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from generator.records import Record
from generator.values.choice import Choice
from generator.values.dates import Month, When

Value = str | int | None | list[Any] | dict[str, Any]


def text_of(value: object) -> str:
    """Return a value as a cell of a file says it in Chinese: the form that `data/` itself accepts."""
    match value:
        case None:
            return ""
        case Choice():
            return value.zh
        case tuple():
            return ";".join(map(text_of, value))
    return _written(value)


def plain(value: object) -> Value:
    """Return a value for programs: money and dates as text, choices by their English word, records as objects."""
    match value:
        case None | str() | int():
            return value
        case Choice():
            return value.en
        case tuple():
            return [plain(item) for item in value]
        case Record():
            return row_of(value)
        case Decimal() | dt.date() | When() | Month():
            return _written(value)
    raise TypeError(f"{value!r} has no form for programs")


def _written(value: object) -> str:
    """Return a value in the one form that people and programs read alike: amounts with their fen, days as 2023-02-13."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case dt.date():
            return value.isoformat()
        case When():
            return value.text
    return str(value)


def row_of(record: Record) -> dict[str, Value]:
    """Return a record as an object with the English names of its fields."""
    return {name: plain(getattr(record, name)) for name in type(record).model_fields}
