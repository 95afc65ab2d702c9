"""Choices: declared values with a word in each language."""

from __future__ import annotations

from enum import Enum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from generator.locale import Labelled, Message
from generator.problems import closest, shown
from generator.values.refusal import Refused


class Choice(Labelled, Enum):
    """One of a few declared values; each member is ``NAME = english, chinese``.

    A file may hold either word. The English word is the canonical one in downloads for programs.
    """

    def __init__(self, en: str, zh: str) -> None:
        self.en = en
        self.zh = zh

    @classmethod
    def parse(cls, text: object) -> Self:
        """Return the member that `text` names in Chinese or English; raises `Refused` with the closest match."""
        if isinstance(text, cls):
            return text
        words = {word: member for member in cls for word in (member.zh, member.en)}
        if isinstance(text, str):
            member = words.get(text, words.get(text.lower()))
            if member is not None:
                return member
            near = words.get(cls.meant(text) or "") or closest(text, words)  # a sign means a word of either language
            fix = Message("write “{word}”", word=near) if near else Message("write one of: {words}", words=list(cls))
            raise Refused("choice", Message("“{value}” is not one of the allowed words", value=shown(text)), fix)
        raise Refused("choice", Message("One word is expected here, not a list or a table"))

    @classmethod
    def meant(cls, text: str) -> str | None:
        """Return the word that a refused text certainly stands for, or None; a choice may know such signs."""
        return None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": [word for member in cls for word in (member.zh, member.en)]}


TICKS = frozenset({"√", "✓", "✔", "☑", "有", "对", "y", "1", "true"})
CROSSES = frozenset({"×", "✗", "✘", "x", "无", "没有", "不", "不是", "n", "0", "false"})
"""Signs and words by which people say yes and no in a table."""


class YesNo(Choice):
    """Yes or no."""

    YES = "yes", "是"
    NO = "no", "否"

    @classmethod
    def meant(cls, text: str) -> str | None:
        """Return 是 for a tick and 否 for a cross, and for other words that say so."""
        sign = text.strip().lower()
        return cls.YES.zh if sign in TICKS else cls.NO.zh if sign in CROSSES else None

    def __bool__(self) -> bool:
        return self is YesNo.YES
