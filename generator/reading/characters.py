"""Characters that no one can see or that change how others are read: found and refused.

The list follows "Trojan Source" (CVE-2021-42574, bidirectional controls) and Unicode's
default-ignorable characters. Variation selectors stay allowed, as rare Chinese
characters and ordinary emoji need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.locale import Message
from generator.problems import Place
from generator.reading.report import Report

PLANES = range(0, 0x110000, 0x10000)
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in PLANES)
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Letters and marks that show nothing: the only refused ones that Python calls printable.
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
INVISIBLE = FILLERS + "\u00ad\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
LOST = "\ufffd"
SURROGATES = "\ud800-\udfff"

KINDS = (
    (re.compile(f"[{CONTROLS}]"), Message("a control character")),
    (re.compile(f"[{BIDI}]"), Message("a character that turns the direction of the text")),
    (re.compile(f"[{INVISIBLE}]"), Message("an invisible character")),
    (re.compile(LOST), Message("a sign that a character was lost when the file was converted")),
    (re.compile(f"[{SURROGATES}]"), Message("half of a character")),
    (re.compile(f"[{NONCHARACTERS}]"), Message("a code that is not a character")),
)
REFUSED = re.compile(f"[{CONTROLS}{BIDI}{INVISIBLE}{LOST}{SURROGATES}{NONCHARACTERS}]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def kind_of(character: str) -> Message:
    """Return in words what is wrong with a refused character."""
    return next((words for pattern, words in KINDS if pattern.match(character)), Message("a tab inside a cell"))


def report_character(report: Report, place: Place, character: str) -> None:
    """Report one refused character by its code and place."""
    code = f"U+{ord(character):04X}"
    if character == LOST:
        fix = Message("type the missing character again")
    else:
        fix = Message("delete it, or type the text of this place again")
    report.add(
        "character",
        place,
        Message("Character {code} is not allowed: {kind}", code=code, kind=kind_of(character)),
        fix,
        value=code,
    )


def positions(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line, column (both from 1) and text of each match, for text with LF line ends."""
    line, start, seen = 1, 0, 0
    for match in pattern.finditer(text):
        at = match.start()
        if newlines := text.count("\n", seen, at):
            line += newlines
            start = text.rfind("\n", seen, at) + 1
        seen = at
        yield line, at - start + 1, match.group()


def _is_harmless(text: str) -> bool:
    """Return whether ordinary text needs no closer look, at a third of the cost of a search."""
    for space in "\n\t\u3000":
        text = text.replace(space, " ")
    return text.isprintable() and not any(character in text for character in FILLERS + LOST)


def without_refused(text: str, report: Report) -> tuple[str, int]:
    """Report every refused character, and return the text with U+FFFD in its place, and how many there were.

    The length stays the same, so places hold, and nothing behind this function can print
    a control character to a terminal or a page.
    """
    if _is_harmless(text) or not REFUSED.search(text):
        return text, 0
    clean, refused = REFUSED.subn(LOST, text)
    number = refused
    for line, column, character in islice(positions(text, REFUSED), report.limits.problems_of_a_kind):
        report_character(report, Place(report.file, line, column), character)
        number -= 1
    report.count("character", number)
    return clean, refused
