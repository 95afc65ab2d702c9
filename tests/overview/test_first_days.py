"""What became public and when: computed days among what happened lately, and in the examples of rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import html

from generator.oversight.books import Books
from generator.overview import events
from generator.trust.publication import FirstPublished
from tests.published import SAMPLE, first_days


def told(books: Books, first: FirstPublished = SAMPLE) -> list[tuple[dt.date | None, str, str]]:
    """Return day, words and address of what became public in accounts and fees, newest first."""
    found = [entry for entry in events.happened(replace(books, first=first)) if entry.url.startswith(("fin", "fees"))]
    return [(entry.day, books.language.value(entry.text), entry.url) for entry in found]


def test_accounts_and_fees_stand_under_the_days_of_the_ledger(books: Books) -> None:
    found = told(books)
    assert (dt.date(2023, 6, 20), "公布2023年5月账目", "finance/2023-05/") in found
    assert found[-1] == (dt.date(2023, 2, 10), "公示2023年春季学期收费标准", "fees/2023-spring/")


def test_many_months_that_came_on_one_day_are_one_entry(books: Books) -> None:
    days = {f"2023/2023-0{month}": "2023-05-12" for month in range(2, 5)}
    found = told(books, first_days("2023-05-12", statements=days))
    assert (dt.date(2023, 5, 12), "公布2023年2月至2023年4月共3个月的账目", "finance/2023-04/") in found
    assert (books.today, "公布2023年5月至2023年7月共3个月的账目", "finance/2023-07/") in found


def test_items_that_joined_the_list_are_told_on_their_own_day(books: Books) -> None:
    days = {f"2023-spring/F{n:02}": "2023-02-10" if n < 6 else "2023-03-20" for n in range(1, 8)}
    found = told(books, first_days("2023-02-10", fees=days))
    added = (dt.date(2023, 3, 20), "2023年春季学期收费新增项目：寄宿生早晚餐、课后服务费", "fees/2023-spring/")
    assert [entry for entry in found if "新增" in entry[1]] == [added]
    assert not [entry for entry in told(books) if "新增" in entry[1]]


def test_an_example_says_when_a_record_was_published_first(
    rendered: dict[str, str], school: Path, render_school: Callable[[Path], dict[str, str]]
) -> None:
    def words(pages: dict[str, str], code: str) -> str:
        page = html.fromstring(f"<main>{pages[f'rules/{code}/']}</main>")
        return " ".join(page.text_content().split("补救")[0].split())

    assert "首次公布日期为2023年8月18日的记录：月报 2023/2023-07" in words(rendered, "FIN-06")
    fees = "、".join(f"2023-spring/F{n:02}" for n in range(1, 8))
    assert f"首次公布日期为2023年2月15日的记录：收费项目 {fees}" in words(rendered, "FEE-07")
    path = school / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("语言: zh", "语言: en"), encoding="utf-8")
    said = words(render_school(school), "FIN-06")
    assert "First published on 18 August 2023: Monthly statements 2023/2023-07" in said
