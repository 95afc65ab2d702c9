"""Some groups of digits taken as one number, and what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.privacy.wording.groups import Gap, Group

_cue = re.compile(
    r"电话|手机|联系|号码|致电|拨打|来电|短信|微信|支付宝|卡号|[账帐][号户]|银行卡|身份证|证件|证号|tel|phone|mobile|cell|card",
    re.IGNORECASE,
)
_id_cue = re.compile(r"身份证|证件号|公民身份")
_currency_before = re.compile(r"[¥￥$€] ?\Z|〔[0-9]{4}〕第?\Z")
_currency_after = re.compile(r" ?(?:[万亿千百]?元(?![旦月宵])|万)")
_ordinal = re.compile(r"(?:^|\n)[ ]{0,8}[1-9][0-9]?\.\Z")
_next_item = re.compile(r"[^\n]{0,40}\n ?[1-9][0-9]?\.")
_address = re.compile(r"(?:https?|ftp)://[^\s<>\"'，。；）】》]*\Z", re.IGNORECASE)
BEHIND = 24
LEAST = 11


def cued(text: str, start: int, behind: int = BEHIND) -> bool:
    """Return whether a word that stands shortly before a place says that a number of somebody follows."""
    return _cue.search(text, max(0, start - behind), start) is not None


def cued_as_id(text: str, start: int) -> bool:
    """Return whether a word before a place says that the number of an ID card follows."""
    return _id_cue.search(text, max(0, start - BEHIND), start) is not None


@dataclass(frozen=True, slots=True)
class Window:
    """Some groups of a run, taken as one number: from ``first`` to ``last``, both counted in."""

    text: str
    groups: list[Group]
    first: int
    last: int
    digits: str

    @property
    def start(self) -> int:
        """Where its first digit stands."""
        return self.groups[self.first].start

    @property
    def end(self) -> int:
        """Where its last digit ends."""
        return self.groups[self.last].end

    @property
    def own(self) -> list[Group]:
        """Its groups."""
        return self.groups[self.first : self.last + 1]

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many digits each of its groups has; groups that touch count as one."""
        lengths: list[int] = []
        for place, group in enumerate(self.own):
            if place and group.before is Gap.NONE:
                lengths[-1] += len(group.digits)
            else:
                lengths.append(len(group.digits))
        return tuple(lengths)

    @property
    def gaps(self) -> set[Gap]:
        """The kinds of gaps inside it."""
        return {group.before for group in self.own[1:]} - {Gap.NONE}

    @property
    def cued(self) -> bool:
        """Whether a word that stands shortly before it says that it is a number of somebody."""
        return cued(self.text, self.start)

    @property
    def of_an_id(self) -> bool:
        """Whether a word before it says that it is the number of an ID card."""
        return cued_as_id(self.text, self.start)

    @property
    def in_an_address(self) -> bool:
        """Whether it is part of a web address, whose path holds numbers of all sorts."""
        return _address.search(self.text, max(0, self.start - 200), self.start) is not None

    @property
    def padded(self) -> bool:
        """Whether a group behind the first begins with 0, as no amount and no count does."""
        return any(len(group.digits) > 1 and group.digits[0] == "0" for group in self.own[1:])

    def bounded(self) -> bool:
        """Return whether it begins and ends where a number may: not inside one, nor among decimals or an amount."""
        left, right = self.groups[self.first].before, self._after
        if len({group.signs for group in self.own} - {"X"}) > 1 and self._glued(left, right):
            return False
        if left is Gap.DOT and self.groups[self.first].between == "." and not self._item:
            return False
        if (
            right is Gap.DOT
            and self.groups[self.last + 1].between == "."
            and len(self.groups[self.last + 1].digits) <= 4
        ):
            return False
        return not (
            _currency_before.search(self.text, max(0, self.start - 8), self.start)
            or (_currency_after.match(self.text, self.end) and not self._beyond_any_amount)
        )

    @property
    def _beyond_any_amount(self) -> bool:
        """Whether it is eleven digits in one piece, or hyphened as telephone numbers are, which no amount of a school is."""
        hyphened = self.lengths == (3, 4, 4) and all(group.between == "-" for group in self.own[1:])
        return len(self.digits) == LEAST and (self.first == self.last or hyphened)

    @property
    def _item(self) -> bool:
        """Whether it stands behind the number of an item in a list, and not behind a decimal point."""
        if not _ordinal.search(self.text, max(0, self.start - 12), self.start):
            return False
        return self.cued or _next_item.match(self.text, self.end) is not None

    def _glued(self, left: Gap, right: Gap) -> bool:
        """Return whether digits of other signs touch it that do not belong to a word."""
        return (left is Gap.NONE and not self.groups[self.first - 1].loose) or (
            right is Gap.NONE and not self.groups[self.last + 1].loose
        )

    @property
    def _after(self) -> Gap:
        return self.groups[self.last + 1].before if self.last + 1 < len(self.groups) else Gap.EDGE

    def listed(self) -> bool:
        """Return whether it is a piece of a longer row: a neighbour stands apart as its own groups do."""
        inner = self.gaps
        own, left = self.groups[self.first], self.groups[self.first - 1]
        if own.before in inner and not left.taken and left.signs == own.signs:
            return True
        if self._after not in inner or self.groups[self.last + 1].signs not in (
            self.groups[self.last].signs,
            own.signs,
        ):
            return False
        following = self.groups[self.last + 1 : self.last + 1 + len(self.own)]
        return not (
            len(following[0].digits) >= 7
            or [len(group.digits) for group in following] == [len(group.digits) for group in self.own]
        )
