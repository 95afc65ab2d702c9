"""The pages of the fees register: the first sentence, the chooser, the settlement, the notice, and every empty state."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.oversight.books import Books
from generator.pages.corrected import corrections_of
from generator.registers.fees.pages import tiles
from tests.published import first_days

Contents = Callable[..., dict[str, str]]
TERMS = "data/terms"


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", markup))).strip()


def lead(markup: str) -> str:
    return text_of(re.findall(r'<p class="lead">(.*?)</p>', markup, re.DOTALL)[0])


def rewrite(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_the_first_sentence(sample: Path, contents: Contents) -> None:
    pages = contents(sample)
    assert set(pages) == {"fees/", "fees/2023-spring/", "fees/2023-spring/notice/"}
    assert lead(pages["fees/"]) == "本学期必须交的费用：0 元。自愿项目最多 397 元（走读）/ 1,099 元（寄宿）。"


def test_the_first_sentence_in_english(school: Path, contents: Contents) -> None:
    rewrite(school / "data/school.yml", ("语言: zh", "语言: en"))
    found = lead(contents(school)["fees/"])
    assert (
        found
        == "What must be paid this term: 0 yuan. Voluntary items come to at most 397 yuan (day pupil) / 1,099 yuan (boarder)."
    )


def test_the_first_sentence_follows_the_data(school: Path, fees: Path, contents: Contents) -> None:
    rewrite(fees, ("元/生·期,180.00,,是", "元/生·期,180.50,,否"))
    (school / TERMS / "2023-spring/fee-totals.csv").unlink()
    assert (
        lead(contents(school)["fees/"])
        == "本学期必须交的费用：180.50 元。自愿项目最多 217 元（走读）/ 919 元（寄宿）。"
    )


def test_the_chooser_asks_only_what_makes_a_difference(school: Path, fees: Path, contents: Contents) -> None:
    names = re.findall(r'<select name="(\w+)"', contents(school)["fees/"])
    assert names == ["lodging", "campus"]
    rewrite(fees, ("自愿参加学生,,", "自愿参加学生,4-6,"))
    (school / TERMS / "2023-spring/fee-totals.csv").unlink()
    assert re.findall(r'<select name="(\w+)"', contents(school)["fees/"]) == ["lodging", "grade", "campus"]


def test_a_school_with_one_campus_and_no_boarders_has_no_chooser(school: Path, contents: Contents) -> None:
    path = school / "data/school.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - {校区编号: SL")].replace("寄宿学生: 62", "寄宿学生: 0"), encoding="utf-8")
    for name in ("calendar.csv", "plan.yml"):
        (school / TERMS / "2023-spring" / name).unlink()
    page = contents(school)["fees/"]
    assert "<select" not in page
    assert lead(page) == "本学期必须交的费用：0 元。自愿项目最多 397 元。"
    assert "全体学生" in page


def test_without_a_script_the_same_totals_stand_in_a_table(sample: Path, contents: Contents) -> None:
    table = contents(sample)["fees/"].split('<table id="_totals">')[1].split("</table>")[0]
    rows = [text_of(row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
    assert rows == [
        "哪类学生必交自愿，最多",
        "走读生 0.00 397.00",
        "寄宿生 0.00 1,099.00",
        "寄宿生（松林完小、白果村小） 没有寄宿生–",
    ]


def test_every_item_has_its_anchor_word_and_basis(sample: Path, contents: Contents) -> None:
    page = contents(sample)["fees/2023-spring/"]
    sections = dict(re.findall(r'<section id="(F\d+)"(.*?)</section>', page, re.DOTALL))
    assert set(sections) == {f"F{n:02}" for n in range(1, 8)}
    assert "自愿" in sections["F03"]
    assert "发改价格〔2010〕1619号" in sections["F03"]
    assert "免费" in sections["F01"]
    assert "（待核实）" in sections["F07"]


def test_settlement_per_payer(sample: Path, contents: Contents) -> None:
    row = re.findall(r'<tr id="_settled-F03">(.*?)</tr>', contents(sample)["fees/"], re.DOTALL)[0]
    assert text_of(row).startswith("作业本费代收票据（示例） 695 10,425.00 10,147.00 278.00 0.40 按时结算")


def test_a_missing_settlement_is_shown_as_overdue(school: Path, contents: Contents) -> None:
    path = school / TERMS / "2023-spring/collections.csv"
    path.write_text(
        "".join(
            line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("F03")
        ),
        encoding="utf-8",
    )
    assert "已逾期 14 天" in contents(school)["fees/"]


def other_terms(school: Path) -> None:
    """Add an autumn term before with another price, and one to come without fees."""
    fees = (school / TERMS / "2023-spring/fees.csv").read_text(encoding="utf-8")
    for id_, name, days, old in (
        ("2022-autumn", "2022年秋季学期", ("2022-08-31", "2022-09-01", "2023-01-13"), True),
        ("2023-autumn", "2023年秋季学期", ("2023-08-31", "2023-09-01", "2024-01-13"), False),
    ):
        folder = school / TERMS / id_
        folder.mkdir()
        (folder / "term.yml").write_text(
            f"学期编号: {id_}\n学期名称: {name}\n报名日: {days[0]}\n开学日: {days[1]}\n放假日: {days[2]}\n",
            encoding="utf-8",
        )
        if old:
            (folder / "fees.csv").write_text(
                fees.replace("元/生·期,15.00", "元/生·期,18.00").replace("2023-02-01", "2022-02-01"), encoding="utf-8"
            )


def test_terms_before_and_after(school: Path, contents: Contents) -> None:
    other_terms(school)
    pages = contents(school)
    assert (
        lead(pages["fees/2022-autumn/"])
        == "2022年秋季学期必须交的费用：0 元。自愿项目最多 400 元（走读）/ 1,102 元（寄宿）。"
    )
    assert "2023年秋季学期的收费还没有公布。" in pages["fees/2023-autumn/"]
    assert "最迟应在2023年8月31日报名时公示" in pages["fees/2023-autumn/notice/"]
    assert "2022年秋季学期为18.00元，2023年春季学期为15.00元。" in pages["fees/"]
    assert 'id="_spark-F03-t"' in pages["fees/"]
    assert "_spark-" not in pages["fees/2022-autumn/"], "one term is no history"
    assert '<a href="2022-autumn/">2022年秋季学期</a>' in pages["fees/"]


FEES = tuple(f"2023-spring/F{number:02}" for number in range(1, 8))
ALL = dict.fromkeys(FEES, "2023-02-10")


def posting(markup: str) -> str:
    found = re.findall(r'<p class="lead">.*?</p>\s*<p>(.*?)</p>', markup, re.DOTALL)
    return text_of(re.sub(r'<span class="trace">.*?</span>', "", found[0], flags=re.DOTALL))


@pytest.mark.parametrize(
    ("began", "day", "said"),
    [
        ("2023-02-06", "2023-02-12", "2023年2月12日公示 按时 报名日2023年2月12日"),
        ("2023-02-06", "2023-02-15", "2023年2月15日公示 晚了 3 天 报名日2023年2月12日 日期由程序计算，不由人填写"),
        ("2023-02-13", "2023-02-15", "2023年2月15日公示 已公示 报名日2023年2月12日 "
         "本站2023年2月13日才开通；报名时是否已经公示，本站无法证明。 日期由程序计算，不由人填写"),
    ],
)  # fmt: skip
def test_posting_is_computed_and_says_so(sample: Path, contents: Contents, began: str, day: str, said: str) -> None:
    pages = contents(sample, first=first_days(began, fees=dict.fromkeys(FEES, day)))
    assert posting(pages["fees/"]) == said
    assert ("无法证明" in pages["fees/2023-spring/notice/"]) is ("无法证明" in said)
    assert ('href="../how-to-check/"' in pages["fees/"]) is (day > "2023-02-12")


def test_an_item_that_was_added_later_shows_its_own_day(sample: Path, contents: Contents) -> None:
    first = first_days("2023-02-06", fees=ALL | {"2023-spring/F07": "2023-03-20"})
    pages = contents(sample, first=first)
    sections = dict(re.findall(r'<section id="(F\d+)"(.*?)</section>', pages["fees/"], re.DOTALL))
    assert "2023年3月20日首次公布，是后来加上的。" in sections["F07"]
    assert "报名时家长还不知道有这一项" in sections["F07"]
    assert [name for name, section in sections.items() if "首次公布" in section] == ["F07"]
    assert pages["fees/2023-spring/notice/"].count("2023年3月20日首次公布") == 1
    assert "首次公布" not in contents(sample, first=first_days("2023-02-06", fees=ALL))["fees/"]


def test_the_day_of_an_item_in_english(school: Path, contents: Contents) -> None:
    rewrite(school / "data/school.yml", ("语言: zh", "语言: en"))
    first = first_days("2023-02-06", fees=ALL | {"2023-spring/F07": "2023-03-20"})
    said = text_of(contents(school, first=first)["fees/"])
    assert "First published on 20 March 2023: added to the list later. This day is computed, not typed." in said


def test_no_terms_at_all(school: Path, contents: Contents, books_at: Callable[[Path], Books]) -> None:
    for path in sorted((school / TERMS).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    pages = contents(school)
    assert list(pages) == ["fees/"]
    assert "还没有公布收费" in pages["fees/"]
    assert [books_at(school).language.say(tile.answer) for tile in tiles(books_at(school))] == ["还没有公布"]


def test_the_tile(sample: Path, books_at: Callable[[Path], Books]) -> None:
    books = books_at(sample)
    (tile,) = tiles(books)
    assert (tile.answer, books.language.say(tile.detail)) == ("0 元", "自愿项目最多 397 元（走读）/ 1,099 元（寄宿）")


def test_the_notice_has_the_columns_that_schools_must_post(sample: Path, contents: Contents) -> None:
    page = contents(sample)["fees/2023-spring/notice/"]
    headings = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)
    assert headings[:7] == ["收费性质", "收费项目", "计费单位", "收费标准", "收费依据", "收费对象", "备注"]
    assert "示例县青禾镇中心小学校 2023年春季学期收费公示表" in page
    assert page.count('href="tel:') == 4


def test_a_finding_stands_at_its_item_with_the_explanation_of_the_school(
    school: Path, fees: Path, contents: Contents
) -> None:
    rewrite(fees, ("F03,作业本费", "F03,资料费"))
    with (school / "data/explanations.csv").open("a", encoding="utf-8") as file:
        file.write("FEE-05:2023-spring/F03,2023-08-01,校长,已停止收取并退还,2023-12-31\n")
    item = re.findall(r'<section id="F03".*?</section>', contents(school)["fees/"], re.DOTALL)[0]
    assert "监督发现的问题 FEE-05" in item
    assert 'href="../rules/FEE-05/"' in item
    assert "学校说明（校长，2023年8月1日）：已停止收取并退还" in item


def test_a_corrected_price_shows_what_it_was(school: Path, contents: Contents) -> None:
    with (school / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write("C-010,2023-03-01,fees,2023-spring/F03,收费标准,18.00,15.00,更正,上学期标准未改,校长\n")
    item = re.findall(r'<section id="F03".*?</section>', contents(school)["fees/"], re.DOTALL)[0]
    assert '<del class="num">18.00</del> <a href="../changes/#C-010">2023年3月1日更正</a>：上学期标准未改' in item


def test_a_value_removed_for_privacy_is_never_repeated(
    school: Path, contents: Contents, books_at: Callable[[Path], Books]
) -> None:
    with (school / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write("C-011,2023-03-02,fees,2023-spring/F05,note,某某家庭困难,,隐私,删去姓名,校长\n")
    assert "某某" not in "".join(contents(school).values())
    assert "为保护隐私已删去" in contents(school)["fees/"]
    books = books_at(school)
    record = next(fee for fee in books.data.fees if fee.id == "F05")
    assert [(a.private, a.old) for a in corrections_of(books, "fees", record, "note")] == [(True, None)]


def test_corrections_are_found_by_either_name_oldest_first(school: Path, books_at: Callable[[Path], Books]) -> None:
    with (school / "data/corrections.csv").open("a", encoding="utf-8") as file:
        file.write("C-013,2023-04-01,fees,2023-spring/F03,收费标准,16.00,15.00,更正,再次更正,校长\n")
        file.write("C-012,2023-03-01,fees,2023-spring/F03,amount,一六,16.00,更正,录入错误,校长\n")
    books = books_at(school)
    record = next(fee for fee in books.data.fees if fee.id == "F03")
    assert [str(a.old) for a in corrections_of(books, "fees", record, "amount")] == ["一六", "16.00"]
    assert corrections_of(books, "fees", record, "unit") == ()


HOSTILE = ('<img src=x onerror="alert(1)">', "{{ 7*7 }}", "&lt;b&gt;", "javascript:alert(1)", "作业本" * 100)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_is_shown_as_written(school: Path, fees: Path, contents: Contents, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    rewrite(fees, ("自愿由学校代购的学生", quoted), ("F03,作业本费", "F03," + quoted))
    for url, page in contents(school).items():
        assert "<img" not in page, url
        assert text in html.unescape(page), url
