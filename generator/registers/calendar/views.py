"""What the calendar's templates see: events, days and months with everything decided."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.locale import MONTHS, N_, Message
from generator.oversight import schedule
from generator.oversight.review import Books
from generator.oversight.rule import Finding
from generator.oversight.schedule import Responsible, Standing
from generator.pages.corrected import Amendment, amended
from generator.pages.parts import Link, Words
from generator.problems import Place
from generator.registers.calendar.records import Event
from generator.registers.terms.records import Term
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
    amended: Mapping[str, tuple[Amendment, ...]]
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


@dataclass(frozen=True)
class Almanac:
    """All events as views, found by month and by day: made once, for every page of the calendar."""

    books: Books
    by_month: dict[Month, tuple[EventView, ...]]
    by_day: dict[dt.date, tuple[Mark, ...]]

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month that a term covers or that has an event, in order."""
        return tuple(self.by_month)

    @property
    def current(self) -> Month | None:
        """The month of today, or else the month of the current term (or of any) that is nearest to it."""
        today, term = Month.of(self.books.today), self.books.current_term
        if today in self.by_month:
            return today
        of_term = set(_term_months(term)) if term else set()
        choice = [month for month in self.months if month in of_term] or list(self.months)
        return min(choice, key=lambda m: (abs(_index(m) - _index(today)), m), default=None)

    @property
    def events(self) -> tuple[EventView, ...]:
        """Every event once, by its first possible day."""
        return tuple({event.key: event for events in self.by_month.values() for event in events}.values())

    def view(self, month: Month) -> MonthView:
        """Return one month with its grid, agenda and lists."""
        books, events = self.books, self.by_month[month]
        days = calendar.Calendar().monthdatescalendar(month.year, month.number)
        weeks = tuple(tuple(self._day(day) if Month.of(day) == month else DayView(None) for day in week) for week in days)
        return MonthView(
            month=month,
            title=books.language.month(month.year, month.number),
            url=f"calendar/{month}/",
            weekdays=tuple(books.language.gettext(name) for name in WEEKDAYS),
            weeks=weeks,
            agenda=tuple(_agenda([cell for week in weeks for cell in week])),
            dated=tuple(event for event in events if event.dated),
            sometime=tuple(event for event in events if not event.dated),
            holidays_known=books.policy.holidays_known(month.year),
        )

    def _day(self, day: dt.date) -> DayView:
        terms = self.books.data.terms
        made_up = any(day == extra.date for term in terms for extra in term.make_up_days)
        free = any(day == extra.date for term in terms for extra in term.days_off)
        off = free or not (made_up or self.books.policy.works(day))
        words = tuple(_words(self.books, day))
        return DayView(day, off, day == self.books.today, words, self.by_day.get(day, ()))


def almanac(books: Books) -> Almanac:
    """Return the calendar of a school, ready to be shown."""
    months: dict[Month, list[EventView]] = {month: [] for term in books.data.terms for month in _term_months(term)}
    days: dict[dt.date, list[Mark]] = {}
    ordered = [(schedule.first_day(books, event), event.key, event) for event in books.data.events]
    for _, _, event in sorted(ordered, key=lambda item: item[:2]):
        view = event_view(books, event)
        for month in _months_of(view.when):
            months.setdefault(month, []).append(view)
        for day in _days_of(view):
            days.setdefault(day, []).append(Mark(view, not view.dated))
    by_month = {month: tuple(months[month]) for month in sorted(months)}
    return Almanac(books, by_month, {day: tuple(marks) for day, marks in days.items()})


def _index(month: Month) -> int:
    return month.year * 12 + month.number


def _span(first: dt.date, last: dt.date) -> list[Month]:
    """Return the months from one day to another, both inclusive."""
    months, month = [], Month.of(first)
    while month <= Month.of(last):
        months.append(month)
        month = month.plus(1)
    return months


def _term_months(term: Term) -> list[Month]:
    return _span(min(term.registration, term.start), term.end)


def _months_of(when: When) -> list[Month]:
    """Return the months that an event is listed in: all of a range, only the first one of a year."""
    if when.precision == "range" and when.first and when.last:
        return _span(when.first, when.last)
    month = schedule.month_of(when)
    return [month] if month else []


def _days_of(event: EventView) -> list[dt.date]:
    """Return the days of the grid that an event stands on: those planned for it, or the day on which it was completed."""
    first, last = event.when.first, event.when.last
    if event.dated and first and last:
        return [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    return [event.completed_on] if event.completed_on else []


def _words(books: Books, day: dt.date) -> Iterator[Words]:
    """Yield what a day is: its holiday, a weekend day that is worked, a day of the term."""
    if holiday := books.policy.holiday(day):
        yield holiday.label(books.language.code)
    elif day.weekday() >= 5 and books.policy.works(day):
        yield Message(N_("make-up working day"))
    for term in books.data.terms:
        for date, word in (
            (term.registration, N_("Registration day")),
            (term.start, N_("First school day")),
            (term.end, N_("Last school day")),
        ):
            if day == date:
                yield Message(word)
        yield from (extra.name for extra in (*term.make_up_days, *term.days_off) if extra.date == day)


def _agenda(cells: list[DayView]) -> Iterator[Period]:
    """Yield the days that hold something; days of one holiday that hold nothing else become one line."""
    busy = [cell for cell in cells if cell.day and (cell.words or cell.marks)]

    def run(item: tuple[int, DayView]) -> tuple[object, ...]:
        at, cell = item
        day = cell.day.toordinal() if cell.day else 0
        return (day - at if cell.words and not cell.marks else ("alone", day), cell.words, cell.off)

    for _, group in groupby(enumerate(busy), run):
        days = [cell for _, cell in group]
        first, last = days[0].day, days[-1].day
        if first and last:
            label = day_words(first) if first == last else Message(
                N_("{start} to {end}"), start=day_words(first), end=day_words(last)
            )
            yield Period(label, days[0].words, days[0].marks, days[0].off)


def day_words(day: dt.date) -> Message:
    """Return a day without its year, with its weekday."""
    return Message(
        N_("{weekday} {day} {month}"), weekday=Message(WEEKDAYS[day.weekday()]), day=day.day,
        month=MONTHS[day.month - 1], number=day.month,
    )
