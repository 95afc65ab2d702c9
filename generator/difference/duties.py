"""Which duties of publication a change meets, and which are late with it: accounts of a month, fees of a term, what the
rules about time and completeness find, and duties that a post holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.pages.parts import Tone, Words
from generator.registers.fees.pages import TermFees
from generator.registers.fees.pages_items import Histories
from generator.registers.finance.ledger import Ledger
from generator.registers.finance.publication import named, publication

TIMELY = ("DIS-01", "FEE-07", "FEE-12", "FIN-06", "FIN-07", "FIN-08", "RSP-01", "CAL-03")
"""The rules that watch over duties of publication and of work, by their codes."""
MONTHLY = ("FIN-06", "FIN-07")
TIMELESS = ("DIS-01", "RSP-01")
"""Those that ask whether something is there, not by when."""


class State(Enum):
    """What becomes of a duty, in words."""

    MET = N_("met")
    LATE_MET = N_("met late")
    LATE = N_("late")
    UNMET = N_("not met")


@dataclass(frozen=True)
class Duty:
    """A duty that a change meets or makes late: what it is, how it stands now, and the page that shows it."""

    state: State
    what: Words
    how: Words
    page: str


def duties(base: Books | None, head: Books) -> tuple[Duty, ...]:
    """Return the duties of publication that stand otherwise than before."""
    months = set(_new_months(base, head))
    terms = {term for term in _terms(head) if base is None or term not in _terms(base)}
    return (*_months(head, months), *_fees(head, terms), *_watched(base, head, months, terms))


def _new_months(base: Books | None, head: Books) -> Iterator[str]:
    """Yield the months that have a statement now and had none."""
    known = {str(statement.month) for statement in base.data.statements} if base else set()
    yield from (str(s.month) for s in head.data.statements if str(s.month) not in known)


def _months(head: Books, months: set[str]) -> Iterator[Duty]:
    """Yield the accounts that become public."""
    for month, statement in sorted(Ledger(head.data).statements.items()):
        if str(month) in months:
            state = publication(head, month, statement)
            how: Words = state.words if not state.due else Message(
                N_("{state} (due by {due})"), state=state.words, due=state.due
            )  # fmt: skip
            what = Message(N_("publish the accounts of {month}"), month=named(month))
            yield Duty(State.LATE_MET if state.late else State.MET, what, how, f"finance/{month}/")


def _terms(books: Books) -> set[str]:
    return {item.term for item in books.data.fees}


def _fees(head: Books, terms: set[str]) -> Iterator[Duty]:
    """Yield the terms whose fees become public."""
    histories = Histories(head) if terms else None
    for at, term in enumerate(head.data.terms):
        if histories is not None and term.term in terms:
            posting = TermFees(head, at, histories).posting()
            what = Message(N_("post the fees of {term} by registration"), term=term.name)
            how = Message(N_("{state} (due by {due})"), state=posting.state, due=posting.registration)
            yield Duty(State.LATE_MET if posting.tone is Tone.LATE else State.MET, what, how, f"fees/{term.term}/")


def _watched(base: Books | None, head: Books, months: set[str], terms: set[str]) -> Iterator[Duty]:
    """Yield what the rules about time and completeness found before and do not find now, and the other way round."""
    was, now = (_by_id(books, months, terms) for books in (base, head))
    known = set(was) | {finding.id for finding in (base.published if base else ())}
    for id_, finding in was.items():
        if id_ not in now and not finding.hit.closed:
            yield _duty(State.MET, finding, head)
        elif id_ in now and now[id_].hit.closed and not finding.hit.closed:
            yield _duty(State.LATE_MET, now[id_], head)
    for id_, finding in now.items():
        if id_ not in known:
            open_ = State.UNMET if finding.rule.code in TIMELESS else State.LATE
            yield _duty(State.LATE_MET if finding.hit.closed else open_, finding, head)


def _by_id(books: Books | None, months: set[str], terms: set[str]) -> dict[str, Finding]:
    """Return the findings about duties that are not told as a month or a term already."""
    found = (f for f in (books.published if books else ()) if f.rule.code in TIMELY)
    return {
        f.id: f for f in found
        if not (f.rule.code in MONTHLY and f.hit.subject.rpartition("/")[2] in months) and not (f.rule.code == "FEE-07" and f.hit.subject in terms)
    }  # fmt: skip


def _duty(state: State, finding: Finding, head: Books) -> Duty:
    """Return a duty in the words of the rule that watches over it."""
    title = Message(finding.rule.title)
    if state is State.MET:
        return Duty(state, title, Message(N_("settled: {message}"), message=finding.hit.message), finding.hit.page)
    return Duty(state, title, finding.hit.message, finding.hit.page)
