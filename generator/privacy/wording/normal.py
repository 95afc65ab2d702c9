"""A text as it reads: full-width and other look-alikes folded, invisible characters gone, every place traceable."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache

from generator.privacy.wording.escapes import without_escapes

HAN_DIGITS = {
    sign: digit
    for digit, signs in zip(
        "0123456789",
        ("〇零○◯", "一壹弌幺", "二贰貳弍", "三叁參弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"),
        strict=True,
    )
    for sign in signs
}
# Circled, bracketed, dotted and raised digits: they stay apart from plain ones, for they may be a mark of a footnote.
MARKED_DIGITS = {
    chr(code): str(unicodedata.digit(chr(code)))
    for first, last in (
        (0xB2, 0xB3),
        (0xB9, 0xB9),
        (0x2070, 0x2089),
        (0x2460, 0x2490),
        (0x24EA, 0x24FF),
        (0x2776, 0x2792),
    )
    for code in range(first, last + 1)
    if unicodedata.digit(chr(code), None) is not None
}
LOOK_ALIKES = {"O": "0", "o": "0", "I": "1", "l": "1"}
_PLAIN = r"\t\n -~\u3400-\u4dbf\u4e00-\u9fff，。、；：？！“”‘’（）《》〈〉【】〔〕…"
_odd = re.compile(f"[^{_PLAIN}]+")
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufffc\u034f")


@cache
def _folded(sign: str) -> str:
    """Return what one unusual character reads as: nothing if it cannot be seen."""
    category = unicodedata.category(sign)
    if category in ("Zl", "Zp") or sign in "\r\x0b\x0c\x85":
        return "\n"
    if category == "Zs":
        return " "
    if category in ("Cf", "Cc", "Mn", "Me") or sign in _INVISIBLE:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if sign in MARKED_DIGITS:
        return sign
    return unicodedata.normalize("NFKC", sign)


class Normal:
    """A text as it reads, with the place in the original of each of its characters."""

    __slots__ = ("_original", "_own", "text")

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        own, original = [0], [0]
        length = end = 0
        for run in _odd.finditer(text):
            before = text[end : run.start()]
            parts.append(before)
            length += len(before)
            for place, sign in enumerate(run[0], run.start()):
                for letter in _folded(sign):
                    parts.append(letter)
                    own.append(length)
                    original.append(place)
                    length += 1
            end = run.end()
            own.append(length)
            original.append(end)
        self.text = "".join(parts) + text[end:] if parts else text
        self._own, self._original = own, original

    def place(self, index: int) -> int:
        """Return the place in the original of the character at `index`."""
        step = bisect_right(self._own, index) - 1
        return self._original[step] + index - self._own[step]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of the characters from `start` to `end`."""
        return self.place(start), self.place(end - 1) + 1


def plain(text: str) -> str:
    """Return `text` as it reads, without escapes."""
    return Normal(without_escapes(text)).text


_VALUES = {ord(sign): digit for sign, digit in (HAN_DIGITS | MARKED_DIGITS).items()}
_LETTERS = _VALUES | {ord(sign): digit for sign, digit in LOOK_ALIKES.items()}


def digits_of(text: str, *, letters: bool = False) -> str:
    """Return the digits of a number however it is written, with the X of an ID number; all letters if asked."""
    read = plain(text).translate(_VALUES if letters else _LETTERS)
    if letters:
        return read
    return re.sub(r"[^0-9X]", "", read.replace("×", "X").upper())
