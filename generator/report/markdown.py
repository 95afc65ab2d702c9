"""How a report is written in Markdown: links, blocks of lines to paste, and parts that are folded away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from generator.difference.markdown import WIDE, plain
from generator.difference.report import visible
from generator.reading.characters import LOST, REFUSED

MADE_OF = "/:?&=#%~+,;-._"
BETWEEN = re.compile(f"([ {WIDE}]+)")


@dataclass(frozen=True)
class Links:
    """Where a report leads: the beginning of the addresses at which files of the proposed branch are edited, the preview
    of the site, and the page of the run; empty where there is none."""

    edit: str = ""
    preview: str = ""
    run: str = ""

    def to_edit(self, file: str, words: str) -> str:
        """Return a link to the editor of one file, or nothing where there is no editor."""
        return link(words, quote(f"{self.edit.rstrip('/')}/{file}", safe="/:")) if self.edit else ""


def worded(text: str) -> str:
    """Return a sentence for Markdown, in which only what could act there is set as code: a name of a file, a value."""
    parts = BETWEEN.split(" ".join(visible(text).split()))
    return "".join(part if at % 2 else plain(part) for at, part in enumerate(parts))


def link(words: str, address: str) -> str:
    """Return a link; an address that is none of the web stays words."""
    if not re.match(r"https?://[^/\s]", address):
        return worded(words)
    return f"[{worded(words)}]({quote(address, safe=MADE_OF)})"


def fence(lines: Iterable[str], language: str = "") -> list[str]:
    """Return lines as a block that nothing in them can close; invisible characters are shown as U+FFFD."""
    held = [REFUSED.sub(LOST, line) for line in lines]
    longest = max((len(run) for line in held for run in re.findall("`+", line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [ticks + language, *held, ticks]


def folded(title: str, lines: Iterable[str]) -> list[str]:
    """Return lines that are shown when somebody asks for them; the title is markup, so it holds no Markdown."""
    return ["<details>", f"<summary>{in_markup(title)}</summary>", "", *lines, "", "</details>"]


def in_markup(text: str) -> str:
    """Return a text for the inside of markup, where the escapes of Markdown are not known."""
    codes = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;&#8203;", "#": "&#35;&#8203;"}
    return "".join(codes.get(character, character) for character in REFUSED.sub(LOST, " ".join(text.split())))
