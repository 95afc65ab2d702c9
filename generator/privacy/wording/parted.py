"""Numbers of people whose groups are parted by a mark that else parts cells, items or amounts, as in 138,1234,5678."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.wording.groups import HAN, MARKED
from generator.privacy.wording.match import Kind
from generator.privacy.wording.normal import digits_of
from generator.privacy.wording.numbers import CARD_GROUPS, ID_GROUPS
from generator.privacy.wording.regions import bank_card, dated_region, resident_id
from generator.privacy.wording.window import cued, cued_as_id

_MARKS = ",，;；|、:：∶~〜∼*∗#&^转杠横减点"
_CELLS = frozenset(",;|")
PARTED_IDS = ID_GROUPS | {(6, 8, 3, 1)}
PARTED_MOBILE = (3, 4, 4)
PARTED = PARTED_IDS | CARD_GROUPS | {PARTED_MOBILE}
NEAR = 5
"""So close before such a number must a word such as 电话 stand to speak of it and not of another cell."""
# The same signs and the same mark all through, and no more groups than an ID number has: this keeps the search linear.
_rows = tuple(
    re.compile(
        rf"(?<![{signs}])(?=([{signs}]{{3,14}}(?P<mark> ?[{_MARKS}] ?)[{signs}]{{3,12}}(?:(?P=mark)[{signs}]{{1,8}}){{0,4}}+"
        rf"(?:(?P=mark)?[Xx×])?)(?![{signs}]))"
    )
    for signs in ("0-9", HAN, MARKED)
)
_mobile = re.compile(r"1(?:[38][0-9]|4[0145-9]|5[0-35-9]|6[2567]|7[0-9]|9[0-35-9])[0-9]{8}")
_year = re.compile(r"(?:19|20)[0-9]{2}")
_unit = re.compile(
    r" ?(?:[万亿千百]?元(?![旦月宵])|[万亿](?![事一])|人(?:次|民币|$|[，。、；,;)）])|[册份个套件米斤%％]|[cm]m)"
)
_money = re.compile(r"[¥￥$€] ?\Z")


def parted_numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of mobile, ID and bank card numbers in a text that `Normal` has read, parted by one such mark."""
    for rows in _rows:
        for row in rows.finditer(text):
            start, stop = row.span(1)
            if _decimal(text, start, stop):
                continue
            whole = _whole_id(row[1], row["mark"])
            if whole:
                yield start, start + whole, Kind.ID_CARD
            elif kind := _kind(text, start, stop, row["mark"]):
                yield start, stop, kind


def _whole_id(row: str, mark: str) -> int:
    """Return how many characters of a row are an ID number with its check digit, 0 if it does not begin with one."""
    groups = row.split(mark)
    lengths = tuple(map(len, groups))
    for count in range(2, len(groups) + 1):
        if lengths[:count] in PARTED_IDS and resident_id(_digits(groups[:count])):
            return len(mark.join(groups[:count]))
    return 0


def _digits(groups: list[str]) -> str:
    """Return the digits of groups, with the X of an ID number."""
    return digits_of("".join(groups))


def _decimal(text: str, start: int, stop: int) -> bool:
    """Return whether digits behind a full stop go on on either side."""
    before, behind = text[max(0, start - 2) : start], text[stop : stop + 2]
    return (before[1:] == "." and before[0].isdecimal()) or (behind[:1] == "." and behind[1:].isdecimal())


def _kind(text: str, start: int, stop: int, mark: str) -> Kind | None:
    """Return what kind of number the groups are, or None if they are nobody's."""
    groups = text[start:stop].split(mark)
    lengths = tuple(map(len, groups))
    if lengths not in PARTED:
        return None
    digits = _digits(groups)
    near = cued(text, start, NEAR)
    if near and lengths in PARTED_IDS and dated_region(digits) and cued_as_id(text, start):
        return Kind.ID_CARD
    if near and bank_card(digits) and lengths in CARD_GROUPS:
        return Kind.BANK_CARD
    if lengths != PARTED_MOBILE or not _mobile.fullmatch(digits) or _goes_on(text, start, stop, mark):
        return None
    if _money.search(text, max(0, start - 2), start) or _unit.match(text, stop) or mark == " | ":
        return None
    return Kind.MOBILE if near or not _counts(text, start, stop, mark, groups) else None


def _goes_on(text: str, start: int, stop: int, mark: str) -> bool:
    """Return whether one more number stands beside these behind the same mark."""
    width = len(mark)
    before, behind = text[max(0, start - width - 1) : start], text[stop : stop + width + 1]
    return (before[1:] == mark and before[0].isdecimal()) or (behind[:-1] == mark and behind[-1].isdecimal())


def _counts(text: str, start: int, stop: int, mark: str, groups: list[str]) -> bool:
    """Return whether three numbers without a word such as 电话 before them are counts: in cells, round, or years."""
    sign = mark.strip()
    beside = text[start - 1 : start] + text[stop : stop + 1]
    if mark != sign or (sign in _CELLS and (sign in beside or "[" in beside)):
        return True
    if any(group[0] == "0" for group in groups):
        return False
    years = all(_year.fullmatch(group) for group in groups[1:])
    round_ones = all(group.endswith("00") for group in groups[1:]) or all(group.endswith("0") for group in groups)
    return years or round_ones
