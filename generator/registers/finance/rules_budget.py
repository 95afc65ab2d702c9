"""Checks of codes, restricted funds and differences from what was planned or is usual."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit
from generator.registers.finance.ledger import ZERO, FundMonth, Ledger, ledger
from generator.registers.finance.publication import limit, named
from generator.registers.finance.records import BudgetLine, Kind, StatementLine
from generator.registers.finance.rules_integrity import month_page
from generator.values.dates import Month

LIMITS = ("variance-floor", "variance-percent", "variance-months")


def codes_in_chart(review: Review) -> Iterator[Hit]:
    """FIN-05: each code is in the chart of accounts and is used for income or expense as the chart says."""
    books = ledger(review.data)
    chart = {account.code: account for account in review.policy.pack.chart}
    entries: list[BudgetLine | StatementLine] = [entry for year in books.years for entry in books.budget(year).values()]
    entries += [line for lines in books.lines.values() for line in lines]
    for entry in entries:
        account = chart.get(entry.code) or chart.get(entry.code.partition(".")[0])
        page = month_page(entry.month, entry.code) if isinstance(entry, StatementLine) else f"finance/{entry.year}/"
        if account is None:
            # The item's own name says better than the digits which code was meant.
            same = [code for code, known in chart.items() if entry.item in (known.zh, known.en)]
            near = same or difflib.get_close_matches(entry.code, chart, 1, 0.6)
            fix = (
                Message(N_("did you mean “{word}”?"), word=near[0])
                if near
                else Message(N_("use a code of the chart of accounts"))
            )
            message = Message(
                N_("code {code} ({item}) is not in the chart of accounts"), code=entry.code, item=entry.item
            )
            yield Hit(entry.key, entry.place("code"), message, fix=fix, page=page, value=entry.code)
        elif account.kind != entry.kind.en:
            message = Message(
                N_("code {code} ({name}) is a code for {expected}, but the row says {kind}"),
                code=entry.code, name=account, expected=Kind.parse(account.kind), kind=entry.kind,
            )  # fmt: skip
            fix = Message(N_("correct the code or the kind"))
            yield Hit(
                entry.key,
                entry.place("kind"),
                message,
                fix=fix,
                page=page,
                related=(entry.place("code"),),
                value=entry.kind.zh,
            )


def funds_keep_their_purpose(review: Review) -> Iterator[Hit]:
    """FIN-09: no more is spent of a restricted fund than it has, and its money stays with it."""
    books = ledger(review.data)
    yield from _funds_of_lines(books)
    series: dict[str, list[FundMonth]] = defaultdict(list)
    for rows in books.funds.values():
        for row in rows:
            series[row.fund].append(row)
    for fund in sorted(series):
        yield from _overspent(books, series[fund])


def _overspent(books: Ledger, rows: Iterable[FundMonth]) -> Iterator[Hit]:
    """Yield a hit for each time that a fund falls below zero, closed when it has come back."""
    started: FundMonth | None = None
    deepest = ZERO
    for row in rows:
        if row.left < 0:
            started, deepest = started or row, min(deepest, row.left)
        elif started:
            yield _overdrawn(books, started, deepest, row.month)
            started, deepest = None, ZERO
    if started:
        yield _overdrawn(books, started, deepest, None)


def _overdrawn(books: Ledger, row: FundMonth, deepest: Decimal, back: Month | None) -> Hit:
    lines = [line for line in books.lines_of(row.month) if line.fund == row.fund] or list(books.lines_of(row.month))
    spent = [line for line in lines if line.kind is Kind.EXPENSE] or lines
    return Hit(
        f"{row.month}/{row.fund}", spent[-1].place("amount") if spent else books.statements[row.month].place(),
        Message(
            N_(
                "by the end of {month}, {spent} was spent of “{fund}”, but only {available} was there; at "
                "most {deepest} too much"
            ),
            month=named(row.month), spent=row.spent_so_far, fund=row.fund, available=row.carried + row.received_so_far, deepest=-deepest,
        ),
        since=row.month.last, closed=back.last if back else None,
        fix=Message(N_("return what was taken from other money, or enter the receipt or the balance carried over that is missing")),
        related=tuple(line.place("amount") for line in lines if line.kind is Kind.INCOME)[:1], page=month_page(row.month, "funds"),
    )  # fmt: skip


def _funds_of_lines(books: Ledger) -> Iterator[Hit]:
    """Yield a hit for each fund that the year's budget does not know, and each line that left its fund."""
    unknown: set[tuple[int, str]] = set()
    for month, lines in books.lines.items():
        budget = books.budget(str(month.year))
        known = sorted({entry.fund for entry in budget.values() if entry.fund})
        for line in lines if budget else ():
            if line.fund and line.fund not in known:
                if (month.year, line.fund) not in unknown:
                    unknown.add((month.year, line.fund))
                    yield _unknown_fund(line, known)
            elif (entry := budget.get(line.code)) and entry.fund and line.amount and line.fund != entry.fund:
                yield _left_fund(line, entry)


