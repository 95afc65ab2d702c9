"""How a value is refused, and how a kind of value describes itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.locale import Labelled, Message


class Refused(ValueError):
    """A text that is not a value of its declared kind: what is wrong, and what to do."""

    def __init__(self, code: str, message: Message, fix: Message | None = None) -> None:
        super().__init__(message.text)
        self.code = code
        self.message = message
        self.fix = fix


@dataclass(frozen=True)
class Kind(Labelled):
    """What a column holds, in words for the data dictionary and as JSON Schema for editors."""

    name: str
    zh: str
    en: str
    schema: dict[str, Any] = field(default_factory=dict, hash=False)
    example: str = ""
