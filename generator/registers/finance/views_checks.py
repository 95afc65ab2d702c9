"""The reconciliation of a month: what was compared, and whether it ties."""

from __future__ import annotations

from dataclasses import dataclass

from generator.locale import N_, Message
from generator.pages.parts import Tone
from generator.registers.finance.ledger import Ledger, imbalance, total
from generator.registers.finance.publication import named
from generator.registers.finance.records import Kind
from generator.registers.finance.sheet import balance_sheet, cash_of
from generator.values.dates import Month


@dataclass(frozen=True, slots=True)
class Check:
    """One link of the chain: how it is shown, its word, and what was compared."""

    tone: Tone
    word: Message
    text: Message


TIES, DIFFERS, OPEN = Message(N_("ties")), Message(N_("does not tie")), Message(N_("nothing to compare"))


def _check(ties: bool, text: Message) -> Check:
    return Check(Tone.GOOD, TIES, text) if ties else Check(Tone.LATE, DIFFERS, text)


def month_checks(books: Ledger, month: Month) -> tuple[Check, ...]:
    """Return every comparison of a month that has a statement."""
    statement = books.statements[month]
    income, expense = (books.lines_of(month, kind) for kind in (Kind.INCOME, Kind.EXPENSE))
    tied = total(income) == statement.income and total(expense) == statement.expense
    return (
        _joined(books, month),
        _check(
            imbalance(statement) == 0,
            Message(
                N_("opening {opening} + income {income} − expense {expense} = closing {closing}"),
                opening=statement.opening, income=statement.income, expense=statement.expense, closing=statement.closing,
            ),
        ),
        _check(
            tied,
            Message(
                N_("{received} lines of income and {spent} lines of expense add up to the two totals"),
                received=len(income), spent=len(expense),
            ),
        ),
        *_sheets(books, month),
    )  # fmt: skip


def _joined(books: Ledger, month: Month) -> Check:
    before = books.statements.get(month.plus(-1))
    if before is None:
        first = month == books.months[0]
        text = Message(N_("the first statement: there is no month before it")) if first else Message(
            N_("there is no statement for {month} to continue from"), month=named(month.plus(-1))
        )  # fmt: skip
        return Check(Tone.NONE, OPEN, text)
    return _check(
        before.closing == books.statements[month].opening,
        Message(
            N_("the opening balance is the closing balance of {month}, {amount}"),
            month=named(before.month),
            amount=before.closing,
        ),
    )


def _sheets(books: Ledger, month: Month) -> list[Check]:
    found = []
    for date, lines in books.balance.items():
        if Month.of(date) == month:
            sheet = balance_sheet(date, lines)
            assets, liabilities, net = (side.sum for side in sheet.sides)
            text = Message(
                N_("balance sheet of {date}: assets {assets} = liabilities {liabilities} + net assets {net}"),
                date=date, assets=assets, liabilities=liabilities, net=net,
            )  # fmt: skip
            found.append(_check(sheet.difference == 0, text))
            cash = cash_of(sheet)
            if cash is not None and date == month.last:
                text = Message(
                    N_("the cash on the balance sheet, {cash}, is the closing balance of the month"), cash=cash
                )
                found.append(_check(cash == books.statements[month].closing, text))
            else:
                text = Message(
                    N_("the balance sheet of {date} has no cash at the end of the month to compare"), date=date
                )
                found.append(Check(Tone.NONE, OPEN, text))
    return found
