"""Which totals a change moves: those that the site shows, as the registers add them up, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.dataset import Dataset
from generator.difference.figures import is_unread
from generator.locale import N_, Labelled, Message
from generator.oversight import schedule
from generator.oversight.books import Books
from generator.pages.charts import Counts
from generator.pages.parts import Words
from generator.registers.fees.pages_cases import Pupils
from generator.registers.fees.records import FeeItem
from generator.registers.fees.totals import Case
from generator.registers.finance.ledger import Ledger, total
from generator.registers.finance.publication import named
from generator.registers.finance.records import Kind, Statement
from generator.registers.finance.sheet import BalanceSheet, balance_sheet
from generator.registers.plan.views import areas_of, counts_of
from generator.values.dates import Month

COUNTS = (
    ("done", N_("Done")), ("running", N_("Running")), ("late", N_("Late")), ("waiting", N_("Not started")),
)  # fmt: skip


@dataclass(frozen=True)
class Total:
    """One total of the site before and after; None where there is none, a `Decimal` for an amount in yuan."""

    group: Words
    name: Words | Labelled
    before: Decimal | int | None
    after: Decimal | int | None
    page: str

    @property
    def moved(self) -> bool:
        """Whether it is otherwise than before."""
        return self.before != self.after


def totals(base: Books | None, head: Books) -> tuple[Total, ...]:
    """Return all totals of both sides, but for those whose files have errors, which may lack rows."""
    old, new = base.data if base else None, head.data
    accounts = (Ledger(old) if old else None, Ledger(new), new)
    return (*_fees(old, new), *_months(*accounts), *_years(*accounts), *_sheets(*accounts), *_plans(base, head))


def _fees(old: Dataset | None, new: Dataset) -> Iterator[Total]:
    """Yield what each kind of pupil pays, as the pages of fees tell the kinds apart."""
    terms = {term.term: term.name for data in (old, new) if data for term in data.terms}
    for term, name in terms.items():
        if is_unread(new, f"data/terms/{term}/fees.csv"):
            continue
        before, after = (Pupils(data, _items(data, term)) if data else None for data in (old, new))
        listed = after if after and after.items else before
        if listed is None or not listed.items:
            continue
        group, page = Message(N_("Fees of {term}"), term=name), f"fees/{term}/"
        for who, case in _kinds(listed, before, after):
            for field, title in (("compulsory", N_("must be paid")), ("voluntary", N_("voluntary"))):
                words = Message(N_("{who}: {what}"), who=who, what=Message(title))
                yield Total(group, words, _sum(before, case, field), _sum(after, case, field), page)


def _items(data: Dataset, term: str) -> Sequence[FeeItem]:
    return [item for item in data.fees if item.term == term]


def _kinds(listed: Pupils, before: Pupils | None, after: Pupils | None) -> Iterator[tuple[Words, Case]]:
    """Yield the kinds of pupils between whom the sums of either side make a difference."""

    def key(case: Case) -> tuple[Decimal | None, ...]:
        return tuple(_sum(side, case, field) for side in (before, after) for field in ("compulsory", "voluntary"))

    for lodging in listed.lodgings():
        yield from ((kind.who, kind.case) for kind in listed.kinds(lodging, key))


def _sum(pupils: Pupils | None, case: Case, field: str) -> Decimal | None:
    found = pupils.sums.get(case) if pupils and pupils.items else None
    return None if found is None else getattr(found, field)


def _months(before: Ledger | None, after: Ledger, new: Dataset) -> Iterator[Total]:
    """Yield the four figures of each month."""
    for month in sorted({*(before.statements if before else ()), *after.statements}):
        if is_unread(new, f"data/finance/{month.year}/statements.csv"):
            continue
        sides = (before.statements.get(month) if before else None, after.statements.get(month))
        page = f"finance/{month}/" if sides[1] else f"finance/{month.year}/"
        for field, title in (
            ("opening", N_("Opening balance")), ("income", N_("Total income")),
            ("expense", N_("Total expense")), ("closing", N_("Closing balance")),
        ):  # fmt: skip
            was, now = (_figure(side, field) for side in sides)
            yield Total(Message(N_("Monthly account of {month}"), month=named(month)), Message(title), was, now, page)


def _figure(statement: Statement | None, field: str) -> Decimal | None:
    return None if statement is None else getattr(statement, field)


def _years(before: Ledger | None, after: Ledger, new: Dataset) -> Iterator[Total]:
    """Yield what a year's statements, its budget and its restricted funds come to."""
    for year in sorted({*(before.years if before else ()), *after.years}):
        for file, own in (("statements", _year), ("budget", _budget), ("lines", _funds)):
            if not is_unread(new, f"data/finance/{year}/{file}.csv"):
                yield from _paired(before, after, year, own)


