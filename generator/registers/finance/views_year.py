"""What the page of one year shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import N_, Message
from generator.oversight.books import Books
from generator.oversight.rule import Finding
from generator.pages import charts
from generator.pages.charts import BudgetBars, Months
from generator.pages.corrected import Amendment, amended, corrections_of, left_over
from generator.pages.downloads import table_links
from generator.pages.parts import Link
from generator.registers.finance.ledger import ZERO, FundMonth, Ledger
from generator.registers.finance.publication import Publication, publication
from generator.registers.finance.records import Kind, Statement
from generator.registers.finance.views_checks import Check, month_checks
from generator.registers.finance.views_month import short_month, year_links
from generator.registers.finance.views_rows import Classes, RowTable, row_table
from generator.registers.finance.views_sheet import SheetView, sheet_left_over, sheet_view
from generator.values.dates import Month

WIDEST = 6
Changed = Mapping[tuple[str, Month], tuple[Amendment, ...]]


@dataclass(frozen=True, slots=True)
class PivotRow:
    """One code over some months in yuan: None where nothing happened; for each month, what corrected the amount."""

    code: str
    item: str
    cells: tuple[Decimal | None, ...]
    amended: tuple[tuple[Amendment, ...], ...]
    sum: Decimal


@dataclass(frozen=True, slots=True)
class Pivot:
    """Income or expense by code and month, at most six months wide, with the totals of the months."""

    kind: Kind
    title: Message
    months: tuple[Link, ...]
    rows: tuple[PivotRow, ...]
    totals: tuple[Decimal, ...]
    sum: Decimal


@dataclass(frozen=True, slots=True)
class Knot:
    """One month of the chain: its page, when it was published, and its checks."""

    month: Month
    url: str
    publication: Publication
    checks: tuple[Check, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class YearView:
    """The context of ``finance/year.html.j2``."""

    year: str
    years: tuple[Link, ...]
    months: tuple[Link, ...]
    first: Statement | None
    last: Statement | None
    income: Decimal
    expense: Decimal
    findings: tuple[Finding, ...]
    picture: Months | None
    bars: tuple[BudgetBars, ...]
    tables: tuple[RowTable, ...]
    pivots: tuple[Pivot, ...]
    chain: tuple[Knot, ...]
    whole: bool
    funds: tuple[FundMonth, ...]
    carried: bool
    sheets: tuple[SheetView, ...]
    left_over: tuple[Amendment, ...]
    files: tuple[tuple[str, tuple[Link, ...]], ...]


def year_view(
    books: Books, accounts: Ledger, year: str, classes: Classes, found: Mapping[str, tuple[Finding, ...]]
) -> YearView:
    """Return the view of a year that has a statement, a budget or a balance sheet."""
    months = accounts.months_of(year)
    statements = [accounts.statements[month] for month in months]
    tables = _tables(books, accounts, year, classes)
    chain = tuple(_knot(books, accounts, month) for month in months)
    funds = accounts.funds.get(months[-1], ()) if months else ()
    changed = _changed_lines(books, accounts, months)
    income, expense = accounts.sums_of(year)
    return YearView(
        year=year,
        years=year_links(accounts, year),
        months=tuple(Link(short_month(month), f"finance/{month}/") for month in months),
        first=statements[0] if statements else None,
        last=statements[-1] if statements else None,
        income=income,
        expense=expense,
        findings=found.get(year, ()),
        picture=_picture(books, accounts, year) if months else None,
        bars=tuple(_bars(books, table) for table in tables if table.sums.budget is not None),
        tables=tables,
        pivots=tuple(
            pivot(accounts, part, kind, changed)
            for kind in (Kind.INCOME, Kind.EXPENSE)
            for part in _parts(months)
            if any(accounts.lines_of(month, kind) for month in part)
        ),
        chain=chain,
        whole=all(knot.whole for knot in chain),
        funds=funds,
        carried=any(fund.carried for fund in funds),
        sheets=tuple(
            sheet_view(books, date, lines)
            for date, lines in accounts.balance.items()
            if str(date.year) == year and Month.of(date) not in accounts.statements
        ),
        left_over=_left_over(books, accounts, year),
        files=_files(accounts, year, months),
    )


def _left_over(books: Books, accounts: Ledger, year: str) -> tuple[Amendment, ...]:
    """Return the corrections of this year's budget, statements, lines and balance sheets that no row of any page shows."""
    if not books.data.corrections:
        return ()
    months = {str(month) for month in accounts.months}
    budget = {("budget", entry.key) for entry in accounts.budget(year).values()}
    rest = (
        amendment
        for amendment in left_over(books, ("budget", "statements", "lines"), f"{year}/", budget)
        if amendment.record.split("/")[1] not in months
    )
    elsewhere = (a for a in sheet_left_over(books, accounts, year) if a.record.rpartition("/")[2][:7] not in months)
    return (*rest, *elsewhere)


