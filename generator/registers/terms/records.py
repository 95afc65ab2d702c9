"""Terms: when school begins and ends."""

from __future__ import annotations

from generator.locale import Message
from generator.records import Record, Retired, Sheet, column
from generator.values.dates import Day, When, parse_day
from generator.values.text import Code, Text

COMPUTED = Message("the day of publication is computed from the ledger")


class MakeUpDay(Record):
    """A weekend day on which school is held, or a day off besides the public holidays."""

    date: Day = column("日期", "Date", key=True)
    name: Text = column("说明", "Note")


class Term(Record):
    """One school term; ``start`` and ``end`` are the first and last school days, both inclusive."""

    term: Code = column("学期", "Term", path=True)
    id: Code = column("学期编号", "Term id", about=("与文件夹同名", "the same as the folder's name"))
    name: Text = column("学期名称", "Term name")
    registration: Day = column("报名日", "Registration day")
    start: Day = column("开学日", "First school day")
    end: Day = column("放假日", "Last school day")
    make_up_days: tuple[MakeUpDay, ...] = column("补课日", "Make-up days", default=())
    days_off: tuple[MakeUpDay, ...] = column("另放假日", "Other days off", default=())
    retired = (Retired("fees_posted", "收费公示日", "Fees posted on", since="0.1.0", why=COMPUTED),)

    def place_in_time(self, when: When) -> When:
        """Return a date of the plan with its days filled in: an event of the term gets the term's day.

        “Before term starts” ends on the eve of the first school day; it has no first day.
        """
        if when.precision != "relative":
            return when
        day = {
            "before:term-start": self.start,
            "at:registration": self.registration,
            "at:term-start": self.start,
            "before:term-end": self.end,
        }[when.text]
        return when.resolved(None if when.text.startswith("before:") else day, parse_day(day))


SHEETS = (Sheet("terms", Term, "terms/{term}/term", ("学期", "Terms"), document=True),)
