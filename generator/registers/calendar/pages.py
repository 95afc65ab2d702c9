"""The pages of the calendar register: the present month, and each month that a term covers or that has an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.locale import MONTHS, N_, Message
from generator.oversight.books import Books
from generator.oversight.schedule import Standing
from generator.pages.corrected import Amendment, left_over
from generator.pages.downloads import table_links
from generator.pages.page import Page
from generator.pages.parts import Entry, Link, Tile, Tone, Words
from generator.problems import Place
from generator.registers.calendar.almanac import Almanac, almanac
from generator.registers.calendar.feeds import feeds
from generator.registers.calendar.views import NO_AREA, EventView, MonthView
from generator.values.dates import Month

SHEET = "calendar"
AHEAD = 5
OTHER = Message(N_("not part of the plan"))


@dataclass(frozen=True, slots=True)
class Strip:
    """One month of the year strip: its name, its events, its page (empty: none) and whether it is the one shown."""

    name: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Subscription:
    """The files of one area, or of all work: a link for all campuses and one for each campus."""

    name: Message | str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class CalendarPage:
    """A month of the calendar, or the empty calendar (``month`` None).

    ``overdue`` and ``ahead`` stand on the calendar's own page only (``whole``); ``areas`` and ``campuses`` are what the
    filters offer, as pairs of code and name; ``years`` are links to other years; ``left_over``
    are corrections of work that is withdrawn, on the pages of its term; ``entered`` says whether any work is.
    """

    whole: bool
    trail: tuple[Link, ...]
    month: MonthView | None
    lead: Message
    strip: tuple[Strip, ...]
    year: str
    years: tuple[Link, ...]
    overdue: tuple[Entry, ...]
    ahead: tuple[Entry, ...]
    areas: tuple[tuple[str, Message | str], ...]
    campuses: tuple[tuple[str, str], ...]
    subscriptions: tuple[Subscription, ...]
    files: tuple[tuple[str, tuple[Link, ...]], ...]
    left_over: tuple[Amendment, ...]
    entered: bool


def month_view(books: Books) -> MonthView | None:
    """Return the month of today, or that of the current term nearest to it; None while there is no term and no event.

    The home page shows it with ``{% include "calendar/month_part.html.j2" %}``, which needs it as ``month``.
    """
    whole = almanac(books)
    return whole.view(whole.current) if whole.current else None


def pages(books: Books) -> Iterable[Page]:
    """Yield the calendar's own page and one for each month."""
    whole = almanac(books)
    offered = tuple(_subscriptions(books))
    title = books.language.gettext("Work calendar")
    yield _page(whole, "calendar/", title, whole.current, offered)
    for month in whole.months:
        name = books.language.month(month.year, month.number)
        month_title = books.language.say(Message(N_("{month}: work calendar"), month=name))
        yield _page(whole, f"calendar/{month}/", month_title, month, offered)


def tiles(books: Books) -> Iterable[Tile]:
    """Yield what is next on the calendar; where nothing lies ahead, say so and what became of the work that was planned."""
    whole = almanac(books)
    ahead = _ahead(whole)
    late = _late(whole)
    question = Message(N_("What is next on the calendar?"))
    tone = Tone.LATE if late else Tone.NONE
    state: Words = Message(N_("{count} overdue"), count=len(late)) if late else ""
    if ahead:
        answer = Message(N_("{when}"), when=ahead[0].when)
        yield Tile(question, answer, ahead[0].url, detail=ahead[0].action, tone=tone, state=state)
    elif whole.events:
        done = sum(event.standing is Standing.DONE for event in whole.events)
        detail = Message(N_("of {count} entries, {done} are done"), count=len(whole.events), done=done)
        yield Tile(question, Message(N_("Nothing ahead")), "calendar/", detail=detail, tone=tone, state=state)
    else:
        yield Tile(question, Message(N_("Nothing entered yet")), "calendar/")


def _page(whole: Almanac, url: str, title: str, month: Month | None, offered: tuple[Subscription, ...]) -> Page:
    books = whole.books
    lead = _lead(whole, month) if month else _about(books)
    is_whole = url == "calendar/"
    shown = whole.view(month) if month else None
    context = CalendarPage(
        whole=is_whole,
        trail=(Link(Message(N_("Work calendar")), "calendar/"), Link(shown.title, url, True))
        if shown and not is_whole
        else (),
        month=shown,
        lead=lead,
        strip=tuple(_strip(whole, month)) if month else (),
        year=str(month.year) if month else "",
        years=_years(whole, month) if month else (),
        overdue=tuple(_entry(event) for event in _late(whole)) if is_whole else (),
        ahead=tuple(_entry(event) for event in _ahead(whole)[:AHEAD]) if is_whole else (),
        areas=tuple(_areas(books, shown)) if shown else (),
        campuses=tuple((c.id, c.name) for c in books.data.school.campuses)
        if len(books.data.school.campuses) > 1
        else (),
        subscriptions=offered,
        files=tuple(_files(books, shown)) if shown else (),
        left_over=tuple(_left_over(whole, month, is_whole)),
        entered=bool(whole.events),
    )
    sources = tuple(dict.fromkeys(Place(event.place.file) for event in (shown.events if shown else ())))
    about = books.language.say(_about(books) if is_whole else lead)
    return Page(url, title, "calendar", "calendar/month.html.j2", context, about, sources)


