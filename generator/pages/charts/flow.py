"""Where the money came from and where it went: two bars of equal length, because the books balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Language, Message
from generator.pages.charts.scale import ZERO, Words, rounded, spans, titled

Items = Sequence[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: its number in the legend, name, amount, share of the bar (1 is all), place and width in
    per cent, class of its fill, and whether its number has room inside."""

    number: int
    name: str
    amount: Decimal
    share: Decimal
    x: Decimal
    width: Decimal
    fill: str
    roomy: bool

    @property
    def middle(self) -> Decimal:
        """The middle of the segment, in per cent."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Side:
    """One bar: its heading, its total, its segments, and every item that it is made of."""

    title: str
    total: Decimal
    segments: tuple[Segment, ...]
    rows: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The two bars with the title and description of the picture."""

    title: str
    description: str
    sides: tuple[Side, Side]


def flow(
    income: Items,
    expense: Items,
    language: Language,
    *,
    opening: Decimal = ZERO,
    closing: Decimal = ZERO,
    title: Words = "",
    most: int = 6,
) -> Flow:
    """Return the picture of a period. Opening balance + income on one side, expense + closing balance on the other.

    A negative item (a refund, an overdraft) stands on the other side, as it does in the equation; beyond the
    `most` largest, items are grouped as one.
    """
    start, end = language.gettext("Opening balance"), language.gettext("Closing balance")
    into = [(start, opening), *income] if opening else list(income)
    out = [*expense, (end, closing)] if closing else list(expense)
    left = [(n, a) for n, a in into if a >= 0] + [(_reversed(n, language), -a) for n, a in out if a < 0]
    right = [(n, a) for n, a in out if a >= 0] + [(_reversed(n, language), -a) for n, a in into if a < 0]
    totals = [sum((a for _, a in side), ZERO) for side in (left, right)]
    whole = max(totals)
    titles = [language.gettext("Where the money came from"), language.gettext("Where the money went")]
    sides = [
        Side(words, total, _segments(items, whole, total, fills, {start, end}, language, most), tuple(items))
        for words, total, items, fills in zip(titles, totals, (left, right), FILLS, strict=True)
    ]
    description = language.say(
        Message(
            "Opening balance {opening}, income {income}, expense {expense}, closing balance {closing} yuan.",
            opening=opening,
            income=sum((a for _, a in income), ZERO),
            expense=sum((a for _, a in expense), ZERO),
            closing=closing,
        )
    )
    heading = titled(title, "Where the money came from and where it went", language)
    return Flow(heading, description, (sides[0], sides[1]))


FILLS = (("c-jade", "c-jade2"), ("c-ink", "c-ink2"))


def _reversed(name: str, language: Language) -> str:
    return language.say(Message("{name} (negative)", name=name))


def _segments(
    items: Items,
    whole: Decimal,
    total: Decimal,
    fills: tuple[str, str],
    balances: set[str],
    language: Language,
    most: int,
) -> tuple[Segment, ...]:
    """Return the parts of one bar: balances at the outer ends, items by size, the tail as one part."""
    first = [item for item in items if item[0] in balances and fills == FILLS[0] and item[1]]
    last = [item for item in items if item[0] in balances and fills == FILLS[1] and item[1]]
    middle = sorted((item for item in items if item[0] not in balances and item[1]), key=lambda item: -item[1])
    tail: list[tuple[str, Decimal]] = []
    if len(middle) > most:
        rest = middle[most - 1 :]
        tail = [(language.say(Message("Other ({count} items)", count=len(rest))), sum((a for _, a in rest), ZERO))]
        middle = middle[: most - 1]
    parts = [
        *((item, "c-pale") for item in first),
        *((item, fills[index % 2]) for index, item in enumerate(middle)),
        *((item, "c-rest") for item in tail),
        *((item, "c-pale") for item in last),
    ]
    places = spans([amount for (_, amount), _ in parts], whole)
    return tuple(
        Segment(number, name, amount, amount / total, x, rounded(width), fill, width >= 5)
        for number, (((name, amount), fill), (x, width)) in enumerate(zip(parts, places, strict=True), 1)
    )
