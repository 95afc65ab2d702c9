"""A school of many years, made from the sample school: the same rows, moved in time, their amounts scaled and tied again.

Everything is computed from the number of the school and of the year: two runs write the same bytes.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "data"
SAMPLE_YEAR = 2023
OPENING = 16_194_705
"""Fen in the bank before the first month; the sample's own figure at the end of a term."""
RETURNED = 9_462_600
"""Fen by which the sample spends more than it receives in half a year; the budget makes it good each May and November."""
UNEVEN = ("2023-02", "2023-03", "2023-07")
"""Months that differ from the one before, because a term begins or ends: their lines say so."""
AFTER_SCHOOL_CARE = 2022
"""The first year in which a fee for after-school care may be charged."""
CASH, TOPPED_UP = "货币资金", "4001.02"
DAY = re.compile(r"\b2023-(\d\d)(?:-(\d\d))?\b")

Row = dict[str, str]


@dataclass(frozen=True)
class Half:
    """One term: spring keeps the sample's months, autumn moves them by half a year."""

    year: int
    autumn: bool

    @property
    def id(self) -> str:
        """The id of the term, which is its folder's name."""
        return f"{self.year}-{'autumn' if self.autumn else 'spring'}"

    @property
    def season(self) -> str:
        """The season as a title says it."""
        return "秋" if self.autumn else "春"

    def moved(self, text: str) -> str:
        """Return a text with each month or day of the sample's term moved into this term."""

        def move(match: re.Match[str]) -> str:
            months = int(match[1]) - 1 + (6 if self.autumn else 0)
            month = f"{self.year + months // 12}-{months % 12 + 1:02d}"
            return f"{month}-{min(int(match[2]), 28):02d}" if match[2] else month

        return DAY.sub(move, text)


@dataclass(frozen=True)
class Plan:
    """Which school is made: its number (0 is the sample's namesake), its last year and how many years it has."""

    number: int = 0
    years: int = 10
    last: int = SAMPLE_YEAR

    @property
    def span(self) -> range:
        """The years from the first to the last."""
        return range(self.last - self.years + 1, self.last + 1)

    @property
    def today(self) -> str:
        """The day that the site takes for today: the last month has just been published."""
        return f"{self.last + 1}-01-20"

    def scaled(self, fen: int, year: int) -> int:
        """Return an amount of the sample as it was in `year`: one percent less for each year back."""
        return fen * (100 - (self.last - year) % 40 + self.number % 11) // 100


