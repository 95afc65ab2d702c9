"""Made-up views for every part and chart: what the specimen page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Language, Message
from generator.pages.charts import (
    BudgetBars,
    Counts,
    Flow,
    History,
    Month,
    Months,
    Progress,
    Sparkline,
    budget_bars,
    flow,
    history,
    months,
    progress,
    sparkline,
)
from generator.pages.parts import Entry, Link, Tile, Tone
from generator.problems import Place

D = Decimal
AT = Place("data/finance/2023/lines.csv", 12, 4, "D12")
LONG = "A very long English name <b>with</b> markup & an_unbreakable_word_of_many_letters_that_must_wrap"


@dataclass(frozen=True)
class Row:
    code: str
    item: str
    budget: D | None
    amount: D
    note: str
    place: Place = AT


@dataclass(frozen=True)
class Specimen:
    tiles: tuple[Tile, ...]
    rows: tuple[Row, ...]
    total: D
    entries: tuple[Entry, ...]
    months: tuple[Link, ...]
    trail: tuple[Link, ...]
    files: tuple[Link, ...]
    place: Place
    flow: Flow
    overdrawn: Flow
    budget: BudgetBars
    year: Months
    fee: History
    spark: Sparkline
    plan: Progress


ROWS = (
    Row("4001.01", "财政拨款收入-人员经费", D(3300000), D("547237.00"), ""),
    Row(
        "4001.02",
        "财政拨款收入-公用经费（含寄宿生公用经费补助和取暖费补助，按学期初在校人数核定）",
        D(842000),
        D("140370.00"),
        "本月一次拨付两个月，下月不再拨付，见县财政局通知。",
    ),
    Row("4001.03", "食材退货", None, D("-1234.50"), "供货商退款"),
    Row("4001.04", LONG, D(0), D("0.00"), ""),
)
INCOME = (
    ("财政拨款收入-人员经费", D("547237.00")),
    ("财政拨款收入-公用经费", D("140370.00")),
    ("财政拨款收入-营养膳食补助", D("41590.00")),
    ("食堂学生自缴伙食费", D("16636.00")),
    ("寄宿生生活补助", D("9864.00")),
    ("课后服务费", D("2100.00")),
    ("利息收入", D("121.40")),
    ("其他收入", D("78.60")),
)
EXPENSE = (
    ("工资福利支出", D("547237.00")),
    ("食堂食材支出", D("62410.00")),
    ("水电费", D("18240.00")),
    ("办公费", D("21995.00")),
    ("维修（护）费", D("41200.00")),
    ("差旅费", D("6700.00")),
    ("印刷费", D("12000.00")),
    ("培训费", D("18000.00")),
)
BUDGET = (
    ("办公费", D(90000), D("42310.55")),
    ("维修（护）费", D(60000), D(71200)),
    ("差旅费", None, D(6700)),
    ("印刷费", D(0), D(120)),
    ("水电费", D(80000), D(80000)),
    ("培训费", D(18000), D(0)),
)
STATEMENTS = {
    2: ("757997.00", "727782.00", "216642.50"),
    3: ("775898.40", "723646.00", "268894.90"),
    4: ("616437.00", "695434.00", "189897.90"),
    5: ("760322.00", "710004.00", "-40215.90"),
    6: ("616541.15", "694810.00", "161947.05"),
    7: ("564557.00", "634703.00", "91801.05"),
}
FEE = (("2021秋", D(160)), ("2022春", D(160)), ("2022秋", D(180)), ("2023春", D(180)))
PLAN = (
    ("教育教学保障", Counts(4, 0, 0, 0)),
    ("校园安全", Counts(2, 1, 1, 1)),
    ("财务管理", Counts(1, 3, 0, 0)),
    ("食品安全", Counts(3, 3, 1, 1)),
    ("特色创建", Counts(0, 0, 0, 3)),
)
TILES = (
    Tile("这学期要交多少钱？", "0", "fees/", "元必交", "自愿项目：走读最多397元，寄宿最多1,099元"),
    Tile("学校的账公开到几月？", "2023年7月", "finance/", "", "8月12日公布", Tone.GOOD, "按时"),
    Tile("餐费花到哪里了？", "98.6%", "finance/", "用于食材", "结余5,980.59元"),
    Tile("有没有查出问题？", "3", "findings/", "个未解决", "最早的已有41天", Tone.LATE, "逾期"),
    Tile("最近有什么安排？", "3月1日", "calendar/", "", "检查收费情况", Tone.DUE, "将到期"),
    Tile("有事找谁？", "0000-1234567", "about/", "", "县教体局监督电话 12345"),
)
ENTRIES = (
    Entry("2月财务报表晚公布了2天", dt.date(2023, 3, 14), "findings/", Tone.LATE, "逾期", AT),
    Entry("更正：3月水电费由 18,204.00 改为 18,240.00", dt.date(2023, 4, 20), "changes/", Tone.INFO, "更正", AT),
    Entry(Message("Progress of the plan"), dt.date(2023, 5, 1), "plan/"),
)


def year(words: Language) -> tuple[Month, ...]:
    """Return twelve months, of which six have a statement."""
    result = []
    for number in range(1, 13):
        name = f"{number}月" if words.code == "zh" else words.month(2023, number)[:3]
        known = STATEMENTS.get(number)
        result.append(Month(name, *map(D, known)) if known else Month(name, None, None, None))
    return tuple(result)


def specimen(words: Language) -> Specimen:
    """Return sample views for every part."""
    return Specimen(
        tiles=TILES,
        rows=ROWS,
        total=sum((row.amount for row in ROWS), D(0)),
        entries=ENTRIES,
        months=tuple(Link(words.month(2023, m), f"finance/2023-{m:02}/", m == 3) for m in range(2, 8)),
        trail=(
            Link("财务", "finance/"),
            Link("2023年", "finance/2023/"),
            Link("2023年3月", "finance/2023-03/", current=True),
        ),
        files=(
            Link("CSV", "data/lines.csv", note="12 KB"),
            Link("Excel 用 CSV", "data/lines-excel.csv"),
            Link("JSON", "data/lines.json"),
        ),
        place=AT,
        flow=flow(INCOME, EXPENSE, words, opening=D("186427.50"), closing=D("216642.50")),
        overdrawn=flow((("拨款", D(100)),), (("水电费", D(150)), ("退款", D(-20))), words, closing=D(-30)),
        budget=budget_bars(BUDGET, words),
        year=months(year(words), words),
        fee=history(FEE, words),
        spark=sparkline(FEE, words),
        plan=progress(PLAN, words),
    )
