"""The rules of the duties register: every duty that the policy requires is held by a post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.policy import Mark, RequiredDuty
from generator.oversight.public import owed_since, starting_until
from generator.oversight.review import Review
from generator.oversight.rule import Document, Hit, Rule
from generator.problems import Place, Severity
from generator.registers.duties.records import DutySlot
from generator.registers.school.records import Campus

SHEET = "duties"
FIX = Message(N_("enter the post that holds it, from which day; a post, never a person's name"))


def _places(review: Review, duty: RequiredDuty) -> list[Campus | None]:
    """Return the campuses at which a duty must be held; None stands for the school as a whole."""
    campuses = review.data.school.campuses
    if not duty.every_campus:
        return [None]
    return [campus for campus in campuses if campus.boarders or not duty.boarding_only]


def _rows(review: Review, slot: str, campus: Campus | None) -> list[DutySlot]:
    """Return the lines of the register that count for a duty at a campus.

    A line without a campus is for the whole school; it counts for a campus only when the school has no other.
    """
    rows = [duty for duty in review.data.duties if duty.slot == slot]
    if campus is None:
        return rows
    only = len(review.data.school.campuses) == 1
    return [duty for duty in rows if duty.campus == campus.id or (only and duty.campus is None)]


def _held(review: Review, rows: list[DutySlot], campus: Campus | None) -> bool:
    """Whether a duty is held today; one for the whole school may also be held at each campus apart."""
    holding = {duty.campus for duty in rows if duty.holder and schedule.in_force(duty, review.today)}
    if campus is not None:
        return bool(holding)
    return None in holding or holding >= {campus.id for campus in review.data.school.campuses}


def _vacant(review: Review) -> Iterable[Hit]:
    """Yield a hit for each required duty that nobody holds on the day of the review.

    A register that was not begun is one lack and not many: DIS-01 tells it.
    """
    if not review.data.duties:
        return
    for duty in review.policy.pack.duties:
        for campus in _places(review, duty):
            rows = _rows(review, duty.slot, campus)
            if not _held(review, rows, campus) and (rows or not starting_until(review)):
                yield _hit(review, duty, campus, rows)


def _hit(review: Review, duty: RequiredDuty, campus: Campus | None, rows: list[DutySlot]) -> Hit:
    """Return the hit that says why a duty is not held: its line is empty, has ended, has not begun, or is not there."""
    subject = f"{duty.slot}/{campus.id if campus else '-'}"
    name = duty.label(review.language.code)
    where = campus.name if campus else Message(N_("the whole school"))
    term = review.current_term
    row = max(rows, key=lambda r: (schedule.in_force(r, review.today), r.effective_from or dt.date.min), default=None)
    since = term.start if term else None
    if row is None:
        message = Message(N_("the duty “{duty}” is not in the register for {where}"), duty=name, where=where)
        return Hit(subject, _sheet(review), message, since and owed_since(review, since), FIX, page="about/")
    if not row.holder:
        since, place = row.effective_from or since, row.place("holder")
        message = Message(N_("nobody holds the duty “{duty}” at {where}"), duty=name, where=where)
    elif row.effective_to and row.effective_to < review.today:
        since, place = row.effective_to + dt.timedelta(1), row.place("effective_to")
        message = Message(
            N_("the duty “{duty}” at {where} was held until {day} only"), duty=name, where=where, day=row.effective_to
        )
    elif row.effective_from and row.effective_from > review.today:
        place = row.place("effective_from")
        message = Message(
            N_("the duty “{duty}” at {where} is held from {day} only"), duty=name, where=where, day=row.effective_from
        )
    else:
        place = row.place("campus")
        message = Message(
            N_("the duty “{duty}” is held at some campuses only, not for {where}"), duty=name, where=where
        )
    return Hit(subject, place, message, since, FIX, page="about/")


def _sheet(review: Review) -> Place:
    """Return the place of the duties register, or where it would be."""
    return next((Place(file.path) for file in review.data.files if file.sheet.name == SHEET), Place("data/duties.csv"))


RULES: tuple[Rule, ...] = (
    Rule(
        "RSP-01", Severity.FINDING,
        title=N_("Every required duty is held by a post"),
        checks=N_("Each duty that the policy pack requires is held by a post today: at every campus, at campuses with boarders, "
                  "or once for the whole school, as the duty asks. A site that has just begun has some weeks to enter them all."),
        reason=N_("Where a post is vacant, the check that depends on it does not take place, and nobody notices."),
        fix=N_("Appoint a post and enter it in the duties register with its first day. When a post changes, give the old line its "
               "last day and add a new one."),
        source=(Document("学校后勤工作计划：每件小事有人管", "the school's logistics plan: somebody minds every small thing", Mark.PLAN),),
        check=_vacant, page="about/",
    ),
)  # fmt: skip
