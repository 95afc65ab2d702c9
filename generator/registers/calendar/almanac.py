"""The calendar of all terms, made once: events by month and by day, and the view of any month."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from generator.locale import MONTHS, N_, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.pages.parts import Words
from generator.registers.calendar.views import WEEKDAYS, DayView, EventView, Mark, MonthView, Period, event_view
from generator.registers.terms.records import Term
from generator.values.dates import Month, When


@dataclass(frozen=True, slots=True)
class TermDay:
    """What the terms make of a day: its names, whether it is free, whether school is held although it is a weekend day."""

    words: tuple[Words, ...] = ()
    free: bool = False
    made_up: bool = False


@dataclass(frozen=True)
class Almanac:
    """All events as views, found by month and by day: made once, for every page of the calendar."""

    books: Books
    by_month: dict[Month, tuple[EventView, ...]]
    by_day: dict[dt.date, tuple[Mark, ...]]
    of_terms: dict[dt.date, TermDay]

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
        weeks = tuple(
            tuple(self._day(day) if Month.of(day) == month else DayView(None) for day in week) for week in days
        )
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
        policy = self.books.policy
        words: list[Words] = []
        if holiday := policy.holiday(day):
            words.append(holiday.label(self.books.language.code))
        elif day.weekday() >= 5 and policy.works(day):
            words.append(Message(N_("make-up working day")))
        of_term = self.of_terms.get(day, TermDay())
        off = of_term.free or not (of_term.made_up or policy.works(day))
        return DayView(day, off, day == self.books.today, (*words, *of_term.words), self.by_day.get(day, ()))


@lru_cache(maxsize=1)
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
    by_day = {day: tuple(marks) for day, marks in days.items()}
    return Almanac(books, by_month, by_day, _term_days(books.data.terms))


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


def _term_days(terms: Iterable[Term]) -> dict[dt.date, TermDay]:
    """Return the days that terms give a meaning to."""
    days: dict[dt.date, TermDay] = {}

    def add(day: dt.date, word: Words, *, free: bool = False, made_up: bool = False) -> None:
        known = days.get(day, TermDay())
        days[day] = TermDay((*known.words, word), known.free or free, known.made_up or made_up)

    for term in terms:
        add(term.registration, Message(N_("Registration day")))
        add(term.start, Message(N_("First school day")))
        add(term.end, Message(N_("Last school day")))
        for extra in term.make_up_days:
            add(extra.date, extra.name, made_up=True)
        for extra in term.days_off:
            add(extra.date, extra.name, free=True)
    return days


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
            label = (
                day_words(first)
                if first == last
                else Message(N_("{start} to {end}"), start=day_words(first), end=day_words(last))
            )
            yield Period(label, days[0].words, days[0].marks, days[0].off)


def day_words(day: dt.date) -> Message:
    """Return a day without its year, with its weekday."""
    return Message(
        N_("{weekday} {day} {month}"),
        weekday=Message(WEEKDAYS[day.weekday()]),
        day=day.day,
        month=MONTHS[day.month - 1],
        number=day.month,
    )
