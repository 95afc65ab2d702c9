"""Which register a word means: its name, its title in Chinese or English, or the name of its file."""

from __future__ import annotations

import re
from functools import cache

from generator.dataset import SHEETS
from generator.problems import closest
from generator.records import Sheet

PLACE = re.compile(r"\{(term|year)\}")


def _key(word: str) -> str:
    return word.strip().casefold().replace("_", "-").replace(" ", "-")


@cache
def _words() -> dict[str, Sheet]:
    """Return every word that means a register, the names first so that no title can hide one."""
    found: dict[str, Sheet] = {}
    for at in range(4):
        for sheet in SHEETS:
            stem = sheet.path.rpartition("/")[2]
            found.setdefault(_key((sheet.name, stem, *sheet.title)[at]), sheet)
    return found


def meant(word: str) -> Sheet | None:
    """Return the register that a word means, or None."""
    return _words().get(_key(word))


def nearest(word: str) -> str | None:
    """Return the word for a register that is most like this one, or None."""
    return closest(_key(word), _words())


def folder_kind(sheet: Sheet) -> str:
    """Return what a register has one file for, ``term`` or ``year``, or nothing where it has a single file."""
    found = PLACE.search(sheet.path)
    return found[1] if found else ""


def file_name(sheet: Sheet) -> str:
    """Return the word by which commands and files call a register: ``fees``, ``fee-totals``."""
    return sheet.name.replace("_", "-")
