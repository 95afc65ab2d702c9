"""The home page: who this is, the six answers, what changed lately, what was checked, and the current month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Message
from generator.oversight.books import Books
from generator.oversight.public import starting_until
from generator.overview.events import happened
from generator.overview.findings import to_fill_in
from generator.pages.filters import dialled, is_phone, money
from generator.pages.page import Page
from generator.pages.parts import Entry, Tile, Tone
from generator.registers.calendar.pages import month_view
from generator.registers.calendar.views import MonthView
from generator.registers.finance.records import Kind
from generator.registers.register import REGISTERS
from generator.registers.school.records import Hotline, School
from generator.registers.terms.records import Term

MEALS = "营养膳食补助"
"""The restricted fund for meals; it stands for the meals register, which this edition does not have."""

BAND = 6
LATELY = 5


@dataclass(frozen=True)
class Home:
    """The home page.

    ``answers`` are the six of the band and ``more`` what follows below; ``month`` is the view of the calendar's own
    part, or None while there is no calendar, and ``this_month`` whether it is today's: after a term it is the last one.
    """

    school: School
    term: Term | None
    today: dt.date
    answers: tuple[Tile, ...]
    more: tuple[Tile, ...]
    lately: tuple[Entry, ...]
    month: MonthView | None
    this_month: bool
    hotlines: tuple[Hotline, ...]


def page(books: Books) -> Page:
    """Return the home page."""
    school = books.data.school
    tiles = tuple(_tiles(books))
    month = month_view(books)
    more = (*tiles[BAND:], checked_tile(books), *_data_tile(books))
    context = Home(
        school, books.current_term, books.today, tiles[:BAND], more, happened(books)[:LATELY],
        month, month is None or month.title == books.language.month(books.today.year, books.today.month), school.hotlines,
    )  # fmt: skip
    about = books.language.say(
        Message("Fees, accounts, plan and calendar of {school}, open to all", school=school.name)
    )
    return Page("", school.name, "home", "overview/home.html.j2", context, about, (school.place(),))


def _tiles(books: Books) -> Iterator[Tile]:
    """Yield the answers in the order in which people ask: fees, accounts, meals, findings, next, whom to call, plan."""
    own = {register.name: tuple(register.tiles(books)) for register in REGISTERS}
    first, last = ("fees", "finance"), ("calendar",)
    rest = [name for name in own if name not in (*first, *last)]
    yield from (tile for name in first for tile in own[name])
    yield from meal_money(books)
    yield findings_tile(books)
    yield from (tile for name in last for tile in own[name])
    yield from _call(books)
    yield from (tile for name in rest for tile in own[name])


def meal_money(books: Books) -> Iterator[Tile]:
    """Yield what came in and went out of the restricted fund for meals in the newest year, where there is one."""
    lines = [line for line in books.data.lines if line.fund == MEALS]
    if not lines:
        return
    year = max(line.year for line in lines)
    received, spent = (
        sum((line.amount for line in lines if line.year == year and line.kind is kind), Decimal(0))
        for kind in (Kind.INCOME, Kind.EXPENSE)
    )
    left = sum((line.amount if line.kind is Kind.INCOME else -line.amount for line in lines), Decimal(0))
    detail = Message("received in {year}; {spent} spent, {left} left", year=year, spent=spent, left=left)
    word = Message("overspent") if left < 0 else Message("nothing left over")
    yield Tile(
        Message("Where does the meal money go?"), money(received), "finance/#funds", Message("yuan"), detail,
        Tone.LATE if left < 0 else Tone.GOOD, Message("some left over") if left > 0 else word,
    )  # fmt: skip


def findings_tile(books: Books) -> Tile:
    """Return the number of open findings and the age of the oldest."""
    count = len(books.open)
    question = Message("Has anything been found?")
    if not count and (unfilled := to_fill_in(books)):
        detail = Message(
            "the site has just begun; to be filled in by {day}: {count}", day=starting_until(books), count=len(unfilled)
        )
        return Tile(question, "0", "findings/#unfilled", Message("findings"), detail)
    if not count:
        detail = Message("checked {rules} rules", rules=len(books.rules))
        return Tile(question, "0", "findings/", Message("findings"), detail, Tone.GOOD, Message("nothing found"))
    unit = Message("finding") if count == 1 else Message("findings")
    ages = [finding.age for finding in books.open if finding.age is not None]
    detail = Message("the oldest for {days} days", days=max(ages)) if ages else Message("without a date")
    return Tile(question, str(count), "findings/", unit, detail, Tone.LATE, Message("not settled"))


def checked_tile(books: Books) -> Tile:
    """Return how many rules were checked and how many findings are open."""
    return Tile(
        Message("What do we check?"), str(len(books.rules)), "rules/", Message("rules"),
        Message("{count} open; each rule says what it checks and why", count=len(books.open)),
    )  # fmt: skip


def _data_tile(books: Books) -> Iterator[Tile]:
    """Yield where all figures can be had."""
    files = books.data.files
    rows = sum(len(file.records) for file in files)
    detail = Message("{rows} rows to download, free to use", rows=f"{rows:,}")
    yield Tile(Message("Can I have the figures?"), str(len(files)), "data/", Message("tables"), detail)


def _call(books: Books) -> Iterator[Tile]:
    """Yield whom to call: the first complaint line, dialled by a tap."""
    for hotline in books.data.school.hotlines[:1]:
        url = f"tel:{dialled(hotline.number)}" if is_phone(hotline.number) else "about/#hotlines"
        words = [part for part in (hotline.name, hotline.hours) if part]
        yield Tile(Message("Whom can I call?"), hotline.number, url, "", " · ".join(words))
