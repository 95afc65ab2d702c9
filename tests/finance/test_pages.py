"""The finance pages in every state that must look right."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from lxml import html

from generator.oversight.books import Books
from generator.pages.parts import Tone
from generator.registers.finance.pages import pages, tiles
from tests.finance.made import asset, books, line, made, of_sample, planned, rendered, sample, statement, text_of

FEB = statement("2023-02", "100.00", "50.00", "30.00", "120.00")
FEB_LINES = (line("2023-02", "4001", "收入", "50.00"), line("2023-02", "30201", "支出", "30.00"))


def of(*files: object, **more: object) -> dict[str, str]:
    """Return the words of every page of books with these files."""
    return words_of(books(*files, **more))  # type: ignore[arg-type]


def words_of(these: Books) -> dict[str, str]:
    """Return the words of every page of these books."""
    return {url: text_of(markup) for url, markup in rendered(these).items()}


def test_the_sample_has_a_page_for_each_month_the_year_and_the_latest_month() -> None:
    found = rendered(of_sample())
    months = [f"finance/2023-{number:02}/" for number in range(2, 8)]
    assert sorted(found) == sorted([*months, "finance/", "finance/2023/"])
    latest = text_of(found["finance/2023-07/"]).replace("2023年7月财务收支", "")
    assert text_of(found["finance/"]).replace("财务收支：2023年7月", "") == latest


def test_the_sample_says_what_a_parent_asks_first() -> None:
    found = words_of(of_sample())
    assert (
        "2023年7月，学校收入 564,557.00 元，支出 634,703.00 元，月末余额 91,801.05 元。支出最多的是工资福利支出，574,777.00元。"
        in found["finance/2023-07/"]
    )
    assert "按时公布" in found["finance/2023-07/"]
    assert "晚5天公布" in found["finance/2023-05/"]
    assert "学校说明：报账员培训外出" in found["finance/2023-05/"]


def test_a_corrected_figure_stands_beside_the_old_one() -> None:
    found = rendered(of_sample())
    tree = html.fromstring(found["finance/2023-04/"])
    assert [element.text for element in tree.iter("del")] == ["4,367.00", "695,164.00", "190,167.90"]
    assert "本月有3处数字在公布后作了更正" in text_of(found["finance/2023-04/"])
    assert not list(html.fromstring(found["finance/2023-05/"]).iter("del"))


def test_a_corrected_budget_stands_on_the_page_of_the_year() -> None:
    change = {
        "id": "C-9", "date": "2023-05-01", "sheet": "budget", "record": "2023/30201", "field": "预算金额", "old": "3000.00", "new": "20.00",
        "kind": "更正", "reason": "少写一位", "approved_by": "校长",
    }  # fmt: skip
    budget = made("budget", planned("2023", "30201", "支出", "20.00"))
    found = rendered(books(made("statements", FEB), made("lines", *FEB_LINES), budget, made("corrections", change)))
    assert [element.text for element in html.fromstring(found["finance/2023/"]).iter("del")] == ["3,000.00"]


def test_every_finding_has_a_place_on_a_page() -> None:
    term = {
        "term": "t",
        "id": "t",
        "name": "学期",
        "registration": "2023-02-12",
        "start": "2023-02-13",
        "end": "2023-03-31",
    }
    statements = FEB | {"reviewed_by": "报账员"}
    budget = planned("2023", "30201", "支出", "20.00", fund="膳食")
    spent = (FEB_LINES[0] | {"fund": "寄宿生"}, FEB_LINES[1] | {"fund": "膳食"})
    files = made("terms", term), made("statements", statements), made("budget", budget), made("lines", *spent)
    these = books(*files, published={"2023/2023-02": "2023-07-01"})
    found = rendered(these)
    seen = set()
    for finding in these.published:
        url, _, anchor = finding.hit.page.partition("#")
        assert url in found
        assert not anchor or f'id="{anchor}"' in found[url], finding.id
        assert these.language.say(finding.hit.message) in text_of(found[url])
        seen.add(finding.rule.code)
    assert seen == {"FIN-06", "FIN-07", "FIN-08", "FIN-09", "FIN-13"}


def test_every_line_has_its_anchor_once_and_every_line_has_its_source() -> None:
    markup = rendered(of_sample())["finance/2023-03/"]
    ids = [element.get("id") for element in html.fromstring(markup).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    codes = {entry.code for entry in sample().budget}
    assert codes <= set(ids)
    assert markup.count('class="source"') >= len(codes) + 4


def test_what_did_not_happen_is_folded_but_there() -> None:
    tree = html.fromstring(rendered(of_sample())["finance/2023-03/"])
    folded = [row.get("id") for details in tree.iter("details") for row in details.iter("tr") if row.get("id")]
    assert folded == ["4001.02", "4001.05", "4603", "30199", "30217", "31002", "31003"]


def test_no_account_yet() -> None:
    found = of()
    assert list(found) == ["finance/"]
    assert "还没有公布任何一个月的账目。" in found["finance/"]
    term = {
        "term": "t",
        "id": "t",
        "name": "学期",
        "registration": "2023-08-31",
        "start": "2023-09-01",
        "end": "2024-01-19",
    }
    assert "第一份月报最迟2023年10月15日公布。" in of(made("terms", term))["finance/"]


def test_a_missing_month_is_told_even_before_the_first_statement() -> None:
    term = {
        "term": "t",
        "id": "t",
        "name": "学期",
        "registration": "2023-02-12",
        "start": "2023-02-13",
        "end": "2023-02-28",
    }
    assert "学期缺少2023年2月月报" in of(made("terms", term))["finance/"]
    later = made("statements", statement("2022-11", "0.00", "0.00", "0.00", "0.00"))
    assert "学期缺少2023年2月月报" in of(made("terms", term), later)["finance/"]


def test_only_a_budget_yet() -> None:
    found = of(made("budget", planned("2024", "30206", "支出", "1000.00")))
    assert sorted(found) == ["finance/", "finance/2024/"]
    assert "这一年还没有月报。" in found["finance/2024/"]
    assert "1,000.00" in found["finance/2024/"]
    assert "2024年预算" in found["finance/"]


def test_no_budget() -> None:
    found = of(made("statements", FEB), made("lines", *FEB_LINES))
    assert "本年度预算还没有公布。" in found["finance/2023-02/"]
    assert "占预算" not in found["finance/2023-02/"]
    assert "本年度预算还没有公布。" in found["finance/2023/"]


def test_no_lines() -> None:
    found = of(made("statements", statement("2023-02", "5.00", "0.00", "0.00", "5.00")))
    assert "本月没有明细。" in found["finance/2023-02/"]
    assert "全部相符" in found["finance/2023/"]


def test_part_of_a_year_and_an_item_without_a_budget() -> None:
    found = of(
        made("statements", FEB), made("lines", *FEB_LINES), made("budget", planned("2023", "30206", "支出", "1000.00"))
    )
    assert "“本年累计”包括2023年2月以来的1份月报。" in found["finance/2023-02/"]
    assert "未列预算" in found["finance/2023-02/"]
    assert "12个月中有1个月已公布月报。" in found["finance/2023/"]


def test_a_negative_balance_is_shown_as_it_is() -> None:
    overdrawn = statement("2023-02", "10.00", "0.00", "30.00", "-20.00")
    found = of(made("statements", overdrawn), made("lines", FEB_LINES[1]))
    assert "月末余额 −20.00 元" in found["finance/2023-02/"]
    assert "期初10.00＋收入0.00－支出30.00＝期末-20.00" in found["finance/2023-02/"].replace("−", "-")


def test_accounts_that_do_not_tie_say_so() -> None:
    found = of(made("statements", FEB | {"closing": "120.01"}), made("lines", *FEB_LINES))
    assert "不符" in found["finance/2023-02/"]
    assert "有不符之处" in found["finance/2023/"]


def published(on: str, began: str, language: str = "zh") -> tuple[str, str]:
    """Return the words and the markup of the page of a September statement that was published first on a day."""
    september = made("statements", statement("2026-09", "0.00", "0.00", "0.00", "0.00"))
    these = books(september, today=dt.date(2026, 12, 4), published={"2026/2026-09": on}, began=began, language=language)
    markup = rendered(these)["finance/2026-09/"]
    return text_of(markup), markup


def test_a_september_statement_that_first_appears_in_december_says_so() -> None:
    words, markup = published("2026-12-03", "2026-09-01")
    assert (
        "晚49天公布 2026年9月月报应在2026年10月15日前公布，2026年12月3日首次公布。 日期由程序计算，不由人填写" in words
    )
    assert '<a class="quiet" href="../../how-to-check/">' in markup
    words, _ = published("2026-12-03", "2026-09-01", "en")
    said = "The statement of September 2026 was due by 15 October 2026 and was first published on 3 December 2026."
    assert f"published 49 days late {said} This day is computed, not typed." in words


def test_what_was_due_before_the_site_began_is_neither_late_nor_in_time() -> None:
    words, markup = published("2026-12-03", "2026-11-22")
    said = "此前是否按时公布，本站无法证明。 日期由程序计算，不由人填写"
    assert f"已公布 2026年12月3日首次公布。本站2026年11月22日才开通；{said}" in words
    assert f"已公布 本站2026年12月3日开通时起公布；{said}" in published("2026-12-03", "2026-12-03")[0]
    assert "晚" not in words
    assert '<p id="published"><span class="state state-info">' in markup


def test_published_in_time_says_when_and_by_when() -> None:
    words, _ = published("2026-10-15", "2026-09-01")
    assert "按时公布 2026年10月15日首次公布，应在2026年10月15日前公布。" in words


def test_spending_above_the_budget() -> None:
    found = of(
        made("statements", FEB), made("lines", *FEB_LINES), made("budget", planned("2023", "30201", "支出", "20.00"))
    )
    assert "已超预算" in found["finance/2023-02/"]
    assert "−10.00" in found["finance/2023-02/"]
    assert "150.0%" in found["finance/2023-02/"]


def test_a_note_is_shown_and_an_item_is_shown_as_written() -> None:
    item = "<b>很长</b>的项目名称" + "，按学期初在校人数核定" * 20
    lines = (FEB_LINES[0], FEB_LINES[1] | {"item": item, "note": "开学 & 补充"})
    found = of(made("statements", FEB), made("lines", *lines))["finance/2023-02/"]
    assert item in found
    assert "开学 & 补充" in found


def test_a_fund_that_was_carried_over() -> None:
    budget = planned("2023", "4001", "收入", "50.00", fund="膳食", carried="7.00")
    found = of(
        made("statements", FEB), made("budget", budget), made("lines", FEB_LINES[0] | {"fund": "膳食"}, FEB_LINES[1])
    )
    assert "上年结转" in found["finance/2023-02/"]
    assert "57.00" in found["finance/2023-02/"]


def test_a_balance_sheet_without_its_month_stands_on_the_page_of_the_year() -> None:
    rows = (asset("2023-12-31", "货币资金", "资产", "5.00"), asset("2023-12-31", "累计盈余", "净资产", "5.00"))
    assert "2023年12月31日资产负债表" in of(made("balance", *rows))["finance/2023/"]
    found = words_of(of_sample())
    assert "2023年7月31日资产负债表" in found["finance/2023-07/"]
    assert "2023年7月31日资产负债表 元" not in found["finance/2023/"]


def test_english() -> None:
    found = rendered(of_sample("en"))
    words = text_of(found["finance/2023-05/"])
    assert (
        "In May 2023 the school received 760,322.00 yuan and spent 710,004.00 yuan; 240,215.90 yuan were left at the end of the month."
        in words
    )
    assert "published 5 days late" in words
    assert "6 statements of 2023 are public" in text_of(found["finance/2023/"])


@pytest.mark.parametrize(
    ("on", "began", "tone", "state"),
    [
        ("2023-03-15", "2023-01-01", Tone.GOOD, "按时公布"), ("2023-03-16", "2023-01-01", Tone.LATE, "晚1天公布"),
        ("2023-04-16", "2023-03-16", Tone.INFO, "已公布"),
    ],
)  # fmt: skip
def test_the_answer_for_the_home_page(on: str, began: str, tone: Tone, state: str) -> None:
    these = books(made("statements", FEB), made("lines", *FEB_LINES), published={"2023/2023-02": on}, began=began)
    (tile,) = tiles(these)
    say = these.language.say
    assert (tile.answer, tile.url, tile.tone) == ("2023年2月", "finance/", tone)
    assert not isinstance(tile.state, str)
    assert say(tile.state) == state


def test_the_answer_names_a_month_that_is_missing() -> None:
    term = {
        "term": "t",
        "id": "t",
        "name": "学期",
        "registration": "2023-02-12",
        "start": "2023-02-13",
        "end": "2023-03-31",
    }
    these = books(made("terms", term), made("statements", FEB), made("lines", *FEB_LINES), today=dt.date(2023, 4, 20))
    (tile,) = tiles(these)
    assert not isinstance(tile.state, str)
    assert these.language.say(tile.state) == "2023年3月月报已逾期5天"
    (none,) = tiles(books())
    assert none.tone is Tone.NONE


def test_a_school_without_any_statement_is_late_once_the_first_is_overdue() -> None:
    term = {
        "term": "t",
        "id": "t",
        "name": "学期",
        "registration": "2023-02-12",
        "start": "2023-02-13",
        "end": "2023-07-07",
    }
    (early,) = tiles(books(made("terms", term), today=dt.date(2023, 3, 15)))
    assert (early.tone, early.state) == (Tone.NONE, "")
    these = books(made("terms", term), today=dt.date(2023, 3, 17))
    (late,) = tiles(these)
    assert late.tone is Tone.LATE
    assert not isinstance(late.state, str)
    assert these.language.say(late.state) == "逾期2天未公布"
    (new,) = tiles(books(made("terms", term), today=dt.date(2023, 3, 17), began="2023-03-16"))
    assert (new.tone, new.state) == (Tone.NONE, "")


def test_ten_years_take_no_longer_for_each_page_than_one() -> None:
    """Views are made from an index: ten times the months take about ten times as long, not a hundred times."""

    def seconds(years: range) -> float:
        months = [f"{year}-{number:02}" for year in years for number in range(1, 13)]
        statements = [statement(month, "10.00", "0.00", "0.00", "10.00") for month in months]
        lines = [line(month, f"302{code:02}", "支出", "0.00") for month in months for code in range(1, 30)]
        these = books(made("statements", *statements), made("lines", *lines))
        start = time.process_time()
        assert len(list(pages(these))) == len(months) + len(years) + 1
        return time.process_time() - start

    seconds(range(2020, 2021))
    assert seconds(range(2010, 2020)) < 40 * max(seconds(range(2020, 2021)), 0.005)
