"""A difference for the terminal: one line for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.difference.difference import Difference
from generator.difference.report import Cell, Section
from generator.difference.verdict import report
from generator.locale import Language, Message

ROWS = 60
"""The most rows of one section that a terminal is given."""


def as_text(told: Difference, words: Language) -> str:
    """Return a difference as lines for a terminal."""
    found = report(told, words)
    lines = [found.verdict, found.compared, *(remark.text for remark in found.remarks)]
    for section in found.sections:
        lines += ["", *_section(section, words)]
    return "\n".join(lines) + "\n"


def _section(section: Section, words: Language) -> Iterator[str]:
    yield words.say(Message("{title} ({count})", title=section.title, count=len(section.rows)))
    for row in section.rows[:ROWS]:
        yield f"  {_line(row, words)}"
    if (more := len(section.rows) - ROWS) > 0:
        yield f"  {words.say(Message('and {count} more', count=more))}"
    if section.remark:
        yield f"  {section.remark}"


def _line(row: Sequence[Cell], words: Language) -> str:
    """Return a row in one line: a value before and the value now are joined by an arrow."""
    parts: list[str] = []
    arrow = False
    for cell in row:
        if not cell.text:
            continue
        text = words.say(Message("{text} ({detail})", text=cell.text, detail=cell.detail)) if cell.detail else cell.text
        if arrow and cell.kind == "new":
            parts[-1] += f" → {text}"
        else:
            parts.append(text)
        arrow = cell.kind == "old"
    return words.clauses(parts)
