"""Amounts of money in yuan, exact to the fen."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator

from generator.locale import Message
from generator.problems import shown
from generator.values.narrow import narrow
from generator.values.refusal import Kind, Refused

PATTERN = r"-?(0|[1-9]\d{0,11})(\.\d{1,2})?"
_money = re.compile(PATTERN, re.ASCII).fullmatch
_spaces = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f]")
_thousands = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?", re.ASCII).fullmatch
_brackets = re.compile(r"\((\d[\d,]*(\.\d{1,2})?)\)", re.ASCII).fullmatch
_with_unit = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,2})?)(?P<unit>元?/[^\s\d,，]{1,10})").fullmatch
_too_fine = re.compile(r"-?\d+\.\d{3,}", re.ASCII).fullmatch
# What people type where there is no amount, and what spreadsheets leave where a formula failed.
NOTHING = frozenset(
    {"-", "--", "—", "——", "–", "−", "/", "\\", "*", "无", "没有", "暂无", "空", "免", "n/a", "na", "none", "nil"}
)
_failed = re.compile(r"#.*|-?(nan|inf(inity)?)", re.IGNORECASE).fullmatch
_myriads = re.compile(r"(-?\d+)(?:\.(\d{1,6}))?万元?", re.ASCII).fullmatch


def _plain(text: str) -> str | None:
    """Return the plain decimal that a near miss probably means, or None when it may mean several things."""
    text = _spaces.sub("", narrow(text))
    text = text.removeprefix("\u00a5").removesuffix("元")
    if match := _brackets(text):
        text = "-" + match[1]
    if match := _myriads(text):
        text = f"{Decimal(match[1] + '.' + (match[2] or '0')) * 10000:.2f}"
    if _thousands(text):
        text = text.replace(",", "")
    text = text.replace("_", "")
    return text if _money(text) and (Decimal(text) or text[0] != "-") else None


def meant(text: str) -> str | None:
    """Return the plain amount that the message about a refused text proposes, or None."""
    return _plain(text)


def parse_money(text: object) -> Decimal:
    """Return the amount in yuan that `text` states, at most two decimals.

    Raises `Refused` with the plain number that a near miss such as ``1,234.50`` or ``¥30`` probably means.
    """
    if not isinstance(text, str):
        if isinstance(text, Decimal):
            return text
        raise Refused("amount", Message("An amount of money must be one value, not a list or a table"))
    if _money(text):
        amount = Decimal(text)
        if amount or text[0] != "-":
            return amount
    raise Refused("amount", Message("“{value}” is not an amount of money", value=shown(text)), _instead(text))


def _instead(text: str) -> Message:
    """Return what to write in place of a text that is no amount."""
    if (meant := _plain(text)) is not None:
        return Message("write {meant}, digits only, without a unit", meant=meant)
    plain = narrow(text).strip()
    if parts := _with_unit(plain):
        number, unit = parts["number"], parts["unit"]
        return Message("write the number {number} alone; “{unit}” belongs in the unit column", number=number, unit=unit)
    if plain.lower() in NOTHING:
        return Message("write 0 where the amount is zero; where there is none yet, leave the row out for now")
    if _failed(plain):
        return Message("the formula has no result: type the number itself")
    if _too_fine(plain):
        return Message("an amount has at most two decimals (fen): look it up and enter it again")
    return Message("enter digits only, such as 30.00, without a unit")


Money = Annotated[
    Decimal,
    PlainValidator(parse_money),
    Kind("money", "金额（元）", "amount in yuan", {"type": "string", "pattern": f"^{PATTERN}$"}, "30.00"),
]


def parse_count(text: object) -> int:
    """Return the whole number from 0 that `text` states; raises `Refused`."""
    if isinstance(text, int):
        return text
    if isinstance(text, str) and re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII):
        return int(text)
    raise Refused(
        "count",
        Message("“{value}” is not a whole number", value=shown(text) if isinstance(text, str) else "…"),
        Message("enter digits only, such as 120"),
    )


Count = Annotated[
    int,
    PlainValidator(parse_count),
    Kind("count", "整数", "whole number", {"type": "string", "pattern": "^(0|[1-9][0-9]{0,8})$"}, "120"),
]
