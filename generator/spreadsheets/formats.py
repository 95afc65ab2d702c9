"""Whether the format of a number shows the number that is there: a sheet may show 15.00, or 15万, where it holds another one."""

from __future__ import annotations

import re
from decimal import Decimal

ORDINARY = frozenset({"General", "GENERAL", "G/通用格式", "@", ""})
SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
CONDITION = re.compile(r"\[[<>=]")
BESIDE = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[([^\]]*)\]|[_*].')
NUMBER = re.compile(r"(?P<before>[^#0?,.]*)(?P<whole>[#0?]*(?:,[#0?]+)*)(?:\.(?P<places>[#0?]*))?(?P<behind>[^#0?,.]*)")
SIGNS = re.compile(r"[\s+\-()（）¥￥$€元]*")
MANY = re.compile(r"[\d%‰十百千万亿]|[KkMm](?![A-Za-z])")
"""What beside a number makes it look like another one."""
RED = frozenset({"red", "红色"})


def spells_digits(shown: str | None) -> bool:
    """Whether a format has digits of its own, as one has that shows every day as one of January."""
    return shown is not None and any(re.search(r"\d", each[1] or each[2] or "") for each in BESIDE.finditer(shown))


def is_shown(number: Decimal, shown: str | None) -> bool:
    """Whether a format shows a number as it is, whatever signs of money, colours and spaces stand around it.

    A kind of file that does not tell its formats (None) is believed.
    """
    if shown is None or shown in ORDINARY:
        return True
    if CONDITION.search(shown):
        return False
    sections = [match[0] for match in SECTION.finditer(shown) if match.start() == 0 or shown[match.start() - 1] == ";"]
    section = _used(sections, number)
    found = list(BESIDE.finditer(section))
    beside = "".join(each[1] or each[2] or each[3] or "" for each in found)
    is_red = any((each[4] or "").casefold() in RED for each in found)
    bare = BESIDE.sub("", section)
    match = NUMBER.fullmatch(bare)
    if bare.strip() in ORDINARY - {""}:
        match = NUMBER.fullmatch("0.00")
    if match is None or MANY.search(beside):
        return False
    if not SIGNS.fullmatch(match["before"] + match["behind"]):
        return False
    if number == 0:
        return bool(match["whole"] or match["places"] or "-" in beside)
    if not match["whole"] and not match["places"]:
        return False
    is_negative = is_red or bool(set(beside + match["before"]) & set("-(（"))
    if number < 0 and section is not sections[0] and not is_negative:
        return False
    return number == number.quantize(Decimal(1).scaleb(-min(len(match["places"] or ""), 9)))


def _used(sections: list[str], number: Decimal) -> str:
    """Return the section of a format that a number is shown by: the first, that of negative numbers, or that of zero."""
    at = 1 if number < 0 else 2 if number == 0 else 0
    return sections[at] if at < len(sections) else sections[0]
