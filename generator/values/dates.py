"""Dates with the precision that was given: a month stays a month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Annotated

from pydantic import PlainValidator

from generator.locale import Labelled, Message
from generator.problems import shown
from generator.values.refusal import Kind, Refused

_day = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII).fullmatch
_month = re.compile(r"(\d{4})-(\d{2})", re.ASCII).fullmatch
_range = re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_year = re.compile(r"\d{4}", re.ASCII).fullmatch
_near = re.compile(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?", re.ASCII).fullmatch
_near_month = re.compile(r"(\d{4})[/.年-](\d{1,2})月?", re.ASCII).fullmatch
_joined = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII).fullmatch
_day_first = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII).fullmatch
_timed = re.compile(r"(\S+)[ T]+\d{1,2}:\d{2}(:\d{2})?", re.ASCII).fullmatch
_serial = re.compile(r"[34]\d{4}", re.ASCII).fullmatch

# A year outside of these is a slip of the pen; and from every day between them one may count some years on or back.
FIRST_YEAR, LAST_YEAR = 1900, 2199

# Relative dates of a term plan, with the words of both languages.
RELATIVE = {
    "before:term-start": ("开学前", "before term starts"),
    "at:registration": ("开学报名时", "at registration"),
    "at:term-start": ("开学时", "when term starts"),
    "before:term-end": ("期末前", "before term ends"),
}


def _refuse(text: object, fix: Message) -> Refused:
    value = shown(text) if isinstance(text, str) else "…"
    return Refused("date", Message("“{value}” is not a date", value=value), fix)


def _meant(text: str) -> str | None:
    """Return the ISO date that a near miss such as 2023/2/13 or a spreadsheet's day number probably means."""
    try:
        if match := _timed(text):
            text = match[1]
        if match := _near(text) or _joined(text):
            return dt.date(*map(int, match.groups())).isoformat()
        if (match := _day_first(text)) and int(match[1]) > 12:  # otherwise either may be the month
            return dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        if _serial(text):
            return (dt.date(1899, 12, 30) + dt.timedelta(int(text))).isoformat()
        if match := _near_month(text):
            return f"{dt.date(int(match[1]), int(match[2]), 1):%Y-%m}"
    except ValueError:
        return None
    return None


def meant(text: str) -> str | None:
    """Return the day or month that the message about a refused text proposes, or None."""
    return _meant(text)


def _plausible(text: str) -> None:
    """Refuse a date, written year first, whose year no account and no plan can be about."""
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise _refuse(text, Message("write a year from {first} to {last}", first=str(FIRST_YEAR), last=str(LAST_YEAR)))


