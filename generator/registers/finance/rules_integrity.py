"""Checks of the accounts' own arithmetic: a breach means that a figure is wrong, so it stops the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit
from generator.problems import Place
from generator.registers.finance.ledger import Ledger, imbalance, ledger, total
from generator.registers.finance.publication import named
from generator.registers.finance.records import BalanceLine, BudgetLine, Kind, Statement, StatementLine
from generator.registers.finance.sheet import balance_sheet, cash_of, is_money
from generator.values.dates import Month


def month_page(month: Month, anchor: str = "statement") -> str:
    """Return the address of a month's page with an anchor on it."""
    return f"finance/{month}/#{anchor}"


def month_ties(review: Review) -> Iterator[Hit]:
    """FIN-01: opening + income − expense = closing."""
    for statement in ledger(review.data).statements.values():
        if difference := imbalance(statement):
            yield Hit(
                statement.key, statement.place("closing"),
                Message(
                    N_(
                        "{month}: {opening} + {income} − {expense} = {expected}, but the closing balance "
                        "says {closing}"
                    ),
                    month=named(statement.month), opening=statement.opening, income=statement.income, expense=statement.expense,
                    expected=statement.closing + difference, closing=statement.closing,
                ),
                fix=Message(N_("compare the four amounts with the ledger and correct the one that is wrong")),
                related=tuple(statement.place(name) for name in ("opening", "income", "expense")),
                page=month_page(statement.month),
            )  # fmt: skip


def months_join(review: Review) -> Iterator[Hit]:
    """FIN-02: the closing balance of a month is the opening balance of the next, across years too."""
    books = ledger(review.data)
    for month in books.months:
        statement, before = books.statements[month], books.statements.get(month.plus(-1))
        if before and before.closing != statement.opening:
            yield Hit(
                statement.key, statement.place("opening"),
                Message(
                    N_("{month} opens with {opening}, but {before} closed with {closing}"),
                    month=named(month), opening=statement.opening, before=named(before.month), closing=before.closing,
                ),
                fix=Message(N_("an account opens with what was left the month before; correct the amount that is wrong")),
                related=(before.place("closing"),), page=month_page(month),
            )  # fmt: skip
    yield from _funds_join(books)


def _funds_join(books: Ledger) -> Iterator[Hit]:
    """A fund's balance carried over is what the year before left of it, where December is in the books."""
    for year in books.years:
        first = next(iter(books.months_of(year)), None)
        before = first.plus(-1) if first else None
        if before is None or before not in books.funds or before.year == int(year):
            continue
        left = {row.fund: row.left for row in books.funds[before]}
        for fund, carried in books.carried(year).items():
            if carried != left.get(fund, 0):
                stated = [e for e in books.budget(year).values() if e.fund == fund and e.carried is not None]
                spent = [line for line in books.lines_of(before) if line.fund == fund]
                yield Hit(
                    f"{year}/{fund}", stated[0].place("carried"),
                    Message(
                        N_("{year} begins with {carried} of “{fund}”, but {before} left {left} of it"),
                        year=year, carried=carried, fund=fund, before=named(before), left=left.get(fund, 0),
                    ),
                    fix=Message(N_("an account opens with what was left the month before; correct the amount that is wrong")),
                    related=tuple(line.place("amount") for line in spent[-1:]), page=f"finance/{year}/",
                )  # fmt: skip


def lines_tie(review: Review) -> Iterator[Hit]:
    """FIN-03: the lines of a month add up to its totals; nothing counts twice; each month lies in its year's folder."""
    books = ledger(review.data)
    yield from _in_their_year(review)
    for statement in books.statements.values():
        for kind, name in ((Kind.INCOME, "income"), (Kind.EXPENSE, "expense")):
            lines = books.lines_of(statement.month, kind)
            printed, added = getattr(statement, name), total(lines)
            if printed != added and (lines or not _unread(review, statement)):
                yield _wrong_total(statement, kind, name, lines)
    for month, lines in books.lines.items():
        if month not in books.statements and not _statements_unread(review, lines[0].year):
            yield Hit(
                f"{lines[0].year}/{month}", lines[0].place("month"),
                Message(N_("{month} has lines but no row among the monthly statements"), month=named(month)),
                fix=Message(N_("add the month to statements.csv with its balances and totals")), related=_ends(lines)[1:],
            )  # fmt: skip
        yield from _twice(lines)