Sums = Callable[[Ledger, str], Iterable[tuple[Words, Decimal]]]


def _paired(before: Ledger | None, after: Ledger, year: str, own: Sums) -> Iterator[Total]:
    was = dict(own(before, year)) if before else {}
    now = dict(own(after, year))
    for name in {**was, **now}:
        group = Message(N_("Accounts of the year {year}"), year=year)
        yield Total(
            group, name, was.get(name), now.get(name), f"finance/{year}/" if year in after.years else "finance/"
        )


def _year(accounts: Ledger, year: str) -> Iterator[tuple[Words, Decimal]]:
    if months := accounts.months_of(year):
        income, expense = accounts.sums_of(year)
        yield Message(N_("Total income")), income
        yield Message(N_("Total expense")), expense
        yield Message(N_("Closing balance")), accounts.statements[months[-1]].closing


def _budget(accounts: Ledger, year: str) -> Iterator[tuple[Words, Decimal]]:
    entries = accounts.budget(year).values()
    for kind, title in ((Kind.INCOME, N_("Budget: total income")), (Kind.EXPENSE, N_("Budget: total expense"))):
        if entries:
            yield Message(title), total(entry for entry in entries if entry.kind is kind)


def _funds(accounts: Ledger, year: str) -> Iterator[tuple[Words, Decimal]]:
    months = [month for month in accounts.recorded if str(month.year) == year]
    for fund in accounts.funds.get(months[-1], ()) if months else ():
        yield Message(N_("Left of the restricted fund “{fund}”"), fund=fund.fund), fund.left


def _sheets(before: Ledger | None, after: Ledger, new: Dataset) -> Iterator[Total]:
    """Yield the sides of the balance sheet of each date."""
    for date in sorted({*(before.balance if before else ()), *after.balance}):
        if is_unread(new, f"data/finance/{date.year}/balance.csv"):
            continue
        was, now = (balance_sheet(date, side.balance.get(date, ())) if side else None for side in (before, after))
        group, month = Message(N_("Balance sheet of {date}"), date=date), Month.of(date)
        page = f"finance/{month}/" if month in after.statements else f"finance/{date.year}/"
        for at, side in enumerate((now or balance_sheet(date, ())).sides):
            yield Total(group, side.side, _side(before, was, at), _side(after, now, at), page)


def _side(accounts: Ledger | None, sheet: BalanceSheet | None, at: int) -> Decimal | None:
    """Return the sum of a side of a balance sheet, or None where the accounts have none of its date."""
    return sheet.sides[at].sum if accounts and sheet and sheet.date in accounts.balance else None


def _plans(base: Books | None, head: Books) -> Iterator[Total]:
    """Yield how many measures of each plan are done, running, late and not started."""
    for term in dict.fromkeys(plan.term for books in (base, head) if books for plan in books.data.plans):
        if is_unread(head.data, f"data/terms/{term}/plan.yml"):
            continue
        was, now = (_counts(books, term) for books in (base, head))
        shown = head.data.term(term) or (base.data.term(term) if base else None)
        group = Message(N_("Measures of the plan, {term}"), term=shown.name if shown else term)
        for field, title in COUNTS:
            yield Total(group, Message(title), _count(was, field), _count(now, field), f"plan/{term}/")


def _counts(books: Books | None, term: str) -> Counts | None:
    plan = schedule.plan_of(books, term) if books else None
    if books is None or plan is None:
        return None
    return counts_of(measure for area in areas_of(books, plan) for measure in area.measures)


def _count(counts: Counts | None, field: str) -> int | None:
    return None if counts is None else getattr(counts, field)
