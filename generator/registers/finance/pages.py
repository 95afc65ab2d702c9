"""The pages of the finance register: the latest month, each month, each year, and its answer on the home page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.pages.page import Page
from generator.pages.parts import Tile, Tone
from generator.problems import Place
from generator.registers.finance.ledger import Ledger, ledger
from generator.registers.finance.publication import due_day, named, publication
from generator.registers.finance.views_month import findings_by_page, month_view
from generator.registers.finance.views_rows import Classes
from generator.registers.finance.views_year import year_view
from generator.values.dates import Month, parse_month


@dataclass(frozen=True, slots=True)
class EmptyView:
    """The context of ``finance/empty.html.j2``: no month is there yet; when the first one is due, the years
    with a budget, what is found, and the file that the first statement will stand in."""

    due: dt.date | None
    years: tuple[str, ...]
    findings: tuple[Finding, ...]
    file: str


def pages(books: Books) -> Iterator[Page]:
    """Yield the pages of this register."""
    accounts, classes, found = ledger(books.data), Classes(books.policy, books.language), findings_by_page(books)
    for month in accounts.months:
        view = month_view(books, accounts, month, classes, found)
        page = _month_page(books, accounts, month, view)
        yield page
        if month == accounts.months[-1]:
            latest = books.language.say(Message(N_("Accounts: {month}"), month=named(month)))
            # A month that is missing in a year without a page of its own is told here.
            view = dataclasses.replace(view, findings=(*found.get("", ()), *view.findings))
            yield Page("finance/", latest, page.section, page.template, view, page.description, page.sources)
    for year in accounts.years:
        title = books.language.say(Message(N_("Accounts of {year}"), year=year))
        description = Message(
            N_("Income, expense and balances of {year}, month by month, against the budget."), year=year
        )
        view_of_year = year_view(books, accounts, year, classes, found)
        about = books.language.say(description)
        sources = tuple(Place(file.path) for file in books.data.files if file.path.startswith(f"data/finance/{year}/"))
        yield Page(f"finance/{year}/", title, "finance", "finance/year.html.j2", view_of_year, about, sources)
    if not accounts.months:
        title = books.language.gettext(N_("Accounts"))
        term, first = books.current_term, _first_due(books)
        file = f"data/finance/{(term.start if term else books.today).year}/statements.csv"
        view_of_none = EmptyView(first, accounts.years, found.get("", ()), file)
        yield Page("finance/", title, "finance", "finance/empty.html.j2", view_of_none, sources=(Place(file),))


def _month_page(books: Books, accounts: Ledger, month: Month, view: object) -> Page:
    statement = accounts.statements[month]
    description = Message(
        N_("Income {income}, expense {expense}, balance {closing} yuan."),
        income=statement.income, expense=statement.expense, closing=statement.closing,
    )  # fmt: skip
    lines = accounts.lines_of(month)
    sources = (statement.place(), *(Place(file) for file in dict.fromkeys(line.place().file for line in lines)))
    title = books.language.say(Message(N_("Accounts of {month}"), month=named(month)))
    say = books.language.say
    return Page(f"finance/{month}/", title, "finance", "finance/month.html.j2", view, say(description), sources)


def _first_due(books: Books) -> dt.date | None:
    """Return when the first statement of the present term is due that this site could publish in time."""
    month, last = (Month.of(term.start), Month.of(term.end)) if (term := books.current_term) else (None, None)
    while month and last and month <= last:
        due = due_day(books.policy, month)
        if due is None or books.first.began is None or books.first.expected(due):
            return due
        month = month.plus(1)
    return None


def tiles(books: Books) -> Iterable[Tile]:
    """Yield this register's answers for the home page: how recent the accounts are, and the money for meals."""
    accounts = ledger(books.data)
    question = Message(N_("Up to when are the accounts public?"))
    if not accounts.months:
        yield _nothing_yet(books, question)
        return
    month = accounts.months[-1]
    statement = accounts.statements[month]
    state = publication(books, month, statement)
    tone, words = state.tone, state.words
    missing = [f for f in books.open if f.rule.code == "FIN-07" and f.hit.subject > str(month)]
    if missing and missing[-1].age:
        tone, words = (
            Tone.LATE,
            Message(
                N_("{month} is {days} days overdue"),
                month=named(parse_month(missing[-1].hit.subject)),
                days=missing[-1].age,
            ),
        )
    detail = Message(N_("{closing} yuan left at the end of the month"), closing=statement.closing)
    yield Tile(question, named(month).label(books.language.code), "finance/", detail=detail, tone=tone, state=words)


def _nothing_yet(books: Books, question: Message) -> Tile:
    """Return the answer of a school without any statement: late once the first one is overdue."""
    term = books.current_term
    state = publication(books, Month.of(term.start), None) if term else None
    answer, detail = Message(N_("not yet")), _first_detail(books)
    if state and state.late:
        return Tile(question, answer, "finance/", tone=state.tone, state=state.words, detail=detail)
    return Tile(question, answer, "finance/", tone=Tone.NONE, detail=detail)


def _first_detail(books: Books) -> Message | str:
    due = _first_due(books)
    return Message(N_("The first statement is due on {due}."), due=due) if due else ""
