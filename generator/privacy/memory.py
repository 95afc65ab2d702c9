"""Remembers attachments in which nothing was found, so that the next check need not open them again.

Only notes are kept, and only of attachments without any alarm: nothing personal comes to lie beside the program. The name of
what is kept is a hash of the attachment, of what is the school's own, and of the scanner's code and its library.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path

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
        new = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # a folder that cannot be written to costs time and nothing else
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_text("".join(note.line() + "\n" for note in notes), encoding="utf-8")
            new.replace(path)

    def _key(self, name: str, data: bytes) -> str:
        suffix = name.rpartition(".")[2].lower()
        told = "\n".join((code(), repr(self.own), suffix, hashlib.sha256(data).hexdigest()))
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def code() -> str:
    """Return a hash of the scanner's code and of the library that it reads PDFs with."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    total = hashlib.sha256(version("pypdf").encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()
