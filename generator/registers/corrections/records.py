"""Corrections: what was changed after it had been published, and why."""

from __future__ import annotations

from generator.records import Record, Sheet, column
from generator.values.choice import Choice
from generator.values.dates import Day
from generator.values.text import Code, Text


class CorrectionKind(Choice):
    """Why a published figure changed: somebody erred, it came late, the state changed, it was taken back, or the law."""

    MISTAKE = "correction", "更正"
    LATE_ENTRY = "late entry", "补录"
    UPDATED = "update", "更新"
    WITHDRAWN = "withdrawn", "撤下"
    PRIVACY = "privacy", "隐私"


class Correction(Record):
    """One published value that was changed: where, from what to what, why, and who approved it."""

    id: Code = column("更正编号", "Correction id", key=True)
    date: Day = column("日期", "Date")
    sheet: Code = column(
        "登记表", "Table", about=("表名，例如 fees、lines", "the name of the table, such as fees or lines")
    )
    record: Text = column(
        "记录", "Record", about=("记录的编号，例如 2023-spring/F03", "the key of the record, such as 2023-spring/F03")
    )
    field: Text = column("栏目", "Field")
    old: Text | None = column("原值", "Old value", default=None, header=True)
    new: Text | None = column("新值", "New value", default=None, header=True)
    kind: CorrectionKind = column("类别", "Kind")
    reason: Text = column("原因", "Reason")
    approved_by: Text = column("批准岗位", "Approved by", about=("写岗位，不写姓名", "a post, never a name"))


SHEETS = (Sheet("corrections", Correction, "corrections", ("更正记录", "Corrections")),)
