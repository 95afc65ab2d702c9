"""The arithmetic of the finance pages: laws that hold for any books that tie."""

from __future__ import annotations

import random
import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.parts import Tone
from generator.registers.finance.ledger import ZERO, ledger, total
from generator.registers.finance.pages import pages
from generator.registers.finance.records import Kind
from generator.registers.finance.views_checks import month_checks
from generator.registers.finance.views_month import MonthView
from generator.registers.finance.views_rows import RowTable
from generator.registers.finance.views_year import YearView, _parts, pivot
from generator.values.dates import Month
from tests.finance.made import books, codes, line, made, planned, statement

CODES = {"收入": ("4001.01", "4001.03", "4604"), "支出": ("30101", "30201", "30206", "30308", "31002")}
FUNDS = {"4001.03": "膳食", "30308": "膳食"}

fen = st.integers(0, 10_000_000).map(lambda n: f"{Decimal(n) / 100:.2f}")
lines_of_a_month = st.fixed_dictionaries({code: st.none() | fen for codes_ in CODES.values() for code in codes_})
years = st.lists(lines_of_a_month, min_size=1, max_size=5)


def kind_of(code: str) -> str:
    """Return the kind of a code."""
    return "收入" if code.startswith("4") else "支出"


def rows_of(months: list[dict[str, str | None]], start: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return statements and lines that tie, from November 2022 on; the first balance is large enough for all."""
    statements, lines = [], []
    balance = Decimal(start)
    for number, amounts in enumerate(months):
        month = str(Month(2022, 11).plus(number))
        own = {code: amount for code, amount in amounts.items() if amount is not None}
        sums = {kind: sum((Decimal(own[c]) for c in own if kind_of(c) == kind), ZERO) for kind in CODES}
        closing = balance + sums["收入"] - sums["支出"]
        statements.append(
            statement(month, f"{balance:.2f}", f"{sums['收入']:.2f}", f"{sums['支出']:.2f}", f"{closing:.2f}")
        )
        lines += [line(month, c, kind_of(c), a, **({"fund": FUNDS[c]} if c in FUNDS else {})) for c, a in own.items()]
        balance = closing
    return statements, lines


BUDGET = [
    planned(year, code, kind, "1000.00", **({"fund": FUNDS[code]} if code in FUNDS else {}))
    for year in ("2022", "2023") for kind, own in CODES.items() for code in own
]  # fmt: skip
ENOUGH = 10_000_000


@settings(max_examples=40, deadline=None)
@given(years)
def test_books_that_tie_have_no_error_and_a_chain_of_ticks(months: list[dict[str, str | None]]) -> None:
    statements, lines = rows_of(months, ENOUGH)
    these = books(made("statements", *statements), made("lines", *lines), made("budget", *BUDGET))
    assert codes(these) <= {"FIN-06", "FIN-09", "FIN-10"}
    accounts = ledger(these.data)
    assert not [
        check for month in accounts.months for check in month_checks(accounts, month) if check.tone is Tone.LATE
    ]


@settings(max_examples=25, deadline=None)
@given(years, st.integers(0, 99), st.sampled_from(["0.01", "-0.01", "100.00"]))
def test_one_line_changed_breaks_the_chain(months: list[dict[str, str | None]], at: int, by: str) -> None:
    statements, lines = rows_of(months, ENOUGH)
    if not lines:
        return
    changed = lines[at % len(lines)]
    changed["amount"] = f"{Decimal(changed['amount']) + Decimal(by):.2f}"
    assert "FIN-03" in codes(books(made("statements", *statements), made("lines", *lines)))


def views(rows: tuple[list[dict[str, str]], list[dict[str, str]], list[dict[str, str]]]) -> list[object]:
    """Return the contexts of all pages."""
    statements, lines, budget = rows
    these = books(made("statements", *statements), made("lines", *lines), made("budget", *budget))
    return [page.context for page in pages(these)]


def said(view: object) -> str:
    """Return what a context says, without the lines that its figures stand in."""
    return re.sub(r"line=\d+", "", repr(view))


@settings(max_examples=15, deadline=None)
@given(years, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(months: list[dict[str, str | None]], random_: random.Random) -> None:
    rows = (*rows_of(months, ENOUGH), list(BUDGET))
    shuffled = tuple(random_.sample(part, len(part)) for part in rows)
    assert [said(view) for view in views(shuffled)] == [said(view) for view in views(rows)]  # type: ignore[arg-type]


def rows_in(table: RowTable) -> list[object]:
    """Return all rows of a table, those without amounts too."""
    return [row for group in table.groups for row in group.rows] + list(table.quiet)


@settings(max_examples=25, deadline=None)
@given(years)
def test_tables_add_up(months: list[dict[str, str | None]]) -> None:
    statements, lines = rows_of(months, ENOUGH)
    for view in [*views((statements, lines, list(BUDGET))), *views((statements, lines, list(BUDGET[:3])))]:
        if not isinstance(view, MonthView):
            continue
        for table, figure in ((view.income, view.statement.income), (view.expense, view.statement.expense)):
            rows = rows_in(table)
            own = CODES["收入" if table.kind is Kind.INCOME else "支出"]
            assert {row.code for row in rows} <= set(own)  # type: ignore[attr-defined]
            assert table.sums.amount == figure == sum((row.sums.amount for row in rows), ZERO)  # type: ignore[attr-defined]
            year, upto = view.month.year, str(view.month)
            so_far = sum(
                (
                    Decimal(r["amount"])
                    for r in lines
                    if r["code"] in own and r["year"] == str(year) and r["month"] <= upto
                ),
                ZERO,
            )
            assert table.sums.so_far == so_far
            if table.sums.budget is not None:
                assert table.sums.budget == sum((row.sums.budget or ZERO for row in rows), ZERO)  # type: ignore[attr-defined]
                assert table.sums.left == table.sums.budget - so_far
            assert all(row.sums.amount == 0 for row in table.quiet)
            assert sum((amount for _, amount in table.parts), ZERO) == table.sums.amount


@settings(max_examples=25, deadline=None)
@given(years)
def test_a_fund_has_left_what_came_minus_what_went(months: list[dict[str, str | None]]) -> None:
    statements, lines = rows_of(months, ENOUGH)
    for view in views((statements, lines, list(BUDGET))):
        if isinstance(view, MonthView):
            past = [r for r in lines if r.get("fund") and r["month"] <= str(view.month)]
            expected = sum((Decimal(r["amount"]) * (1 if r["kind"] == "收入" else -1) for r in past), ZERO)
            assert sum((row.left for row in view.funds), ZERO) == expected


@settings(max_examples=25, deadline=None)
@given(years)
def test_a_year_is_the_sum_of_its_months(months: list[dict[str, str | None]]) -> None:
    statements, lines = rows_of(months, ENOUGH)
    for view in views((statements, lines, list(BUDGET))):
        if isinstance(view, YearView):
            own = [s for s in statements if s["year"] == view.year]
            assert view.income == sum((Decimal(s["income"]) for s in own), ZERO)
            assert [knot.whole for knot in view.chain] == [True] * len(own)
            if view.tables and own:
                assert [table.sums.so_far for table in view.tables] == [view.income, view.expense]
            for kind in Kind:
                sums = [p.sum for p in view.pivots if p.kind is kind]
                assert sum(sums, ZERO) == (view.income if kind is Kind.INCOME else view.expense)


@given(st.sets(st.integers(1, 12)))
def test_a_year_is_parted_into_tables_of_at_most_six_months(numbers: set[int]) -> None:
    months = tuple(Month(2023, n) for n in sorted(numbers))
    parts = _parts(months)
    assert [m for part in parts for m in part] == list(months)
    assert all(1 <= len(part) <= 6 for part in parts)


def test_a_pivot_leaves_out_what_never_happened() -> None:
    lines = made(
        "lines",
        line("2023-02", "30206", "支出", "0.00"),
        line("2023-03", "30206", "支出", "0.00"),
        line("2023-03", "30201", "支出", "5.00"),
    )
    accounts = ledger(books(lines).data)
    table = pivot(accounts, (Month(2023, 2), Month(2023, 3)), Kind.EXPENSE)
    assert [(row.code, row.cells, row.sum) for row in table.rows] == [
        ("30201", (None, Decimal("5.00")), Decimal("5.00"))
    ]
    assert table.totals == (ZERO, Decimal("5.00"))
    assert total(accounts.lines_of(Month(2023, 3))) == Decimal("5.00")
