"""Write a page with every part and chart, to look at: ``python -m tests.pages.specimen [zh|en]``.

The frame is a stand-in that renders the real partials of the header and the footer, so that the look can be judged
without building a site.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader

from generator.locale import Language, Message, language
from generator.pages.charts import Counts, Month, budget_bars, flow, history, months, progress, sparkline
from generator.pages.charts import BudgetBars, Flow, History, Months, Progress, Sparkline
from generator.pages.environment import environment
from generator.pages.page import Page
from generator.pages.parts import Entry, Link, Tile, Tone
from generator.pages.render import linker, render
from generator.problems import Place
from generator.theme.words import WORDS

HERE = Path(__file__).parent
THEME = Path(__file__).parents[2] / "generator" / "theme"
ACTUAL = HERE.parent / "actual"
AT = Place("data/finance/2023/lines.csv", 12, 4, "D12")


@dataclass(frozen=True)
class Row:
    """A line of the sample table."""

    code: str
    item: str
    budget: Decimal | None
    amount: Decimal
    note: str
    place: Place = AT


@dataclass(frozen=True)
class Specimen:
    """What the specimen template is given."""

    tiles: tuple[Tile, ...]
    rows: tuple[Row, ...]
    total: Decimal
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


def D(text: str) -> Decimal:
    """Return the number that the text states."""
    return Decimal(text)


INCOME = (
    ("财政拨款收入-人员经费", D("547237.00")), ("财政拨款收入-公用经费", D("140370.00")),
    ("财政拨款收入-营养膳食补助", D("41590.00")), ("食堂学生自缴伙食费", D("16636.00")), ("寄宿生生活补助", D("9864.00")),
    ("课后服务费", D("2100.00")), ("利息收入", D("121.40")), ("其他收入", D("78.60")),
)  # fmt: skip
EXPENSE = (
    ("工资福利支出", D("547237.00")), ("食堂食材支出", D("62410.00")), ("水电费", D("18240.00")), ("办公费", D("21995.00")),
    ("维修(护)费", D("41200.00")), ("差旅费", D("6700.00")), ("印刷费", D("12000.00")), ("培训费", D("18000.00")),
)  # fmt: skip


def specimen(words: Language) -> Specimen:
    """Return sample views for every part."""
    names = [words.month(2023, m).replace("2023年", "").replace(" 2023", "")[:3] for m in range(1, 13)]
    year = [Month(names[0], None, None, None)] + [
        Month(names[m - 1], D(i), D(e), D(c))
        for m, i, e, c in (
            (2, "757997.00", "727782.00", "216642.50"), (3, "775898.40", "723646.00", "268894.90"), (4, "616437.00", "695434.00", "189897.90"),
            (5, "760322.00", "710004.00", "-40215.90"), (6, "616541.15", "694810.00", "161947.05"), (7, "564557.00", "634703.00", "91801.05"),
        )
    ] + [Month(names[m - 1], None, None, None) for m in range(8, 13)]  # fmt: skip
    rows = (
        Row("4001.01", "财政拨款收入-人员经费", D("3300000"), D("547237.00"), ""),
        Row("4001.02", "财政拨款收入-公用经费(含寄宿生公用经费补助和取暖费补助,按学期初在校人数核定)", D("842000"), D("140370.00"), "本月一次拨付两个月,下月不再拨付,见县财政局通知。"),
        Row("4001.03", "食材退货", None, D("-1234.50"), "供货商退款"),
        Row("4001.04", "A very long English name <b>with</b> markup & an_unbreakable_word_of_many_letters_that_must_wrap", D("0"), D("0.00"), ""),
    )  # fmt: skip
    fee = [("2021秋", D("160")), ("2022春", D("160")), ("2022秋", D("180")), ("2023春", D("180"))]
    return Specimen(
        tiles=(
            Tile("这学期要交多少钱?", "0", "fees/", "元必交", "自愿项目:走读最多397元,寄宿最多1,099元"),
            Tile("学校的账公开到几月?", "2023年7月", "finance/", "", "8月12日公布", Tone.GOOD, "按时"),
            Tile("餐费花到哪里了?", "98.6%", "finance/", "用于食材", "结余5,980.59元"),
            Tile("有没有查出问题?", "3", "findings/", "个未解决", "最早的已有41天", Tone.LATE, "逾期"),
            Tile("最近有什么安排?", "3月1日", "calendar/", "", "检查收费情况", Tone.DUE, "将到期"),
            Tile("有事找谁?", "0000-1234567", "about/", "", "县教体局监督电话 12345"),
        ),
        rows=rows,
        total=sum((r.amount for r in rows), D("0")),
        entries=(
            Entry("2月财务报表晚公布了2天", dt.date(2023, 3, 14), "findings/", Tone.LATE, "逾期", AT),
            Entry("更正:3月水电费由 18,204.00 改为 18,240.00", dt.date(2023, 4, 20), "changes/", Tone.INFO, "更正", AT),
            Entry(Message("Progress of the plan"), dt.date(2023, 5, 1), "plan/"),
        ),
        months=tuple(Link(words.month(2023, m), f"finance/2023-{m:02}/", m == 3, "") for m in range(2, 8)),
        trail=(Link("财务", "finance/"), Link("2023年", "finance/2023/"), Link("2023年3月", "finance/2023-03/", True)),
        files=(Link("CSV", "data/lines.csv", note="12 KB"), Link("Excel 用 CSV", "data/lines-excel.csv"), Link("JSON", "data/lines.json")),
        place=AT,
        flow=flow(INCOME, EXPENSE, words, opening=D("186427.50"), closing=D("216642.50")),
        overdrawn=flow((("拨款", D("100")),), (("水电费", D("150")), ("退款", D("-20"))), words, closing=D("-30")),
        budget=budget_bars([("办公费", D("90000"), D("42310.55")), ("维修(护)费", D("60000"), D("71200")), ("差旅费", None, D("6700")),
                            ("印刷费", D("0"), D("120")), ("水电费", D("80000"), D("80000")), ("培训费", D("18000"), D("0"))], words),
        year=months(year, words),
        fee=history(fee, words),
        spark=sparkline(fee, words),
        plan=progress([("教育教学保障", Counts(4, 0, 0, 0)), ("校园安全", Counts(2, 1, 1, 1)), ("财务管理", Counts(1, 3, 0, 0)), ("食品安全", Counts(3, 3, 1, 1)), ("特色创建", Counts(0, 0, 0, 3))], words),
    )  # fmt: skip


def frame(content: str, page: Page, words: Language) -> str:
    """Return the content in a stand-in for the frame, with the real partials."""
    to = linker(page.url)
    sections = [
        SimpleNamespace(id=i, title=t, url=f"{i}/" if i != "home" else "", main=i in ("home", "fees", "finance", "calendar"))
        for i, t in (("home", "首页"), ("fees", "收费"), ("finance", "财务"), ("plan", "计划"), ("calendar", "日历"), ("findings", "问题"), ("changes", "变更"), ("data", "数据"), ("about", "关于"))
    ]  # fmt: skip
    extra = SimpleNamespace(
        words={word: words.gettext(word) for word in WORDS}, sample=True, site_sections=sections, check_url="about/check/", built="2023-07-12 · 1a2b3c4",
        repository_url="https://example.org/", report_url="", school=SimpleNamespace(name="示例县青禾镇中心小学校", short="青禾镇中心小学", supervisor="示例县教育和体育局"),
    )  # fmt: skip
    host = Environment(loader=FileSystemLoader([HERE, THEME]), autoescape=True)
    host.filters["url"] = lambda target: to("" if target == "." else target)
    view = SimpleNamespace(meta={"section": page.section, "frame": True}, title=page.title)
    template = host.get_template("specimen_frame.html")
    return template.render(content=content, page=view, config=SimpleNamespace(extra=extra), language=words.code, nav=None)


def main(code: str = "zh") -> Path:
    """Write the specimen below ``tests/actual`` and return its path."""
    words = language(code)
    env = environment(words, {"tests": HERE}, source_url=lambda at: f"https://example.org/blob/1a2b3c4/{at.file}#L{at.line}", ask_url=lambda at: "mailto:ask@example.org")
    page = Page("finance/2023-03/", "Specimen", "finance", "tests/specimen.html.j2", specimen(words))
    folder = ACTUAL / "specimen" / page.url
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(THEME / "assets", ACTUAL / "specimen" / "assets", dirs_exist_ok=True)
    path = folder / "index.html"
    path.write_text(frame(render(env, page), page, words), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(main(*sys.argv[1:2]))
