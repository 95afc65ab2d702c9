"""The calendars to subscribe to: which there are, what each holds and where its file lies."""

from __future__ import annotations

from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.registers.calendar.records import Event

ALL = "all"


@dataclass(frozen=True, slots=True)
class Feed:
    """One calendar file: its path on the site, the area and campus that it is of (None: all), and its events by key."""

    path: str
    area: str | None
    campus: str | None
    name: str
    events: tuple[Event, ...]


def feed_path(area: str | None, campus: str | None) -> str:
    """Return the path of the file for an area and a campus (None: all of them).

    A hyphen in a campus's code is written ``~``, and a code that reads “all” gets one, so that no two files share a path.
    """
    parts = [ALL if code is None else f"{ALL}~" if code == ALL else code for code in (area, campus)]
    return f"calendar/{parts[0]}-{parts[1].replace('-', '~')}.ics"


def feeds(books: Books) -> tuple[Feed, ...]:
    """Return every calendar that has an event, and the one of everything in any case: all, areas, campuses, both.

    An event without a measure belongs to no area; one without a campus belongs to every campus.
    """
    areas = {area.id: area.name for plan in books.data.plans for area in plan.areas}
    campuses = {campus.id: campus.name for campus in books.data.school.campuses}
    events = sorted(books.data.events, key=lambda event: event.key)
    of = {e.key: {a.id for a in schedule.areas_of(e, schedule.plan_of(books, e.term))} for e in events}
    found = []
    for area in (None, *areas):
        in_area = [event for event in events if area is None or area in of[event.key]]
        for campus in (None, *campuses):
            chosen = tuple(e for e in in_area if campus is None or not e.campuses or campus in e.campuses)
            if chosen or (area is None and campus is None):
                name = _name(books, areas.get(area or ""), campuses.get(campus or ""))
                found.append(Feed(feed_path(area, campus), area, campus, name, chosen))
    return tuple(found)


def _name(books: Books, area: str | None, campus: str | None) -> str:
    """Return the name of a calendar as a phone lists it."""
    school = books.data.school
    parts = [school.short_name or school.name, books.language.say(Message(N_("Work calendar"))), area, campus]
    return " · ".join(part for part in parts if part)