def _unknown_fund(line: StatementLine, known: list[str]) -> Hit:
    fund = line.fund or ""
    near = difflib.get_close_matches(fund, known, 1, 0.5)
    fix = (
        Message(N_("did you mean “{word}”?"), word=near[0])
        if near
        else Message(N_("name the fund in budget.csv, or correct its name"))
    )
    message = Message(N_("the fund “{fund}” is not in the budget of {year}"), fund=fund, year=line.month.year)
    return Hit(
        f"{line.month.year}/{fund}", line.place("fund"), message, since=line.month.first, fix=fix,
        page=month_page(line.month, line.code), value=line.fund,
    )  # fmt: skip


def _left_fund(line: StatementLine, entry: BudgetLine) -> Hit:
    message = Message(
        N_("{item} ({code}) is planned with the fund “{fund}”, but {amount} in {month} stands outside it"),
        item=entry.item, code=line.code, fund=entry.fund, amount=line.amount, month=named(line.month),
    )  # fmt: skip
    return Hit(
        line.key, line.place("fund"), message, since=line.month.last,
        fix=Message(N_("enter the fund in the line; money for one purpose is accounted for by itself")),
        related=(entry.place("fund"),), page=month_page(line.month, line.code), value=line.fund,
    )  # fmt: skip


def differences_have_notes(review: Review) -> Iterator[Hit]:
    """FIN-10: what goes beyond the year's budget, or far from the months before, has a note."""
    books = ledger(review.data)
    earlier: dict[str, list[Decimal]] = defaultdict(list)
    for month, lines in books.lines.items():
        floor, percent, count = (limit(review.policy, name, month.last) for name in LIMITS)
        for line in lines:
            before = earlier[line.code]
            if floor is not None and not line.note:
                beyond = _beyond_budget(books, line, floor)
                if beyond is None and percent is not None and count and len(before) >= count:
                    beyond = _unusual(line, before[-int(count) :], floor, percent)
                if beyond:
                    yield beyond
            before.append(line.amount)


def _beyond_budget(books: Ledger, line: StatementLine, floor: Decimal) -> Hit | None:
    """Return the hit of the month in which a code goes beyond its budget for the year."""
    entry = books.budget(str(line.month.year)).get(line.code)
    so_far = books.so_far[line.month].get(line.code, ZERO)
    if entry is None or not so_far - line.amount - entry.amount <= floor < so_far - entry.amount:
        return None
    message = Message(
        N_("{item} ({code}): {sum} by {month}, which is {over} more than the year's budget of {budget}"),
        item=line.item, code=line.code, sum=so_far, month=named(line.month), over=so_far - entry.amount, budget=entry.amount,
    )  # fmt: skip
    return Hit(
        line.key, line.place("amount"), message, since=line.month.last, fix=Message(N_("say why in the column “Note” of the line")),
        related=(entry.place("amount"),), page=month_page(line.month, line.code),
    )  # fmt: skip


def _unusual(line: StatementLine, before: list[Decimal], floor: Decimal, percent: Decimal) -> Hit | None:
    """Return the hit of a line that differs from the median of the months before by more than both limits."""
    usual = median(before)
    difference = abs(line.amount - usual)
    if difference <= floor or difference * 100 <= percent * abs(usual):
        return None
    message = Message(
        N_("{item} ({code}) is {amount} in {month}; the median of the {count} months before is {usual}"),
        item=line.item, code=line.code, amount=line.amount, month=named(line.month), count=len(before), usual=usual,
    )  # fmt: skip
    return Hit(
        line.key, line.place("amount"), message, since=line.month.last, fix=Message(N_("say why in the column “Note” of the line")),
        page=month_page(line.month, line.code),
    )  # fmt: skip