def _parts(months: tuple[Month, ...]) -> list[tuple[Month, ...]]:
    """Return the months in parts of about the same length that are narrow enough for a printed page."""
    count = -(-len(months) // WIDEST)
    size = -(-len(months) // count) if count else 1
    return [months[start : start + size] for start in range(0, len(months), size)]


def _tables(books: Books, accounts: Ledger, year: str, classes: Classes) -> tuple[RowTable, ...]:
    """Return income and expense of the year so far against the budget."""
    months = accounts.months_of(year)
    if not months and not (year.isdecimal() and len(year) == 4):
        return ()
    month = months[-1] if months else Month(int(year), 12)
    entries = accounts.budget(year).items() if any(c.sheet == "budget" for c in books.data.corrections) else ()
    changed = {code: own for code, entry in entries if (own := amended(books, "budget", entry))}
    return tuple(
        row_table(accounts, month, kind, classes, changed, whole_year=True) for kind in (Kind.INCOME, Kind.EXPENSE)
    )


def _picture(books: Books, accounts: Ledger, year: str) -> Months:
    rows = []
    for number in range(1, 13):
        month = Month(int(year), number)
        statement, name = accounts.statements.get(month), books.language.say(short_month(month))
        if statement:
            rows.append(charts.Month(name, statement.income, statement.expense, statement.closing))
        else:
            rows.append(charts.Month(name, None, None, None))
    return charts.months(rows, books.language)


def _bars(books: Books, table: RowTable) -> BudgetBars:
    """Return budget against actual: by class where the chart has classes, or else by item."""
    parts = [
        part
        for group in table.groups
        for part in ([(group.name, group.sums)] if group.name else [(row.item, row.sums) for row in group.rows])
    ]
    words = N_("Income against the budget") if table.kind is Kind.INCOME else N_("Expense against the budget")
    return charts.budget_bars(
        [(name, sums.budget, sums.so_far) for name, sums in parts], books.language, title=Message(words)
    )


def _changed_lines(books: Books, accounts: Ledger, months: tuple[Month, ...]) -> Changed:
    """Return what corrected the amounts of lines, by code and month."""
    named = {c.record for c in books.data.corrections if c.sheet == "lines"}
    lines = ((line, month) for month in months if named for line in accounts.lines_of(month))
    return {
        (line.code, month): corrections_of(books, "lines", line, "amount") for line, month in lines if line.key in named
    }


def pivot(accounts: Ledger, months: tuple[Month, ...], kind: Kind, changed: Changed | None = None) -> Pivot:
    """Return the lines of one kind by code and month; ``changed`` is what corrected their amounts."""
    changed = changed or {}
    items: dict[str, str] = {}
    amounts: dict[tuple[str, Month], Decimal] = {}
    for month in months:
        for line in accounts.lines_of(month, kind):
            items[line.code] = line.item
            amounts[line.code, month] = line.amount
    rows = []
    for code in sorted(items):
        cells = tuple(amounts.get((code, month)) or None for month in months)
        amended = tuple(changed.get((code, month), ()) for month in months)
        rows.append(PivotRow(code, items[code], cells, amended, sum((c for c in cells if c), ZERO)))
    totals = tuple(sum((amounts.get((code, month), ZERO) for code in items), ZERO) for month in months)
    links = tuple(Link(short_month(month), f"finance/{month}/") for month in months)
    first, last = short_month(months[0]), short_month(months[-1])
    title = Message(N_("{kind}: {first} to {last}"), kind=kind, first=first, last=last) if len(months) > 1 else Message(
        N_("{kind}: {month}"), kind=kind, month=first
    )  # fmt: skip
    return Pivot(
        kind, title, links, tuple(row for row in rows if any(row.cells) or any(row.amended)), totals, sum(totals, ZERO)
    )


def _knot(books: Books, accounts: Ledger, month: Month) -> Knot:
    checks = month_checks(accounts, month)
    state = publication(books, month, accounts.statements[month])
    return Knot(month, f"finance/{month}/", state, checks, all(check.tone != "late" for check in checks))


def _files(accounts: Ledger, year: str, months: tuple[Month, ...]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return the downloads of a year's tables, each with its name as a message id."""
    budget = next(iter(accounts.budget(year).values()), None)
    line = next((line for month in months for line in accounts.lines_of(month)), None)
    balance = next((lines[0] for date, lines in accounts.balance.items() if str(date.year) == year), None)
    statement = accounts.statements[months[0]] if months else None
    named = (
        (N_("Budget"), budget),
        (N_("Monthly statements"), statement),
        (N_("Statement lines"), line),
        (N_("Balance sheet"), balance),
    )
    return tuple((name, table_links(record.place().file)) for name, record in named if record)
