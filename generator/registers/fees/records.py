"""Fee items that the school may collect, the totals it posts, and how collections were settled."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Annotated

from pydantic import PlainValidator

from generator.locale import Message
from generator.records import Record, Sheet, column
from generator.values.choice import Choice, YesNo
from generator.values.dates import Day
from generator.values.money import PATTERN, Count, Money, parse_money
from generator.values.refusal import Kind, Refused
from generator.values.text import Code, Codes, Link, Text


class Nature(Choice):
    """The nature of a fee （收费性质）."""

    FREE = "free", "免费"
    ADMINISTRATIVE = "administrative fee", "行政事业性收费"
    SERVICE = "service fee", "服务性收费"
    COLLECTED = "collected for a provider", "代收费"


class Boarding(Choice):
    """Which pupils an item is for."""

    DAY = "day pupil", "走读"
    BOARDER = "boarder", "寄宿"


class OpenPrice(Choice):
    """A price that is not fixed in advance; it needs a link to the award or settlement."""

    TENDER = "at tender price", "按中标价"
    COST = "at cost", "据实"


def parse_standard(text: object) -> Decimal | OpenPrice:
    """Return the amount in yuan, or the words for a price that is open; raises `Refused`."""
    if isinstance(text, OpenPrice):
        return text
    try:
        return parse_money(text)
    except Refused:
        words = {word: member for member in OpenPrice for word in (member.zh, member.en)}
        if isinstance(text, str) and text in words:
            return words[text]
        raise


Standard = Annotated[
    Decimal | OpenPrice,
    PlainValidator(parse_standard),
    Kind(
        "standard",
        "金额（元）、按中标价或据实",
        "amount in yuan, at tender price or at cost",
        {"anyOf": [{"type": "string", "pattern": f"^{PATTERN}$"}, {"enum": ["按中标价", "据实"]}]},
        "15.00",
    ),
]


_grades = re.compile(r"([1-9]|1[0-2])(?:[-~\u2013\u2014\u81f3]([1-9]|1[0-2]))?(?:\u5e74\u7ea7)?", re.ASCII).fullmatch


@cache
def grades_of(text: str) -> frozenset[int]:
    """Return the grades that ``1-6``, ``3`` or ``1;3;5`` names (7 to 9 are junior secondary); raises `Refused`."""
    found: set[int] = set()
    for part in re.split("[;；、,，]", text):
        match = _grades(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if last < first:
            raise Refused(
                "grades", Message("“{value}” does not name grades", value=text),
                Message("write numbers such as 3, 1-6 or 1;3;5"),
            )  # fmt: skip
        found.update(range(first, last + 1))
    return frozenset(found)


def parse_grades(text: object) -> str:
    """Return `text` as written when it names grades; raises `Refused`."""
    if not isinstance(text, str):
        raise Refused("text", Message("One text is expected here, not a list or a table"))
    grades_of(text)
    return text


Grades = Annotated[
    str,
    PlainValidator(parse_grades),
    Kind("grades", "年级，例如 1-6 或 3", "grades, such as 1-6 or 3", {"type": "string"}, "1-6"),
]


class FeeItem(Record):
    """One item of the fee list of one term, in the form that schools must post."""

    term: Code = column("学期", "Term", path=True)
    id: Code = column("项目编号", "Item id", key=True)
    item: Text = column("收费项目", "Fee item")
    nature: Nature = column("收费性质", "Nature")
    unit: Text = column("计费单位", "Unit")
    amount: Standard = column("收费标准", "Standard")
    times: Count | None = column(
        "本期数量",
        "Units in the term",
        default=None,
        speaking=True,
        about=("一学期最多收几个单位，例如 101 餐；空着按 1", "the most units in a term, such as 101 meals; empty: 1"),
    )
    voluntary: YesNo = column("是否自愿", "Voluntary")
    scope: Text = column("收费对象", "For whom")
    grades: Grades | None = column(
        "适用年级",
        "Grades",
        default=None,
        speaking=True,
        about=("例如 1-6 或 3；空着表示全部", "such as 1-6 or 3; empty: all"),
    )
    boarding: Boarding | None = column(
        "走读或寄宿", "Day or boarding", default=None, speaking=True, about=("空着表示都适用", "empty: both")
    )
    campuses: Codes = column("适用校区", "Campuses", default=(), speaking=True, about=("空着表示全部", "empty: all"))
    basis: Text | None = column("收费依据", "Basis", default=None, header=True)
    basis_url: Link | None = column("依据链接", "Link to the basis", default=None)
    approving_body: Text | None = column("批准机关", "Approving body", default=None, header=True)
    effective_from: Day | None = column("有效期起", "Valid from", default=None, speaking=True)
    effective_to: Day | None = column(
        "有效期止", "Valid to", default=None, speaking=True, about=("含当天", "inclusive")
    )
    waiver: Text | None = column("减免政策", "Waiver", default=None)
    refund: Text | None = column("退费办法", "Refund", default=None)
    note: Text | None = column("备注", "Note", default=None, header=True)


class FeeTotal(Record):
    """A total of the term's fees as the school posts it for one kind of pupil."""

    term: Code = column("学期", "Term", path=True)
    id: Code = column("合计编号", "Total id", key=True)
    name: Text = column("对象", "For whom")
    grade: Grades | None = column("年级", "Grade", default=None, speaking=True)
    boarding: Boarding = column("走读或寄宿", "Day or boarding")
    campus: Code | None = column("校区", "Campus", default=None, speaking=True)
    compulsory: Money = column("必交合计", "Compulsory total")
    voluntary: Money = column("自愿合计", "Voluntary total")


class Settlement(Record):
    """How the money collected for one fee item was settled after the term: collected − cost = refunded."""

    term: Code = column("学期", "Term", path=True)
    fee: Code = column("项目编号", "Item id", key=True)
    payers: Count = column("人数", "Payers")
    collected: Money = column("收取", "Collected")
    cost: Money = column("实际成本", "Actual cost")
    refunded: Money = column("退还", "Refunded")
    settled_on: Day = column("结算日期", "Settled on")
    note: Text | None = column("备注", "Note", default=None)


SHEETS = (
    Sheet("fees", FeeItem, "terms/{term}/fees", ("收费项目", "Fee items")),
    Sheet("fee_totals", FeeTotal, "terms/{term}/fee-totals", ("收费合计", "Fee totals")),
    Sheet("collections", Settlement, "terms/{term}/collections", ("收费结算", "Settlements")),
)
