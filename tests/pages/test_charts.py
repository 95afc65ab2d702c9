"""The laws of chart geometry: parts add up, nothing is negative, every number is a number."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import language
from generator.pages.charts import Counts, Month, budget_bars, flow, history, months, progress, sparkline
from generator.pages.charts.scale import Baseline, display_width, short, spans

D = Decimal
ZH = language("zh")
AMOUNT = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
POSITIVE = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
NAME = st.text(min_size=1, max_size=30)
ITEMS = st.lists(st.tuples(NAME, AMOUNT), max_size=12)


@given(st.lists(POSITIVE, min_size=1, max_size=40))
def test_widths_fill_the_bar_exactly(amounts: list[D]) -> None:
    whole = sum(amounts, D(0))
    places = spans(amounts, whole)
    assert sum((width for _, width in places), D(0)) == (100 if whole else 0)
    assert all(width >= 0 for _, width in places)
    assert all(after[0] == before[0] + before[1] for before, after in pairwise(places))


def test_a_negative_width_is_a_defect() -> None:
    with pytest.raises(ValueError, match="negative"):
        spans([D(-1)], D(1))


@given(ITEMS, ITEMS, AMOUNT)
def test_flow_of_balanced_books_has_two_full_bars(
    income: list[tuple[str, D]], expense: list[tuple[str, D]], opening: D
) -> None:
    closing = opening + sum((a for _, a in income), D(0)) - sum((a for _, a in expense), D(0))
    picture = flow(income, expense, ZH, opening=opening, closing=closing)
    left, right = picture.sides
    assert left.total == right.total == sum((a for _, a in left.rows), D(0)) == sum((a for _, a in right.rows), D(0))
    for side in picture.sides:
        assert sum((s.amount for s in side.segments), D(0)) == side.total
        assert sum((s.width for s in side.segments), D(0)) == (100 if side.total else 0)
        assert all(s.amount > 0 and s.width >= 0 and s.x.is_finite() for s in side.segments)
        assert len(side.segments) <= 8
        assert [s.number for s in side.segments] == list(range(1, len(side.segments) + 1))


def test_flow_groups_the_tail_and_keeps_every_row() -> None:
    picture = flow([(f"项目{n}", D(n)) for n in range(1, 10)], [("支出", D(45))], ZH)
    side = picture.sides[0]
    assert [s.name for s in side.segments] == ["项目9", "项目8", "项目7", "项目6", "项目5", "其他（4项）"]
    assert side.segments[-1].amount == D(10)
    assert len(side.rows) == 9


def test_flow_puts_a_negative_amount_on_the_other_side() -> None:
    picture = flow([("拨款", D(100))], [("水电费", D(150))], ZH, closing=D(-50))
    assert [(s.name, s.amount) for s in picture.sides[0].segments] == [("拨款", D(100)), ("期末余额（负数）", D(50))]
    assert picture.sides[0].total == picture.sides[1].total == 150


def test_flow_of_nothing_is_empty() -> None:
    assert [side.segments for side in flow([], [], ZH).sides] == [(), ()]


@given(st.lists(st.tuples(NAME, st.none() | AMOUNT, AMOUNT), max_size=12))
def test_budget_bars_stay_inside(rows: list[tuple[str, D | None, D]]) -> None:
    for bar in budget_bars(rows, ZH).bars:
        assert 0 <= bar.within <= bar.mark <= 100
        assert bar.beyond >= 0
        assert bar.mark + bar.beyond <= D("100.01")
        assert (bar.variance is None) == (bar.budget is None)


def test_budget_bars_tell_apart_none_zero_and_exceeded() -> None:
    bars = budget_bars([("无", None, D(5)), ("零", D(0), D(5)), ("超", D(100), D(150)), ("余", D(100), D(25))], ZH).bars
    assert [(b.words, bool(b.beyond)) for b in bars] == [
        ("未列预算", False),
        ("5.00", True),
        ("150.0%", True),
        ("25.0%", False),
    ]
    assert [b.variance for b in bars] == [None, D(5), D(50), D(-75)]
    assert bars[2].within == bars[2].mark == D("66.67")


@given(st.lists(AMOUNT, min_size=1, max_size=12))
def test_upright_bars_stay_inside_the_panel(values: list[D]) -> None:
    scale = Baseline.of(values, 64)
    for value in values:
        top, height = scale.bar(value)
        assert top >= -1
        assert top + height <= 65
        assert (height > 0) == (value != 0)


def test_months_leave_a_gap_where_there_is_no_statement() -> None:
    rows = [Month(f"{n}月", None, None, None) for n in range(1, 12)] + [Month("12月", D(5), D(0), D(-5))]
    income, expense, closing = months(rows, ZH).panels
    assert [c.value for c in income.columns] == [None] * 11 + [D(5)]
    assert expense.columns[-1].height == 0
    assert closing.columns[-1].y == closing.zero
    assert income.columns[-1].label == "12"
    assert income.remark == "最高5.00（12月）"


def test_history_shows_the_last_terms_and_keeps_all_rows() -> None:
    picture = history([(f"{n}", D(n)) for n in range(10)], ZH)
    assert [c.label for c in picture.panel.columns] == ["4", "5", "6", "7", "8", "9"]
    assert len(picture.rows) == 10


@given(st.lists(st.tuples(NAME, AMOUNT), max_size=20))
def test_a_sparkline_stays_inside_its_box(points: list[tuple[str, D]]) -> None:
    line = sparkline(points, ZH)
    assert re.fullmatch(r"M2 [\d.]+H[\d.]+(V[\d.]+H[\d.]+)*", line.path)
    assert all(0 <= D(n) <= 96 for n in re.findall(r"[\d.]+", line.path))


@given(st.lists(st.tuples(NAME, st.builds(Counts, *[st.integers(0, 500)] * 4)), max_size=8))
def test_progress_counts_every_measure(rows: list[tuple[str, Counts]]) -> None:
    for bar in progress(rows, ZH).bars:
        assert sum(part.count for part in bar.parts) == bar.counts.total
        assert sum((part.width for part in bar.parts), D(0)) == (100 if bar.counts.total else 0)


@given(st.text(), st.integers(4, 40))
def test_short_names_fit(text: str, units: int) -> None:
    assert display_width(short(text, units)) <= units
    assert text.startswith(short(text, units).removesuffix("…"))
