"""The rules of plan, calendar and duties on schools that the sample does not show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import check
from generator.oversight.books import Books

CALENDAR = Path("data/terms/2023-spring/calendar.csv")
PLAN = Path("data/terms/2023-spring/plan.yml")
DUTIES = Path("data/duties.csv")
TERM = Path("data/terms/2023-spring/term.yml")
OURS = ("CAL", "RSP")


def books_of(school: Path, today: dt.date | None = None) -> Books:
    books = check(school, today).books
    assert books
    return books


def found(school: Path, today: dt.date | None = None) -> list[str]:
    return sorted(f.id for f in books_of(school, today).findings if f.rule.code.startswith(OURS))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_sample_trips_only_what_it_is_meant_to(school: Path) -> None:
    assert found(school) == [
        "CAL-01:2023-spring", "CAL-03:2023-spring/c06-1", "CAL-03:2023-spring/m4.7", "CAL-04:2023-spring/events",
        "CAL-04:2023-spring/measures", "RSP-01:waste-supervisor/BG",
    ]  # fmt: skip


def test_ages_count_from_the_day_after_the_last_possible_one(school: Path) -> None:
    since = {f.id: f.hit.since for f in books_of(school).findings}
    assert since["CAL-03:2023-spring/c06-1"] == dt.date(2023, 7, 1)
    assert since["CAL-03:2023-spring/m4.7"] == dt.date(2023, 2, 13)
    assert since["RSP-01:waste-supervisor/BG"] == dt.date(2023, 2, 1)


@pytest.mark.parametrize(
    ("today", "overdue"), [(dt.date(2023, 2, 12), False), (dt.date(2023, 2, 13), True), (dt.date(2023, 8, 20), True)]
)
def test_before_term_starts_is_over_on_the_first_school_day(school: Path, today: dt.date, overdue: bool) -> None:
    assert ("CAL-03:2023-spring/m4.7" in found(school, today)) is overdue


def test_a_day_of_completion_that_has_not_come_completes_nothing(school: Path) -> None:
    replace(school / CALENDAR, ",2023-03-21", ",2023-08-21")
    assert "CAL-03:2023-spring/c03-1" in found(school, dt.date(2023, 8, 20))
    assert "CAL-03:2023-spring/c03-1" not in found(school, dt.date(2023, 8, 21))


def test_the_explanation_of_the_sample_stands_beside_its_finding_until_it_expires(school: Path) -> None:
    def explained(day: dt.date) -> bool:
        (finding,) = (f for f in books_of(school, day).findings if f.rule.code == "RSP-01")
        return finding.explanation is not None

    assert explained(dt.date(2023, 9, 1))
    assert not explained(dt.date(2023, 9, 2))


def test_where_the_years_holidays_are_unknown_a_weekend_is_named_as_such(school: Path) -> None:
    replace(school / CALENDAR, "c07-2,2023-07,", "c07-2,2031-07-20,")  # a Sunday
    (problem,) = (p for p in check(school).problems if p.code == "CAL-02")
    assert "2031" in check(school).language.say(problem.message)
    replace(school / CALENDAR, "2031-07-20", "2031-10-01")  # National Day, a Wednesday
    assert not [p for p in check(school).problems if p.code == "CAL-02"]


def test_a_make_up_day_of_the_term_is_a_working_day(school: Path) -> None:
    replace(school / CALENDAR, "c03-1,2023-03,", "c03-1,2023-03-18,")  # a Saturday
    assert "CAL-02:2023-spring/c03-1" in found(school)
    with (school / TERM).open("a", encoding="utf-8") as file:
        file.write("补课日:\n  - {日期: 2023-03-18, 说明: 补运动会}\n")
    assert "CAL-02:2023-spring/c03-1" not in found(school)


def test_a_school_with_one_campus_need_not_name_it_in_its_duties(school: Path) -> None:
    text = (school / "data/school.yml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "校区编号: SL" not in line and "校区编号: BG" not in line]
    (school / "data/school.yml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    lines = [
        line
        for line in (school / DUTIES).read_text(encoding="utf-8").splitlines()
        if ",SL," not in line and ",BG," not in line
    ]
    (school / DUTIES).write_text("\n".join(lines).replace(",ZX,", ",,") + "\n", encoding="utf-8")
    assert not [name for name in found(school) if name.startswith("RSP")]


def test_a_duty_for_the_whole_school_may_be_held_at_each_campus_but_not_at_some(school: Path) -> None:
    row = "greening-keeper,花木养护,,校园绿化岗,2023-02-01,"
    replace(school / DUTIES, row, "\n".join(row.replace(",,", f",{c},", 1) for c in ("ZX", "SL")))
    assert "RSP-01:greening-keeper/-" in found(school)
    with (school / DUTIES).open("a", encoding="utf-8") as file:
        file.write(row.replace(",,", ",BG,", 1) + "\n")
    assert "RSP-01:greening-keeper/-" not in found(school)


def test_without_a_plan_or_a_calendar_nothing_is_compared(school: Path) -> None:
    (school / PLAN).unlink()
    (school / CALENDAR).unlink()
    assert found(school) == ["RSP-01:waste-supervisor/BG"]


ROWS = [line for line in Path(__file__).parents[2].joinpath(CALENDAR).read_text(encoding="utf-8").splitlines() if line]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.permutations(ROWS[1:]))
def test_the_order_of_the_rows_never_matters_to_what_is_found(school: Path, rows: list[str]) -> None:
    (school / CALENDAR).write_text("\n".join([ROWS[0], *ROWS[1:]]) + "\n", encoding="utf-8")
    as_given = found(school)
    (school / CALENDAR).write_text("\n".join([ROWS[0], *rows]) + "\n", encoding="utf-8")
    assert found(school) == as_given
