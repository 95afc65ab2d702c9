"""Cells of a table: what each says, whether that is mended, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.loading import value_reader
from generator.locale import Message
from generator.reading import LIMITS
from generator.reading.characters import REFUSED
from generator.reading.scanner import QUOTE
from generator.records import Record
from generator.repair.values import kind_of, surely, without_silent
from generator.repair.writing import line_of

_quoted = re.compile(r'"(?:[^"]|"")*"').fullmatch

TRIMMED = Message("spaces around a text are no part of it")
UNSEEN = Message("a character that shows nothing was left out")
WHY: Mapping[str, Message] = {
    "money": Message("an amount is digits only, in yuan"),
    "standard": Message("an amount is digits only, in yuan"),
    "count": Message("a number is digits only"),
    "day": Message("a day is year-month-day"),
    "month": Message("a month is year-month"),
    "when": Message("a date is year-month-day, or one of the agreed words"),
    "code": Message("a code has narrow letters and digits only"),
    "codes": Message("semicolons stand between codes"),
    "grades": Message("grades are narrow digits"),
    "choice": Message("this is one of the allowed words, written otherwise"),
}
"""Why each kind of value is written as it is."""


def unquoted(written: str) -> str | None:
    """Return what a cell says, or None where its quotation marks break the rules."""
    if QUOTE not in written:
        return written
    return written[1:-1].replace('""', QUOTE) if _quoted(written) else None


def quoted(text: str) -> str:
    """Return a text as a cell, in quotation marks only where it needs them."""
    return line_of([text])[:-1] if text else ""


class Column:
    """One column of one table: mends its cells, each different text once."""

    def __init__(self, model: type[Record], name: str) -> None:
        self.model = model
        self.name = name
        self.kind = kind_of(model, name)
        self._known: dict[str, tuple[str, Message] | None] = {}

    def mended(self, text: str) -> tuple[str, Message] | None:
        """Return the text that a cell should hold, and why; None where it stays as it is."""
        if text not in self._known:
            self._known[text] = self._mended(text)
        return self._known[text]

    def _mended(self, text: str) -> tuple[str, Message] | None:
        if not text:
            return None
        bare = text.strip()
        if len(bare) > LIMITS.cell_characters:
            return None
        if bare and (meant := surely(self.model, self.name, bare)) is not None:
            plain = without_silent(bare, self.kind).strip()
            return meant, UNSEEN if plain == meant else WHY.get(self.kind, UNSEEN)
        return self.trimmed(text) if not bare or self.reads(bare) else None

    def trimmed(self, text: str) -> tuple[str, Message] | None:
        """Return a text without the spaces around it, and why; None where there are none, or a person must look first."""
        bare = text.strip()
        if bare == text or REFUSED.search(bare) or "\t" in bare:
            return None
        return bare, TRIMMED

    def reads(self, text: str) -> bool:
        """Return whether a text is a value as it stands; an empty cell is one where the field may be empty."""
        if not text:
            return not self.is_needed()
        if REFUSED.search(text) or "\t" in text:
            return False
        try:
            value_reader(self.model, self.name)(text)
        except ValueError:
            return False
        return True

    def is_needed(self) -> bool:
        """Return whether no cell of the column may be empty."""
        return self.model.model_fields[self.name].is_required()
