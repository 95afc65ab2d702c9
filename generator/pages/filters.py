"""How values become text on a page: the filters that templates use, bound to one language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from generator.locale import Labelled, Language, Message
from generator.problems import Place
from generator.values.text import is_link

MINUS = "\N{MINUS SIGN}"
MONTH = re.compile(r"(\d{4})-(\d{2})")
KEPT = frozenset("-_.")


def money(value: Decimal | int) -> str:
    """Return an amount in yuan as ``1,234.50``, with a real minus sign when it is below zero."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"money is Decimal, not {type(value).__name__}")
    text = f"{abs(value):,.2f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text


def number(value: Decimal | int) -> str:
    """Return a count or quantity with thousands separators and no more decimals than it has."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"a number is Decimal or int, not {type(value).__name__}")
    digits = f"{abs(value):,}" if isinstance(value, int) else f"{abs(value):,f}"
    return MINUS + digits if value < 0 else digits


def percent(ratio: Decimal) -> str:
    """Return a ratio (1 is the whole) as a percentage with one decimal, halves rounded up."""
    hundredths = (Decimal(ratio) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{abs(hundredths):,}%"
    return MINUS + text if hundredths < 0 else text


def anchor(key: object) -> str:
    """Return the id of a heading or row made from its key: letters (Chinese too), digits and ``-_.`` stay,
    any other character becomes ``~`` and its code, so two keys never share an id and no id needs escaping."""
    return "".join(c if c.isalnum() or c in KEPT else f"~{ord(c):x}" for c in str(key)) or "~"


def place(at: Place) -> str:
    """Return a place as ``file:line``, the form that the source link shows."""
    return f"{at.file}:{at.line}" if at.line else at.file


def is_weblink(url: object) -> bool:
    """Tell whether `url` may stand in a link: only https and a plain host, so that data cannot smuggle in a script."""
    return is_link(url)


def is_phone(number: object) -> bool:
    """Tell whether `number` may be dialled by a tap: digits, spaces, hyphens, brackets and a leading plus."""
    return isinstance(number, str) and re.match(r"\+?[0-9][0-9 ()-]{2,24}\Z", number) is not None


def dialled(number: str) -> str:
    """Return a phone number as a ``tel:`` link needs it: digits and a leading plus only."""
    return re.sub(r"[^0-9+]", "", number)


def year_and_month(value: object) -> tuple[int, int]:
    """Return year and month of a date, of a pair ``(year, month)``, of ``2023-02`` or of anything with both."""
    match value:
        case (int(year), int(month)):
            return year, month
        case str() if found := MONTH.fullmatch(value):
            return int(found[1]), int(found[2])
    at: tuple[object, object] = (getattr(value, "year", None), getattr(value, "month", None))
    match at:
        case (int(year), int(month)):
            return year, month
    raise TypeError(f"{value!r} has no year and month")


def filters(language: Language) -> Mapping[str, Callable[..., Any]]:
    """Return all filters by name for a language."""

    def label(value: Labelled | None) -> str:
        return value.label(language.code) if value is not None else ""

    def say(message: Message | str) -> str:
        return language.say(message) if isinstance(message, Message) else message

    def day(value: dt.date | Labelled | Message) -> str:
        return language.value(value)

    def month(value: object) -> str:
        return language.month(*year_and_month(value))

    def period(start: dt.date | None, end: dt.date | None = None) -> str:
        if start and end:
            return language.say(Message("{start} to {end}", start=start, end=end))
        if start:
            return language.say(Message("from {start}", start=start))
        return language.say(Message("until {end}", end=end)) if end else ""

    def line(at: Place) -> str:
        name = at.file.rpartition("/")[2]
        if not at.line:
            return name
        return f"{name} 第{at.line}行" if language.code == "zh" else f"{name} line {at.line}"

    return {
        "money": money, "number": number, "percent": percent, "anchor": anchor, "place": place, "line": line,
        "dialled": dialled, "label": label, "say": say, "day": day, "month": month, "period": period,
    }  # fmt: skip
