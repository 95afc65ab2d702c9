"""Colons behind the names of entries: the Chinese one, and the one without its space, stop a YAML file from being read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from generator.dataset import load_file
from generator.records import Record, Sheet, names_by_word, nested
from generator.repair.law import errors

MOST = 60
"""The file is read once for each such colon; where there are more, people look at it first."""

_block = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Colons:
    """A text with its colons mended, and where in the text before they stood (from 0), and how they were written."""

    text: str
    places: tuple[tuple[int, str], ...]


def with_colons(text: str, file: str, sheet: Sheet) -> Colons:
    """Return a text with the colons mended that keep it from being read, if then its whole form is right.

    Each one must be needed: a colon that may stay as it is stands in a text.
    """
    found = list(_candidates(text, sheet.record))
    if not found or len(found) > MOST or not (wrong := _faults(text, file, sheet)):
        return Colons(text, ())
    if _faults(_mended(text, found), file, sheet):
        return Colons(text, ())
    needed = [
        match for at, match in enumerate(found) if _faults(_mended(text, found[:at] + found[at + 1 :]), file, sheet)
    ]
    mended = _mended(text, needed)
    if not wrong or _faults(mended, file, sheet):
        return Colons(text, ())
    return Colons(mended, tuple((match.start("colon"), match["colon"]) for match in needed))


def _faults(text: str, file: str, sheet: Sheet) -> int:
    """Return how many errors a text has in its form: what is no YAML, and names that nobody knows."""
    path = dict.fromkeys(re.findall(r"{(\w+)}", sheet.path), "2000")
    problems = errors(load_file(text.encode(), file, sheet, path)[1])
    return sum(problem.code.startswith("yaml") or problem.code == "key" for problem in problems)


def _mended(text: str, found: Sequence[re.Match[str]]) -> str:
    for match in reversed(found):
        text = text[: match.start("colon")] + ": " + text[match.end("colon") :]
    return text


def _candidates(text: str, model: type[Record]) -> Iterator[re.Match[str]]:
    """Yield the colons behind known names, at the start of an entry and outside of block texts."""
    at, content = 0, -1
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if content >= 0 and line.strip() and indent <= content:
            content = -1
        if content < 0:
            yield from _pattern(model).finditer(text, at, at + len(line))
            if _block.search(line):
                content = indent
        at += len(line) + 1


@cache
def _pattern(model: type[Record]) -> re.Pattern[str]:
    """Return what finds a known name at the start of a line, a list item or an entry in braces, with its wrong colon."""
    names = "|".join(sorted(map(re.escape, _names(model)), key=len, reverse=True))
    return re.compile(rf"(?:^[ ]*(?:- +)?|[{{,][ ]*)(?:{names})(?P<colon>[ ]*\uff1a[ ]*|:(?=[^\s:/]))", re.MULTILINE)


@cache
def _names(model: type[Record]) -> frozenset[str]:
    """Return the names that entries of a record, and of those inside it, may have."""
    inner = [record for info in model.model_fields.values() if (record := nested(info))]
    return frozenset(names_by_word(model)).union(*map(_names, inner))
