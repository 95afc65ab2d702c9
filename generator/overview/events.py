"""What happened lately: corrections, statements, settlements, posted fees and finished work, with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from generator.locale import Message
from generator.oversight.books import Books
from generator.pages.filters import anchor
from generator.pages.parts import Entry, Tone
from generator.registers.corrections.records import Correction


def happened(books: Books) -> tuple[Entry, ...]:
    """Return everything that became public up to today, newest first."""
    entries = [e for part in (_corrections, _statements, _fees, _measures) for e in part(books)]
    dated = [(entry.day, entry) for entry in entries if entry.day and entry.day <= books.today]
    return tuple(entry for _, entry in sorted(dated, key=lambda pair: pair[0], reverse=True))


def _corrections(books: Books) -> Iterator[Entry]:
    """Yield one entry for the corrections of one day and kind: they are most often made together."""
    ordered = sorted(books.data.corrections, key=lambda c: (c.date, c.kind.en, c.id))
    for (day, kind), group in groupby(ordered, key=lambda c: (c.date, c.kind)):
        some: list[Correction] = list(group)
        reasons = list(dict.fromkeys(c.reason for c in some))
        text = Message("{count} figures changed: {reasons}", count=len(some), reasons=reasons)
        if len(some) == 1:
            text = Message("One figure changed: {reasons}", reasons=reasons)
        yield Entry(text, day, f"changes/#{anchor(some[0].id)}", Tone.INFO, kind.label(books.language.code))


def _statements(books: Books) -> Iterator[Entry]:
    for statement in books.data.statements:
        month = books.language.month(statement.month.year, statement.month.number)
        if statement.published_on:
            text = Message("Accounts of {month} published", month=month)
            yield Entry(text, statement.published_on, f"finance/{statement.month}/")


def _fees(books: Books) -> Iterator[Entry]:
    """Yield the posting of each term's fees and the settlements of each day."""
    for term in books.data.terms:
        if term.fees_posted and any(fee.term == term.id for fee in books.data.fees):
            yield Entry(Message("Fees of {term} posted", term=term.name), term.fees_posted, f"fees/{term.id}/")
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
