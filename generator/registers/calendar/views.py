"""What the calendar's templates see: events, days and months with everything decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.oversight.schedule import Responsible, Standing
from generator.pages.corrected import Amended, amended
from generator.pages.parts import Link, Words
from generator.problems import Place
from generator.registers.calendar.records import Event
from generator.values.dates import Month, When

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
NO_AREA = "other"


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as it is shown: its address, when, by whom, for which measures, how it stands and what came of it.

    ``areas`` and ``campuses`` are the words that the filters look at; no campuses means every campus; ``amended`` are
    the corrections of its fields.
    """

    key: str
    anchor: str
    url: str
    action: str
    when: When
    standing: Standing
    owners: tuple[Responsible, ...]
    places: str
    measures: tuple[Link, ...]
    outcome: str | None
    completed_on: dt.date | None
    areas: str
    campuses: str
    findings: tuple[Finding, ...]
    amended: Amended
    place: Place

    @property
    def dated(self) -> bool:
        """Whether the school gave a day or a range of days."""
        return self.when.precision in ("day", "range")


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a day of the grid, as planned for it or as completed on it."""

    event: EventView
    done: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """One cell of the grid: a day of the month, or an empty cell before its first or after its last day."""

    day: dt.date | None
    off: bool = True
    today: bool = False
    words: tuple[Words, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One line of the agenda: a day, or several days of one holiday, with what they hold."""

    label: Message
    words: tuple[Words, ...]
    marks: tuple[Mark, ...]
    off: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month: its page, the grid of its weeks, the same as an agenda for small screens, what is dated and what is
    to be done some time in the month; ``holidays_known`` says whether the year's public holidays are."""

    month: Month
    title: str
    url: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[DayView, ...], ...]
    agenda: tuple[Period, ...]
    dated: tuple[EventView, ...]
    sometime: tuple[EventView, ...]
    holidays_known: bool

    @property
    def events(self) -> tuple[EventView, ...]:
        """All events of the month, those with a day first."""
        return self.dated + self.sometime


def event_view(books: Books, event: Event) -> EventView:
    """Return an event as it is shown."""
    term, plan = books.data.term(event.term), schedule.plan_of(books, event.term)
    names = {campus.id: campus.name for campus in books.data.school.campuses}
    return EventView(
        key=event.key,
        anchor=schedule.event_anchor(books, event),
        url=schedule.event_url(books, event),
        action=event.action,
        when=schedule.placed(term, event.when),
        standing=schedule.standing(event, term, books.today),
        owners=schedule.responsible(books, schedule.owners_of(event, plan), event.campuses, term),
        places=books.language.listing(names.get(campus, campus) for campus in event.campuses),
        measures=tuple(Link(m.action, f"plan/{event.term}/#{m.id}") for m in schedule.measures_of(event, plan)),
        outcome=event.outcome,
        completed_on=event.completed_on,
        areas=" ".join(area.id for area in schedule.areas_of(event, plan)) or NO_AREA,
        campuses=" ".join(event.campuses),
        findings=books.found(event.key, "CAL"),
        amended=amended(books, "calendar", event),
        place=event.place(),
    )
