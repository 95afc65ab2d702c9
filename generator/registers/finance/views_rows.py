"""Rows of income and expense with their budget: what the tables of a month and of a year show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Language
from generator.oversight.policy import Policy
from generator.pages.corrected import Amended
from generator.pages.filters import percent
from generator.problems import Place
from generator.registers.finance.ledger import ZERO, Ledger
from generator.registers.finance.records import Kind
from generator.values.dates import Month

CLASS_DIGITS = 3
ByCode = Mapping[str, Amended]
NOTHING: Amended = {}


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts in yuan: the year's budget (None: there is none), the month, and the year so far."""

    budget: Decimal | None
    amount: Decimal
    so_far: Decimal

    @property
    def left(self) -> Decimal | None:
        """What the budget still has; below zero when more has come than was planned."""
        return None if self.budget is None else self.budget - self.so_far

    @property
    def used(self) -> str:
        """The share of the budget that the year so far is, or nothing where no share can be said."""
        return percent(self.so_far / self.budget) if self.budget else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One code: its item, amounts, restricted fund, note, where it stands in `data/`, and what corrected it (its budget, for a year)."""

    code: str
    item: str
    sums: Sums
    fund: str
    note: str
    place: Place
    amended: Amended

    @property
    def quiet(self) -> bool:
        """Whether nothing happened: such rows stand together below the others."""
        return not (self.sums.amount or self.note or self.amended)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one class of the chart of accounts with their sums; the name is empty where there are no classes."""

    name: str
    rows: tuple[Row, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class RowTable:
    """All rows of one kind: those with amounts in groups, those without, the sums, and whether any row has a note."""

    kind: Kind
    groups: tuple[Group, ...]
    quiet: tuple[Row, ...]
    sums: Sums
    noted: bool

    @property
    def parts(self) -> tuple[tuple[str, Decimal], ...]:
        """Names and amounts for a picture: of the groups where there are some, or else of the rows."""
        return tuple(
            part
            for group in self.groups
            for part in (
                [(group.name, group.sums.amount)] if group.name else [(r.item, r.sums.amount) for r in group.rows]
            )
            if part[1]
        )


class Classes:
    """The names of the classes of the chart of accounts in one language: 30206 belongs to 302."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._names = {
            account.code: account.label(language.code)
            for account in policy.pack.chart
            if len(account.code) == CLASS_DIGITS
        }

    def __call__(self, code: str) -> str:
        """Return the name of the class that a code belongs to, or nothing where the chart has no such class."""
        return self._names.get(code[:CLASS_DIGITS], "")


def row_table(
    books: Ledger,
    month: Month,
    kind: Kind,
    classes: Classes,
    amended: ByCode | None = None,
    *,
    whole_year: bool = False,
) -> RowTable:
    """Return the table of one kind for a month: its lines and whatever else the year's budget names.

    For the ``whole_year`` up to that month each amount is that of the year so far, every code of the year has a row,
    and a row stands where its budget stands. ``amended`` says by code what corrected the line, or the budget of a year.
    """
    budget, amended = books.budget(str(month.year)), amended or {}
    rows = (_year_rows if whole_year else _month_rows)(books, month, kind, amended)
    so_far = books.so_far.get(month, {})
    for code, entry in budget.items():
        if entry.kind is kind and code not in rows:
            sums = Sums(entry.amount, ZERO, so_far.get(code, ZERO))
            changed = amended.get(code, NOTHING) if whole_year else NOTHING
            rows[code] = Row(code, entry.item, sums, entry.fund or "", "", entry.place("amount"), changed)
    for code, sum_ in so_far.items():
        if code not in rows and (earlier := books.named[month.year][code]).kind is kind:
            rows[code] = Row(
                code, earlier.item, Sums(None, ZERO, sum_), earlier.fund or "", "", earlier.place("amount"), NOTHING
            )
    ordered = [rows[code] for code in sorted(rows)]
    groups: dict[str, list[Row]] = {}
    for row in ordered:
        groups.setdefault(classes(row.code), []).append(row)
    shown = tuple(Group(name, tuple(r for r in own if not r.quiet), added(own)) for name, own in groups.items())
    quiet = tuple(row for row in ordered if row.quiet)
    # A budget that was made counts as one even where it plans nothing of this kind.
    return RowTable(
        kind, tuple(g for g in shown if g.rows), quiet, added(ordered, bool(budget)), any(r.note for r in ordered)
    )


def _month_rows(books: Ledger, month: Month, kind: Kind, amended: ByCode) -> dict[str, Row]:
    budget, so_far = books.budget(str(month.year)), books.so_far.get(month, {})
    rows = {}
    for line in books.lines_of(month, kind):
        planned = budget.get(line.code)
        sums = Sums(planned.amount if planned else None, line.amount, so_far[line.code])
        rows[line.code] = Row(
            line.code,
            line.item,
            sums,
            line.fund or "",
            line.note or "",
            line.place("amount"),
            amended.get(line.code, NOTHING),
        )
    return rows


def _year_rows(books: Ledger, month: Month, kind: Kind, amended: ByCode) -> dict[str, Row]:
    budget, so_far = books.budget(str(month.year)), books.so_far.get(month, {})
    rows = {}
    for own in books.months_of(str(month.year)):
        for line in books.lines_of(own, kind):
            if own <= month:
                planned, sum_ = budget.get(line.code), so_far.get(line.code, ZERO)
                sums = Sums(planned.amount if planned else None, sum_, sum_)
                place = (planned or line).place("amount")
                rows[line.code] = Row(
                    line.code,
                    planned.item if planned else line.item,
                    sums,
                    line.fund or "",
                    "",
                    place,
                    amended.get(line.code, NOTHING),
                )
    return rows


def added(rows: Iterable[Row], planned: bool = False) -> Sums:
    """Return the sums of rows; the budget is None where no row has one and there is none for the year."""
    amount = so_far = ZERO
    budget: Decimal | None = ZERO if planned else None
    for row in rows:
        amount += row.sums.amount
        so_far += row.sums.so_far
        if row.sums.budget is not None:
            budget = (budget or ZERO) + row.sums.budget
    return Sums(budget, amount, so_far)
