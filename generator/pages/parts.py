"""What the shared parts of pages are given: small views that every register can fill."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from generator.locale import Message
from generator.problems import Place

Words = str | Message


class Tone(StrEnum):
    """How a state is shown; each has its own shape beside its word, never colour alone."""

    GOOD = "good"
    DUE = "due"
    LATE = "late"
    INFO = "info"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site: its words, its address below the root of the site, whether it is where we are,
    and a word beside it, such as the format of a file."""

    text: Words
    url: str
    current: bool = False
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One answer of the band on the home page: the question, the answer in large type with its unit, a detail,
    the page that says more, and a state."""

    question: Words
    answer: Words
    url: str
    unit: Words = ""
    detail: Words = ""
    tone: Tone = Tone.NONE
    state: Words = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline or of a list of gaps: the day, what happened, where to read more, its state and
    the line of the file that says so."""

    text: Words
    day: dt.date | None = None
    url: str = ""
    tone: Tone = Tone.NONE
    state: Words = ""
    place: Place | None = None
