"""The calendar as files that phones and computers subscribe to (iCalendar, RFC 5545).

What has a day becomes an all-day event, and a range an event of several days, whose end iCalendar states exclusively.
What the school planned for a month, a year or “before term starts” has no day, and none may be invented: it becomes a
to-do without a start, whose title begins with the time as the school gave it (“2023年3月内：…”). Programs show such
to-dos in a list and not in the grid of days. Only a date that the term itself fixes, such as “before term starts”, has
a day by which it is due. A to-do's completion must be an instant in iCalendar: it is midnight UTC of the day recorded,
which is the morning of the same day in China.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.oversight.schedule import Standing
from generator.registers.calendar.feeds import Feed, feeds
from generator.registers.calendar.records import Event
from generator.values.dates import When

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//Mingzhang//Open books of a school//{language}"


def calendars(books: Books) -> dict[str, bytes]:
    """Return every calendar file by its path on the site."""
    parts = {event.key: _component(books, event) for event in books.data.events}
    return {feed.path: _file(books, feed, parts) for feed in feeds(books)}


def uid(books: Books, event: Event) -> str:
    """Return an event's name for ever: its key and a code made from the school's name."""
    return f"{event.key}@{_school(books)}"


def _school(books: Books) -> str:
    """Return a code that stays with the school as long as its name does."""
    return f"{hashlib.sha256(books.data.school.name.encode()).hexdigest()[:16]}.mingzhang"


def _file(books: Books, feed: Feed, parts: dict[str, bytes]) -> bytes:
    """Return one calendar; its components were written once for all the calendars that hold them."""
    import icalendar

    whole = icalendar.Calendar()
    language = books.language.code
    whole.add("version", "2.0")
    whole.add("prodid", PRODUCT.format(language=language.upper()))
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", feed.name, parameters={"LANGUAGE": language})
    head, end = bytes(whole.to_ical()).rsplit(b"END:VCALENDAR", 1)
    # A calendar must hold something: RFC 5545, 3.6. With no event yet there is a to-do that says so.
    body = b"".join(parts[event.key] for event in feed.events) or _nothing(books)
    return head + body + b"END:VCALENDAR" + end


def _nothing(books: Books) -> bytes:
    import icalendar

    todo = icalendar.Todo()
    todo.add("uid", f"nothing@{_school(books)}")
    todo.add("dtstamp", _stamp(books))
    todo.add("summary", books.language.say(Message(N_("There is no calendar yet"))))
    return bytes(todo.to_ical())


def _stamp(books: Books) -> dt.datetime:
    """Return the instant at which the calendar was made: the day of the review, so that builds stay the same."""
    return dt.datetime.combine(books.today, dt.time(), dt.UTC)


def _component(books: Books, event: Event) -> bytes:
    """Return one event of the calendar as an event or a to-do, with what both have."""
    when = schedule.placed(books.data.term(event.term), event.when)
    component = _event(books, event, when) if when.precision in ("day", "range") else _todo(books, event, when)
    language = {"LANGUAGE": books.language.code}
    component.add("uid", uid(books, event))
    component.add("dtstamp", _stamp(books))
    component.add("description", _description(books, event), parameters=language)
    areas = schedule.areas_of(event, schedule.plan_of(books, event.term))
    component.add("categories", [area.name for area in areas] or [books.language.gettext("Work calendar")])
    if event.campuses:
        names = {campus.id: campus.name for campus in books.data.school.campuses}
        component.add("location", books.language.listing(names.get(c, c) for c in event.campuses), parameters=language)
    return bytes(component.to_ical())


def _event(books: Books, event: Event, when: When) -> icalendar.Event:
    """Return an all-day event for a day or a range of days; the end is exclusive."""
    import icalendar

    component = icalendar.Event()
    if when.first and when.last:
        component.add("dtstart", when.first)
        component.add("dtend", when.last + dt.timedelta(1))
    component.add("transp", "TRANSPARENT")
    component.add("summary", event.action, parameters={"LANGUAGE": books.language.code})
    return component


def _todo(books: Books, event: Event, when: When) -> icalendar.Todo:
    """Return a to-do: its time in words, its state, when a date of the term makes it due, and when it was done."""
    import icalendar

    component = icalendar.Todo()
    title = Message(N_("{when}: {work}"), when=_some_time(when), work=event.action)
    component.add("summary", books.language.say(title), parameters={"LANGUAGE": books.language.code})
    last = schedule.last_day(when)
    if when.precision == "relative" and last:
        component.add("due", last)
    done = schedule.standing(event, books.data.term(event.term), books.today) is Standing.DONE
    component.add("status", "COMPLETED" if done else "NEEDS-ACTION")
    if event.completed_on:
        component.add("completed", dt.datetime.combine(event.completed_on, dt.time(), dt.UTC))
    return component


def _some_time(when: When) -> Message | When:
    """Return the time of a to-do in words: “within” a month or a year, or the words of the plan."""
    return when if when.precision == "relative" else Message(N_("within {when}"), when=when)


def _description(books: Books, event: Event) -> str:
    """Return who is responsible, which measures it carries out, what came of it and on which day."""
    term, plan = books.data.term(event.term), schedule.plan_of(books, event.term)
    duties = schedule.responsible(books, schedule.owners_of(event, plan), event.campuses, term)
    posts = [holder.post for duty in duties for holder in duty.holders if holder.post]
    measures = [measure.action for measure in schedule.measures_of(event, plan)]
    lines = [
        Message(N_("Responsible: {posts}"), posts=posts) if posts else Message(N_("Responsible: nobody yet")),
        *(Message(N_("Measure: {measure}"), measure=measure) for measure in measures),
    ]
    if event.outcome:
        lines.append(Message(N_("Outcome: {outcome}"), outcome=event.outcome))
    if event.completed_on:
        lines.append(Message(N_("Completed on {day}"), day=event.completed_on))
    return "\n".join(books.language.say(line) for line in lines)
