"""A number is taken only where the sheet shows that number: whoever looks at the sheet must see what is imported."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.spreadsheets.formats import is_shown
from tests.spreadsheets.building import F09, FEES, Office, page_of

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
