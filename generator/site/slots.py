"""Slots: the places in a frame that are filled later, and texts split at them.

A slot is the comment ``<!--slot:NAME-->``. Everything that comes from data is escaped before it meets a
frame, so no figure, name or title can ever spell one. A split text is a tuple of odd length: text, slot
name, text, slot name, … text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

SLOT = re.compile(r"<!--slot:([a-z]+)-->")

Parts = tuple[str, ...]


def slot(name: str) -> Markup:
    """Return the slot of this name, as markup that is not escaped again."""
    return Markup("<!--slot:{}-->").format(name)


def split(text: str) -> Parts:
    """Return `text` split at its slots."""
    return tuple(SLOT.split(text))


def bind(parts: Sequence[str], values: Mapping[str, str]) -> Parts:
    """Return `parts` with the slots named in `values` filled and their neighbours joined."""
    bound: list[str] = []
    run = [parts[0]]
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        if name in values:
            run += (values[name], text)
        else:
            bound += ("".join(run), name)
            run = [text]
    return (*bound, "".join(run))
