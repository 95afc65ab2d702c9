"""The term plan: aim, principles, areas and measures."""

from __future__ import annotations

from generator.records import Record, Sheet, column
from generator.values.choice import Choice
from generator.values.dates import Day, WhenValue
from generator.values.text import Code, Codes, Link, Text


class Status(Choice):
    """How far a measure is; 逾期 is what the date says, never what staff type."""

    NOT_STARTED = "not started", "未开始"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"


class Principle(Record):
    """One principle of the plan."""

    id: Code = column("编号", "Id", key=True)
    kind: Text = column("类别", "Kind")
    text: Text = column("内容", "Text")
    areas: Codes = column("领域", "Areas", default=())


class Measure(Record):
    """One thing that the plan says will be done; a missing owner or date is missing in the plan itself."""

    id: Code = column("编号", "Id", key=True)
    action: Text = column("措施", "Action")
    due: WhenValue | None = column("期限", "Due", default=None)
    owner: Codes = column(
        "责任岗位", "Responsible duty", default=(), about=("岗位职责表中的职责编号", "ids of the duties register")
    )
    campuses: Codes = column("校区", "Campuses", default=(), speaking=True)
    frequency: Text | None = column("频次", "Frequency", default=None)
    audience: Text | None = column("对象", "Audience", default=None)
    registers: Codes = column("台账", "Registers", default=())
    status: Status = column("状态", "Status", default=Status.NOT_STARTED, progress=True)
    completed_on: Day | None = column("完成日期", "Completed on", default=None)
    outcome: Text | None = column("结果", "Outcome", default=None)
    link: Link | None = column("链接", "Link", default=None)


class Area(Record):
    """One area of the plan with its measures."""

    id: Code = column("编号", "Id", key=True)
    name: Text = column("名称", "Name")
    measures: tuple[Measure, ...] = column("措施", "Measures")


class Plan(Record):
    """The plan of one term."""

    term: Code = column("学期", "Term", path=True)
    title: Text = column("标题", "Title")
    issued_by: Text | None = column("发布部门", "Issued by", default=None)
    supervised_by: Text | None = column("监督部门", "Supervised by", default=None)
    aim: Text = column("目标", "Aim")
    principles: tuple[Principle, ...] = column("原则", "Principles", default=())
    areas: tuple[Area, ...] = column("领域", "Areas")

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures in the plan's order."""
        return tuple(measure for area in self.areas for measure in area.measures)


SHEETS = (Sheet("plan", Plan, "terms/{term}/plan", ("工作计划", "Plan"), document=True),)
