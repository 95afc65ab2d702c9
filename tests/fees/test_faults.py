"""The six faulty rows that real schools have posted: each trips exactly the rules that it should, and the sample none."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.oversight.cases import FirstDay

FEES = "data/terms/2023-spring/fees.csv"
TOTALS = "data/terms/2023-spring/fee-totals.csv"
COLLECTIONS = "data/terms/2023-spring/collections.csv"

# id, item, nature, unit, amount, voluntary, scope, basis, rules: as handed down, with the broken document number of X-06.
FAULTS = (
    ("X-01", "资料费", "服务性收费", "元/生·期", "30.00", "是", "五年级", "", "FEE-01,FEE-05"),
    ("X-02", "饮水费", "服务性收费", "元/生·期", "20.00", "是", "全体", "示例", "FEE-05"),
    (
        "X-03",
        "课后服务费",
        "服务性收费",
        "元/生·期",
        "480.00",
        "否",
        "全体",
        "示例·青发改〔2022〕31号",
        "FEE-03,FEE-04",
    ),
    ("X-04", "住宿费", "行政事业性收费", "元/生·期", "150.00", "否", "寄宿生", "示例", "FEE-06"),
    ("X-05", "运动会服装", "代收费", "元/生", "55.00", "是", "参演学生", "", "FEE-01,FEE-05"),
    ("X-06", "校服", "代收费", "元/套", "按中标价", "是", "全体", "常价费〔2004343", "FEE-02,FEE-09"),
)


def append(path: Path, cells: dict[str, str]) -> None:
    """Add a row with the given cells, in the order of the file's own columns."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert set(cells) <= set(header)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([cells.get(title, "") for title in header])


def codes(lines: Counter[str]) -> set[str]:
    return {match[1] for line in lines if (match := re.search(r"\[([\w-]+)\]: ", line))}


@pytest.mark.parametrize("row", FAULTS, ids=[row[0] for row in FAULTS])
def test_each_faulty_row_trips_exactly_its_rules(
    row: tuple[str, ...], school: Path, check_lines: Callable[..., list[str]]
) -> None:
    (school / TOTALS).unlink()  # totals would have to be posted anew: their rule is not what is looked at here
    before = Counter(check_lines(school))
    id_, item, nature, unit, amount, voluntary, scope, basis, rules = row
    append(school / FEES, {
        "项目编号": id_, "收费项目": item, "收费性质": nature, "计费单位": unit, "收费标准": amount, "是否自愿": voluntary,
        "收费对象": scope, "收费依据": basis, "批准机关": "县发改局", "有效期起": "2022-09-01", "减免政策": "困难学生免收",
        "退费办法": "未提供服务的全额退还",
    })  # fmt: skip
    if nature == "代收费":
        append(school / COLLECTIONS, {
            "项目编号": id_, "人数": "100", "收取": "5500.00", "实际成本": "5500.00", "退还": "0.00", "结算日期": "2023-07-05",
        })  # fmt: skip
    listed = [FirstDay(table="fees", record=f"2023-spring/{id_}", day="2023-02-10")]
    more = Counter(check_lines(school, published=listed)) - before
    assert codes(more) == set(rules.split(","))
    assert sum(more.values()) == len(rules.split(",")), "one line for each rule"


def test_the_sample_trips_no_rule_of_this_register(sample: Path, check_lines: Callable[[Path], list[str]]) -> None:
    assert not [line for line in check_lines(sample) if "[FEE-" in line or "[SET-" in line]
