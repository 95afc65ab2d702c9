"""What all charts share: rounding that adds up, shortened names, the baseline of bars that may be negative."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.locale import Language, Message

Words = str | Message
HUNDREDTH = Decimal("0.01")
ZERO = Decimal(0)
FULL = Decimal(100)


def rounded(value: Decimal) -> Decimal:
    """Return a coordinate with two decimals, halves up: more than any screen or printer can show."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def titled(title: Words, usual: str, language: Language) -> str:
    """Return the heading that was asked for, or the `usual` one (a message id) in `language`."""
    return language.say(title) if isinstance(title, Message) else title or language.gettext(usual)


def spans(amounts: Sequence[Decimal], whole: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Return start and width, in per cent of `whole`, of amounts laid end to end; none may be negative.

    The running total is rounded, not each width, so the widths add up to the rounded total exactly.
    """
    result: list[tuple[Decimal, Decimal]] = []
    run, start = ZERO, rounded(ZERO)
    for amount in amounts:
        if amount < 0:
            raise ValueError("a width cannot be negative")
        run += amount
        end = rounded(run / whole * FULL) if whole else start
        result.append((start, end - start))
        start = end
    return result


def short(text: str, units: int) -> str:
    """Return `text` cut to a width, where a Chinese character is two units and a Latin letter one."""
    if display_width(text) <= units:
        return text
    kept = ""
    for character in text:
        if display_width(kept + character) > units - 2:
            break
        kept += character
    return kept.rstrip() + "…"


def display_width(text: str) -> int:
    """Return how many units of width `text` takes: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The vertical scale of bars that may lie below zero: the lowest and highest value, and the height in pixels."""

    low: Decimal
    high: Decimal
    height: Decimal

    @classmethod
    def of(cls, values: Sequence[Decimal], height: int) -> Baseline:
        """Return the scale that holds zero and all of `values`."""
        return cls(min([ZERO, *values]), max([ZERO, *values]), Decimal(height))

    def y(self, value: Decimal) -> Decimal:
        """Return the distance of a value from the top, in pixels."""
        span = self.high - self.low
        return rounded((self.high - value) / span * self.height) if span else self.height

    def bar(self, value: Decimal) -> tuple[Decimal, Decimal]:
        """Return top and height of the bar from zero to a value; what is not zero is at least one pixel high."""
        zero, end = self.y(ZERO), self.y(value)
        top, height = min(zero, end), abs(zero - end)
        if value and height < 1:
            top, height = (zero - 1, Decimal(1)) if value > 0 else (zero, Decimal(1))
        return top, height
