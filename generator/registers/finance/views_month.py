"""What the page of one month shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.pages.charts import Flow, flow
from generator.pages.corrected import Amended, Amendment, amended, left_over
from generator.pages.downloads import table_links
from generator.pages.parts import Link
from generator.problems import Place
from generator.registers.finance.ledger import FundMonth, Ledger
from generator.registers.finance.publication import Publication, publication
from generator.registers.finance.records import Kind, Statement
from generator.registers.finance.views_checks import Check, month_checks
from generator.registers.finance.views_rows import Classes, RowTable, row_table
from generator.registers.finance.views_sheet import SheetView, sheet_left_over, sheets_of
from generator.values.dates import Month


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the statement: its name (a message id), amount in yuan, place, and what corrected it."""

    name: str
    amount: Decimal
    place: Place
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """The context of ``finance/month.html.j2``: ``signed`` are the corrections of the statement that are not of its figures,
    and ``left_over`` those of lines that are withdrawn."""

    month: Month
    years: tuple[Link, ...]
    months: tuple[Link, ...]
    statement: Statement
    change: Decimal
    first: Month
    counted: int
    publication: Publication
    findings: tuple[Finding, ...]
    amended: tuple[Amendment, ...]
    signed: Amended
    left_over: tuple[Amendment, ...]
    most: tuple[str, Decimal] | None
    flow: Flow | None
    income: RowTable
    expense: RowTable
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]
    funds: tuple[FundMonth, ...]
    carried: bool
    sheets: tuple[SheetView, ...]
    latest_sheet: tuple[dt.date, str] | None
    statement_files: tuple[Link, ...]
    line_files: tuple[Link, ...]
    budget_files: tuple[Link, ...]


FIGURES = (
    ("opening", N_("Opening balance")), ("income", N_("Income")), ("expense", N_("Expense")), ("closing", N_("Closing balance")),
)  # fmt: skip


def month_view(
    books: Books, accounts: Ledger, month: Month, classes: Classes, found: Mapping[str, tuple[Finding, ...]]
) -> MonthView:
    """Return the view of a month that has a statement; ``found`` holds the findings by the month's page."""
    statement, year = accounts.statements[month], str(month.year)
    changed = amended(books, "statements", statement)
    by_code = _amended_lines(books, accounts, month)
    income, expense = (row_table(accounts, month, kind, classes, by_code) for kind in (Kind.INCOME, Kind.EXPENSE))
    lines, budget = accounts.lines_of(month), accounts.budget(year)
    months = accounts.months_of(year)
    funds = accounts.funds.get(month, ())
    return MonthView(
        month=month,
        years=year_links(accounts, year),
        months=tuple(Link(short_month(m), f"finance/{m}/", m == month) for m in months),
        statement=statement,
        change=statement.closing - statement.opening,
        first=months[0],
        counted=sum(1 for m in months if m <= month),
        publication=publication(books, month, statement),
        findings=found.get(str(month), ()),
        amended=tuple(
            {a.id: a for own in (*by_code.values(), changed) for each in own.values() for a in each}.values()
        ),
        most=max(expense.parts, key=lambda part: part[1], default=None) if statement.expense > 0 else None,
        flow=flow(income.parts, expense.parts, books.language, opening=statement.opening, closing=statement.closing)
        if lines
        else None,
        signed={field: each for field, each in changed.items() if field not in dict(FIGURES)},
        left_over=_left_over(books, accounts, month),
        income=income,
        expense=expense,
        figures=tuple(
            Figure(words, getattr(statement, name), statement.place(name), changed.get(name, ()))
            for name, words in FIGURES
        ),
        checks=month_checks(accounts, month),
        funds=funds,
        carried=any(fund.carried for fund in funds),
        sheets=sheets_of(books, accounts, month),
        latest_sheet=_latest_sheet(accounts, month),
        statement_files=table_links(statement.place().file),
        line_files=table_links(lines[0].place().file) if lines else (),
        budget_files=table_links(next(iter(budget.values())).place().file) if budget else (),
    )


def short_month(month: Month) -> Message:
    """Return a month without its year: 3月, Mar."""
    return Message(SHORT[month.number - 1])


# Message ids, so that each language has its own short names.
SHORT = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def year_links(accounts: Ledger, current: str) -> tuple[Link, ...]:
    """Return the links to the pages of all years."""
    return tuple(Link(year, f"finance/{year}/", year == current) for year in accounts.years)


def _amended_lines(books: Books, accounts: Ledger, month: Month) -> dict[str, Amended]:
    """Return what corrected a month's lines, by code; most months have none and cost nothing."""
    own = f"/{month}/"
    if not any(c.sheet == "lines" and own in c.record for c in books.data.corrections):
        return {}
    return {line.code: changed for line in accounts.lines_of(month) if (changed := amended(books, "lines", line))}


def _left_over(books: Books, accounts: Ledger, month: Month) -> tuple[Amendment, ...]:
    """Return the corrections of lines that are withdrawn, and those of a balance sheet of this month that it does not show."""
    lines = {("lines", line.key) for line in accounts.lines_of(month)} if books.data.corrections else set()
    return (
        *left_over(books, ("lines",), f"{month.year}/{month}/", lines),
        *sheet_left_over(books, accounts, str(month)),
    )


def _latest_sheet(accounts: Ledger, month: Month) -> tuple[dt.date, str] | None:
    """Return the date of the newest balance sheet up to a month that has none, with the page that shows it."""
    dates = [date for date in accounts.balance if Month.of(date) <= month]
    if not dates:
        return None
    date = max(dates)
    own = Month.of(date)
    return date, f"finance/{own}/#balance" if own in accounts.statements else f"finance/{own.year}/#balance"


def findings_by_page(books: Books) -> dict[str, tuple[Finding, ...]]:
    """Return the published findings about accounts by the page that their address names: a month or a year."""
    found: dict[str, list[Finding]] = {}
    for finding in books.published:
        if finding.hit.page.startswith("finance/"):
            found.setdefault(finding.hit.page.split("/")[1], []).append(finding)
    return {page: tuple(each) for page, each in found.items()}
