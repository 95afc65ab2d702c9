"""What the readers of attachments give back: text with where it stood, what could not be read, and positions in photos."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.locale import Message

TEXT, NOTE, REFUSED, POSITION = "text", "note", "refused", "position"


@dataclass(frozen=True)
class Piece:
    """One part of an attachment: what it is (`TEXT`, `NOTE`, `REFUSED` or `POSITION`), where it stands or what is to be
    said of it, and its texts, each with its spreadsheet cell where it has one."""

    kind: str
    where: Message
    texts: Sequence[str] = ()
    cells: Sequence[str] = ()

    def line(self) -> str:
        """Return the piece as one line of JSON, for the process that asked for it."""
        return json.dumps([self.kind, _packed(self.where), list(self.texts), list(self.cells)])

    @classmethod
    def of_line(cls, line: str) -> Piece:
        """Return the piece that `line` wrote."""
        kind, where, texts, cells = json.loads(line)
        return cls(kind, _unpacked(where), texts, cells)


class Unreadable(Exception):
    """An attachment cannot be checked; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def _packed(message: Message) -> list[Any]:
    return [message.text, {n: _packed(v) if isinstance(v, Message) else str(v) for n, v in message.values.items()}]


def _unpacked(packed: list[Any]) -> Message:
    text, values = packed
    return Message(text, **{name: _unpacked(v) if isinstance(v, list) else v for name, v in values.items()})
