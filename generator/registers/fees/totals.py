"""What one child's fees come to: which items apply to whom, and their sum for each kind of pupil."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.dataset import Dataset
from generator.registers.fees.records import Boarding, FeeItem, Nature, OpenPrice, grades_of
from generator.values.refusal import Refused

ZERO = Decimal("0.00")
STAGE_GRADES = {"primary": range(1, 7), "junior secondary": range(7, 10), "nine-year": range(1, 10)}


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of pupil: at a campus, in a grade, by day or boarding."""

    campus: str
    grade: int
    boarding: Boarding


@dataclass(frozen=True, slots=True)
class Sum:
    """What the items for one kind of pupil come to in a term, in yuan; ``items`` are the charged ones, in the order of
    the file; items at an open price are among them but add nothing."""

    compulsory: Decimal
    voluntary: Decimal
    items: tuple[FeeItem, ...]

    @property
    def open_items(self) -> int:
        """How many of the items have a price that is not known in advance."""
        return sum(1 for item in self.items if isinstance(item.amount, OpenPrice))


def charged(item: FeeItem) -> bool:
    """Whether money is asked for an item: it is not free, and its price is open or above zero."""
    return item.nature is not Nature.FREE and (isinstance(item.amount, OpenPrice) or item.amount > 0)


def term_amount(item: FeeItem) -> Decimal | None:
    """Return what an item costs at most in the whole term, in yuan, or None while its price is open."""
    return None if isinstance(item.amount, OpenPrice) else item.amount * (1 if item.times is None else item.times)


def applies(item: FeeItem, case: Case) -> bool:
    """Whether an item is for this kind of pupil; an empty restriction means everybody."""
    return (
        item.boarding in (None, case.boarding)
        and (not item.campuses or case.campus in item.campuses)
        and (item.grades is None or case.grade in grades_of(item.grades))
    )


def add_up(items: Iterable[FeeItem], case: Case) -> Sum:
    """Return what the charged items for this kind of pupil come to."""
    chosen = tuple(item for item in items if charged(item) and applies(item, case))
    compulsory = sum((term_amount(item) or ZERO for item in chosen if not item.voluntary), ZERO)
    voluntary = sum((term_amount(item) or ZERO for item in chosen if item.voluntary), ZERO)
    return Sum(compulsory, voluntary, chosen)


def grades_at(text: str | None, stage: str) -> tuple[int, ...]:
    """Return the grades that a campus has, or all grades of the school's stage where it does not say."""
    try:
        return tuple(sorted(grades_of(text))) if text else tuple(STAGE_GRADES[stage])
    except Refused:
        return tuple(STAGE_GRADES[stage])


def cases_of(data: Dataset, items: Sequence[FeeItem], *, everyone: bool = False) -> tuple[Case, ...]:
    """Return every kind of pupil that the school has: campus by campus, grade by grade, day before boarding.

    Where a campus does not state its boarders, it is taken to have some when an item is for boarders. With `everyone`
    each campus is taken to have both, as it may have had in an earlier term.
    """
    boards = everyone or any(item.boarding is Boarding.BOARDER for item in items)
    found: list[Case] = []
    for campus in data.school.campuses:
        only_boarders = campus.enrolment is not None and 0 < campus.enrolment == campus.boarders
        lodgings = [] if only_boarders and not everyone else [Boarding.DAY]
        if campus.boarders or everyone or (campus.boarders is None and boards):
            lodgings.append(Boarding.BOARDER)
        for grade in grades_at(campus.grades, data.school.stage.en):
            found.extend(Case(campus.id, grade, lodging) for lodging in lodgings)
    return tuple(found)
