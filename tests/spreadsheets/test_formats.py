"""A number is taken only where the sheet shows that number: whoever looks at the sheet must see what is imported."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from generator.spreadsheets.formats import is_shown
from tests.spreadsheets.building import BALANCE, F09, FEES, LINES, Office, page_of

ACCOUNTS = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("General", "15.4"), ("@", "15"), ("0", "15.00"), ("0.0", "1.50"), ("#,##0", "1500"), ("#.##", "3"), ("00", "7"),
        (ACCOUNTS, "15.40"), (ACCOUNTS, "-15.40"), (ACCOUNTS, "0"), ("#,##0.00_);[Red]\\(#,##0.00\\)", "-3"),
        ("#,##0.00;[Red]#,##0.00", "-3"), ("0_);[红色]\\(0\\)", "-3"), ('"¥"#,##0.00;"¥"\\-#,##0.00', "-3"), ("¥#,##0.00", "3"),
        ("[$¥-804]#,##0.00", "3"), ("[DBNum1]0.00", "3"), ('General"元"', "15.4"), ('0.00"元/人"', "3"), ("0.00;-0.00;", "5"),
        ("_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-", "-3"), (None, "15"),
    ],
)  # fmt: skip
def test_what_offices_put_around_a_number_does_not_matter(shown: str | None, number: str) -> None:
    assert is_shown(Decimal(number), shown)


@pytest.mark.parametrize(
    ("shown", "number", "looks_like"),
    [
        ('"15.00"', "1500", "15.00"), ('0.00"0"', "1.5", "1.500"), ("0.00\\0", "3", "3.000"), ('0"5.00"', "1", "15.00"),
        ("0.00,", "15000", "15.00"), ("0\\.0,", "15000", "1.5"), ('0.00"万"', "15", "15.00万"), ("0.00\\万", "15", "15.00万"),
        ("0.00[$万-804]", "15", "15.00万"), ('0.00"k"', "3", "3.00k"), ("0", "15.4", "15"), ("0.0", "1.55", "1.6"),
        ("0.00;0.00", "-15", "15.00"), (";;;", "99", ""), ("0.00;-0.00;", "0", ""), ('[>100]"15.00"', "1500", "15.00"),
        ("[=1]0", "15", "15"), ("0.00E+00", "1500", "1.50E+03"), ("?/?", "15.5", "31/2"), ("0%", "1", "100%"), ("yyyy", "3", "1900"),
    ],
)  # fmt: skip
def test_a_format_that_shows_another_number_is_seen(shown: str, number: str, looks_like: str) -> None:
    assert not is_shown(Decimal(number), shown), looks_like


def test_an_amount_that_looks_like_another_one_is_refused_with_its_cell(office: Office) -> None:
    before = office.state()
    for shown, number in (('"15.00"', 1500), ('0.00"万"', 15), ("0.00,", 15000)):
        book, page = page_of([FEES, [*F09[:4], number, *F09[5:]]])
        page["E2"].number_format = shown
        assert office.take(book) == 1
        assert f"(E2): 收费标准：这一格存的是 {number}，按格式 {shown} 显示的却是别的内容；" in office.said
    assert office.state() == before


@pytest.mark.parametrize("shown", ['yyyy-"01"-dd', '"2023-01-"dd', "yyyy-\\0\\1-dd"])
def test_a_day_that_looks_like_another_one_is_refused(office: Office, shown: str) -> None:
    book, page = page_of([BALANCE, ("库存校服", "资产", dt.date(2023, 8, 31), 12)])
    page["C2"].number_format = shown
    assert office.take(book) == 1
    assert "(C2): 日期：这一格存的是 2023-08-31，按格式" in office.said
    page["C2"].number_format = '[$-804]yyyy"年"m"月"d"日"'
    assert office.take(book) == 0, office.said


def test_rows_and_columns_that_are_too_small_to_be_seen_are_hidden(office: Office) -> None:
    rows = [LINES, ("2023-08", "30206", "电费", "支出", 5000)]
    before = office.state()
    book, page = page_of(rows)
    page.row_dimensions[2].height = 0.75
    assert office.take(book) == 1
    assert "第 2 行被隐藏或筛选掉了" in office.said
    book, page = page_of(rows)
    page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = 1, True
    page.row_dimensions[1].height = 15
    assert office.take(book) == 1
    assert "第 2 行被隐藏或筛选掉了" in office.said
    book, page = page_of(rows)
    page.column_dimensions["E"].width = 0.1
    assert office.take(book) == 1
    assert "“金额”这一列被隐藏了" in office.said
    assert office.state() == before
