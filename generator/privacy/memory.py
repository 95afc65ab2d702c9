"""Remembers attachments in which nothing was found, so that the next check need not open them again.

Only notes are kept, and only of attachments without any alarm: nothing personal comes to lie beside the program. The name of
what is kept is a hash of the attachment, of what is the school's own, and of the scanner's code and its library.
"""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.kept import code_hash, keep
from generator.privacy.attached.pieces import Piece
from generator.privacy.own import Own


class Memory:
    """Notes on clean attachments, in a folder; without one nothing is remembered."""

    def __init__(self, folder: Path | None, own: Own) -> None:
        self.folder = folder
        self.own = own

    def clean(self, name: str, data: bytes) -> list[Piece] | None:
        """Return the notes on an attachment in which nothing was found, or None where it has to be opened."""
        if self.folder is None:
            return None
        try:
            text = (self.folder / self._key(name, data)).read_text(encoding="utf-8")
            return [Piece.of_line(line) for line in text.splitlines()]
        except (OSError, ValueError):
            return None

    def keep(self, name: str, data: bytes, notes: list[Piece]) -> None:
        """Remember an attachment in which nothing was found, with the notes on it."""
        if self.folder is None:
            return
        path = self.folder / self._key(name, data)
        with contextlib.suppress(OSError):  # a folder that cannot be written to costs time and nothing else
            keep(path, "".join(note.line() + "\n" for note in notes))

    def _key(self, name: str, data: bytes) -> str:
        suffix = name.rpartition(".")[2].lower()
        told = "\n".join((code(), repr(self.own), suffix, hashlib.sha256(data).hexdigest()))
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def code() -> str:
    """Return a hash of the scanner's code and of the library that it reads PDFs with."""
    told = version("pypdf") + code_hash(Path(__file__).parent)
    return hashlib.sha256(told.encode()).hexdigest()
