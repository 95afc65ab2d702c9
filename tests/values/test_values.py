"""Values: what is accepted, what is refused, and what a near miss probably means."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import language
from generator.registers.fees.records import Boarding, Nature, OpenPrice, parse_standard
from generator.values.choice import YesNo
from generator.values.dates import Month, parse_day, parse_month, parse_when
from generator.values.money import parse_count, parse_money
from generator.values.refusal import Refused
from generator.values.text import parse_code, parse_link, parse_text

ZH = language("zh")


def said(refused: Refused) -> str:
    fix = "；" + ZH.say(refused.fix) if refused.fix else ""
    return ZH.say(refused.message) + fix


@pytest.mark.parametrize("text", ["0", "0.00", "30", "30.5", "-3.50", "999999999999.99"])
def test_money_is_read_exactly(text: str) -> None:
    assert parse_money(text) == Decimal(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,234.50", "1234.50"), ("1，234.50", "1234.50"), ("１２３", "123"), ("¥30", "30"), ("￥30", "30"), ("30元", "30"),
        ("1.5万", "15000.00"), ("(200)", "-200"), ("（200）", "-200"), ("1_000", "1000"), ("−5", "-5"), ("1 000", "1000"),
    ],
)  # fmt: skip
def test_a_near_miss_is_refused_with_what_it_means(text: str, meant: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_money(text)
    assert said(refused.value) == f"“{text}”不是金额；请写成 {meant}，只填数字，不带单位"


@pytest.mark.parametrize(
    "text",
    [
        "1E5",
        "-0",
        "-0.00",
        "三十",
        "00",
        "01",
        "+3",
        ".5",
        "5.",
        "",
        "٣",
        "1e400",
        "--1",
    ],
)
def test_what_is_no_money_is_refused_outright(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_money(text)
    assert said(refused.value) == f"“{text}”不是金额；请只填数字，如 30.00，不带单位"


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("30元/生", "请只填数字 30，“元/生”写在“计费单位”栏"), ("２.50/餐", "请只填数字 2.50，“/餐”写在“计费单位”栏"),
        ("1.234", "金额最多两位小数（到分），请查对后重新填写"), ("-", "金额是零请填 0；还没有金额的，先不登记这一行"),
        ("／", "金额是零请填 0；还没有金额的，先不登记这一行"), ("无", "金额是零请填 0；还没有金额的，先不登记这一行"),
        ("NaN", "公式没有算出结果，请直接填写数字"), ("Infinity", "公式没有算出结果，请直接填写数字"),
        ("#REF!", "公式没有算出结果，请直接填写数字"),
    ],
)  # fmt: skip
def test_what_offices_type_for_an_amount_is_answered_in_its_own_way(text: str, fix: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_money(text)
    assert said(refused.value) == f"“{text}”不是金额；{fix}"


@given(st.decimals(-(10**12) + 1, 10**12 - 1, places=2, allow_nan=False).filter(lambda d: d or not d.is_signed()))
def test_every_amount_survives_being_written_and_read(amount: Decimal) -> None:
    assert parse_money(f"{amount:f}") == amount


@given(st.text())
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    for parse in (
        parse_money, parse_count, parse_day, parse_month, parse_when, parse_code, parse_text, parse_link, parse_standard,
        YesNo.parse, Nature.parse,
    ):  # fmt: skip
        try:
            parse(text)
        except Refused as refused:
            words = said(refused)
        else:
            words = "accepted"
        assert words


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023/2/13", "2023-02-13"), ("2023年2月13日", "2023-02-13"), ("2023.2.13", "2023-02-13"), ("44970", "2023-02-13"),
        ("2023-2-13", "2023-02-13"),
    ],
)  # fmt: skip
def test_a_date_written_otherwise_is_refused_with_the_date(text: str, meant: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_day(text)
    assert said(refused.value) == f"“{text}”不是日期；请写成 {meant}"


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13-01", "0000-01-01"])
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_day(text)
    assert said(refused.value) == f"“{text}”不是日期；日历上没有这一天，请查对后重新填写"


@pytest.mark.parametrize("text", ["0000-02", "0001-01", "1899-12", "9999", "2200", "0001-01-01", "9999-12-31"])
def test_years_that_no_account_is_about_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_when(text)
    assert said(refused.value) == f"“{text}”不是日期；年份请写 1900 至 2199 之间的"


def test_a_day_of_american_order_is_refused_without_a_guess() -> None:
    with pytest.raises(Refused) as refused:
        parse_day("2/13/2023")
    assert said(refused.value) == "“2/13/2023”不是日期；请写成“年-月-日”，如 2023-02-13"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2023-02-13", "2023年2月13日", "13 February 2023"),
        ("2023-02", "2023年2月", "February 2023"),
        ("2023", "2023年", "2023"),
        ("2023-02-13/2023-02-17", "2023年2月13日至2023年2月17日", "13 February 2023 to 17 February 2023"),
        ("before:term-start", "开学前", "before term starts"),
    ],
)
def test_a_date_keeps_the_precision_it_was_given(text: str, zh: str, en: str) -> None:
    when = parse_when(text)
    assert (when.label("zh"), when.label("en")) == (zh, en)


def test_a_relative_date_shows_both_its_words_and_its_day() -> None:
    when = parse_when("before:term-start").resolved(None, dt.date(2023, 2, 13))
    assert when.label("zh") == "开学前（2023年2月13日前）"
    assert when.label("en") == "before term starts (before 13 February 2023)"


@given(st.integers(1, 9998), st.integers(1, 12), st.integers(-40, 40))
def test_months_count_as_calendars_do(year: int, number: int, steps: int) -> None:
    month = Month(year, number)
    if not 1 <= (year * 12 + number - 1 + steps) // 12 <= 9998:
        return
    later = month.plus(steps)
    assert later.plus(-steps) == month
    assert (later > month) == (steps > 0)
    assert month.plus(1).first - month.last == dt.timedelta(1)


def test_a_word_may_be_written_in_either_language() -> None:
    assert Nature.parse("代收费") is Nature.parse("collected for a provider") is Nature.COLLECTED
    assert Boarding.parse("寄宿").label("en") == "boarder"
    assert parse_standard("按中标价") is OpenPrice.TENDER


def test_an_unknown_word_is_answered_with_the_closest() -> None:
    with pytest.raises(Refused) as refused:
        Nature.parse("服务收费")
    assert said(refused.value) == "“服务收费”不在可填的词中；请写成“服务性收费”"


@pytest.mark.parametrize("text", ["=1+1", "+86", "@cmd", "-cmd", "\u3000", "＝1+1", "＋1", "－1", "＠a"])
def test_what_a_spreadsheet_would_run_is_refused(text: str) -> None:
    if text.isspace():
        assert parse_text(text) == text
        return
    with pytest.raises(Refused) as refused:
        parse_text(text)
    assert said(refused.value) == f"“{text}”以“{text[0]}”开头，电子表格会把它当作公式执行；请改用文字或数字开头"


def test_a_negative_number_is_no_formula() -> None:
    assert parse_text("-3.50") == "-3.50"


@pytest.mark.parametrize("text", ["1.10101E+17", "511502199001010000"])
def test_a_code_that_a_spreadsheet_rewrote_is_told(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_code(text)
    assert said(refused.value) == f"“{text}”像是被电子表格改写过的编号；请把这一列设为文本格式，再重新输入编号"


@pytest.mark.parametrize(
    "text", ["http://example.org", "javascript:alert(1)", "https://a b", "//example.org", 'https://a"b']
)
def test_only_plain_secure_addresses_are_links(text: str) -> None:
    with pytest.raises(Refused):
        parse_link(text)
