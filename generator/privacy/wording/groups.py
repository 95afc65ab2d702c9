"""Groups of digits as people write long numbers, and what lies between the groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from generator.privacy.wording.normal import HAN_DIGITS, LOOK_ALIKES, MARKED_DIGITS

HAN, MARKED, LETTERS = "".join(HAN_DIGITS), "".join(MARKED_DIGITS), "".join(LOOK_ALIKES)
_DIGIT = f"0-9{HAN}{MARKED}"
# A tab, a comma and a bar separate cells: no number goes on behind them.
_BETWEEN = r" \n._/\\()\[\]（）【】·•・‧∙⋅\-‐‑‒–—―−"
# The shortest number has eleven digits, of which letters may stand first; the atomic groups keep this linear.
_region = re.compile(
    rf"[{_DIGIT}](?:[{_BETWEEN}]{{0,12}}+[{_DIGIT}{LETTERS}]){{8}}(?:[{_BETWEEN}]{{0,12}}+[{_DIGIT}{LETTERS}])*+"
    rf"(?:[{_BETWEEN}]{{0,3}}+[Xx×](?![0-9A-Za-z]))?"
)
_group = re.compile(rf"[0-9{LETTERS}]+|[{HAN}]+|[{MARKED}]+|[Xx×]")
_whole = re.compile(r"1[3-9][0-9]{9}|[0-9]{15}|[0-9]{18}")
_words = re.compile(rf"[{LETTERS}]+|[0-9]+")
_alnum_before = re.compile(r"[0-9A-Za-z]{0,40}\Z")
_alnum_after = re.compile(r"[0-9A-Za-z]{0,40}")
_hexadecimal = re.compile(r"[0-9A-Fa-f]*")
_date = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])(?:\1(?:0?[1-9]|[12][0-9]|3[01]))?(?![0-9])"
    r"|(?<![0-9.])[0-9]{1,9}\.[0-9]{1,2}(?![0-9]|\.[0-9])"
)
_VALUES = {ord(sign): digit for sign, digit in (HAN_DIGITS | MARKED_DIGITS | LOOK_ALIKES).items()}
_han_letter = re.compile(rf"(?![{HAN}])[\u3400-\u9fff]")
_list_mark = re.compile(r"[.、)）](?![0-9])")
_after_number = re.compile(r"[.)）] +[(（]?")
_ordinal = re.compile(r"(?:^|\n)[ ]{0,8}[0-9]{1,2}\Z")


class Gap(Enum):
    """What lies between two groups of digits."""

    NONE = "nothing: the other group is written in other signs"
    DOT = "a full stop"
    MARK = "a hyphen, a middle dot, a slash or a bracket"
    SPACE = "spaces"
    BREAK = "the end of a line"
    EDGE = "something that no number goes on behind"


@dataclass(slots=True)
class Group:
    """Digits that stand together in one kind of signs, with the gap before them; ``taken`` once a match has
    them, ``loose`` if it is one Chinese digit that may belong to a word beside the number."""

    start: int
    end: int
    digits: str
    signs: str
    before: Gap = Gap.EDGE
    between: str = ""
    dated: bool = False
    taken: bool = False
    loose: bool = False


def runs(text: str) -> Iterator[list[Group]]:
    """Yield lists of groups, eleven digits at least, in which a number may stand; the first is at an edge."""
    for region in _region.finditer(text):
        start, end = region.span()
        while start and text[start - 1] in LETTERS:
            start -= 1
        groups = [group for token in _group.finditer(text, start, end) for group in _read(text, token)]
        if not groups:
            continue
        for left, right in pairwise(groups):
            right.between = text[left.end : right.start]
            right.before = Gap.EDGE if _numbered(text, left, right) else _gap(right.between)
        _mark_dates(text, groups)
        yield groups


def _mark_dates(text: str, groups: list[Group]) -> None:
    """Mark the groups that are part of a date or of an amount with decimals."""
    place = 0
    for date in _date.finditer(text, groups[0].start, groups[-1].end):
        while place < len(groups) and groups[place].end <= date.end():
            groups[place].dated = groups[place].start >= date.start()
            place += 1


def _numbered(text: str, left: Group, right: Group) -> bool:
    """Return whether one of two groups is the number of an item in a list, as in `1. `."""
    between = right.between
    if "\n" in between and len(right.digits) < 3 and _list_mark.match(text, right.end):
        return True
    if not _after_number.fullmatch(between) or len(left.digits) > 2:
        return False
    return _ordinal.search(text, max(0, left.start - 10), left.end) is not None


def _gap(between: str) -> Gap:
    """Return what kind of gap a text between two groups is."""
    marks = between.strip(" \n")
    if any(sign.isalnum() for sign in between):
        return Gap.EDGE
    if "\n" in between:
        return Gap.MARK if marks and between.count("\n") == 1 else Gap.BREAK
    if not between:
        return Gap.NONE
    if marks:
        return Gap.DOT if marks == "." else Gap.MARK
    return Gap.SPACE


def _read(text: str, token: re.Match[str]) -> Iterator[Group]:
    """Yield the groups in a run of digits and letters: O and l are digits in a number, and letters in a word or a code."""
    start, end = token.span()
    signs = token[0]
    if signs[0] in "Xx×":
        yield Group(start, end, "X", "X")
    elif signs[0] in HAN_DIGITS:
        yield from _chinese(text, start, end)
    elif signs[0] in MARKED_DIGITS:
        yield Group(start, end, signs.translate(_VALUES), "marked")
    else:
        before, after = _neighbours(text, start, end)
        if _code(before, signs, after):
            return
        named = before.isalpha() and len(signs) > 10 and not _whole.fullmatch(signs.lstrip(LETTERS))
        alone = (not before or named) and (not after or after in ("X", "x"))
        if alone and len(signs) > 2 and any(sign in "0123456789" for sign in signs):
            yield Group(start, end, signs.translate(_VALUES), "plain")
        else:
            for word in _words.finditer(signs):
                if word[0].isdecimal():
                    yield Group(start + word.start(), start + word.end(), word[0], "plain")


def _chinese(text: str, start: int, end: int) -> Iterator[Group]:
    """Yield the groups of Chinese digits, with the first or last one apart if it may belong to a word, as in 李四一三八…"""
    first = start + (_han_letter.match(text, start - 1) is not None if start else 0)
    last = end - (_han_letter.match(text, end) is not None and end - first > 1)
    for begin, stop in ((start, first), (first, last), (last, end)):
        if begin < stop:
            loose = begin < first or stop > last
            yield Group(begin, stop, text[begin:stop].translate(_VALUES), "han", loose=loose)


def _code(before: str, signs: str, after: str) -> bool:
    """Return whether a run is part of a hash: hexadecimal with letters before it, or with more than one behind it."""
    return (bool(before) or len(after) > 1 or after in tuple("abcdef")) and _hexadecimal.fullmatch(
        before + signs + after
    ) is not None


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the letters and digits that touch a run on either side."""
    before = _alnum_before.search(text, max(0, start - 40), start)
    after = _alnum_after.match(text, end)
    return (before[0] if before else ""), (after[0] if after else "")
