"""What the rules of fees see in words and numbers beyond the cases on their pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.oversight.books import Books
from generator.registers.fees.rules_documents import citations
from generator.registers.fees.rules_items import FORCING
from generator.registers.fees.rules_price import UNIT, unit_key
from generator.trust.publication import UNKNOWN
from tests.published import first_days


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("示例·青发改〔2022〕31号", True), ("依据发改价格〔2010〕1619号（农村可收项目）", True), ("常价费〔2004343", False),
        ("常新经发〔2021137", False), ("苏教办基〔201311", False), ("常教财【2022】17号", False), ("青发改[2022]31号", False),
        ("青发改2022〕31号", False), ("青发改（2022）31号", False), ("青发改〔2022〕31", False), ("青发改〔2022〕031号", False),
        ("〔2022〕31号", False), ("青发改〔2022〕第31号", False), ("县纪要（2022年）第3号", False),
    ],
)  # fmt: skip
def test_document_numbers(text: str, whole: bool) -> None:
    found = citations(text)
    assert len(found) == 1
    assert found[0].well_formed is whole


@pytest.mark.parametrize(
    "text",
    [
        "《义务教育法》第二条",
        "示例",
        "《义务教育法》第四十四条（困难生）/国发文（示例）",
        "会议纪要（2022年8月）",
        "2022年收费清单",
        "",
    ],
)
def test_what_is_no_document_number_is_not_judged(text: str) -> None:
    assert citations(text) == []


def test_several_documents_in_one_cell() -> None:
    found = citations("青发改〔2022〕31号、青教体发[2023]4号")
    assert [(c.formal, c.well_formed) for c in found] == [("青发改〔2022〕31号", True), ("青教体发〔2023〕4号", False)]


def test_a_yearly_document_with_the_same_number_is_no_mistake(
    school: Path, fees: Path, check_lines: Callable[[Path], list[str]]
) -> None:
    text = fees.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("F06"))
    fees.write_text(
        text.replace(row, row.replace("〔2023〕4号", "〔2022〕4号").replace("2023-02-01", "2022-02-01")),
        encoding="utf-8",
    )
    assert not [line for line in check_lines(school) if "[FEE-02]" in line]


@pytest.mark.parametrize("text", ["全体学生必须购买", "由班主任统一收取", "一律交费", "强制征订"])
def test_words_that_force(text: str) -> None:
    assert FORCING.search(text)


@pytest.mark.parametrize(
    "text",
    ["自愿购买，不得强制", "不强制", "严禁强制征订", "困难学生一律免收", "必须自愿", "不得统一收取", "余款一律退还"],
)
def test_words_that_deny_force_or_grant_something(text: str) -> None:
    assert not FORCING.search(text)


@pytest.mark.parametrize("unit", ["元/生·期", "元／人·学期", "元/餐", "元每套", "yuan/pupil", "yuan per meal"])
def test_units_that_say_what_the_price_is_for(unit: str) -> None:
    assert UNIT.fullmatch(unit)


@pytest.mark.parametrize("unit", ["元", "生", "每期", "元/", "yuan", "30元"])
def test_units_that_do_not(unit: str) -> None:
    assert not UNIT.fullmatch(unit)


def test_a_unit_written_otherwise_is_the_same_unit() -> None:
    assert len({unit_key(unit) for unit in ("元/生·期", "元／人·学期", "元/学生.期", "元/每生·每学期")}) == 1
    assert unit_key("元/生·月") != unit_key("元/生·期")


def test_a_cap_for_the_term_also_holds_for_monthly_prices(
    school: Path, fees: Path, check_lines: Callable[[Path], list[str]]
) -> None:
    text = fees.read_text(encoding="utf-8").replace(
        "F07,课后服务费,服务性收费,元/生·期,180.00,", "F07,课后服务费,服务性收费,元/生·月,80.00,5"
    )
    fees.write_text(text, encoding="utf-8")
    assert any("[FEE-03]: “课后服务费”收 400.00 元/生·期，超过上限 300.00" in line for line in check_lines(school))


def test_a_forbidden_item_gives_one_line_that_names_it(
    school: Path, fees: Path, check_lines: Callable[[Path], list[str]]
) -> None:
    text = fees.read_text(encoding="utf-8").replace("F07,课后服务费", "F07,住宿楼取暖和饮水费")
    fees.write_text(text, encoding="utf-8")
    found = [line for line in check_lines(school) if "[FEE-05]" in line or "[FEE-06]" in line]
    assert len(found) == 1
    assert "“取暖”不得收费" in found[0]


def test_no_waiver_anywhere_is_an_error(school: Path, fees: Path, check_lines: Callable[[Path], list[str]]) -> None:
    rows = [line.split(",") for line in fees.read_text(encoding="utf-8").splitlines()]
    at = rows[0].index("减免政策")
    for row in rows[1:]:
        row[at] = ""
    fees.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    assert any(
        "fees.csv:4" in line and "error[FEE-08]: 2023年春季学期没有一个项目写明减免政策" in line
        for line in check_lines(school)
    )


def test_no_hotline_is_an_error(school: Path, check_lines: Callable[[Path], list[str]]) -> None:
    path = school / "data/school.yml"
    text = re.sub(r"监督电话:\n(  - .*\n)+", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert any("error[FEE-08]: 没有监督电话" in line for line in check_lines(school))


def test_a_negative_price_is_an_error(school: Path, fees: Path, check_lines: Callable[[Path], list[str]]) -> None:
    fees.write_text(fees.read_text(encoding="utf-8").replace("元/生·期,180.00", "元/生·期,-180.00"), encoding="utf-8")
    assert any("error[FEE-08]: “课后服务费”的收费标准是负数" in line for line in check_lines(school))


FEES = tuple(f"2023-spring/F{number:02}" for number in range(1, 8))


def all_on(day: str) -> dict[str, str]:
    """Return all items of the sample's term with the day on which they were published first."""
    return dict.fromkeys(FEES, day)


