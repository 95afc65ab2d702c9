"""Numbers that belong to a person, seen through spaces, hyphens, dots, line breaks and Chinese digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.wording.groups import Gap, Group, runs
from generator.privacy.wording.match import Kind
from generator.privacy.wording.regions import bank_card, dated_region, old_resident_id, resident_id
from generator.privacy.wording.window import Window

MOBILE, CARD = 11, range(16, 20)
LONGEST = 23
# How people group a mobile number; other ways count only beside a word such as 电话, or with hyphens.
MOBILE_GROUPS = frozenset(
    ((3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (3, 5, 3), (3, 4, 2, 2), (1,) * 11)
)
ID_GROUPS = frozenset(((6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (6, 12), (14, 4), (10, 8), (6, 6, 6)))
CARD_GROUPS = frozenset(((4,) * 4, (6, 10), (6, 13), (4, 4, 4, 7), (4, 4, 8), (4, 12), (6, 4, 9), (6, 6, 7)))
CARD_GROUPS |= {(4, 4, 4, 4, rest) for rest in (1, 2, 3)}
COUNTRY = ("86", "086", "0086")
# What the digits of any such number begin with, over all gaps.
_head = re.compile(
    r"(?:0|0{0,2}86)?1[3-9][0-9]{9}|62[0-9]{14}"
    r"|[1-8][0-7][0-9]{4}(?:(?:19|20)[0-9]{9}|[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4})"
)


def numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of ID, mobile and bank card numbers in a text that `Normal` has read."""
    for groups in runs(text):
        digits = "".join(group.digits for group in groups)
        first = place = 0
        while first < len(groups):
            last = first
            if _head.match(digits, place) and not _inside_a_row(groups, first):
                for window in _windows(text, groups, first):
                    if kind := _kind(window):
                        yield window.start, window.end, kind
                        last = window.last
                        for group in window.own:
                            group.taken = True
                        break
            place += sum(len(group.digits) for group in groups[first : last + 1])
            first = last + 1


def _inside_a_row(groups: list[Group], first: int) -> bool:
    """Return whether a short group is one of many that stand apart in the same way: only the first may begin a number."""
    own = groups[first]
    if own.before in (Gap.EDGE, Gap.NONE) or len(own.digits) > 2:
        return False
    if len(own.digits) == 1:
        return len(groups[first - 1].digits) == 1 and not groups[first - 1].taken
    return all(
        group.before in (own.before, Gap.EDGE) and not group.taken for group in groups[max(0, first - 3) : first]
    )


def _windows(text: str, groups: list[Group], first: int) -> Iterator[Window]:
    """Yield the windows that begin at a group and have as many digits as a number may have, long ones first."""
    digits = ""
    windows: list[Window] = []
    for last in range(first, len(groups)):
        if last > first and groups[last].before is Gap.EDGE:
            break
        digits += groups[last].digits
        if len(digits) > LONGEST:
            break
        if len(digits) >= MOBILE:
            windows.append(Window(text, groups, first, last, digits))
    return reversed(windows)


def _possible(digits: str) -> bool:
    """Return whether digits alone, wherever they stand, may be a number of some kind."""
    if "X" in digits[:-1]:
        return False
    return _mobile_head(digits) is not None or dated_region(digits) or old_resident_id(digits) or bank_card(digits)


def _mobile_head(digits: str) -> str | None:
    """Return what stands before the eleven digits of a mobile number, None if there is no mobile number at the end."""
    head, own = digits[:-MOBILE], digits[-MOBILE:]
    if len(own) < MOBILE or own[0] != "1" or own[1] not in "3456789" or own[-1] == "X":
        return None
    return head if head in ("", "0", *COUNTRY) else None


def _kind(window: Window) -> Kind | None:
    """Return what kind of number a window is, or None if it is nobody's."""
    digits = window.digits
    if not _possible(digits) or not window.bounded():
        return None
    whole = len(window.lengths) == 1
    if not whole and window.in_an_address:
        return None
    if resident_id(digits) and (whole or window.lengths in ID_GROUPS or window.cued or not window.listed()):
        return Kind.ID_CARD
    if window.of_an_id and (dated_region(digits) or old_resident_id(digits)):
        return Kind.ID_CARD
    if bank_card(digits) and (whole or _grouped_card(window)):
        return Kind.BANK_CARD
    if old_resident_id(digits) and (whole or _grouped_old_id(window)):
        return Kind.ID_CARD
    return Kind.MOBILE if _mobile(window) else None


def _grouped_old_id(window: Window) -> bool:
    """Return whether the 15 digits stand in groups, or on two lines, as an old number does; it has no check digit."""
    if window.cued and len(window.lengths) == 2:
        return True
    return window.lengths == (6, 6, 3) and Gap.BREAK not in window.gaps and not window.listed()


def _grouped_card(window: Window) -> bool:
    """Return whether a card's digits stand in groups as on cards."""
    if window.cued:
        return True
    canonical = window.lengths in CARD_GROUPS or window.lengths == (1,) * len(window.digits)
    dated = window.lengths[:4] != (4,) * 4 and any(group.dated for group in window.own)
    return canonical and not dated and not window.listed()


def _mobile(window: Window) -> bool:
    """Return whether a window is a mobile number, with or without the code of the country."""
    lengths, head = window.lengths, _mobile_head(window.digits)
    if head is None:
        return False
    if head and lengths[0] == len(head):
        if head == "0":
            return False
        lengths = lengths[1:]
    elif head:
        lengths = (lengths[0] - len(head), *lengths[1:])
    return len(lengths) == 1 or _grouped_mobile(window, lengths)


def _grouped_mobile(window: Window, lengths: tuple[int, ...]) -> bool:
    """Return whether groups of digits are a mobile number rather than a row of amounts, counts or dates."""
    gaps = window.gaps
    if any(group.dated for group in window.own) and not window.cued:
        return False
    if (gaps == {Gap.DOT} and len(lengths) == 2) or (Gap.DOT in gaps and len(gaps) > 1):
        return window.cued
    if lengths not in MOBILE_GROUPS:
        few = (len(lengths) < 5 and min(lengths) > 1) or lengths == (2, 2, 2, 2, 2, 1)
        return (window.cued and few and not window.listed()) or (
            gaps == {Gap.MARK} and len(lengths) > 2 and not window.listed()
        )
    if window.cued:
        return True
    if Gap.BREAK in gaps:
        return window.padded and not window.listed()
    if gaps == {Gap.MARK}:
        return not window.listed()
    if window.padded:
        return True
    return not window.listed() and not _round(window, lengths)


def _round(window: Window, lengths: tuple[int, ...]) -> bool:
    """Return whether the groups are round numbers, or one of them a day written in eight digits."""
    days = any(
        len(group.digits) == 8 and re.match(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", group.digits)
        for group in window.own
    )
    hundreds = all(group.digits.endswith("00") for group in window.own[1:])
    return days or (max(lengths) > 1 and (hundreds or all(group.digits.endswith("0") for group in window.own)))
