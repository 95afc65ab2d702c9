"""What a refused text can only mean, and what may mean several things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dataset import SHEETS
from generator.loading import value_reader
from generator.records import Record, nested, titles
from generator.registers.calendar.records import Event
from generator.registers.fees.records import FeeItem, Settlement
from generator.registers.finance.records import StatementLine
from generator.repair import surely
from generator.values.refusal import Refused

FIELDS = [(s.record, t.name) for s in SHEETS for t in titles(s.record) if not nested(s.record.model_fields[t.name])]
LIKELY = "0123456789.,-/:;()¥￥元万千年月日至~ 　\t\u00a0\u200b\u200d\u200e\u202e0１２.，。'\"√是否abcFｆＦE+²①½"


@pytest.mark.parametrize(
    ("model", "field", "text", "meant"),
    [
        (FeeItem, "amount", "1,234.50", "1234.50"),
        (FeeItem, "amount", "１２３．５", "123.5"),
        (FeeItem, "amount", "￥2", "2"),
        (FeeItem, "amount", "¥ 1,000.00 元", "1000.00"),
        (FeeItem, "amount", "30 元", "30"),
        (FeeItem, "amount", "1.5万", "15000.00"),
        (FeeItem, "amount", "1.5万元", "15000.00"),
        (FeeItem, "amount", "'30", "30"),
        (FeeItem, "amount", "3\u200b0", "30"),
        (FeeItem, "amount", "1\u00a0234", "1234"),
        (FeeItem, "amount", "按 中标价", "按中标价"),
        (FeeItem, "amount", "－5", "-5"),
        (FeeItem, "times", "１０１", "101"),
        (FeeItem, "times", "1,200", "1200"),
        (FeeItem, "times", "101.00", "101"),
        (Settlement, "settled_on", "2023/2/13", "2023-02-13"),
        (Settlement, "settled_on", "2023.2.13", "2023-02-13"),
        (Settlement, "settled_on", "2023年2月13日", "2023-02-13"),
        (Settlement, "settled_on", "2023 年 2 月 13 日", "2023-02-13"),
        (Settlement, "settled_on", "2023/2/13 0:00:00", "2023-02-13"),
        (Settlement, "settled_on", "２０２３-０２-１３", "2023-02-13"),
        (Settlement, "settled_on", "\u200e2023/2/13", "2023-02-13"),
        (StatementLine, "month", "2023年3月", "2023-03"),
        (StatementLine, "month", "2023/3", "2023-03"),
        (StatementLine, "month", "2023.10", "2023-10"),
        (Event, "when", "2023年", "2023"),
        (Event, "when", "开学前", "before:term-start"),
        (Event, "when", "2023/2/13至2023/2/17", "2023-02-13/2023-02-17"),
        (Event, "when", "2023年6月1日—2023年6月3日", "2023-06-01/2023-06-03"),
        (Event, "owner", "m2.1,m2.3", "m2.1;m2.3"),
        (Event, "owner", "m2.1，m2.3", "m2.1;m2.3"),
        (FeeItem, "id", "Ｆ０３", "F03"),
        (FeeItem, "id", "F\u200d03", "F03"),
        (FeeItem, "id", " F03\u00a0", "F03"),
        (FeeItem, "id", "'001", "001"),
        (FeeItem, "nature", "代 收费", "代收费"),
        (FeeItem, "voluntary", "ＹＥＳ", "yes"),
        (FeeItem, "voluntary", "√", "是"),
        (FeeItem, "voluntary", "×", "否"),
        (FeeItem, "grades", "１-６", "1-6"),
        (FeeItem, "item", "作业\u200b本费", "作业本费"),
        (FeeItem, "item", "\u200b", ""),
    ],
)
def test_one_meaning(model: type[Record], field: str, text: str, meant: str) -> None:
    assert surely(model, field, text) == meant
    assert meant in proposed(model, field, text, meant)


def proposed(model: type[Record], field: str, text: str, otherwise: str) -> tuple[str, str]:
    """Return the value that the message about a text proposes, and its Chinese word where it is a choice."""
    try:
        value_reader(model, field)(text)
    except Refused as refused:
        values = refused.fix.values if refused.fix else {}
    else:
        values = {}
    found = values.get("meant", values.get("word", otherwise))
    return found, getattr(found, "zh", "")


@pytest.mark.parametrize(
    ("model", "field", "text"),
    [
        *[
            (FeeItem, "amount", text)
            for text in (
                "(200)", "（200）", "2元/餐", "三十", "1_000", "1 234", "12,34", "30²", "3①", "½", "1.2345", "NaN", "1E5", "-0",
                "-", "/", "无", "#DIV/0!", "15-20", "约9", "1.10101E+17", "15.00\u202e", "1234567890123", "5毛", "30。5",
            )
        ],
        *[
            (Settlement, "settled_on", text)
            for text in ("44970", "2/13/2023", "3/2/2023", "2023-02-30", "2023.2-13", "23/2/13", "2月13日", "2023/2/13 12:30")
        ],
        (StatementLine, "month", "2023.1"),
        (StatementLine, "month", "2023/2/13"),
        (Event, "owner", "m2,1"),
        (Event, "owner", "1,2"),
        (Event, "owner", "m2.1 m2.3"),
        (FeeItem, "id", "F 03"),
        (FeeItem, "id", "1.10101E+17"),
        (FeeItem, "id", "F03①"),
        (FeeItem, "id", "1234567890123000"),
        (FeeItem, "nature", "代收"),
        (FeeItem, "voluntary", "可以"),
        (FeeItem, "voluntary", "有"),
        (FeeItem, "voluntary", "1"),
        (FeeItem, "nature", "√"),
        (FeeItem, "item", "=SUM(A1:A9)"),
        (FeeItem, "item", "作业\u202e本费"),
        (FeeItem, "item", "可\u200c\u202e"),
        (FeeItem, "basis_url", "http://example.org/"),
    ],
)  # fmt: skip
def test_several_meanings_or_none(model: type[Record], field: str, text: str) -> None:
    assert surely(model, field, text) is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("item", "作业本费"),
        ("amount", "15.00"),
        ("amount", "据实"),
        ("basis", "发改价格[2010]1619号"),
        ("id", "F03"),
        ("item", ""),
    ],
)
def test_what_is_fine_stays(field: str, text: str) -> None:
    assert surely(FeeItem, field, text) is None


@given(field=st.sampled_from(FIELDS), text=st.text(st.sampled_from(LIKELY), max_size=14) | st.text(max_size=20))
def test_what_is_surely_meant_can_be_read_and_is_final(field: tuple[type[Record], str], text: str) -> None:
    meant = surely(*field, text)
    if meant is None:
        return
    assert meant != text
    if meant:
        value_reader(*field)(meant)
    assert surely(*field, meant) is None


@given(field=st.sampled_from(FIELDS), text=st.text(st.sampled_from(LIKELY), max_size=12))
def test_what_is_mended_is_what_the_message_proposes(field: tuple[type[Record], str], text: str) -> None:
    meant = surely(*field, text)
    if not meant:
        return
    assert meant in proposed(*field, text, meant)


@given(text=st.text(st.sampled_from(LIKELY), max_size=14))
def test_an_amount_that_is_mended_is_the_one_that_the_message_proposes(text: str) -> None:
    meant = surely(FeeItem, "amount", text)
    plain = text.translate(
        dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff\u202a\u202c\u202d'"))
    ).strip()
    if meant is None or meant == plain:
        return
    with pytest.raises(Refused) as refused:
        value_reader(FeeItem, "amount")(plain)
    fix = refused.value.fix
    assert fix is not None
    assert fix.values.get("meant", meant) == meant


@pytest.mark.parametrize("text", ["30²", "3①", "½", "③元/生"])
def test_no_message_takes_a_sign_for_a_digit(text: str) -> None:
    with pytest.raises(Refused) as refused:
        value_reader(FeeItem, "amount")(text)
    assert refused.value.fix is not None
    assert refused.value.fix.values == {}
