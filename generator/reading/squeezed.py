"""A row that stands in one cell: pasted from a chat or a text file, where a spreadsheet does not take it apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.locale import Message
from generator.problems import shown

SEPARATORS = (",", "\t", "，", ";", "；")
"""What may stand between the cells of a row that was pasted into one."""
SEPARATED = re.compile(f"[{''.join(SEPARATORS)}]")
FEWEST = 3
"""A text with so many parts in a row's only filled cell is the row itself, and no note with a comma."""

APART = Message("select column A in the spreadsheet, choose “Data → Text to columns”, separated by commas")


def row_in_one_cell(text: str) -> Message:
    """Return what to say of a row that stands in one cell."""
    return Message("The whole row stands in one cell: “{text}”", text=shown(text))


def parts_of(texts: Sequence[str]) -> list[str]:
    """Return the parts of the only filled cell of a row."""
    return SEPARATED.split(next(filter(None, texts), ""))


def is_squeezed(texts: Sequence[str]) -> bool:
    """Return whether a row has one filled cell, the first, which holds several parts."""
    return bool(texts) and bool(texts[0]) and not any(texts[1:]) and len(parts_of(texts)) >= FEWEST
