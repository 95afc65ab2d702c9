"""Horizontal bars: what was spent of what was planned, and how far the plan is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Language, Message
from generator.pages.charts.scale import FULL, ZERO, Words, rounded, short, spans, titled
from generator.pages.filters import money, percent

NAME_UNITS = 34
CAP = Decimal(2)


@dataclass(frozen=True, slots=True)
class BudgetBar:
    """One line: name, budget (None: none was set), actual and variance in yuan, their ratio, and in per cent of the
    width the filled part within the budget, the part beyond it, and the mark of the budget itself."""

    name: str
    short: str
    budget: Decimal | None
    actual: Decimal
    variance: Decimal | None
    words: str
    within: Decimal
    beyond: Decimal
    mark: Decimal
    y: int


@dataclass(frozen=True, slots=True)
class BudgetBars:
    """Budget against actual, a bar for each line, each measured by its own budget."""

    title: str
    description: str
    bars: tuple[BudgetBar, ...]
    height: int


def budget_bars(
    rows: Sequence[tuple[str, Decimal | None, Decimal]], language: Language, *, title: Words = ""
) -> BudgetBars:
    """Return the bars of ``(name, budget, actual)`` in yuan; no budget is not the same as a budget of zero.

    All bars share one scale of shares, up to the largest share but no further than twice the budget.
    """
    shares = [actual / budget for _, budget, actual in rows if budget and budget > 0]
    reach = min(max([Decimal(1), *shares]), CAP)
    bars = tuple(_budget_bar(*row, reach, index, language) for index, row in enumerate(rows))
    over = sum(1 for bar in bars if bar.beyond)
    description = language.say(
        Message(
            "{count} lines; {over} above the budget. The upright line marks the budget.", count=len(bars), over=over
        )
    )
    return BudgetBars(titled(title, "Budget and actual", language), description, bars, 44 * len(bars))


def _budget_bar(
    name: str, budget: Decimal | None, actual: Decimal, reach: Decimal, index: int, language: Language
) -> BudgetBar:
    """Return one bar; without a budget that can be divided by, the words say so and nothing is drawn to scale."""
    mark = rounded(FULL / reach)
    within = beyond = rounded(ZERO)
    if budget is not None and budget > 0:
        share = max(actual / budget, ZERO)
        within = rounded(min(share, Decimal(1)) / reach * FULL)
        beyond = rounded(max(min(share, reach) - 1, ZERO) / reach * FULL)
        words = percent(actual / budget)
    elif budget is None:
        words = language.gettext("no budget")
    else:
        words = money(actual)
        beyond = rounded(FULL - mark) if actual > 0 else beyond
    variance = None if budget is None else actual - budget
    return BudgetBar(name, short(name, NAME_UNITS), budget, actual, variance, words, within, beyond, mark, 44 * index)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many measures are done, running, late and not started."""

    done: int
    running: int
    late: int
    waiting: int

    @property
    def total(self) -> int:
        """All measures."""
        return self.done + self.running + self.late + self.waiting

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.done + other.done,
            self.running + other.running,
            self.late + other.late,
            self.waiting + other.waiting,
        )


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """One part of a bar of progress: its count, its place and width in per cent, and its fill."""

    count: int
    x: Decimal
    width: Decimal
    fill: str
    roomy: bool

    @property
    def middle(self) -> Decimal:
        """The middle of the part, in per cent."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class ProgressBar:
    """One area: its name, its counts, what the right end says, and the parts of its bar."""

    name: str
    short: str
    counts: Counts
    words: str
    parts: tuple[ProgressPart, ...]
    y: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far each area is, as stacked bars of equal length."""

    title: str
    description: str
    bars: tuple[ProgressBar, ...]
    height: int


def progress(rows: Sequence[tuple[str, Counts]], language: Language, *, title: Words = "") -> Progress:
    """Return the bars of ``(area, counts)``; an area without measures has an empty bar."""
    bars = []
    for index, (name, counts) in enumerate(rows):
        amounts = (counts.done, counts.running, counts.late, counts.waiting)
        places = spans([Decimal(n) for n in amounts], Decimal(counts.total))
        parts = tuple(
            ProgressPart(count, x, width, fill, width >= 5)
            for count, (x, width), fill in zip(amounts, places, PROGRESS_FILLS, strict=True)
            if count
        )
        done = language.say(Message("{done} of {total} done", done=counts.done, total=counts.total))
        bars.append(ProgressBar(name, short(name, NAME_UNITS), counts, done, parts, 50 * index))
    whole = sum((counts for _, counts in rows), Counts(0, 0, 0, 0))
    description = language.say(
        Message(
            "Of {total} measures, {done} are done, {running} are running, {late} are late"
            " and {waiting} have not started.",
            total=whole.total,
            done=whole.done,
            running=whole.running,
            late=whole.late,
            waiting=whole.waiting,
        )
    )
    return Progress(titled(title, "Progress of the plan", language), description, tuple(bars), 50 * len(bars))


PROGRESS_FILLS = ("c-jade", "c-tint", "c-warn", "c-pale")
