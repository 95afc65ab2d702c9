"""The plan's pages: how far it is, who is responsible, what proves it, and what it leaves open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bs4 import BeautifulSoup

from generator.build import check
from generator.locale import language
from generator.oversight.books import Books
from generator.pages.environment import environment
from generator.pages.render import render
from generator.registers.plan.pages import pages, tiles
from generator.registers.register import REGISTERS

PLAN = Path("data/terms/2023-spring/plan.yml")


def books_of(school: Path, today: dt.date | None = None) -> Books:
    checked = check(school, today)
    assert checked.books
    assert not checked.errors, checked.errors
    return checked.books


def shown(books: Books, code: str = "zh") -> dict[str, BeautifulSoup]:
    env = environment(language(code), {register.name: register.templates for register in REGISTERS})
    return {page.url: BeautifulSoup(render(env, page), "lxml") for page in pages(books)}


def words(row: object) -> str:
    return " ".join(row.get_text(" ").split())  # type: ignore[attr-defined]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_measure_stands_once_with_its_anchor(school: Path) -> None:
    books = books_of(school)
    site = shown(books)
    assert list(site) == ["plan/", "plan/2023-spring/"]
    for page in site.values():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert {m.id for m in books.data.plans[0].measures} <= set(ids)


def test_the_counts_are_those_of_the_measures(school: Path) -> None:
    page = shown(books_of(school))["plan/"]
    assert page.select_one(".lead").text == "2023年春季学期共24项措施：已完成12项，进行中10项，逾期1项，未开始1项。"
    (tile,) = tiles(books_of(school))
    assert tile.answer == "12 / 24"


def test_a_duty_is_told_by_its_name_and_the_post_that_holds_it_at_each_campus(school: Path) -> None:
    row = words(shown(books_of(school))["plan/"].find(id="m4.2"))
    assert "泔水处理： 中心校食堂工勤岗 青禾中心校 完小食堂工勤岗 松林完小 村小食堂工勤岗 白果村小" in row
    assert "未落实 白果村小" in row


def test_a_date_of_the_term_is_told_in_words_and_as_a_day(school: Path) -> None:
    assert "开学前（2023年2月13日前）" in words(shown(books_of(school))["plan/"].find(id="m1.2"))


def test_late_is_what_the_date_says_and_links_to_the_finding(school: Path) -> None:
    row = shown(books_of(school))["plan/"].find(id="m4.7")
    assert "逾期" in words(row)
    assert "188天" in words(row)
    assert row.find("a", href="../findings/#CAL-03~3a2023-spring~2fm4.7")
    early = shown(books_of(school, dt.date(2023, 2, 12)))["plan/"].find(id="m4.7")
    assert "逾期" not in words(early)


def test_what_was_done_after_its_date_says_by_how_much(school: Path) -> None:
    assert "比期限晚1天" in words(shown(books_of(school))["plan/"].find(id="m1.1"))


def test_a_measure_links_the_entries_of_the_calendar_and_the_registers_that_prove_it(school: Path) -> None:
    page = shown(books_of(school))["plan/2023-spring/"]
    links = {a["href"] for a in page.find(id="m3.4").select("a")}
    assert {"../../calendar/2023-05/#c05-2", "../../calendar/2023-06/#c06-1"} <= links
    assert page.find(id="m3.3").find("a", href="../../finance/")
    assert "财产台账" in words(page.find(id="m3.4"))


def test_gaps_are_listed_and_vanish_when_they_are_filled(school: Path) -> None:
    def counts(books: Books) -> list[str]:
        return [words(s) for s in shown(books)["plan/"].select("section[aria-labelledby=gaps] summary")]

    assert counts(books_of(school)) == [
        "没有写明责任岗位 (18项)",
        "没有写明期限，也没有写明频次 (11项)",
        "没有列入月历 (6项)",
    ]
    replace(
        school / PLAN,
        "措施: 协助特色创建，为学校出主意",
        "措施: 协助特色创建，为学校出主意, 责任岗位: [logistics-office], 频次: 经常",
    )
    assert counts(books_of(school))[:2] == ["没有写明责任岗位 (17项)", "没有写明期限，也没有写明频次 (10项)"]


def test_a_term_without_a_plan_says_so_and_the_latest_plan_stays_the_current_one(school: Path) -> None:
    spring, autumn = school / "data/terms/2023-spring", school / "data/terms/2023-autumn"
    autumn.mkdir()
    term = (spring / "term.yml").read_text(encoding="utf-8").split("另放假日")[0].replace("2023-spring", "2023-autumn")
    for old, new in (
        ("2023-02-10", "2023-08-28"),
        ("2023-02-12", "2023-08-15"),
        ("2023-02-13", "2023-09-01"),
        ("2023-07-07", "2024-01-19"),
    ):
        term = term.replace(old, new)
    (autumn / "term.yml").write_text(term, encoding="utf-8")
    site = shown(books_of(school))
    assert "还没有公布计划" in site["plan/2023-autumn/"].text
    assert "2023年春期后勤工作计划" in site["plan/"].text


def test_a_school_without_any_plan_has_an_empty_page(school: Path) -> None:
    (school / PLAN).unlink()
    (school / "data/terms/2023-spring/calendar.csv").unlink()
    books = books_of(school)
    assert "还没有公布计划" in shown(books)["plan/"].text
    (tile,) = tiles(books)
    assert language("zh").say(tile.answer) == "尚未录入"  # type: ignore[arg-type]


def test_a_corrected_date_shows_the_old_one_and_why(school: Path) -> None:
    with (school / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write("C-010,2023-03-01,plan,2023-spring/m4.7,期限,2023-01-31,before:term-start,更正,期限写错,校长\n")
    row = shown(books_of(school))["plan/"].find(id="m4.7")
    assert row.select_one("del").text == "2023年1月31日"
    assert "期限写错" in words(row)


def test_in_english_the_page_says_the_same_in_english(school: Path) -> None:
    replace(school / "data/school.yml", "语言: zh", "语言: en")
    page = shown(books_of(school), "en")["plan/"]
    assert "before term starts (before 13 February 2023)" in words(page.find(id="m1.2"))
    assert "24 measures; done 12, running 10, overdue 1, not started 1." in page.select_one(".lead").text
