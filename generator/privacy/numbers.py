"""Numbers that belong to a person, seen through spaces, hyphens, dots, line breaks and Chinese digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.match import Kind
from generator.privacy.regions import bank_card, resident_id

_number = re.compile(r"(?<![0-9A-Za-z])(?:\d{11}|\d{16,19}|\d{17}[Xx])(?![0-9A-Za-z])")


def numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of ID, mobile and bank card numbers in a text that `Normal` has read."""
    for match in _number.finditer(text):
        digits = match[0].upper()
        if resident_id(digits):
            yield match.start(), match.end(), Kind.ID_CARD
        elif bank_card(digits):
            yield match.start(), match.end(), Kind.BANK_CARD
        elif len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
            yield match.start(), match.end(), Kind.MOBILE
