"""Escapes that a browser resolves, as %31 in a link and &#49; in a page, with the place of each in the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

_escapes = re.compile(r"(?:%[0-9A-Fa-f]{2})+|&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});?|&[A-Za-z]{2,8};")
# What a reference to a character shows that cannot be, as &#1;: nothing.
UNSEEN = "\u200b"
LAYERS = 3
"""So many times an escape may be escaped itself, as %2531 is."""


class Resolved:
    """A text without its escapes, which knows where each of its characters stood."""

    __slots__ = ("_at", "_span", "text")

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self._at, self._span = [0], [(0, 0)]
        length = end = 0
        for escape in _escapes.finditer(text):
            for letter, first, last in _letters(escape):
                parts += (text[end:first], letter)
                length += first - end
                self._at.append(length)
                self._span.append((first, last))
                length, end = length + 1, last
        self.text = "".join((*parts, text[end:]))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of the characters from `start` to `end`, whole escapes always."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, index: int) -> tuple[int, int]:
        step = bisect_right(self._at, index) - 1
        first, last = self._span[step]
        beyond = index - self._at[step] - (last > first)
        return (first, last) if beyond < 0 else (last + beyond, last + beyond + 1)


def _letters(escape: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the characters that an escape, or a row of bytes in per cent signs, stands for, each with its own place."""
    place, end = escape.span()
    if escape[0][0] == "&":
        letters = unescape(escape[0])
        if letters != escape[0]:
            yield letters[:1] or UNSEEN, place, end
        return
    for letter in bytes.fromhex(escape[0].replace("%", "")).decode("utf-8", "surrogateescape"):
        width = 3 * len(letter.encode("utf-8", "surrogateescape"))
        yield letter, place, place + width
        place += width


def resolved(text: str) -> Resolved | None:
    """Return a text without its escapes; None where it has none."""
    if "%" not in text and "&" not in text:
        return None
    reading = Resolved(text)
    return reading if reading.text != text else None


def without_escapes(text: str) -> str:
    """Return a text without its escapes, however often they are escaped themselves."""
    for _ in range(LAYERS):
        reading = resolved(text)
        if reading is None:
            break
        text = reading.text
    return text
