"""Amounts of money in yuan, exact to the fen."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator

from generator.locale import Message
from generator.values.refusal import Kind, Refused

PATTERN = r"-?(0|[1-9]\d{0,11})(\.\d{1,2})?"
_money = re.compile(PATTERN, re.ASCII).fullmatch
_thousands = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?", re.ASCII).fullmatch
_brackets = re.compile(r"\((\d[\d,]*(\.\d{1,2})?)\)", re.ASCII).fullmatch
_myriads = re.compile(r"(-?\d+)(?:\.(\d{1,6}))?万元?", re.ASCII).fullmatch


def _plain(text: str) -> str | None:
    """Return the plain decimal that a near miss probably means, or None when it may mean several things."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace(" ", "")
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
    meant = _plain(text)
    if meant is not None:
        fix = Message("write {meant}, digits only; the unit belongs in the unit column", meant=meant)
    else:
        fix = Message("enter digits only, such as 30.00; the unit belongs in the unit column")
    raise Refused("amount", Message("“{value}” is not an amount of money", value=text), fix)


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
        Message("“{value}” is not a whole number", value=text if isinstance(text, str) else "…"),
        Message("enter digits only, such as 120"),
    )


Count = Annotated[
    int,
    PlainValidator(parse_count),
    Kind("count", "整数", "whole number", {"type": "string", "pattern": "^(0|[1-9][0-9]{0,8})$"}, "120"),
]