def _unread(review: Review, statement: Statement) -> bool:
    """Whether the file of the statement's lines has errors, so that lines which are not there may only be unread."""
    return any(file.startswith(f"data/finance/{statement.year}/lines.") for file in review.data.broken)


def _statements_unread(review: Review, year: str) -> bool:
    """Whether the monthly statements of a year have errors, so that a month which is not there may only be unread."""
    return any(file.startswith(f"data/finance/{year}/statements.") for file in review.data.broken)


def _wrong_total(statement: Statement, kind: Kind, name: str, lines: Sequence[StatementLine]) -> Hit:
    printed, place = getattr(statement, name), statement.place(name)
    if not lines:
        message = Message(
            N_("{month}: the statement says {kind} {printed}, but there are no such lines in lines.csv"),
            month=named(statement.month), kind=kind, printed=printed,
        )  # fmt: skip
        return Hit(
            statement.key,
            place,
            message,
            fix=Message(N_("enter the lines of the month")),
            page=month_page(statement.month),
        )
    message = Message(
        N_(
            "{month}: the statement says {kind} {printed}, but the {count} lines add up to {sum} (difference "
            "{difference})"
        ),
        month=named(statement.month), kind=kind, printed=printed, count=len(lines), sum=total(lines), difference=printed - total(lines),
    )  # fmt: skip
    fix = Message(N_("correct the total or the line that is wrong"))
    return Hit(statement.key, place, message, fix=fix, related=_ends(lines), page=month_page(statement.month))


def _ends(lines: Sequence[StatementLine]) -> tuple[Place, ...]:
    """Return the places of the first and the last of the lines, as they stand in the file."""
    places = sorted(line.place("amount") for line in lines)
    return tuple(dict.fromkeys((places[0], places[-1])))


def _twice(lines: Sequence[StatementLine]) -> Iterator[Hit]:
    """Yield a hit for each code that stands beside a part of itself: its money would count twice."""
    whole: StatementLine | None = None
    for line in lines:
        if whole and line.code.startswith(whole.code) and line.code != whole.code:
            yield Hit(
                line.key, line.place("code"),
                Message(N_("{code} is a part of {whole}, and both have an amount: the money would count twice"), code=line.code, whole=whole.code),
                fix=Message(N_("keep only the parts, or only the whole")), related=(whole.place("code"),),
                page=month_page(line.month),
            )  # fmt: skip
        else:
            whole = line


def _in_their_year(review: Review) -> Iterator[Hit]:
    data = review.data
    dated: list[tuple[Statement | StatementLine | BalanceLine, str, int, str]] = [
        *((s, "month", s.month.year, str(s.month)) for s in data.statements),
        *((line, "month", line.month.year, str(line.month)) for line in data.lines),
        *((b, "date", b.date.year, b.date.isoformat()) for b in data.balance),
    ]
    fix = Message(N_("move the row into the folder of its year, or correct the date"))
    for record, name, year, written in dated:
        if record.year != str(year):
            message = Message(N_("{written} stands in the folder of {folder}"), written=written, folder=record.year)
            yield Hit(record.key, record.place(name), message, fix=fix)
    folders: dict[str, BudgetLine] = {}
    for entry in data.budget:
        folders.setdefault(entry.year, entry)
    for folder, entry in folders.items():
        if not (folder.isdecimal() and len(folder) == 4):
            message = Message(N_("the folder “{folder}” is not named after a year"), folder=folder)
            yield Hit(folder, entry.place(), message, fix=Message(N_("name it with four digits, such as 2023")))


