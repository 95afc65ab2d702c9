"""A difference in the words of one language, before it has a form: a sentence, remarks, and sections of rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

BREAKS = re.compile(r"[\t\r\n]+")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
CLIPPED = 240
"""A value is told by at most so many characters; the file holds all of them."""


@dataclass(frozen=True)
class Cell:
    """One value of a row: its words, a quieter detail, how it is meant, and an address.

    ``kind`` is ``number``, ``old`` or ``new`` (a value before and now), ``late`` or ``good`` (a state), ``code`` (a place
    or an address), ``id`` (what is not to be broken), or nothing. ``url`` is empty or a link that was made by the program.
    """

    text: str
    detail: str = ""
    kind: str = ""
    number: bool = False
    url: str = ""


@dataclass(frozen=True)
class Section:
    """Rows of one kind below a title, with the titles of their columns and a remark; ``folded`` when it says less."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remark: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Remark:
    """A sentence of its own: what cannot be told, or what stops publication (``tone`` is ``late`` or ``info``)."""

    tone: str
    text: str


@dataclass(frozen=True)
class Report:
    """A whole difference in words: the language, a title, the verdict in one sentence, what was compared, remarks, sections."""

    language: str
    title: str
    verdict: str
    compared: str
    remarks: tuple[Remark, ...]
    sections: tuple[Section, ...]


def visible(text: str) -> str:
    """Return a text in one line, with signs that steer a screen, or the direction of writing, shown by their numbers.

    What could not be seen could make a figure look like another one.
    """
    return "".join(c if _is_seen(c) else f"‹U+{ord(c):04X}›" for c in BREAKS.sub(" ", text))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in UNSEEN


def clipped(text: str, longest: int = CLIPPED) -> str:
    """Return a text made visible, cut off where it is very long."""
    shown = visible(text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
