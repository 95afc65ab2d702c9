"""What is said to people, in Chinese and in English.

Code holds the English text as the gettext message id; ``<language>/*.po`` hold the
translations, one catalogue for each part of the package so that a register's words lie
together. Catalogues are read as text with Babel (about 20 ms for 1,200 messages), so
there is no compiled file to forget.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent


class Message:
    """A sentence to be said later, in the reader's language.

    ``text`` is the English message id with ``{name}`` placeholders; the other arguments
    fill them. A value may be another `Message`, a `Decimal` amount in yuan, a date, a
    list (joined as the language joins lists) or anything with a `str` form.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, /, **values: Any) -> None:
        self.text = text
        self.values = values

    def __repr__(self) -> str:
        return f"Message({self.text!r}, {self.values!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.values) == (other.text, other.values)

    def __hash__(self) -> int:
        return hash(self.text)


class Spoken(Exception):
    """What cannot be done, in the words of people: ``message`` says it. Each stage has its own kinds of it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Language:
    """One of `LANGUAGES` with its catalogue: turns message ids and values into words."""

    code: str
    catalogue: dict[str, str] = field(repr=False, default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    def gettext(self, text: str) -> str:
        """Return the translation of the message id `text`, or `text` itself."""
        return self.catalogue.get(text) or text

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of the message for `number` things; Chinese has one form."""
        if forms := self.plurals.get(one):
            return forms[0] if self.code == "zh" or number == 1 else forms[-1]
        return one if number == 1 else many

    def say(self, message: Message) -> str:
        """Return the sentence of `message` with its values filled in."""
        values = {name: self.value(value) for name, value in message.values.items()}
        return self.gettext(message.text).format(**values)

    def value(self, value: Any) -> str:
        """Return a value inside a sentence as words: money with separators, dates written out."""
        match value:
            case Message():
                return self.say(value)
            case Decimal():
                return f"{value:,.2f}"
            case dt.date():
                return self.day(value)
            case list() | tuple():
                return self.listing(value)
            case Labelled():
                return value.label(self.code)
        return str(value)

    def listing(self, values: Iterable[Any]) -> str:
        """Return values joined as this language joins a list."""
        return ("、" if self.code == "zh" else ", ").join(self.value(value) for value in values)

    def clauses(self, parts: Iterable[str]) -> str:
        """Return the parts of one sentence with semicolons between them; what is empty is left out."""
        return ("；" if self.code == "zh" else "; ").join(filter(None, parts))

    def day(self, day: dt.date) -> str:
        """Return a date as 2023年2月13日 or 13 February 2023."""
        if self.code == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def month(self, year: int, month: int) -> str:
        """Return a month as 2023年2月 or February 2023."""
        return f"{year}年{month}月" if self.code == "zh" else f"{MONTHS[month - 1]} {year}"


class Labelled:
    """Something that carries its own words in both languages, such as a choice of a column."""

    __slots__ = ()
    zh: str
    en: str

    def label(self, language: str) -> str:
        """Return the words for `language`, ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@cache
def language(code: str) -> Language:
    """Return the language for a code of `LANGUAGES`, with all its catalogues read."""
    from babel.messages.pofile import read_po

    words: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for path in sorted((FOLDER / code).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=code):
                if not entry.id:
                    continue
                if isinstance(entry.id, str):
                    words[entry.id] = str(entry.string)
                else:
                    plurals[entry.id[0]] = tuple(entry.string)
    return Language(code, words, plurals)


def N_(text: str) -> str:
    """Mark `text` as a message id that is translated where it is shown."""
    return text