def rows_of(path: str) -> tuple[list[str], list[Row]]:
    """Return the header and the rows of one table of the sample."""
    with (SAMPLE / path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def write(path: Path, header: Iterable[str], rows: Iterable[Row]) -> int:
    """Write one table and return the number of its rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(header), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def fen(text: str) -> int:
    """Return an amount written in yuan as fen."""
    yuan, _, rest = text.lstrip("-").partition(".")
    return (-1 if text.startswith("-") else 1) * (int(yuan) * 100 + int(rest.ljust(2, "0")))


def yuan(amount: int) -> str:
    """Return an amount in fen as it is written in the files."""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def make_school(root: Path, plan: Plan | None = None) -> int:
    """Write the school into ``root/data``, which is made anew, and return the number of its table rows."""
    plan = plan or Plan()
    data = root / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    halves = [Half(year, autumn) for year in plan.span for autumn in (False, True)]
    (data / "school.yml").write_text(_school(plan), encoding="utf-8")
    written = _duties(data, plan) + sum(_term(data, half, plan) for half in halves)
    written += _finance(data, plan)
    return written + _corrections(data, plan)


def _school(plan: Plan) -> str:
    text = (SAMPLE / "school.yml").read_text(encoding="utf-8")
    text = re.sub(r"示例日期: .*", f"示例日期: {plan.today}", text)
    return text.replace("青禾", f"青禾{plan.number}") if plan.number else text


def _duties(data: Path, plan: Plan) -> int:
    header, rows = rows_of("duties.csv")
    return write(data / "duties.csv", header, ({**row, "起": f"{plan.span[0]}-01-01"} for row in rows))


def _term(data: Path, half: Half, plan: Plan) -> int:
    folder = data / "terms" / half.id
    folder.mkdir(parents=True)
    days = (8, 31, 9, 1, 1, 19) if half.autumn else (2, 12, 2, 13, 7, 7)
    end = half.year + half.autumn
    (folder / "term.yml").write_text(
        f"学期编号: {half.id}\n学期名称: {half.year}年{half.season}季学期\n"
        f"报名日: {half.year}-{days[0]:02d}-{days[1]:02d}\n开学日: {half.year}-{days[2]:02d}-{days[3]:02d}\n"
        f"放假日: {end}-{days[4]:02d}-{days[5]:02d}\n",
        encoding="utf-8",
    )
    (folder / "plan.yml").write_text(_measures(half, plan), encoding="utf-8")
    header, events = rows_of("terms/2023-spring/calendar.csv")
    for event in events:
        for name, text in event.items():
            event[name] = half.moved(text)
        event["完成情况"] = event["完成情况"] or "财产清理完毕，账物相符"
        event["完成日期"] = event["完成日期"] or half.moved("2023-06-27")
    return write(folder / "calendar.csv", header, events) + _fees(folder, half, plan)


def _measures(half: Half, plan: Plan) -> str:
    """Return the plan of one term; terms that are over have everything done, and somebody who did it."""
    text = half.moved((SAMPLE / "terms/2023-spring/plan.yml").read_text(encoding="utf-8"))
    text = text.replace("2023年春期", f"{half.year}年{half.season}期")
    if half == Half(plan.last, autumn=True):
        return text
    return "".join(f"{_done(line, half)}\n" for line in text.splitlines())


def _done(line: str, half: Half) -> str:
    """Return a line of a plan; where it is a measure it is done, and has somebody who did it."""
    if "措施: " not in line or "编号: m" not in line:
        return line
    entries = line.replace(", 状态: 进行中", "").rstrip().removesuffix("}")
    done = "" if "状态: 已完成" in entries else f", 状态: 已完成, 完成日期: {half.moved('2023-06-25')}"
    owner = "" if "责任岗位" in entries else ", 责任岗位: [logistics-office]"
    return f"{entries}{done}{owner}}}"


def _fees(folder: Path, half: Half, plan: Plan) -> int:
    """Write the fee list of a term, its totals and its settlements, and return the number of rows."""
    back = plan.last - half.year
    prices = {"F03": 1500 - back // 2 % 8 * 50, "F07": 18000 - back % 20 * 500}
    header, items = rows_of("terms/2023-spring/fees.csv")
    items = [item for item in items if item["项目编号"] != "F07" or half.year >= AFTER_SCHOOL_CARE]
    totals: dict[str, int] = defaultdict(int)
    for item in items:
        price = prices.get(item["项目编号"], fen(item["收费标准"]))
        item["收费标准"] = yuan(price)
        for name in ("收费依据", "有效期起"):
            item[name] = re.sub(r"2022(?=-|〕)", str(half.year - 1), item[name])
            item[name] = re.sub(r"2023(?=-|〕)", str(half.year), item[name])
        for lodging in ("走读", "寄宿"):
            if item["走读或寄宿"] in ("", lodging):
                totals[lodging] += price * int(item["本期数量"] or "1")
    count = write(folder / "fees.csv", header, items)
    header, printed = rows_of("terms/2023-spring/fee-totals.csv")
    count += write(
        folder / "fee-totals.csv", header, ({**row, "自愿合计": yuan(totals[row["走读或寄宿"]])} for row in printed)
    )
    header, settlements = rows_of("terms/2023-spring/collections.csv")
    settlements = [row for row in settlements if row["项目编号"] in {item["项目编号"] for item in items}]
    for row in settlements:
        collected, refunded = int(row["人数"]) * prices[row["项目编号"]], fen(row["退还"])
        row |= {"收取": yuan(collected), "实际成本": yuan(collected - refunded)}
        row["结算日期"] = half.moved(row["结算日期"])
    return count + write(folder / "collections.csv", header, settlements)


def _finance(data: Path, plan: Plan) -> int:
    """Write budget, lines, statements and balance sheet of each year, each year's first month opening with what was left."""
    balance, count = OPENING, 0
    for year in plan.span:
        folder = data / "finance" / str(year)
        lines = [line for month in range(1, 13) for line in _month(year, month, plan)]
        header, _ = rows_of("finance/2023/lines.csv")
        count += write(folder / "lines.csv", header, lines)
        balance, statements = _statements(year, lines, balance)
        header, _ = rows_of("finance/2023/statements.csv")
        count += write(folder / "statements.csv", header, statements)
        count += _budget(folder, lines) + _balance_sheet(folder, year, balance, plan)
    return count


def _month(year: int, month: int, plan: Plan) -> list[Row]:
    """Return the 32 lines of one month: those of the sample's month at the same point of its term."""
    like = f"2023-{(month - 2) % 6 + 2:02d}"
    lines = [line for line in rows_of("finance/2023/lines.csv")[1] if line["月份"] == like]
    amounts = {line["科目"]: fen(line["金额"]) for line in lines}
    amounts["4101"] = amounts["30199"]  # after-school care is paid for month by month, so that no year owes the next
    amounts[TOPPED_UP] += RETURNED if like == "2023-05" else 0
    for line in lines:
        line |= {"月份": f"{year}-{month:02d}", "金额": yuan(plan.scaled(amounts[line["科目"]], year))}
        if like in UNEVEN and amounts[line["科目"]]:
            line["说明"] = line["说明"] or "按学期安排，与上月不同"
    return lines


def _statements(year: int, lines: list[Row], balance: int) -> tuple[int, list[Row]]:
    """Return what is left at the end of the year and its twelve statements."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        sums[line["月份"], line["类别"]] += fen(line["金额"])
    rows = []
    for month in range(1, 13):
        name = f"{year}-{month:02d}"
        after = f"{year + month // 12}-{month % 12 + 1:02d}"
        opening, balance = balance, balance + sums[name, "收入"] - sums[name, "支出"]
        rows.append({
            "月份": name, "期初余额": yuan(opening), "收入合计": yuan(sums[name, "收入"]), "支出合计": yuan(sums[name, "支出"]),
            "期末余额": yuan(balance), "编制": "报账员", "审核": "后勤主任", "编制日期": f"{after}-05",
        })  # fmt: skip
    return balance, rows


def _budget(folder: Path, lines: list[Row]) -> int:
    """Write a budget of what the year came to, each code rounded up to ten yuan."""
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line["科目"]] += fen(line["金额"])
    header, rows = rows_of("finance/2023/budget.csv")
    for kind in ("收入", "支出"):
        own = [row for row in rows if row["类别"] == kind]
        planned = {row["科目"]: -(-sums[row["科目"]] // 1000) * 1000 for row in own if row["项目"]}
        for row in own:
            row["预算金额"] = yuan(planned[row["科目"]] if row["项目"] else sum(planned.values()))
    return write(folder / "budget.csv", header, rows)


def _balance_sheet(folder: Path, year: int, cash: int, plan: Plan) -> int:
    """Write the balance sheet at the end of the year; the accumulated surplus is what makes it balance."""
    header, rows = rows_of("finance/2023/balance.csv")
    amounts = {row["报表项目"]: plan.scaled(fen(row["金额"]), year) for row in rows} | {CASH: cash}
    sides = {"资产": "资产总计", "负债": "负债合计"}
    for side, total in sides.items():
        amounts[total] = sum(
            amounts[row["报表项目"]] for row in rows if row["类别"] == side and row["报表项目"] != total
        )
    amounts |= dict.fromkeys(("累计盈余", "净资产合计"), amounts["资产总计"] - amounts["负债合计"])
    for row in rows:
        row |= {"日期": f"{year}-12-31", "金额": yuan(amounts[row["报表项目"]])}
    return write(folder / "balance.csv", header, rows)


def _corrections(data: Path, plan: Plan) -> int:
    """Write one corrected electricity bill for each year, and the sample's explanations for the last one."""
    header, rows = rows_of("corrections.csv")
    made: list[Row] = []
    for at, year in enumerate(plan.span):
        bill = next(line for line in _month(year, 4, plan) if line["科目"] == "30206")
        made.append({
            **rows[0], "更正编号": f"C-{at + 1:03d}", "日期": f"{year}-05-15", "记录": f"{year}/{year}-04/30206",
            "原值": yuan(fen(bill["金额"]) - 27_000), "新值": bill["金额"],
        })  # fmt: skip
    count = write(data / "corrections.csv", header, made)
    header, rows = rows_of("explanations.csv")
    for row in rows:
        row |= {"问题编号": row["问题编号"].replace("2023", str(plan.last)), "有效期至": f"{plan.last + 1}-03-01"}
        row["日期"] = f"{plan.last}-06-20" if row["日期"] < "2023-07" else f"{plan.last}-12-18"
    return count + write(data / "explanations.csv", header, rows)


def change_one_row(root: Path, plan: Plan, note: str) -> Path:
    """Give one line of the last month another note, and return the file that was changed; all sums stay as they are."""
    path = root / "data" / "finance" / str(plan.last) / "lines.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{plan.last}-12,30201,"))
    lines[at] = lines[at].rsplit(",", 1)[0] + "," + note
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
