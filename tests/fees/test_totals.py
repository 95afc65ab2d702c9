"""What a child's fees come to: exact, the same in any order, and only what applies."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import check
from generator.oversight.books import Books
from generator.registers.fees.pages_cases import Pupils, grade_words
from generator.registers.fees.records import Boarding, FeeItem, grades_of
from generator.registers.fees.totals import Case, add_up, applies, cases_of, charged, term_amount
from generator.values.refusal import Refused

ROOT = Path(__file__).resolve().parents[2]
NATURES = ("免费", "行政事业性收费", "服务性收费", "代收费")


@cache
def school_books() -> Books:
    books = check(ROOT).books
    assert books is not None
    return books


def item(**words: str) -> FeeItem:
    plain = {"term": "2023-spring", "id": "F01", "item": "作业本费", "nature": "代收费", "unit": "元/生·期", "amount": "15.00",
             "voluntary": "是", "scope": "全体学生"}  # fmt: skip
    return FeeItem.model_validate(plain | words)


fen = st.integers(0, 10**9).map(lambda n: f"{n // 100}.{n % 100:02}")
rows = st.fixed_dictionaries(
    {"nature": st.sampled_from(NATURES), "amount": st.one_of(fen, st.sampled_from(["按中标价", "据实"])),
     "voluntary": st.sampled_from(["是", "否"])},
    optional={"times": st.integers(0, 200).map(str), "grades": st.sampled_from(["1", "1-3", "4-6", "2;5"]),
              "boarding": st.sampled_from(["走读", "寄宿"]), "campuses": st.sampled_from(["ZX", "SL;BG"])},
)  # fmt: skip
items = st.lists(rows, max_size=12).map(lambda found: [item(id=f"F{n}", **row) for n, row in enumerate(found)])
cases = st.builds(Case, st.sampled_from(["ZX", "SL", "BG"]), st.integers(1, 6), st.sampled_from(list(Boarding)))


@given(items, cases)
def test_a_total_is_the_sum_of_the_items_that_apply(found: list[FeeItem], case: Case) -> None:
    total = add_up(found, case)
    mine = [i for i in found if i.nature.zh != "免费" and applies(i, case)]
    known = [(i, i.amount * (i.times if i.times is not None else 1)) for i in mine if isinstance(i.amount, Decimal)]
    assert total.compulsory == sum(amount for i, amount in known if i.voluntary.zh == "否")
    assert total.voluntary == sum(amount for i, amount in known if i.voluntary.zh == "是")
    assert total.open_items == sum(1 for i in mine if not isinstance(i.amount, Decimal))


@given(items, cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(found: list[FeeItem], case: Case, chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    one, other = add_up(found, case), add_up(mixed, case)
    assert (one.compulsory, one.voluntary) == (other.compulsory, other.voluntary)
    assert {i.id for i in one.items} == {i.id for i in other.items}


@settings(deadline=None)  # the first example loads the school
@given(items)
def test_rows_of_totals_together_say_what_every_kind_of_pupil_pays(found: list[FeeItem]) -> None:
    pupils = Pupils(school_books().data, found)
    shown = {
        (row.compulsory, row.voluntary, row.open_items, lodging, campus, int(grade))
        for row in pupils.rows() if row.compulsory is not None
        for lodging in row.tokens.boarding.split() for campus in row.tokens.campuses.split() for grade in row.tokens.grades.split()
    }  # fmt: skip
    for case, total in pupils.sums.items():
        lodging = "day" if case.boarding is Boarding.DAY else "boarder"
        assert (total.compulsory, total.voluntary, total.open_items, lodging, case.campus, case.grade) in shown


def test_what_is_charged() -> None:
    assert charged(item())
    assert charged(item(amount="据实"))
    assert not charged(item(amount="0.00"))
    assert not charged(item(nature="免费"))


def test_the_price_of_a_term_is_the_price_times_the_units() -> None:
    assert term_amount(item(amount="2.00", times="101")) == Decimal("202.00")
    assert term_amount(item(amount="2.00", times="0")) == 0
    assert term_amount(item()) == Decimal("15.00")
    assert term_amount(item(amount="按中标价")) is None


def test_boarders_exist_only_where_the_school_has_some() -> None:
    boarders = {case.campus for case in cases_of(school_books().data, ()) if case.boarding is Boarding.BOARDER}
    assert boarders == {"ZX"}
    assert {case.grade for case in cases_of(school_books().data, ()) if case.campus == "BG"} == {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("3", {3}),
        ("1-6", {1, 2, 3, 4, 5, 6}),
        ("1至3年级", {1, 2, 3}),
        ("1;3、5", {1, 3, 5}),
        ("7-9", {7, 8, 9}),
        ("10—12", {10, 11, 12}),
    ],
)
def test_grades(text: str, grades: set[int]) -> None:
    assert grades_of(text) == grades


@pytest.mark.parametrize("text", ["", "三年级", "6-1", "0", "13", "1-", "全体", "1--3"])
def test_what_names_no_grades_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        grades_of(text)


def test_a_row_with_unreadable_grades_is_a_problem_with_its_place(
    school: Path, fees: Path, check_lines: Callable[[Path], list[str]]
) -> None:
    text = fees.read_text(encoding="utf-8").replace("自愿由学校代购的学生,,", "自愿由学校代购的学生,三年级,")
    fees.write_text(text, encoding="utf-8")
    assert (
        "data/terms/2023-spring/fees.csv:4:40 (I4): error[grades]: 适用年级：“三年级”不是年级；请用数字，如 3、1-6 或 1;3;5"
        in check_lines(school)
    )


@pytest.mark.parametrize(
    ("grades", "words"), [([3], "3年级"), ([1, 2, 3, 5], "1–3、5年级"), ([4, 6], "4、6年级"), ([7, 8], "7–8年级")]
)
def test_grades_in_words(grades: list[int], words: str) -> None:
    assert school_books().language.say(grade_words(grades)) == words
