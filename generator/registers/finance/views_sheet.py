"""The balance sheet as it is shown: its sides, their lines and totals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.oversight.books import Books
from generator.pages.corrected import Amendment, amended
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
    amendments: tuple[Amendment, ...]


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
        changed: Mapping[str, tuple[Amendment, ...]] = amended(books, "balance", line)
        return SheetLine(line.line, line.amount, line.place("amount"), changed.get("amount", ()))

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
