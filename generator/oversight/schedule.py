"""What is to be done, by when and by whom: the plan's measures and the calendar's events seen on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from generator.locale import N_
from generator.oversight.review import Review
from generator.registers.calendar.records import Event
from generator.registers.duties.records import DutySlot
from generator.registers.plan.records import Area, Measure, Plan
from generator.registers.terms.records import Term
from generator.values.dates import Month, When


class Standing(Enum):
    """How a measure or an event stands on a day; ``tone`` names the shape beside it, ``word`` what is said."""

    DONE = "good", N_("Done")
    RUNNING = "info", N_("Running")
    LATE = "late", N_("Late")
    WAITING = "none", N_("Not started")

    @property
    def tone(self) -> str:
        """The tone of the state."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The word for the state, as a message id."""
        return self.value[1]


def placed(term: Term | None, when: When) -> When:
    """Return a date with the days that the term gives to “before term starts” and its like."""
    return term.place_in_time(when) if term else when


def last_day(when: When) -> dt.date | None:
    """Return the last day on which a placed date is still kept: for “before” a day, its eve."""
    if when.last and when.text.startswith("before:"):
        return when.last - dt.timedelta(1)
    return when.last


def month_of(when: When) -> Month | None:
    """Return the month in which a placed date is listed: that of its first day, or else of its last one."""
    day = when.first or last_day(when)
    return Month.of(day) if day else None


def is_done(record: Measure | Event, today: dt.date) -> bool:
    """Whether a measure or an event is over: its day of completion has come, or where it has none there is staff's word
    (measure) or an outcome (event)."""
    if record.completed_on:
        return record.completed_on <= today
    return record.status.en == "done" if isinstance(record, Measure) else bool(record.outcome)


def standing(record: Measure | Event, term: Term | None, today: dt.date) -> Standing:
    """Return how a record stands: whether it is late is what the date says, never what staff type."""
    if is_done(record, today):
        return Standing.DONE
    due = record.due if isinstance(record, Measure) else record.when
    when = placed(term, due) if due else None
    last = last_day(when) if when else None
    if last and last < today:
        return Standing.LATE
    if isinstance(record, Measure):
        return Standing.RUNNING if record.status.en == "running" else Standing.WAITING
    return Standing.RUNNING if when and when.first and when.first <= today else Standing.WAITING


def plan_of(review: Review, term: str) -> Plan | None:
    """Return the plan of a term."""
    return next((plan for plan in review.data.plans if plan.term == term), None)


def areas_of(event: Event, plan: Plan | None) -> tuple[Area, ...]:
    """Return the plan's areas whose measures an event carries out, in the plan's order."""
    areas = plan.areas if plan else ()
    return tuple(area for area in areas if any(measure.id in event.measures for measure in area.measures))


def measures_of(event: Event, plan: Plan | None) -> tuple[Measure, ...]:
    """Return the measures that an event carries out, in the plan's order."""
    return tuple(m for m in plan.measures if m.id in event.measures) if plan else ()


def owners_of(event: Event, plan: Plan | None) -> tuple[str, ...]:
    """Return the duties responsible for an event: its own, or else those of its measures."""
    return event.owner or tuple(dict.fromkeys(slot for m in measures_of(event, plan) for slot in m.owner))


def event_url(review: Review, event: Event) -> str:
    """Return the address at which an event stands on the site; empty when no term gives it a place in time."""
    month = event_month(review, event)
    return f"calendar/{month}/#{event_anchor(review, event)}" if month else ""


def first_day(review: Review, event: Event) -> dt.date:
    """Return the first day that an event may mean, or else its last: events are put in order by it."""
    when = placed(review.data.term(event.term), event.when)
    return when.first or last_day(when) or dt.date.max


def event_month(review: Review, event: Event) -> Month | None:
    """Return the month that an event is listed in."""
    return month_of(placed(review.data.term(event.term), event.when))


def event_anchor(review: Review, event: Event) -> str:
    """Return an event's id on its page: its code, after the term's where two terms have the code in the same month."""
    month = event_month(review, event)
    twins = _terms_by_place(review).get((event.id, month), ())
    return event.key.replace("/", "-") if set(twins) - {event.term} else event.id


@lru_cache(maxsize=1)
def _terms_by_place(review: Review) -> Mapping[tuple[str, Month | None], Sequence[str]]:
    """Return the terms that have an event of this code in this month."""
    terms: dict[tuple[str, Month | None], list[str]] = {}
    for event in review.data.events:
        terms.setdefault((event.id, event_month(review, event)), []).append(event.term)
    return terms


@dataclass(frozen=True, slots=True)
class Holder:
    """The post that holds a duty at a campus (empty: the whole school); no post where the duty is vacant."""

    campus: str
    post: str | None


@dataclass(frozen=True, slots=True)
class Responsible:
    """A duty by its name and those who hold it."""

    slot: str
    name: str
    holders: tuple[Holder, ...]


def in_force(duty: DutySlot, day: dt.date) -> bool:
    """Whether a line of the duties register holds on a day."""
    begun = duty.effective_from is None or duty.effective_from <= day
    return begun and (duty.effective_to is None or day <= duty.effective_to)


def responsible(
    review: Review, slots: Iterable[str], campuses: tuple[str, ...], term: Term | None
) -> tuple[Responsible, ...]:
    """Return who is responsible on the review's day, or at the end of a term that is over, at the given campuses (none: all)."""
    day = min(review.today, term.end) if term else review.today
    names = {campus.id: campus.name for campus in review.data.school.campuses}
    found = []
    for slot in slots:
        rows = [duty for duty in review.data.duties if duty.slot == slot]
        holding = [d for d in rows if in_force(d, day) and (d.campus is None or not campuses or d.campus in campuses)]
        holders = tuple(Holder(names.get(d.campus or "", ""), d.holder) for d in holding)
        found.append(Responsible(slot, rows[0].name if rows else slot, holders or (Holder("", None),)))
    return tuple(found)