def _about(books: Books) -> Message:
    return Message(N_("What {school} does in which month, who is responsible, and what came of it."),
                   school=books.data.school.name)  # fmt: skip


def _lead(whole: Almanac, month: Month) -> Message:
    """Return the first sentence about a month."""
    events = whole.by_month[month]
    name = whole.books.language.month(month.year, month.number)
    if not events:
        return Message(N_("Nothing is planned for {month}."), month=name)
    done = sum(event.standing is Standing.DONE for event in events)
    late = sum(event.standing is Standing.LATE for event in events)
    if late:
        return Message(N_("Planned for {month}: {count}; done: {done}; overdue: {late}."),
                       month=name, count=len(events), done=done, late=late)  # fmt: skip
    return Message(N_("Planned for {month}: {count}; done: {done}."), month=name, count=len(events), done=done)


def _strip(whole: Almanac, shown: Month) -> Iterator[Strip]:
    """Yield the twelve months of the year of the month that is shown."""
    for number in range(1, 13):
        month = Month(shown.year, number)
        events = whole.by_month.get(month)
        name = f"{number}月" if whole.books.language.code == "zh" else MONTHS[number - 1][:3]
        yield Strip(name, len(events or ()), "" if events is None else f"calendar/{month}/", month == shown)


def _years(whole: Almanac, shown: Month) -> tuple[Link, ...]:
    """Return a link to the first month of each year; none when there is only one year."""
    first = {month.year: month for month in reversed(whole.months)}
    links = tuple(Link(str(year), f"calendar/{first[year]}/", year == shown.year) for year in sorted(first))
    return links if len(links) > 1 else ()


def _late(whole: Almanac) -> list[EventView]:
    return [event for event in whole.events if event.standing is Standing.LATE]


def _ahead(whole: Almanac) -> list[EventView]:
    """Return what is still to be done, the next one first."""
    return [event for event in whole.events if event.standing in (Standing.RUNNING, Standing.WAITING)]


def _entry(event: EventView) -> Entry:
    text = Message(N_("{when}: {work}"), when=event.when, work=event.action)
    return Entry(text, None, event.url, Tone(event.standing.tone), Message(event.standing.word), event.place)


def _areas(books: Books, shown: MonthView) -> Iterator[tuple[str, Message | str]]:
    """Yield the areas that the month's events belong to; nothing where all belong to one."""
    used = {word for event in shown.events for word in event.areas.split()}
    names = {area.id: area.name for plan in books.data.plans for area in plan.areas}
    if len(used) > 1:
        yield from ((area, name) for area, name in names.items() if area in used)
        if used - set(names):
            yield NO_AREA, OTHER


def _subscriptions(books: Books) -> Iterator[Subscription]:
    """Yield the calendars by area, each with its campuses; campuses are left out where there is only one."""
    areas = {area.id: area.name for plan in books.data.plans for area in plan.areas}
    campuses = {campus.id: campus.name for campus in books.data.school.campuses}
    every = Message(N_("All campuses"))
    all_feeds = feeds(books)
    for area in (None, *areas):
        links = tuple(
            Link(every if feed.campus is None else campuses[feed.campus], feed.path)
            for feed in all_feeds
            if feed.area == area and (feed.campus is None or len(campuses) > 1)
        )
        if links:
            yield Subscription(Message(N_("All work")) if area is None else areas[area], links)


def _files(books: Books, shown: MonthView) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield the downloads of the files that the month's events, or its terms, stand in, with the name of the term."""
    files = {event.place.file for event in shown.events}
    for file in books.data.files:
        if file.sheet.name == SHEET and file.path in files and file.records:
            term = books.data.term(getattr(file.records[0], "term", ""))
            yield term.name if term else file.path, table_links(file.path)


def _left_over(whole: Almanac, month: Month | None, is_whole: bool) -> Iterator[Amendment]:
    """Yield the corrections of work that no month lists any more: on the calendar's own page, and in each month of its
    term, for nothing says any more in which of them it stood."""
    books = whole.books
    found = (
        left_over(books, (SHEET,), shown={(SHEET, event.key) for event in whole.events})
        if books.data.corrections
        else ()
    )
    for amendment in found:
        term = books.data.term(amendment.record.partition("/")[0])
        spans = term and month and Month.of(min(term.registration, term.start)) <= month <= Month.of(term.end)
        if is_whole or spans:
            yield amendment
