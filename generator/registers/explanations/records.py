"""Explanations: what the school says about a finding, until when."""

from __future__ import annotations

from generator.records import Record, Sheet, column
from generator.values.dates import Day
from generator.values.text import Text


class Explanation(Record):
    """The school's dated statement about one finding, shown beside it through the day ``until``."""

    finding: Text = column("问题编号", "Finding", key=True, about=("例如 FIN-06:2023-05", "such as FIN-06:2023-05"))
    date: Day = column("日期", "Date", key=True)
    by: Text = column("说明岗位", "By", about=("写岗位，不写姓名", "a post, never a name"))
    text: Text = column("说明", "Explanation")
    until: Day = column("有效期至", "Until")


SHEETS = (Sheet("explanations", Explanation, "explanations", ("情况说明", "Explanations")),)
