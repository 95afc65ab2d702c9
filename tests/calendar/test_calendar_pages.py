"""The calendar's pages: every month, its grid and agenda, its lists, and the states in which there is little to show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.build import check
from generator.locale import language
from generator.outputs.calendars import calendars
from generator.oversight.books import Books
from generator.pages.environment import environment
from generator.pages.render import render
from generator.registers.calendar.pages import month_view, pages, tiles
from generator.registers.register import REGISTERS

CALENDAR = Path("data/terms/2023-spring/calendar.csv")


def books_of(school: Path, today: dt.date | None = None) -> Books:
    checked = check(school, today)
    assert checked.books
    assert not checked.errors, checked.errors
    return checked.books


def shown(books: Books, code: str = "zh") -> dict[str, BeautifulSoup]:
    env = environment(language(code), {register.name: register.templates for register in REGISTERS})
    return {page.url: BeautifulSoup(render(env, page), "lxml") for page in pages(books)}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_month_of_the_term_has_a_page_and_the_nearest_one_is_the_present(school: Path) -> None:
    site = shown(books_of(school))
    assert list(site) == ["calendar/", *(f"calendar/2023-0{n}/" for n in range(2, 8))]
    assert site["calendar/"].select_one("h2#month").text == "2023年7月"


@pytest.mark.parametrize(
    ("today", "month"), [("2023-03-31", "2023年3月"), ("2022-11-01", "2023年2月"), ("2024-05-01", "2023年7月")]
)
def test_the_present_month_is_that_of_today_or_the_nearest(school: Path, today: str, month: str) -> None:
    view = month_view(books_of(school, dt.date.fromisoformat(today)))
    assert view
    assert view.title == month


def test_every_event_has_its_anchor_on_its_page_and_links_lead_to_files_that_exist(school: Path) -> None:
    books = books_of(school)
    site, files = shown(books), calendars(books)
    for event in books.data.events:
        assert site[f"calendar/{event.when.text}/"].find(id=event.id), event.id
    for url, page in site.items():
        names = {link["href"].rpartition("/")[2] for link in page.select('a[type="text/calendar"]')}
        assert {f"calendar/{name}" for name in names} == set(files), url
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), url


def test_the_grid_and_the_agenda_show_holidays_and_make_up_days(school: Path) -> None:
    page = shown(books_of(school))["calendar/2023-06/"]
    days = {time["datetime"]: time.parent for time in page.select("table.month time")}
    assert len(days) == 30
    assert "端午节" in days["2023-06-22"].text
    assert "off" in days["2023-06-22"]["class"]
    assert "调休上班" in days["2023-06-25"].text
    assert "off" not in days["2023-06-25"]["class"]
    assert "off" in days["2023-06-01"]["class"], "a day off of the term"
    agenda = page.select_one("ul.agenda").text
    assert "6月22日 周四至6月24日 周六" in agenda


def test_work_without_a_day_is_on_no_day_until_it_is_done(school: Path) -> None:
    june = shown(books_of(school))["calendar/2023-06/"]
    assert "期末财产清理" not in june.select_one("table.month").text
    assert "期末财产清理" in june.select_one("tr#c06-1").text
    assert "逾期" in june.select_one("tr#c06-1").text
    assert june.select_one('table.month a[href="#c06-2"]').find_parent("td").find("time")["datetime"] == "2023-06-30"


def test_a_range_over_two_months_is_on_both_pages(school: Path) -> None:
    replace(school / CALENDAR, "c03-1,2023-03,", "c03-1,2023-02-27/2023-03-03,")
    site = shown(books_of(school))
    for url in ("calendar/2023-02/", "calendar/2023-03/"):
        assert site[url].find("tr", id="c03-1"), url
    marked = [
        a.find_parent("td").find("time")["datetime"]
        for a in site["calendar/2023-03/"].select('table.month a[href$="#c03-1"]')
    ]
    assert marked == ["2023-03-01", "2023-03-02", "2023-03-03"]


def test_what_is_overdue_and_what_is_next_stands_on_the_calendars_own_page(school: Path) -> None:
    site = shown(books_of(school))
    assert "期末财产清理并兑现奖惩" in site["calendar/"].select_one(".gaps").text
    assert not site["calendar/2023-06/"].select_one(".gaps")
    assert "暂时没有新的安排" in site["calendar/"].text
    (tile,) = tiles(books_of(school, dt.date(2023, 6, 10)))
    assert tile.detail == "期末财产清理并兑现奖惩"
    assert language("zh").say(tile.answer) == "2023年6月"  # type: ignore[arg-type]


def test_a_year_without_known_holidays_says_so(school: Path) -> None:
    replace(school / CALENDAR, "c07-2,2023-07,", "c07-2,2031-07,")
    site = shown(books_of(school))
    assert "放假安排尚未录入" in site["calendar/2031-07/"].text
    assert "放假安排尚未录入" not in site["calendar/2023-07/"].text
    assert {a.text for a in site["calendar/2031-07/"].select('nav[aria-label="年份"] a')} == {"2023", "2031"}


def test_a_school_without_terms_has_an_empty_calendar(school: Path) -> None:
    for path in sorted((school / "data/terms/2023-spring").iterdir()):
        path.unlink()
    books = books_of(school)
    site = shown(books)
    assert list(site) == ["calendar/"]
    assert "还没有月历" in site["calendar/"].text
    assert month_view(books) is None
    (tile,) = tiles(books)
    assert language("zh").say(tile.answer) == "尚未录入"  # type: ignore[arg-type]


def test_one_campus_needs_no_choice_of_campus(school: Path) -> None:
    path = school / "data/school.yml"
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if "校区编号: SL" not in line and "校区编号: BG" not in line
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    checked = check(school)
    assert checked.books
    page = shown(checked.books)["calendar/2023-02/"]
    assert not page.select('select[name="campus"]')
    assert page.select('select[name="area"]')


def test_two_terms_that_meet_in_a_month_share_its_page_without_sharing_an_anchor(school: Path) -> None:
    spring, summer = school / "data/terms/2023-spring", school / "data/terms/2023-summer"
    summer.mkdir()
    term = (
        (spring / "term.yml")
        .read_text(encoding="utf-8")
        .replace("2023-spring", "2023-summer")
        .replace("2023-02", "2023-07")
    )
    (summer / "term.yml").write_text(term.replace("放假日: 2023-07-07", "放假日: 2023-08-25"), encoding="utf-8")
    (summer / "calendar.csv").write_text("编号,月份,工作\nc07-1,2023-07,整理校园\n", encoding="utf-8")
    page = shown(books_of(school))["calendar/2023-07/"]
    assert page.find(id="2023-spring-c07-1")
    assert page.find(id="2023-summer-c07-1")


def test_in_english_the_page_says_the_same_in_english(school: Path) -> None:
    replace(school / "data/school.yml", "语言: zh", "语言: en")
    page = shown(books_of(school), "en")["calendar/2023-06/"]
    assert page.select_one("h1").text == "June 2023: work calendar"
    assert "make-up working day" in page.text
    assert page.select_one('nav a[aria-current="page"]').text == "Jun 2 entries"