def late(books: Books) -> list[tuple[str, dt.date | None, dt.date | None]]:
    """Return subject, beginning and end of what FEE-07 found."""
    return [(f.hit.subject, f.hit.since, f.hit.closed) for f in books.published if f.rule.code == "FEE-07"]


DUE = dt.date(2023, 2, 12)


@pytest.mark.parametrize(
    ("day", "began", "closed"),
    [
        ("2023-02-12", "2023-02-06", None), ("2023-02-13", "2023-02-06", dt.date(2023, 2, 13)),
        ("2023-02-13", "2023-02-12", dt.date(2023, 2, 13)), ("2023-02-13", "2023-02-13", None),
    ],
)  # fmt: skip
def test_posting(sample: Path, books_at: Callable[..., Books], day: str, began: str, closed: dt.date | None) -> None:
    books = books_at(sample, first=first_days(began, fees=all_on(day)))
    assert late(books) == ([("2023-spring", DUE, closed)] if closed else [])


def test_what_no_earlier_build_knows_is_posted_by_this_one(sample: Path, books_at: Callable[..., Books]) -> None:
    for today, found in ((DUE, []), (dt.date(2023, 2, 14), [("2023-spring", DUE, dt.date(2023, 2, 14))])):
        assert late(books_at(sample, today, first_days("2023-02-06"))) == found
    assert late(books_at(sample, dt.date(2023, 2, 14), UNKNOWN)) == []


def test_an_item_that_joins_the_list_after_registration(sample: Path, books_at: Callable[..., Books]) -> None:
    def found(began: str, **days: str) -> list[tuple[str, dt.date | None, dt.date | None]]:
        items = {f"2023-spring/{name}": day for name, day in days.items()}
        return late(books_at(sample, first=first_days(began, fees={**all_on("2023-02-10"), **items})))

    march = dt.date(2023, 3, 20)
    assert found("2023-02-06", F03="2023-02-12", F07="2023-03-20") == [("2023-spring/F07", DUE, march)]
    assert found("2023-02-06", F01="2023-03-20") == [], "nobody pays for what is free"
    assert found("2023-02-13", F07="2023-03-20") == [], "registration was before the site"


def test_a_late_list_is_told_once_and_not_for_each_item(sample: Path, books_at: Callable[..., Books]) -> None:
    days = all_on("2023-02-14") | {"2023-spring/F07": "2023-03-20"}
    found = late(books_at(sample, first=first_days("2023-02-06", fees=days)))
    assert [subject for subject, *_ in found] == ["2023-spring", "2023-spring/F07"]


def test_an_item_that_was_withdrawn_was_posted_all_the_same(sample: Path, books_at: Callable[..., Books]) -> None:
    days = all_on("2023-02-14") | {"2023-spring/F99": "2023-02-10"}
    found = late(books_at(sample, first=first_days("2023-02-06", fees=days)))
    assert [subject for subject, *_ in found] == [f"2023-spring/F{n:02}" for n in (3, 5, 6, 7)]


def test_totals_of_a_campus_that_no_longer_boards_may_stay(
    school: Path, check_lines: Callable[[Path], list[str]]
) -> None:
    path = school / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("寄宿学生: 62", "寄宿学生: 0"), encoding="utf-8")
    assert not [line for line in check_lines(school) if "[FEE-10]" in line]


def test_one_total_for_pupils_who_pay_differently_is_an_error(
    school: Path, fees: Path, check_lines: Callable[[Path], list[str]]
) -> None:
    fees.write_text(fees.read_text(encoding="utf-8").replace("自愿参加学生,,", "自愿参加学生,4-6,"), encoding="utf-8")
    lines = [line for line in check_lines(school) if "[FEE-10]" in line]
    assert len(lines) == 2
    assert "“走读学生”的自愿合计是 397.00，但各项相加因年级或校区不同，分别是 217.00、397.00" in lines[0]


def test_an_expired_basis_is_closed_when_the_term_is_over(
    school: Path, fees: Path, books_at: Callable[..., Books]
) -> None:
    text = fees.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("F07"))
    fees.write_text(text.replace(row, row.replace("2022-09-01,,", "2022-09-01,2023-06-30,")), encoding="utf-8")
    for today, found in (
        (dt.date(2023, 6, 30), []), (dt.date(2023, 7, 2), [(dt.date(2023, 7, 1), None)]),
        (dt.date(2023, 8, 20), [(dt.date(2023, 7, 1), dt.date(2023, 7, 7))]),
    ):  # fmt: skip
        hits = [f.hit for f in books_at(school, today).found("2023-spring/F07", "FEE-15")]
        assert [(hit.since, hit.closed) for hit in hits] == found


@pytest.mark.parametrize("column", ["收取", "实际成本", "退还"])
def test_one_fen_anywhere_in_a_settlement_is_an_error_with_all_places(
    school: Path, check_lines: Callable[[Path], list[str]], column: str
) -> None:
    path = school / "data/terms/2023-spring/collections.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    at = header.split(",").index(column)
    cells[at] = cells[at][:-1] + "1"
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    lines = [line for line in check_lines(school) if "error[SET-01]" in line]
    assert len(lines) == 1
    assert all(f"{letter}2" in lines[0] for letter in "CDE")
