"""What a cell may hold as a pattern for the forms, with the words in which the program itself refuses anything else.

A pattern accepts what the program reads, and the empty cell: whether that may be is said by the column. It knows one cell;
what rows say of each other is told by the report on the change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from generator.locale import Language
from generator.registers.fees.records import OpenPrice, parse_grades, parse_standard
from generator.registers.school.records import parse_branch
from generator.values import money
from generator.values.dates import RELATIVE, parse_day, parse_month, parse_when
from generator.values.refusal import Refused
from generator.values.text import FORMULA_STARTS, _parse_list, parse_code, parse_link, parse_text

YEAR = "(?:19|20|21)[0-9]{2}"
MONTH = f"{YEAR}-(?:0[1-9]|1[0-2])"
LEAP = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
DAY = (
    f"(?:{YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{LEAP})"
)
MONEY = rf"(?!-0(?:\.0{{1,2}})?$){money.PATTERN}".replace(r"\d", "[0-9]")
CODE = "(?![0-9]{13,}000(?![0-9A-Za-z._-]))[0-9A-Za-z][0-9A-Za-z._-]{0,39}"
NAME = "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
LINK = (
    rf"https://(?:{NAME}\.)+(?:[A-Za-z]{{2,63}}|[Xx][Nn]--[0-9A-Za-z-]{{2,59}})"
    r"(?:[/?#][^\s<>\"'`\\\u0000-\u0020\u007f-\u009f]{0,500})?"
)
SIGNS = "".join(rf"\u{ord(sign):04x}" for sign in FORMULA_STARTS)
TEXT = rf"-[0-9]+(?:\.[0-9]+)?|(?![{SIGNS}])[^\u0000]*"
GRADE = "(?:[1-9]|1[0-2])"
GRADES = rf"(?:\s*{GRADE}(?:[-~\u2013\u2014\u81f3]{GRADE})?(?:\u5e74\u7ea7)?\s*(?:[;\uff1b\u3001,\uff0c]|$))+"
SOME = rf"(?:\s*(?:{CODE})?\s*(?:[;\uff1b\u3001]|$))+"
WORDS = "|".join(word for member in OpenPrice for word in (member.zh, member.en))
WHEN = "|".join((f"{DAY}(?:/{DAY})?", MONTH, YEAR, *RELATIVE))

KINDS: dict[str, tuple[str, Callable[[object], object]]] = {
    "money": (MONEY, money.parse_money),
    "count": ("0|[1-9][0-9]{0,8}", money.parse_count),
    "standard": (f"{MONEY}|{WORDS}", parse_standard),
    "day": (DAY, parse_day),
    "month": (MONTH, parse_month),
    "when": (WHEN, parse_when),
    "code": (CODE, parse_code),
    "codes": (SOME, _parse_list),
    "link": (LINK, parse_link),
    "grades": (GRADES, parse_grades),
    "branch": (r"(?!.*(?:\.\.|//|/\.|@\{|/$|\.$|\.lock$))[^\s~^:?*\\[\]=;,]{1,200}", parse_branch),
    "text": (TEXT, parse_text),
}
"""The pattern of each kind and the reader that it stands for."""

WRONG = "=\uff1f"
"""A cell that no reader takes: its refusal says what to do."""


@cache
def pattern_of(kind: str) -> str:
    """Return the whole pattern of a kind of value, which also takes an empty cell."""
    return f"^(?:{KINDS[kind][0]})?$"


def message_of(kind: str, language: Language) -> str:
    """Return what the program tells whoever has written something that is no value of this kind."""
    try:
        KINDS[kind][1](WRONG)
    except Refused as refused:
        return language.say(refused.fix or refused.message)
    raise AssertionError(f"{kind} takes everything")