def sheet_balances(review: Review) -> Iterator[Hit]:
    """FIN-04: assets = liabilities + net assets, and each printed total is the sum of its lines."""
    for date, lines in ledger(review.data).balance.items():
        sheet = balance_sheet(date, lines)
        page = month_page(Month.of(date), "balance")
        for line in sheet.subtotals:
            message = Message(N_("“{line}” is a sum of other lines and would count twice"), line=line.line)
            fix = Message(
                N_("leave it out; only the totals of assets, liabilities and net assets may stand among the lines")
            )
            yield Hit(line.key, line.place("line"), message, fix=fix, page=page)
        for side in sheet.sides:
            if side.printed and side.lines and side.printed.amount != total(side.lines):
                yield _sheet_total(side.printed, side.lines, page)
        assets, liabilities, net = sheet.sides
        if sheet.grand and sheet.grand.amount != liabilities.sum + net.sum:
            yield _sheet_total(sheet.grand, (*liabilities.lines, *net.lines), page)
        if sheet.difference:
            heads = [side.head.place("amount") for side in sheet.sides if side.head]
            message = Message(
                N_("{date}: assets are {assets}, but liabilities {liabilities} + net assets {net} = {sum}"),
                date=date, assets=assets.sum, liabilities=liabilities.sum, net=net.sum, sum=liabilities.sum + net.sum,
            )  # fmt: skip
            fix = Message(N_("correct the line that is wrong"))
            yield Hit(f"{date.year}/{date}", heads[0], message, fix=fix, related=tuple(heads[1:]), page=page)


def _sheet_total(printed: BalanceLine, lines: Sequence[BalanceLine], page: str) -> Hit:
    message = Message(
        N_("“{line}” is {printed}, but its {count} lines add up to {sum}"),
        line=printed.line, printed=printed.amount, count=len(lines), sum=total(lines),
    )  # fmt: skip
    places = sorted(line.place("amount") for line in lines)
    related = tuple(dict.fromkeys((*places[:1], *places[-1:])))
    fix = Message(N_("correct the total or the line that is wrong"))
    return Hit(printed.key, printed.place("amount"), message, fix=fix, related=related, page=page)


def cash_reconciles(review: Review) -> Iterator[Hit]:
    """REC-01: the cash on a month-end balance sheet is that month's closing balance."""
    books = ledger(review.data)
    for date, lines in books.balance.items():
        month = Month.of(date)
        statement, sheet = books.statements.get(month), balance_sheet(date, lines)
        cash = cash_of(sheet)
        if statement and cash is not None and date == month.last and cash != statement.closing:
            yield Hit(
                f"{date.year}/{date}", sheet.cash[0].place("amount"),
                Message(
                    N_(
                        "the balance sheet of {date} has cash of {cash}, but the statement of {month} closes "
                        "with {closing}"
                    ),
                    date=date, cash=cash, month=named(month), closing=statement.closing,
                ),
                fix=Message(N_("count the cash and compare the bank statement, then correct the amount that is wrong")),
                related=(statement.place("closing"),), page=month_page(month, "balance"),
            )  # fmt: skip


def nothing_below_zero(review: Review) -> Iterator[Hit]:
    """FIN-12: neither a balance nor cash nor stock can be below zero."""
    books = ledger(review.data)
    fix = Message(N_("look for an income that was not entered, or an expense that was entered twice"))
    for statement in books.statements.values():
        names = ("closing",) if statement.month.plus(-1) in books.statements else ("opening", "closing")
        for name in names:
            if (amount := getattr(statement, name)) < 0:
                message = Message(N_("the balance is {amount}: nobody can pay out more than there is"), amount=amount)
                yield Hit(statement.key, statement.place(name), message, fix=fix, page=month_page(statement.month))
    for lines in books.balance.values():
        for line in lines:
            if is_money(line) and line.amount < 0:
                message = Message(
                    N_("“{line}” is {amount}: there cannot be less than nothing"), line=line.line, amount=line.amount
                )
                yield Hit(
                    line.key, line.place("amount"), message, fix=fix, page=month_page(Month.of(line.date), "balance")
                )
