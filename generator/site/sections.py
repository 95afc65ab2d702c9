"""The sections of the site, in the order of the tabs, and the words that the frame says."""

from __future__ import annotations

from dataclasses import dataclass

from generator.locale import Language
from generator.theme.words import WORDS


@dataclass(frozen=True)
class Section:
    """One section: its key (the same word as its register and folder), its English title and where it
    starts, relative to the root of the site; the ``main`` ones stand in the bar of a phone."""

    key: str
    title: str
    url: str
    main: bool = False


SECTIONS = (
    Section("home", "Home", "", main=True),
    Section("fees", "Fees", "fees/", main=True),
    Section("finance", "Finance", "finance/", main=True),
    Section("plan", "Plan", "plan/"),
    Section("calendar", "Calendar", "calendar/", main=True),
    Section("findings", "Findings", "findings/"),
    Section("changes", "Changes", "changes/"),
    Section("data", "Data", "data/"),
    Section("about", "About", "about/"),
)
"""Every section that has a frame; a page's ``section`` is one of these keys."""

HAND_PAGES = ("how-to-check", "verify", "guide")
"""The hand-written pages, in their order below “about”."""

GUIDES = (
    "guide/propose", "guide/fee", "guide/month", "guide/measure", "guide/correct", "guide/messages", "guide/review",
    "guide/bureau",
)  # fmt: skip
"""The guides for one task each, below the guide for staff, which leads to them."""

FRAME_WORDS = (
    "Skip to content",
    "There is no page at this address",
    "The address may be mistyped. Every page of this site can be reached from the home page.",
    "To the home page",
)
"""What `main.html` and `404.html` say; the partials' own words stand in `generator.theme.words`."""


def frame_words(language: Language) -> dict[str, str]:
    """Return every word of the frame by its English text, in `language`."""
    return {word: language.gettext(word) for word in (*FRAME_WORDS, *WORDS)}
