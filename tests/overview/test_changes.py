"""The page of changes: what is promised, the corrections by days, the way to each figure, and the feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from generator.build import check
from generator.locale import language
from generator.oversight.books import Books
from generator.overview.changes import page as changes
from generator.overview.feed import feed_of
from generator.pages.worded import Cell, cell_of, difference, in_words
from generator.registers.calendar.records import Event
from generator.registers.fees.records import FeeItem
from generator.registers.plan.records import Plan
from generator.trust.publication import FirstPublished

Render = Callable[[Path], dict[str, str]]


def add(root: Path, *rows: str) -> None:
    """Add corrections to a school, each as a line of the file."""
    with (root / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write("".join(f"{row}\n" for row in rows))


def tree(markup: str) -> html.HtmlElement:
    return html.fromstring(f"<main>{markup}</main>")


def said(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_it_says_what_is_guaranteed_and_how_to_check_it(rendered: dict[str, str]) -> None:
    page = rendered["changes/"]
    assert "只要有一个数字变了或不见了，又没有登记更正，就不予发布。" in page
    assert 'href="../how-to-check/"' in page
    assert "目前能做到什么程度" not in page
    assert "以后的版本" not in page


def test_it_offers_the_feeds_and_says_what_they_are_good_for(rendered: dict[str, str]) -> None:
    page = tree(rendered["changes/"])
    assert [a.get("href") for a in page.xpath('//div[@class="feeds"]//a')] == ["feed.xml", "feed.json"]
    assert "自动送到您手上" in said(page)


def test_corrections_stand_under_their_days_newest_first(school: Path, render_school: Render) -> None:
    add(school, "C-9,2023-08-01,fees,2023-spring/F03,amount,16.00,15.00,更正,后来,校长",
        "C-8,2023-07-25,fees,2023-spring/F03,amount,18.00,16.00,更新,早先,校长")  # fmt: skip
    days = tree(render_school(school)["changes/"]).xpath('//ol[@class="timeline"][1]/li')
    assert [(said(day.find("time")), [li.get("id") for li in day.xpath("./ul/li")]) for day in days[:3]] == [
        ("2023年8月1日", ["C-9"]), ("2023年7月25日", ["C-8"]), ("2023年5月15日", ["C-001", "C-002", "C-003"]),
    ]  # fmt: skip


def test_an_amount_is_told_with_its_difference(rendered: dict[str, str]) -> None:
    page = tree(rendered["changes/"])
    assert "原值：4,367.00 → 现值：4,637.00 相差+270.00" in said(page.xpath('//li[@id="C-001"]')[0])
    assert "相差\N{MINUS SIGN}270.00" in said(page.xpath('//li[@id="C-003"]')[0])


def test_an_update_is_no_mistake(school: Path, render_school: Render) -> None:
    add(school, "C-9,2023-06-01,plan,2023-spring/m1.1,状态,进行中,已完成,更新,按计划做完,校长")
    item = said(tree(render_school(school)["changes/"]).xpath('//li[@id="C-9"]')[0])
    assert "更新 按计划做完" in item
    assert "更正" not in item
    assert "原值：进行中 → 现值：已完成" in item


def test_what_was_empty_is_called_not_filled_in_and_what_is_gone_withdrawn(school: Path, render_school: Render) -> None:
    add(school, "C-8,2023-06-01,fees,2023-spring/F03,note,,新备注,补录,漏填,校长",
        "C-9,2023-06-01,fees,2023-spring/F99,*,全部内容,,撤下,没有依据,校长")  # fmt: skip
    page = tree(render_school(school)["changes/"])
    assert "未填 → 现值：新备注" in said(page.xpath('//li[@id="C-8"]')[0])
    assert "原值：全部内容 → 现值：撤下" in said(page.xpath('//li[@id="C-9"]')[0])


def test_a_table_that_there_is_not_is_named_as_written(books: Books, school: Path, render_school: Render) -> None:
    add(school, "C-9,2023-06-01,nothing,x/y,z,1,2,更正,写错表名,校长")
    item = tree(render_school(school)["changes/"]).xpath('//li[@id="C-9"]')[0]
    assert "nothing" in said(item)
    assert changes(books).url == "changes/"


@pytest.mark.parametrize(
    ("cell", "text", "zh", "en"),
    [
        (cell_of(FeeItem, "收费标准"), "1234.5", "1,234.50", "1,234.50"),
        (cell_of(FeeItem, "amount"), "at cost", "据实", "at cost"),
        (cell_of(FeeItem, "amount"), "十元", "十元", "十元"),
        (cell_of(FeeItem, "Voluntary"), "yes", "是", "yes"),
        (cell_of(FeeItem, "有效期起"), "2023-02-01", "2023年2月1日", "1 February 2023"),
        (cell_of(FeeItem, "有效期起"), "二月", "二月", "二月"),
        (cell_of(FeeItem, "收费项目"), "2023", "2023", "2023"),
        (cell_of(Event, "when"), "2023-03", "2023年3月", "March 2023"),
        (cell_of(Plan, "状态"), "done", "已完成", "done"),
        (Cell("unknown"), "5.00", "5.00", "5.00"),
        (cell_of(FeeItem, "amount"), None, None, None),
    ],
)
def test_values_are_told_as_people_read_them(cell: Cell, text: str | None, zh: str | None, en: str | None) -> None:
    assert in_words(text, cell, language("zh")) == zh
    assert in_words(text, cell, language("en")) == en


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1.00", "3.5", "+2.50"),
        ("3.50", "1", "\N{MINUS SIGN}2.50"),
        ("1", "1.00", ""),
        (None, "1", ""),
        ("据实", "1", ""),
    ],
)
def test_a_difference_has_its_sign(old: str | None, new: str | None, told: str) -> None:
    assert difference(old, new, cell_of(FeeItem, "amount")) == told
    assert difference("1", "2", cell_of(FeeItem, "times")) == ""


@pytest.mark.parametrize("date", ["1999-12-31", "2099-12-31"])
def test_a_correction_does_not_hide_behind_its_date(date: str, school: Path) -> None:
    """One that is entered today and dated far away is listed among the newest, on the page and in the feed."""
    with (school / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write(f"C-004,{date},terms,2023-spring,学期名称,2023年春,2023年春季学期,更正,写全,校长\n")
    first = FirstPublished(dt.date(2023, 2, 10), {("corrections", f"C-00{n}"): dt.date(2023, 5, 15) for n in (1, 2, 3)})
    books = check(school, first=first).books
    assert books
    newest = changes(books).context.days[0]
    assert (newest.day, [view.told.id for view in newest.corrections]) == (books.today, ["C-004"])
    assert [item.day for item in feed_of(books).items if "C-004" in item.text] == [books.today]
