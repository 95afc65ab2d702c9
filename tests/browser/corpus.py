"""Hostile strings from the public corpora, and a school whose data are made of them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from generator.dataset import SHEETS, load_file
from generator.locale import language
from generator.problems import as_text
from generator.reading import LIMITS
from generator.values.text import is_link
from tests.browser.tools import ROOT
from tests.conftest import CORPORA

FEES = next(sheet for sheet in SHEETS if sheet.name == "fees")
TITLES = [
    "项目编号",
    "收费项目",
    "收费性质",
    "计费单位",
    "收费标准",
    "是否自愿",
    "收费对象",
    "收费依据",
    "批准机关",
    "减免政策",
    "备注",
]


def hostile_strings() -> list[str]:
    """Return the strings of both corpora, each once, in order."""
    if not CORPORA.is_dir():
        pytest.skip("the public corpora are not beside this repository (../shared/corpora)")
    strings: list[str] = json.loads((CORPORA / "blns/blns.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    for path in sorted((CORPORA / "hostile-text").glob("*.txt")):
        strings += path.read_bytes().decode("utf-8", "replace").split("\n")
    return list(dict.fromkeys(strings))


def table(rows: list[list[str]], header: list[str] = TITLES) -> bytes:
    """Return rows below a header as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8", "surrogatepass")


def fee(number: int, item: str, note: str) -> list[str]:
    """Return a row of the fee list."""
    return [f"H{number}", item, "服务性收费", "元/生·期", "1.00", "是", "自愿学生", "示例", "示例", "免收", note]


def refusals(data: bytes) -> tuple[int, list[str]]:
    """Return how many records a file gives, and what is said of it."""
    records, problems = load_file(data, "data/terms/t/fees.csv", FEES, {"term": "t"}, LIMITS)
    return len(records), [as_text(problem, language("zh")) for problem in problems]


@cache
def accepted_strings() -> tuple[str, ...]:
    """Return the strings that are taken as an item's name; each of the others is refused with a reason."""
    taken = []
    for string in hostile_strings():
        count, said = refusals(table([fee(1, string, string)]))
        assert count or said, f"neither shown nor refused: {string!r}"
        if count and not any("error[" in line for line in said):
            taken.append(string)
    return tuple(taken)


def hostile_school(root: Path) -> Path:
    """Write into `root` a school whose fees, measures, events and names are the hostile strings, and return it."""
    accepted = accepted_strings()
    shutil.copytree(ROOT / "data", root / "data")
    term = root / "data/terms/2023-spring"
    (term / "fee-totals.csv").unlink()
    with (term / "fees.csv").open("wb") as file:
        file.write(table([["F03", "作业本费", "代收费", "元/生·期", "15.00", "是", "学生", "示例", "示例", "免收", "备注"],
                          ["F07", "课后服务费", "服务性收费", "元/生·期", "180.00", "是", "学生", "示例", "示例", "免收", "备注"],
                          *(fee(number, text, text) for number, text in enumerate(accepted))]))  # fmt: skip
    events = [[f"e{number}", "2023-03", text, text] for number, text in enumerate(accepted)]
    (term / "calendar.csv").write_bytes(table(events, ["编号", "月份", "工作", "完成情况"]))
    quoted = "'" + max(accepted, key=len).replace("'", "''") + "'"
    plan = (term / "plan.yml").read_text(encoding="utf-8")
    (term / "plan.yml").write_text(plan.replace("标题: 2023年春期后勤工作计划", f"标题: {quoted}"), encoding="utf-8")
    return root


def odd_links(page: bytes) -> list[str]:
    """Return each link of a page that leads where no link of the site may, or outside without `rel`."""
    odd = []
    for link in html.fromstring(page).xpath("//a | //area | //*[@action] | //*[@formaction]"):
        address = link.get("href") or ""
        outside = address.startswith("https://")
        plain = (
            is_link(address)
            if outside
            else re.fullmatch(r"(mailto:[^\s<>]+@|tel:\+?[0-9]+$|webcal:|[\w./~%#?&=+,@()-]*$).*", address)
        )
        bare = outside and not {"noopener", "noreferrer"} <= set((link.get("rel") or "").split())
        if not plain or bare or address.startswith(("/", "\\")) or link.tag != "a":
            odd.append(html.tostring(link).decode())
    return odd
