"""The public holidays of the policy pack against another source: the package chinesecalendar."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest

from generator.oversight.policy import policy

POLICY = policy("cn-rural-compulsory")
YEARS = [entry.year for entry in POLICY.calendar.years]


def days(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(n) for n in range((dt.date(year + 1, 1, 1) - first).days)]


def test_the_years_follow_each_other_without_a_gap() -> None:
    assert list(range(2022, 2027)) == YEARS


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_or_free_as_the_other_source_says(year: int) -> None:
    differing = [day for day in days(year) if POLICY.works(day) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_make_up_days_are_weekend_days_and_holidays_have_their_year(year: int) -> None:
    entry = next(entry for entry in POLICY.calendar.years if entry.year == year)
    for holiday in entry.holidays:
        assert all(day.weekday() >= 5 for day in holiday.worked), holiday.zh
        assert holiday.first <= holiday.last
        assert holiday.last.year == year
        assert str(year) in entry.basis.zh


def test_a_year_that_is_not_entered_is_unknown_and_only_its_weekends_are_free() -> None:
    assert not POLICY.holidays_known(2027)
    assert [day.weekday() for day in days(2027) if not POLICY.works(day)] == [
        d.weekday() for d in days(2027) if d.weekday() >= 5
    ]
