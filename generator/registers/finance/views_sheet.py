"""The balance sheet as it is shown: its sides, their lines and totals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from generator.oversight.books import Books
from generator.pages.corrected import Amended, Amendment, amended, left_over
from generator.pages.downloads import table_links
from generator.pages.parts import Link
from generator.problems import Place
from generator.registers.finance.ledger import Ledger
from generator.registers.finance.records import BalanceLine, Side
from generator.registers.finance.sheet import balance_sheet
from generator.values.dates import Month


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a balance sheet: name, amount in yuan, where it stands, and what corrected it."""

    name: str
    amount: Decimal
    place: Place
    amended: Amended


@dataclass(frozen=True, slots=True)
class SheetSide:
    """Assets, liabilities or net assets: the lines and their sum, which was printed or added up."""

    side: Side
    lines: tuple[SheetLine, ...]
    sum: Decimal
    place: Place | None


@dataclass(frozen=True, slots=True)
class SheetView:
    """The balance sheet of one date with its files."""

    date: dt.date
    sides: tuple[SheetSide, ...]
    files: tuple[Link, ...]


def sheets_of(books: Books, accounts: Ledger, month: Month) -> tuple[SheetView, ...]:
    """Return the balance sheets that are dated in a month."""
    return tuple(
        sheet_view(books, date, lines)
        for date, lines in accounts.balance.items()
        if (date.year, date.month) == (month.year, month.number)
    )


def sheet_view(books: Books, date: dt.date, lines: tuple[BalanceLine, ...]) -> SheetView:
    """Return the balance sheet of one date."""
    sheet = balance_sheet(date, lines)

    def view(line: BalanceLine) -> SheetLine:
        return SheetLine(line.line, line.amount, line.place("amount"), amended(books, "balance", line))

    sides = tuple(
        SheetSide(
            side.side,
            tuple(view(line) for line in side.lines),
            side.sum,
            side.printed.place("amount") if side.printed else None,
        )
        for side in sheet.sides
    )
    return SheetView(date, sides, table_links(lines[0].place().file))


def sheet_left_over(books: Books, accounts: Ledger, start: str) -> tuple[Amendment, ...]:
    """Return the corrections of balance sheets, of the dates that begin like this, whose lines are withdrawn or are totals,
    which are added up again on the page."""
    found = left_over(books, ("balance",))
    if not found:
        return ()
    shown = lines_shown(accounts)
    return tuple(a for a in found if a.record not in shown and a.record.rpartition("/")[2].startswith(start))


def lines_shown(accounts: Ledger) -> frozenset[str]:
    """Return the keys of the lines of balance sheets that pages have a row for: all but printed totals."""
    sheets = (balance_sheet(date, lines) for date, lines in accounts.balance.items())
    return frozenset(line.key for sheet in sheets for side in sheet.sides for line in side.lines)