def parse_day(text: object) -> dt.date:
    """Return the day that ``2023-02-13`` states; raises `Refused` with what a near miss probably means."""
    if isinstance(text, dt.date):
        return text
    if isinstance(text, str):
        if _day(text):
            try:
                day = dt.date.fromisoformat(text)
            except ValueError:
                raise _refuse(text, Message("the calendar has no such day: look it up and enter it again")) from None
            _plausible(text)
            return day
        if meant := _meant(text):
            raise _refuse(text, Message("write {meant}", meant=meant))
    raise _refuse(text, Message("write year-month-day, such as 2023-02-13"))


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __hash__(self) -> int:
        return self.year * 12 + self.number

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    @property
    def first(self) -> dt.date:
        """The first day of the month."""
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        """The last day of the month."""
        return dt.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """Return the month that many months later (or earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @classmethod
    def of(cls, day: dt.date) -> Month:
        """Return the month of a day."""
        return cls(day.year, day.month)


def parse_month(text: object) -> Month:
    """Return the month that ``2023-02`` states; raises `Refused`."""
    if isinstance(text, Month):
        return text
    if isinstance(text, str):
        if (match := _month(text)) and 1 <= int(match[2]) <= 12:
            _plausible(text)
            return Month(int(match[1]), int(match[2]))
        if (meant := _meant(text)) and len(meant) == 7:
            raise Refused(
                "date", Message("“{value}” is not a month", value=shown(text)), Message("write {meant}", meant=meant)
            )
    raise Refused(
        "date",
        Message("“{value}” is not a month", value=shown(text) if isinstance(text, str) else "…"),
        Message("write year-month, such as 2023-02"),
    )


@dataclass(frozen=True, slots=True)
class When(Labelled):
    """A date as given: a day, a range of days, a month, a year, or an event of the term.

    ``text`` is what the file says; ``first`` and ``last`` are the inclusive days that it may mean, or None for an
    event that only the term file can place (see `resolved`).
    """

    text: str
    precision: str
    first: dt.date | None = None
    last: dt.date | None = None

    def resolved(self, first: dt.date | None, last: dt.date | None) -> When:
        """Return the same words with the days that the term gives them."""
        return When(self.text, self.precision, first, last)

    def label(self, language: str) -> str:
        """Return the words for `language`, with no more precision than was given."""
        from generator.locale import language as words_of

        words = words_of(language)
        if self.precision == "relative":
            zh, en = RELATIVE[self.text]
            base = zh if language == "zh" else en
            if not self.last:
                return base
            day = words.day(self.last)
            if self.text.startswith("before:"):
                return f"{base}（{day}前）" if language == "zh" else f"{base} (before {day})"
            return f"{base}（{day}）" if language == "zh" else f"{base} ({day})"
        if not self.first or not self.last:
            return self.text
        if self.precision == "day":
            return words.day(self.first)
        if self.precision == "range":
            joiner = "至" if language == "zh" else " to "
            return words.day(self.first) + joiner + words.day(self.last)
        if self.precision == "month":
            return words.month(self.first.year, self.first.month)
        return f"{self.first.year}年" if language == "zh" else str(self.first.year)


LONGEST_RANGE = 366
"""The most days of one entry of the calendar: a year mistyped would fill the site with empty months."""


def _parse_range(text: str) -> When:
    first, last = map(parse_day, text.split("/"))
    if last < first:
        raise _refuse(text, Message("the range ends before it begins"))
    if (last - first).days > LONGEST_RANGE:
        raise _refuse(text, Message("the range is longer than {days} days", days=LONGEST_RANGE))
    return When(text, "range", first, last)


def parse_when(text: object) -> When:
    """Return a partial date, a range ``2023-02-13/2023-02-17`` or a relative date; raises `Refused`."""
    if isinstance(text, When):
        return text
    if not isinstance(text, str):
        raise _refuse(text, Message("write year-month-day, such as 2023-02-13"))
    if text in RELATIVE:
        return When(text, "relative")
    if _range(text):
        return _parse_range(text)
    if _year(text):
        _plausible(text)
        return When(text, "year", dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
    if _month(text):
        month = parse_month(text)
        return When(text, "month", month.first, month.last)
    if _day(text):
        day = parse_day(text)
        return When(text, "day", day, day)
    if meant := _meant(text) or next((code for code, names in RELATIVE.items() if text in names), None):
        raise _refuse(text, Message("write {meant}", meant=meant))
    events = [Message("{code} ({meaning})", code=code, meaning=When(code, "relative")) for code in RELATIVE]
    fix = Message(
        "write a day (2023-02-13), a month (2023-02), days from and to (2023-02-13/2023-02-17), or one of: {words}",
        words=events,
    )
    raise _refuse(text, fix)


Day = Annotated[
    dt.date,
    PlainValidator(parse_day),
    Kind("day", "日期", "date", {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, "2023-02-13"),
]
MonthValue = Annotated[
    Month,
    PlainValidator(parse_month),
    Kind("month", "月份", "month", {"type": "string", "pattern": r"^\d{4}-\d{2}$"}, "2023-02"),
]
WhenValue = Annotated[
    When,
    PlainValidator(parse_when),
    Kind("when", "日期、月份或“开学前”等", "date, month or event of the term", {"type": "string"}, "2023-03"),
]
