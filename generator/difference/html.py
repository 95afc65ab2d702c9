"""A difference as a page of its own: no script, nothing from outside, to be read, printed and kept."""

from __future__ import annotations

from pathlib import Path

from generator.difference.difference import Difference
from generator.difference.verdict import report
from generator.locale import Language
from generator.pages.environment import environment
from generator.site.project import cache_folder

TEMPLATES = Path(__file__).parent / "templates"
ROWS = 1000
"""The most rows of one section; a browser on an old phone has to draw them all."""


def as_html(told: Difference, words: Language, preview: str = "") -> str:
    """Return a difference as a page; pages are links where ``preview`` is the https address of the changed site."""
    env = environment(words, {"difference": TEMPLATES}, cache=cache_folder() / "templates")
    found = report(told, words, preview)
    school = told.head.books.data.school if told.head.books else None
    return env.get_template("difference/difference.html.j2").render(
        report=found, rows=ROWS, name=school.name if school else "", today=told.today
    )
