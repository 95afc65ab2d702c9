"""What happened lately: corrections, statements, settlements, posted fees and finished work, with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.locale import Message
from generator.oversight.books import Books
from generator.oversight.public import corrected_on, public_since
from generator.pages.filters import anchor
from generator.pages.parts import Entry, Tone
from generator.registers.corrections.records import Correction
from generator.registers.fees.posting import added, posted


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that became public: what names it for ever, of which kind it is, and how it is told."""

    key: str
    kind: str
    day: dt.date
    entry: Entry


def happened(books: Books) -> tuple[Entry, ...]:
    """Return everything that became public up to today, newest first."""
    return tuple(happening.entry for happening in happenings(books))


def happenings(books: Books) -> tuple[Happening, ...]:
    """Return everything that became public up to today, newest first, each with a key that stays the same."""
    found = [
        Happening(f"{kind}/{entry.url}{entry.day}", kind, entry.day, entry)
        for kind, part in PARTS
        for entry in part(books)
        if entry.day and entry.day <= books.today
    ]
    return tuple(sorted(found, key=lambda happening: happening.day, reverse=True))


def _corrections(books: Books) -> Iterator[Entry]:
    """Yield one entry for the corrections of one day and kind: they are most often made together."""
    dated = ((corrected_on(books, c.id, c.date), c) for c in books.data.corrections)
    ordered = sorted(dated, key=lambda pair: (pair[0], pair[1].kind.en, pair[1].id))
    for (day, kind), group in groupby(ordered, key=lambda pair: (pair[0], pair[1].kind)):
        some: list[Correction] = [correction for _, correction in group]
        reasons = list(dict.fromkeys(c.reason for c in some))
        text = Message("{count} figures changed: {reasons}", count=len(some), reasons=reasons)
        if len(some) == 1:
            text = Message("One figure changed: {reasons}", reasons=reasons)
        yield Entry(text, day, f"changes/#{anchor(some[0].id)}", Tone.INFO, kind.label(books.language.code))


def _statements(books: Books) -> Iterator[Entry]:
    """Yield one entry for the accounts that became public on one day: the first day of a site brings many months."""
    dated = ((public_since(books, "statements", s.key), s.month) for s in books.data.statements)
    for day, group in groupby(sorted(dated), key=lambda pair: pair[0]):
        months = [month for _, month in group]
        first, last = (books.language.month(month.year, month.number) for month in (months[0], months[-1]))
        text = Message("Accounts of {month} published", month=last)
        if len(months) > 1:
            text = Message(
                "Accounts of {count} months published, {first} to {last}", count=len(months), first=first, last=last
            )
        yield Entry(text, day, f"finance/{months[-1]}/")


def _fees(books: Books) -> Iterator[Entry]:
    """Yield the posting of each term's fees, and what joined the list later."""
    days = posted(books)
    for term in books.data.terms:
        fees = [fee for fee in books.data.fees if fee.term == term.id]
        if fees:
            yield Entry(Message("Fees of {term} posted", term=term.name), days[term.id], f"fees/{term.id}/")
        later = sorted((day, at) for at, fee in enumerate(fees) if (day := added(books, fee)))
        for day, group in groupby(later, key=lambda pair: pair[0]):
            names = [fees[at].item for _, at in group]
            text = Message("Added to the fees of {term}: {items}", term=term.name, items=names)
            yield Entry(text, day, f"fees/{term.id}/")


def _settlements(books: Books) -> Iterator[Entry]:
    """Yield the settlements of each day."""
    items = {(fee.term, fee.id): fee.item for fee in books.data.fees}
    settled = sorted(books.data.settlements, key=lambda s: (s.settled_on, s.term, s.fee))
    for (day, term_id), group in groupby(settled, key=lambda s: (s.settled_on, s.term)):
        names = [items.get((term_id, s.fee), s.fee) for s in group]
        yield Entry(Message("Settled: {items}", items=names), day, f"fees/{term_id}/")


def _measures(books: Books) -> Iterator[Entry]:
    """Yield the measures of the plan that were finished on each day."""
    for plan in books.data.plans:
        done = sorted((m for m in plan.measures if m.completed_on), key=lambda m: (m.completed_on or dt.date.min, m.id))
        for day, group in groupby(done, key=lambda m: m.completed_on):
            actions = [measure.action for measure in group]
            text = Message("Done: {action}", action=actions[0])
            if len(actions) > 1:
                text = Message("{count} measures of the plan done", count=len(actions))
            yield Entry(text, day, f"plan/{plan.term}/")


PARTS: tuple[tuple[str, Callable[[Books], Iterator[Entry]]], ...] = (
    ("corrections", _corrections), ("statements", _statements), ("fees", _fees),
    ("collections", _settlements), ("plan", _measures),
)  # fmt: skip
"""What is told, by the table that it is told from, and how it is found."""
