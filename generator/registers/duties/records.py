"""Duty slots: which post is responsible for what, at which campus."""

from __future__ import annotations

from generator.records import Record, Sheet, column
from generator.values.dates import Day
from generator.values.text import Code, Text


class DutySlot(Record):
    """One responsibility at one campus (or the whole school) and the post that holds it; never a person."""

    slot: Code = column("职责编号", "Duty", key=True)
    name: Text = column("职责", "Duty name")
    campus: Code | None = column(
        "校区", "Campus", default=None, key=True, header=True, about=("空着表示全校", "empty: the whole school")
    )
    holder: Text | None = column(
        "责任岗位", "Post", default=None, header=True, about=("写岗位，不写姓名", "a post, never a name")
    )
    effective_from: Day | None = column("起", "From", default=None, key=True)
    effective_to: Day | None = column("止", "To", default=None, about=("含当天", "inclusive"))


SHEETS = (Sheet("duties", DutySlot, "duties", ("岗位职责", "Duties")),)
