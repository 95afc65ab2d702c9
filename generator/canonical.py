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
        case str():
            return value
        case Choice():
            return value.zh
        case Decimal():
            return f"{value:.2f}"
        case dt.date():
            return value.isoformat()
        case When():
            return value.text
        case tuple():
            return ";".join(map(text_of, value))
    return str(value)


def plain(value: object) -> Value:
    """Return a value for programs: money and dates as text, choices by their English word, records as objects."""
    match value:
        case None | str() | int():
            return value
        case Choice():
            return value.en
        case Decimal():
            return f"{value:.2f}"
        case dt.date():
            return value.isoformat()
        case When():
            return value.text
        case Month():
            return str(value)
        case tuple():
            return [plain(item) for item in value]
        case Record():
            return row_of(value)
    raise TypeError(f"{value!r} has no form for programs")


def row_of(record: Record) -> dict[str, Value]:
    """Return a record as an object with the English names of its fields."""
    return {name: plain(getattr(record, name)) for name in type(record).model_fields}
