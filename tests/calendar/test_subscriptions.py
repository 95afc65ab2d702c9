"""The calendar files are valid iCalendar, the same on every build, and never state a day that the school did not."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import check
from generator.outputs.calendars import calendars, uid
from generator.oversight.books import Books
from generator.registers.calendar.feeds import feed_path, feeds

HEADER = ("编号", "月份", "工作", "责任岗位", "校区", "对应计划", "完成情况", "完成日期")
CALENDAR = "data/terms/2023-spring/calendar.csv"


def write(school: Path, *rows: tuple[str, ...]) -> Books:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *(row + ("",) * (len(HEADER) - len(row)) for row in rows)])
    (school / CALENDAR).write_text(text.getvalue(), encoding="utf-8")
    checked = check(school)
    assert not checked.errors, checked.errors
    assert checked.books
    return checked.books


def only(books: Books, name: str = "VTODO") -> icalendar.Component:
    whole = icalendar.Calendar.from_ical(calendars(books)["calendar/all-all.ics"])
    (component,) = whole.walk(name)
    return component


@pytest.fixture(scope="module")
def books(sample: Path) -> Books:
    books = check(sample).books
    assert books
    return books


def test_there_is_a_file_for_all_work_each_area_each_campus_and_both(books: Books) -> None:
    paths = set(calendars(books))
    assert {"calendar/all-all.ics", "calendar/all-ZX.ics", "calendar/food-all.ics", "calendar/food-BG.ics"} <= paths
    assert paths == {feed.path for feed in feeds(books)}


def test_every_file_keeps_to_the_lines_of_rfc_5545(books: Books) -> None:
    for path, data in calendars(books).items():
        assert data.endswith(b"END:VCALENDAR\r\n"), path
        lines = data.split(b"\r\n")
        assert not any(b"\r" in line or b"\n" in line for line in lines), path
        assert all(len(line) <= 75 for line in lines), path
        for line in lines:
            line.decode()  # a fold never stands inside a character
        unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")
        assert unfolded[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mingzhang//Open books of a school//ZH"]
        assert all(":" in line for line in unfolded[:-1]), path


def test_every_component_has_what_the_standard_asks_and_a_name_for_ever(books: Books) -> None:
    keys = {uid(books, event) for event in books.data.events}
    assert len(keys) == len(books.data.events)
    for path, data in calendars(books).items():
        whole = icalendar.Calendar.from_ical(data)
        assert not whole.errors, path
        assert whole["X-WR-CALNAME"].startswith("青禾小学（示例） · 工作月历"), path
        parts = whole.walk("VTODO") + whole.walk("VEVENT")
        assert parts, path
        assert all(part["DTSTAMP"].dt == dt.datetime(2023, 8, 20, tzinfo=dt.UTC) for part in parts), path
        assert {str(part["UID"]) for part in parts} <= keys, path
        assert all(not part.errors for part in parts), path


def test_two_builds_are_the_same_bytes(sample: Path) -> None:
    first, second = check(sample).books, check(sample).books
    assert first
    assert second
    assert calendars(first) == calendars(second)


def test_a_month_becomes_a_to_do_that_names_the_month_and_has_no_day(school: Path) -> None:
    todo = only(write(school, ("e1", "2023-03", "检查收费", "logistics-office")))
    assert str(todo["SUMMARY"]) == "2023年3月内：检查收费"
    assert todo["STATUS"] == "NEEDS-ACTION"
    assert not {"DTSTART", "DUE", "DURATION", "COMPLETED"} & set(todo)


def test_what_is_done_says_so_and_on_which_day(school: Path) -> None:
    todo = only(write(school, ("e1", "2023-03", "检查收费", "", "", "m3.2", "无问题", "2023-03-21")))
    assert todo["STATUS"] == "COMPLETED"
    assert todo["COMPLETED"].dt == dt.datetime(2023, 3, 21, tzinfo=dt.UTC)
    assert "完成情况：无问题" in str(todo["DESCRIPTION"])
    assert todo["CATEGORIES"].to_ical().decode() == "财务管理"


def test_a_day_is_an_all_day_event(school: Path) -> None:
    event = only(write(school, ("e1", "2023-03-21", "检查收费")), "VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2023, 3, 21), dt.date(2023, 3, 22))
    assert str(event["SUMMARY"]) == "检查收费"


def test_a_range_ends_on_the_day_after_its_last(school: Path) -> None:
    event = only(write(school, ("e1", "2023-02-27/2023-03-03", "检查", "", "SL;BG")), "VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2023, 2, 27), dt.date(2023, 3, 4))
    assert str(event["LOCATION"]) == "松林完小、白果村小"


def test_before_term_starts_is_due_on_the_eve_that_the_term_states(school: Path) -> None:
    todo = only(write(school, ("e1", "before:term-start", "打扫教室")))
    assert todo["DUE"].dt == dt.date(2023, 2, 12)
    assert "DTSTART" not in todo


def test_an_event_of_one_campus_is_in_the_files_of_that_campus_only(school: Path) -> None:
    paths = calendars(write(school, ("e1", "2023-03", "检查", "", "SL", "m4.2")))
    assert set(paths) == {
        "calendar/all-all.ics", "calendar/all-SL.ics", "calendar/food-all.ics", "calendar/food-SL.ics",
    }  # fmt: skip


def test_an_empty_calendar_is_still_valid(school: Path) -> None:
    todo = only(write(school))
    assert str(todo["SUMMARY"]) == "还没有月历"


def test_no_two_files_share_a_path() -> None:
    codes = [None, "all", "a", "a-b", "b", "b-c", "c", "all-a"]
    paths = [feed_path(area, campus) for area in codes for campus in codes]
    assert len(set(paths)) == len(paths)


months = st.builds("{:04}-{:02}".format, st.integers(2000, 2099), st.integers(1, 12))
words = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], exclude_characters="\"'"), min_size=1, max_size=80
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(month=months, work=words.map(lambda text: "工作" + text))
def test_no_month_ever_becomes_a_day(school: Path, month: str, work: str) -> None:
    books = write(school, ("e1", month, work))
    data = calendars(books)["calendar/all-all.ics"]
    todo = only(books)
    assert not {"DTSTART", "DTEND", "DUE", "DURATION", "COMPLETED"} & set(todo)
    assert str(todo["SUMMARY"]).endswith("内：" + work)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


ROWS = [
    (f"e{n}", when, f"工作{n}", "", "", "m4.2")
    for n, when in enumerate(("2023-03", "2023-03-21", "2023", "at:term-start", "2023-03"))
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.permutations(ROWS))
def test_the_order_of_the_rows_never_matters(school: Path, rows: list[tuple[str, ...]]) -> None:
    assert calendars(write(school, *rows)) == calendars(write(school, *ROWS))
