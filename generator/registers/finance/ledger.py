"""The books of all years, indexed once: what rules compare and what pages show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from generator.dataset import Dataset
from generator.registers.finance.records import BalanceLine, BudgetLine, Kind, Statement, StatementLine
from generator.values.dates import Month

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class FundMonth:
    """One restricted fund at the end of one month, in yuan: carried over at the beginning of the year, received and spent in the
    month and in the year so far; ``left`` is carried + received − spent and may be negative."""

    fund: str
    month: Month
    carried: Decimal
    received: Decimal
    spent: Decimal
    received_so_far: Decimal
    spent_so_far: Decimal

    @property
    def left(self) -> Decimal:
        """What is left of the fund."""
        return self.carried + self.received_so_far - self.spent_so_far


class Ledger:
    """Statements and lines by month, budgets by year, balance sheets by date.

    Rows are sorted by what they say, so their order in the files never matters; where a key is used twice (an error
    that the reader reports), the first one counts.
    """

    def __init__(self, data: Dataset) -> None:
        self.statements: dict[Month, Statement] = {}
        for statement in data.statements:
            self.statements.setdefault(statement.month, statement)
        lines: dict[Month, list[StatementLine]] = defaultdict(list)
        for line in data.lines:
            lines[line.month].append(line)
        self.lines: Mapping[Month, tuple[StatementLine, ...]] = {
            month: tuple(sorted(lines[month], key=lambda line: (line.code, line.year))) for month in sorted(lines)
        }
        budgets: dict[str, dict[str, BudgetLine]] = defaultdict(dict)
        for entry in sorted(data.budget, key=lambda entry: (entry.year, entry.code)):
            budgets[entry.year].setdefault(entry.code, entry)
        self.budgets: Mapping[str, Mapping[str, BudgetLine]] = budgets
        balance: dict[dt.date, list[BalanceLine]] = defaultdict(list)
        for row in data.balance:
            balance[row.date].append(row)
        self.balance: Mapping[dt.date, tuple[BalanceLine, ...]] = {
            date: tuple(sorted(balance[date], key=BalanceLine.place)) for date in sorted(balance)
        }

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months that have a statement, in order."""
        return tuple(sorted(self.statements))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that have a statement, a budget or a balance sheet, in order."""
        return tuple(
            sorted({str(m.year) for m in self.months} | set(self.budgets) | {str(d.year) for d in self.balance})
        )

    @cached_property
    def recorded(self) -> tuple[Month, ...]:
        """The months that have a statement or lines, in order: a month in which nothing happened has no lines."""
        return tuple(sorted({*self.statements, *self.lines}))

    def months_of(self, year: str) -> tuple[Month, ...]:
        """Return the months of a year that have a statement, in order."""
        return self._months_by_year.get(year, ())

    @cached_property
    def _months_by_year(self) -> dict[str, tuple[Month, ...]]:
        return {
            year: tuple(m for m in self.months if str(m.year) == year) for year in {str(m.year) for m in self.months}
        }

    def sums_of(self, year: str) -> tuple[Decimal, Decimal]:
        """Return income and expense of a year: the sums of its statements."""
        own = [self.statements[month] for month in self.months_of(year)]
        return sum((s.income for s in own), ZERO), sum((s.expense for s in own), ZERO)

    def budget(self, year: str) -> Mapping[str, BudgetLine]:
        """Return the budget of a year by code; empty where there is none."""
        return self.budgets.get(year, {})

    def lines_of(self, month: Month, kind: Kind | None = None) -> tuple[StatementLine, ...]:
        """Return the lines of a month by code, all or of one kind."""
        lines = self.lines.get(month, ())
        return lines if kind is None else tuple(line for line in lines if line.kind is kind)

    @cached_property
    def so_far(self) -> Mapping[Month, Mapping[str, Decimal]]:
        """For each month what every code has come to since the beginning of its year, the month included."""
        result: dict[Month, dict[str, Decimal]] = {}
        running: dict[str, Decimal] = {}
        year = None
        for month in self.recorded:
            if month.year != year:
                year, running = month.year, {}
            running = dict(running)
            for line in self.lines_of(month):
                running[line.code] = running.get(line.code, ZERO) + line.amount
            result[month] = running
        return result

    @cached_property
    def named(self) -> Mapping[int, Mapping[str, StatementLine]]:
        """For each year the first line of every code, which names it in months that do not have the code."""
        result: dict[int, dict[str, StatementLine]] = defaultdict(dict)
        for month, lines in self.lines.items():
            for line in lines:
                result[month.year].setdefault(line.code, line)
        return result

    @cached_property
    def funds(self) -> Mapping[Month, tuple[FundMonth, ...]]:
        """For each recorded month, every restricted fund of its year by name."""
        return fund_months(self)

    def carried(self, year: str) -> dict[str, Decimal]:
        """Return what the budget of a year says was carried over, by fund."""
        result: dict[str, Decimal] = {}
        for entry in self.budget(year).values():
            if entry.fund and entry.carried is not None:
                result[entry.fund] = result.get(entry.fund, ZERO) + entry.carried
        return result


def fund_months(ledger: Ledger) -> dict[Month, tuple[FundMonth, ...]]:
    """Return every restricted fund month by month.

    A year begins with what its budget says was carried over, or else with what the lines of the years before left.
    """
    result: dict[Month, tuple[FundMonth, ...]] = {}
    year = ""
    rows: dict[str, FundMonth] = {}
    for month in ledger.recorded:
        if str(month.year) != year:
            year = str(month.year)
            left = {fund: row.left for fund, row in rows.items() if row.left} | ledger.carried(year)
            named = {entry.fund for entry in ledger.budget(year).values() if entry.fund}
            rows = {
                f: FundMonth(f, month, left.get(f, ZERO), ZERO, ZERO, ZERO, ZERO) for f in sorted(named | set(left))
            }
        moved = _moved(ledger.lines_of(month))
        for fund in sorted({*rows, *moved}):
            was = rows.get(fund) or FundMonth(fund, month, ZERO, ZERO, ZERO, ZERO, ZERO)
            received, spent = moved.get(fund, (ZERO, ZERO))
            rows[fund] = FundMonth(
                fund, month, was.carried, received, spent, was.received_so_far + received, was.spent_so_far + spent
            )
        result[month] = tuple(rows[fund] for fund in sorted(rows))
    return result


def _moved(lines: Iterable[StatementLine]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return what was received and spent by fund."""
    moved: dict[str, tuple[Decimal, Decimal]] = {}
    for line in lines:
        if line.fund:
            received, spent = moved.get(line.fund, (ZERO, ZERO))
            income = line.kind is Kind.INCOME
            moved[line.fund] = (received + line.amount, spent) if income else (received, spent + line.amount)
    return moved


def total(lines: Iterable[StatementLine | BudgetLine | BalanceLine]) -> Decimal:
    """Return the sum of the lines' amounts."""
    return sum((line.amount for line in lines), ZERO)


def imbalance(statement: Statement) -> Decimal:
    """Return by how much opening + income − expense differs from the closing balance; zero when it ties."""
    return statement.opening + statement.income - statement.expense - statement.closing


@lru_cache(maxsize=1)
def ledger(data: Dataset) -> Ledger:
    """Return the ledger of a dataset; a dozen rules and all pages share one."""
    return Ledger(data)
