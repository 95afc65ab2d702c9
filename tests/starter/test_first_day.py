"""What a school reads on its first day: nothing is late, nothing has failed, and what is still to be filled in is said."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from lxml import html

from generator.build import build, check
from generator.locale import language
from generator.oversight.books import Books
from generator.oversight.public import owed_since, starting_until
from generator.oversight.review import Review
from generator.problems import Severity, as_text
from generator.trust.publication import UNKNOWN, FirstPublished
from tests.starter.schools import ENGLISH, school_in

FIRST, LAST = dt.date(2026, 11, 22), dt.date(2026, 12, 18)
"""The site begins on a Sunday in the middle of a term; twenty working days later its time to begin is over."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new school whose history is unknown, so that its site begins on the day of the check."""
    made = school_in(tmp_path_factory.mktemp("first") / "school").folder
    shutil.rmtree(made / ".git")
    return made


def books_on(root: Path, day: dt.date, began: dt.date | None = FIRST) -> Books:
    books = check(root, day, first=FirstPublished(began)).books
    assert books
    return books


def codes(root: Path, day: dt.date, began: dt.date | None = FIRST) -> set[str]:
    return {finding.rule.code for finding in books_on(root, day, began).open}


@pytest.mark.parametrize("day", [dt.date(2026, 8, 10), dt.date(2026, 9, 1), FIRST, dt.date(2027, 1, 22)])
def test_no_day_on_which_a_site_begins_finds_anything(root: Path, day: dt.date) -> None:
    checked = check(root, day)
    assert [as_text(p, checked.language) for p in checked.problems if p.severity is not Severity.NOTE] == []


def test_what_is_to_be_filled_in_is_noted_with_the_last_day(root: Path) -> None:
    noted = [as_text(problem, language("zh")) for problem in check(root, FIRST).problems]
    assert len(noted) == 8
    assert all(": note[unfilled]: “" in line and "在2026年12月18日之前填好就行" in line for line in noted)
    assert any(line.startswith("data/terms/2026-autumn/fees.csv: note[unfilled]: “收费项目和标准”") for line in noted)


def test_the_time_to_begin_ends_and_then_everything_counts_from_the_next_day(root: Path) -> None:
    assert codes(root, LAST) == {"FIN-07"}, "the first statement that the site could publish in time was due before"
    later = books_on(root, LAST + dt.timedelta(3))
    found = [finding for finding in later.open if finding.rule.code == "DIS-01"]
    assert len(found) == 9
    assert {finding.hit.since for finding in found} == {LAST + dt.timedelta(1)}
    assert max(finding.age or 0 for finding in found) == 2
    assert "unfilled" not in {
        problem.code for problem in check(root, LAST + dt.timedelta(3), first=FirstPublished(FIRST)).problems
    }


def test_a_register_that_was_not_begun_is_one_lack_and_not_many(root: Path, tmp_path: Path) -> None:
    after = dt.date(2027, 1, 10)
    assert "RSP-01" not in codes(root, after)
    other = school_in(tmp_path / "other").folder
    row = "hygiene-manager,校园卫生管理,,卫生干事,2026-11-22,\n"
    (other / "data/duties.csv").write_text((other / "data/duties.csv").read_text("utf-8") + row, "utf-8")
    assert "RSP-01" not in codes(other, FIRST), "the other duties may still be entered"
    found = [finding for finding in books_on(other, after).open if finding.rule.code == "RSP-01"]
    assert len(found) > 5
    assert {finding.hit.since for finding in found} == {LAST + dt.timedelta(1)}


def test_a_post_that_the_register_says_is_vacant_is_told_at_once(tmp_path: Path) -> None:
    other = school_in(tmp_path / "school").folder
    with (other / "data/duties.csv").open("a", encoding="utf-8") as file:
        file.write("hygiene-manager,校园卫生管理,,,2026-11-01,\n")
    assert [finding.hit.subject for finding in books_on(other, FIRST).open] == ["hygiene-manager/-"]


def test_an_older_site_has_no_time_to_begin(root: Path) -> None:
    old = dt.date(2026, 1, 10)
    assert starting_until(books_on(root, FIRST, old)) is None
    assert codes(root, FIRST, old) >= {"DIS-01", "FIN-07"}
    oldest = [
        f.hit.since for f in books_on(root, FIRST, old).open if f.rule.code == "DIS-01" and f.hit.subject == "fees"
    ]
    assert oldest == [dt.date(2026, 9, 1)], "from the first school day, long after the site began"


def test_where_nothing_is_known_of_a_beginning_nothing_is_put_off(root: Path) -> None:
    books = books_on(root, FIRST)
    review = Review(books.data, books.policy, FIRST, UNKNOWN)
    assert starting_until(review) is None
    assert owed_since(review, dt.date(2026, 9, 1)) == dt.date(2026, 9, 1)


def test_where_the_holidays_of_a_year_are_unknown_four_weeks_count(root: Path) -> None:
    books = books_on(root, FIRST)
    assert not books.policy.holidays_known(2031)
    began = dt.date(2031, 3, 3)
    assert starting_until(Review(books.data, books.policy, began, FirstPublished(began))) == began + dt.timedelta(28)


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "site"
    built = build(root, out, FIRST, durable=False)
    assert built.published
    return out


def words_of(site: Path, page: str) -> str:
    tree = html.fromstring((site / page / "index.html").read_bytes())
    (main,) = tree.xpath("//main")
    return " ".join(main.text_content().split())


def test_every_page_of_the_first_day_is_friendly(site: Path) -> None:
    assert "网站刚开始，还有 8 项要在2026年12月18日之前填好" in words_of(site, "")
    findings = words_of(site, "findings")
    assert "还没有填写的 网站刚刚开始" in findings
    assert "DIS-01 该公开的都公开了 正在填写" in findings
    assert "第一份月报最迟2026年12月15日公布" in words_of(site, "finance"), "not one that was due before the site began"
    assert "8月31日" not in words_of(site, "fees"), "a day that was over before the site began"
    calendar = words_of(site, "calendar")
    assert "还没有月历" in calendar
    assert "都过了" not in calendar
    for page in ("", "fees", "finance", "plan", "calendar", "findings", "about", "changes", "data"):
        tree = html.fromstring((site / page / "index.html").read_bytes())
        assert tree.xpath("//main//*[contains(@class, 'late')]") == [], page


def test_no_list_of_telephones_is_begun_where_there_is_none(site: Path) -> None:
    tree = html.fromstring((site / "fees/index.html").read_bytes())
    assert tree.xpath("//main//dl[not(dt)]") == []
    assert tree.xpath("//*[@id='_phones']") == []


def test_an_english_school_reads_english_on_its_first_day(tmp_path: Path) -> None:
    root = school_in(tmp_path / "school", ENGLISH, "en").folder
    shutil.rmtree(root / ".git")
    built = build(root, tmp_path / "site", FIRST, durable=False)
    assert built.published
    assert "the site has just begun; to be filled in by 18 December 2026: 8" in words_of(tmp_path / "site", "")
    for page in ("", "fees", "finance", "plan", "calendar", "findings", "about"):
        said = words_of(tmp_path / "site", page)
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in said.replace("中文", "")), page
