"""The month-by-month calendar of a term."""

from __future__ import annotations

from generator.records import Record, Sheet, column
from generator.values.dates import Day, WhenValue
from generator.values.text import Code, Codes, Text


class Event(Record):
    """One piece of work of the calendar, with the precision that the school gave: a month stays a month."""

    term: Code = column("学期", "Term", path=True)
    id: Code = column("编号", "Id", key=True)
    when: WhenValue = column("月份", "When", about=("月份、日期或起止日期", "a month, a day or a range of days"))
    action: Text = column("工作", "Work")
    owner: Codes = column(
        "责任岗位", "Responsible duty", default=(), about=("岗位职责表中的职责编号", "ids of the duties register")
    )
    campuses: Codes = column("校区", "Campuses", default=(), speaking=True, about=("空着表示全部", "empty: all"))
    measures: Codes = column("对应计划", "Measures", default=())
    outcome: Text | None = column("完成情况", "Outcome", default=None)
    completed_on: Day | None = column("完成日期", "Completed on", default=None)


SHEETS = (Sheet("calendar", Event, "terms/{term}/calendar", ("月历", "Calendar")),)
