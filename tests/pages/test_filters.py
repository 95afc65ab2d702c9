"""Filters: how figures, days, keys and addresses stand on a page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import Message, language
from generator.pages import filters as f
from generator.problems import Place

D = Decimal
ZH, EN = f.filters(language("zh")), f.filters(language("en"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D("1234.5"), "1,234.50"),
        (D("-1234.5"), "−1,234.50"),
        (D(0), "0.00"),
        (D("-0.00"), "0.00"),
        (D("12345678.90"), "12,345,678.90"),
        (5, "5.00"),
    ],
)
def test_money(value: D | int, text: str) -> None:
    assert f.money(value) == text


@pytest.mark.parametrize("value", [1.5, True, "1.50", None])
def test_money_is_never_a_float_or_a_text(value: object) -> None:
    with pytest.raises(TypeError):
        f.money(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"), [(D("0.7325"), "73.3%"), (D(0), "0.0%"), (D("-0.05"), "−5.0%"), (D(12), "1,200.0%")]
)
def test_percent_rounds_halves_up(value: D, text: str) -> None:
    assert f.percent(value) == text


def test_number() -> None:
    assert (f.number(12345), f.number(D("-3.50")), f.number(0)) == ("12,345", "−3.50", "0")


def test_days_and_periods_are_written_out() -> None:
    day, end = dt.date(2023, 2, 13), dt.date(2023, 7, 7)
    assert ZH["day"](day) == "2023年2月13日"
    assert ZH["period"](day, end) == "2023年2月13日至2023年7月7日"
    assert ZH["period"](day) == "2023年2月13日起"
    assert ZH["period"](None, end) == "至2023年7月7日止"
    assert EN["period"](day, end) == "13 February 2023 to 7 July 2023"
    assert ZH["period"](None) == ""


@pytest.mark.parametrize("value", [dt.date(2023, 2, 1), (2023, 2), "2023-02"])
def test_month_takes_every_form_of_a_month(value: object) -> None:
    assert (ZH["month"](value), EN["month"](value)) == ("2023年2月", "February 2023")


@pytest.mark.parametrize("value", ["2023", "2023-2", 5, None, ("2023", "02")])
def test_month_refuses_what_has_none(value: object) -> None:
    with pytest.raises(TypeError):
        f.year_and_month(value)


def test_say_takes_text_and_message() -> None:
    assert ZH["say"](Message("from {start}", start=dt.date(2023, 9, 1))) == "2023年9月1日起"
    assert ZH["say"]("原样") == "原样"


def test_place_is_file_and_line() -> None:
    assert f.place(Place("data/school.yml", 4, 2)) == "data/school.yml:4"
    assert f.place(Place("data/school.yml")) == "data/school.yml"


def test_anchor_keeps_chinese_and_codes() -> None:
    assert f.anchor("F01") == "F01"
    assert f.anchor("2023-春.课后_服务") == "2023-春.课后_服务"
    assert f.anchor("a b%") == "a~20b~25"


@given(st.text(), st.text())
def test_two_keys_never_share_an_anchor(one: str, other: str) -> None:
    if one and other:
        assert (f.anchor(one) == f.anchor(other)) == (one == other)


@given(st.text())
def test_an_anchor_has_no_space_quote_or_percent(key: str) -> None:
    found = f.anchor(key)
    assert found
    assert not any(c.isspace() or c in "\"'<>&#%" for c in found)


@pytest.mark.parametrize("url", ["https://a.cn", "https://a.cn/b?c=%20#d", "https://A.CN"])
def test_weblinks(url: str) -> None:
    assert f.is_weblink(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://a.cn",
        "https://b@a.cn",
        " https://a.cn",
        "data:text/html,x",
        "//a.cn",
        "https://a.cn\n",
        "https:// a",
        "",
        None,
    ],
)
def test_what_may_not_become_a_link(url: object) -> None:
    assert not f.is_weblink(url)


@pytest.mark.parametrize(
    ("text", "ok"), [("0371-1234567", True), ("12345", True), ("+86 10 1234", True), ("call me", False), ("12", False)]
)
def test_phones(text: str, ok: bool) -> None:
    assert f.is_phone(text) is ok


def test_dialled_keeps_digits() -> None:
    assert f.dialled("+86 (0371) 123-4567") == "+8603711234567"
