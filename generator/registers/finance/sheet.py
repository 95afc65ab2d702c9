"""The balance sheet of one date: its sides, its printed totals, its cash."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.reading.body import total_key
from generator.registers.finance.ledger import total
from generator.registers.finance.records import BalanceLine, Side

# Compared without spaces and in lower case. Lines named like these sum the others and are never summed themselves.
TOTALS = {
    Side.ASSET: frozenset({"资产总计", "资产合计", "totalassets"}),
    Side.LIABILITY: frozenset({"负债合计", "负债总计", "totalliabilities"}),
    Side.NET: frozenset({"净资产合计", "净资产总计", "totalnetassets"}),
}
GRAND = frozenset({"负债和净资产总计", "负债及净资产总计", "负债与净资产总计", "totalliabilitiesandnetassets"})
SUMMING = ("合计", "小计", "总计")
CASH = frozenset({
    "货币资金", "库存现金", "银行存款", "零余额账户用款额度", "其他货币资金",
    "cash", "cashonhand", "bankdeposits", "cashandbankdeposits",
})  # fmt: skip
STOCK = frozenset({"存货", "库存物品", "inventory", "stock"})


@dataclass(frozen=True)
class BalanceSide:
    """One side of a balance sheet: the lines that count and the printed total if there is one."""

    side: Side
    lines: tuple[BalanceLine, ...]
    printed: BalanceLine | None

    @property
    def sum(self) -> Decimal:
        """The sum of the lines, or the printed total where nothing else stands."""
        return total(self.lines) if self.lines or self.printed is None else self.printed.amount

    @property
    def head(self) -> BalanceLine | None:
        """The line that speaks for the side: its printed total or else its first line."""
        return self.printed or next(iter(self.lines), None)


@dataclass(frozen=True)
class BalanceSheet:
    """The balance sheet of one date."""

    date: dt.date
    sides: tuple[BalanceSide, BalanceSide, BalanceSide]
    grand: BalanceLine | None
    subtotals: tuple[BalanceLine, ...]
    cash: tuple[BalanceLine, ...]

    @property
    def difference(self) -> Decimal:
        """Assets − liabilities − net assets; zero when the sheet balances."""
        assets, liabilities, net = self.sides
        return assets.sum - liabilities.sum - net.sum


def balance_sheet(date: dt.date, lines: Sequence[BalanceLine]) -> BalanceSheet:
    """Return the balance sheet that the lines of one date make."""
    grand = next((line for line in lines if _name(line) in GRAND), None)
    subtotals = tuple(line for line in lines if _is_subtotal(line))
    apart = {id(line) for line in (*subtotals, *([grand] if grand else []))}
    rest = [line for line in lines if id(line) not in apart]
    cash = tuple(line for line in rest if _is_cash(line))
    return BalanceSheet(
        date, (_side(rest, Side.ASSET), _side(rest, Side.LIABILITY), _side(rest, Side.NET)), grand, subtotals, cash
    )


def _side(lines: Sequence[BalanceLine], side: Side) -> BalanceSide:
    own = [line for line in lines if line.side is side]
    printed = next((line for line in own if _name(line) in TOTALS[side]), None)
    return BalanceSide(side, tuple(line for line in own if line is not printed), printed)


def is_money(line: BalanceLine) -> bool:
    """Tell whether a line is cash or stock, of which there can never be less than nothing."""
    return _is_cash(line) or (line.side is Side.ASSET and _name(line) in STOCK)


def _is_cash(line: BalanceLine) -> bool:
    """Tell whether a line is cash: by its name, or the name with the account behind it, as in 银行存款（基本户）."""
    return line.side is Side.ASSET and re.split("[（(]", _name(line))[0] in CASH


def _is_subtotal(line: BalanceLine) -> bool:
    name = _name(line)
    known = name in GRAND or name in TOTALS[line.side]
    return not known and (name.endswith(SUMMING) or name.startswith("total"))


def _name(line: BalanceLine) -> str:
    return total_key(line.line)


def cash_of(sheet: BalanceSheet) -> Decimal | None:
    """Return the cash and bank deposits on a balance sheet, or None where it has no such line."""
    return total(sheet.cash) if sheet.cash else None
