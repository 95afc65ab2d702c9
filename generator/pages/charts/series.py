"""Figures over time: the months of a year as three small panels, and a fee over the terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Language, Message
from generator.pages.charts.scale import FULL, ZERO, Baseline, Words, rounded, short, titled
from generator.pages.filters import money

PLOT = 64
HEAD = 26
GAP = 10
BAR_SHARE = Decimal("0.62")
FEW_SHARE = Decimal("0.4")
CROWDED = 8


@dataclass(frozen=True, slots=True)
class Month:
    """What one month adds to the picture of a year, in yuan; None while there is no statement."""

    name: str
    income: Decimal | None
    expense: Decimal | None
    closing: Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar: its label below, its value as text, place and width in per cent, top and height in pixels."""

    label: str
    value: Decimal | None
    words: str
    x: Decimal
    width: Decimal
    y: Decimal
    height: Decimal

    @property
    def middle(self) -> Decimal:
        """The middle of the bar, in per cent."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Panel:
    """One row of upright bars: heading, remark at its right end, fill, distance from the top, height of the zero line
    below that, the bars, and whether they are labelled."""

    title: str
    remark: str
    fill: str
    y: int
    zero: Decimal
    columns: tuple[Column, ...]
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Months:
    """A year: income and expense on one scale, the closing balance on its own; ``rows`` feed the table."""

    title: str
    description: str
    panels: tuple[Panel, ...]
    rows: tuple[Month, ...]
    height: int


def months(rows: Sequence[Month], language: Language, *, title: Words = "") -> Months:
    """Return the picture of a year's months; a month without a statement leaves a gap that the table names."""
    turnover = [v for m in rows for v in (m.income, m.expense) if v is not None]
    shared = Baseline.of(turnover, PLOT)
    own = Baseline.of([m.closing for m in rows if m.closing is not None], PLOT)
    series = (
        ("Income", "c-jade", shared, [m.income for m in rows]),
        ("Expense", "c-ink", shared, [m.expense for m in rows]),
        ("Closing balance", "c-jade2", own, [m.closing for m in rows]),
    )
    names = [m.name for m in rows]
    # Twelve times “12月” does not fit beside each other on a phone; the number alone does.
    labels = [name.removesuffix("月") for name in names] if len(names) > CROWDED else names
    panels = tuple(
        Panel(
            language.gettext(words), _highest(names, values, language), fill, index * (HEAD + PLOT + GAP) + HEAD,
            scale.y(ZERO), _columns(labels, values, scale), labelled=index == len(series) - 1,
        )
        for index, (words, fill, scale, values) in enumerate(series)
    )  # fmt: skip
    known = sum(1 for m in rows if m.closing is not None)
    description = language.say(
        Message(
            "{known} of {count} months have a statement. Income and expense share one scale.",
            known=known,
            count=len(rows),
        )
    )
    height = len(series) * (HEAD + PLOT + GAP) + 12
    return Months(titled(title, "Month by month", language), description, panels, tuple(rows), height)


def _highest(names: Sequence[str], values: Sequence[Decimal | None], language: Language) -> str:
    """Return the words for the highest value of a row and when it was."""
    known = [(value, name) for name, value in zip(names, values, strict=True) if value is not None]
    if not known:
        return ""
    value, name = max(known, key=lambda pair: pair[0])
    return language.say(Message("highest {value} ({name})", value=money(value), name=name))


def _columns(
    names: Sequence[str], values: Sequence[Decimal | None], scale: Baseline, share: Decimal = BAR_SHARE
) -> tuple[Column, ...]:
    """Return upright bars side by side; a value that is not known has no height."""
    step = FULL / max(len(names), 1)
    result = []
    for index, (name, value) in enumerate(zip(names, values, strict=True)):
        top, height = scale.bar(value) if value is not None else (scale.y(ZERO), ZERO)
        x, width = rounded(step * index + step * (1 - share) / 2), rounded(step * share)
        result.append(Column(name, value, "" if value is None else money(value), x, width, top, height))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class History:
    """An amount over the terms as upright bars with their amounts; ``rows`` feed the table."""

    title: str
    description: str
    panel: Panel
    rows: tuple[tuple[str, Decimal], ...]
    height: int


def history(points: Sequence[tuple[str, Decimal]], language: Language, *, title: Words = "", last: int = 6) -> History:
    """Return an amount over terms, oldest first; the picture shows the `last` terms, the table all."""
    shown = points[-last:]
    names = [short(name, 12) for name, _ in shown]
    scale = Baseline.of([value for _, value in shown], PLOT)
    panel = Panel("", "", "c-jade", 18, scale.y(ZERO), _columns(names, [value for _, value in shown], scale, FEW_SHARE))
    heading = titled(title, "Amount over the terms", language)
    return History(heading, _changed(points, language), panel, tuple(points), PLOT + 42)


def _changed(points: Sequence[tuple[str, Decimal]], language: Language) -> str:
    """Return one sentence on how the amount changed from the first term to the last."""
    if not points:
        return ""
    (first, was), (now, amount) = points[0], points[-1]
    if len({value for _, value in points}) == 1:
        return language.say(Message("{amount} yuan, unchanged since {first}.", amount=amount, first=first))
    return language.say(
        Message("{was} yuan in {first}, {amount} yuan in {now}.", was=was, first=first, amount=amount, now=now)
    )


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line that steps from term to term, 96 by 24 pixels: the path, its last point, and what it says."""

    description: str
    path: str
    x: Decimal
    y: Decimal


def sparkline(points: Sequence[tuple[str, Decimal]], language: Language) -> Sparkline:
    """Return the small line of an amount over terms, oldest first; equal amounts lie in the middle."""
    values = [value for _, value in points] or [ZERO]
    low, span = min(values), max(values) - min(values)
    step = Decimal(88) / len(values)
    path, x, y = "", Decimal(2), Decimal(12)
    for index, value in enumerate(values):
        y = rounded(Decimal(20) - (value - low) / span * 16) if span else Decimal(12)
        x = rounded(2 + step * (index + 1))
        path += f"V{y}H{x}" if index else f"M2 {y}H{x}"
    return Sparkline(_changed(points, language), path, x, y)
