"""What a refused text can only mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from generator.loading import value_reader
from generator.reading.characters import REFUSED
from generator.records import Record, titles
from generator.registers.fees.records import OpenPrice
from generator.values import dates, money
from generator.values.choice import Choice
from generator.values.narrow import FIXED_SPACES, narrow
from generator.values.refusal import Kind

SILENT = "\u00ad\u200b\u2060\ufeff"
"""Characters that show nothing and change nothing around them, in any script."""

ALSO_SILENT_BESIDE_LATIN = "\u200c\u200d\u200e\u202a\u202c\u202d"
"""Joiners and left-to-right marks: between digits and Latin letters, which run from left to right anyway, they do nothing."""

PROSE = ("text", "link")
"""Kinds that may hold any script."""

SIGNS = frozenset("\u221a\u2713\u2714\u2611\u00d7\u2717\u2718")
"""Ticks and crosses, for choices that know them; 有, Y or 1 for yes are words of other questions too."""

_spaces = re.compile(r"\s+")
_currency = re.compile(r"(?:\u00a5|\u4eba\u6c11\u5e01)\s*(?=[-\d])|(?<=[\d\u4e07])\s*\u5143\u6574?$")
_amount = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?\u4e07)?", re.ASCII).fullmatch
_whole = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0{1,2})?", re.ASCII).fullmatch
_midnight = re.compile(r"\s*0?0:00(?::00)?$", re.ASCII)
_day = re.compile(
    r"(?:19|20)\d{6}|\d{4}([/.-])\d{1,2}\1\d{1,2}|\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5?", re.ASCII
).fullmatch
_month = re.compile(r"\d{4}[/-]\d{1,2}|\d{4}\.(?!1$)\d{1,2}|\d{4}\u5e74\d{1,2}\u6708?", re.ASCII).fullmatch
_year = re.compile(r"(\d{4})\u5e74", re.ASCII).fullmatch
_to = re.compile(r"\s*[\u81f3\u5230~\u2013\u2014]+\s*")
_letters = re.compile("[A-Za-z]+")
_digits = re.compile("[0-9]+")


def surely(model: type[Record], field: str, text: str) -> str | None:
    """Return the canonical text that a refused text of one field can only mean.

    None where the text is fine as it is, and where it may mean several things or nothing.
    """
    read = value_reader(model, field)
    kind = kind_of(model, field)
    cleaned = without_silent(text, kind)
    if not text or (cleaned == text and _reads(read, text)):
        return None
    cleaned = cleaned.strip()
    if REFUSED.search(cleaned) or "\t" in cleaned:
        return None
    if not cleaned or _reads(read, cleaned):
        return cleaned
    found = (form for form in _forms(model, field, kind, cleaned) if _reads(read, form))
    return next(found, None)


def kind_of(model: type[Record], field: str) -> str:
    """Return what a field holds in one word: money, day, code, text …, choice, or nothing for nested records."""
    kind = next(title.kind for title in titles(model) if title.name == field)
    if isinstance(kind, Kind):
        return kind.name
    return "choice" if choice_of(model, field) else ""


def choice_of(model: type[Record], field: str) -> type[Choice] | None:
    """Return the choice that a field holds, or None."""
    read = value_reader(model, field)
    owner = getattr(read, "__self__", None)
    return owner if isinstance(owner, type) and issubclass(owner, Choice) else None


def without_silent(text: str, kind: str) -> str:
    """Return a text without the characters that show nothing."""
    silent = SILENT if kind in PROSE else SILENT + ALSO_SILENT_BESIDE_LATIN
    return text.translate(dict.fromkeys(map(ord, silent)))


def folded(text: str) -> str:
    """Return a word as words are compared: narrow, without spaces, in lower case."""
    return _spaces.sub("", narrow(text)).casefold()


def same_word(text: str, words: Iterable[str]) -> str | None:
    """Return the one word that differs from `text` in width, spaces and capitals only, or None."""
    found = {word for word in words if folded(word) == folded(text)}
    return found.pop() if len(found) == 1 else None


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _forms(model: type[Record], field: str, kind: str, text: str) -> Iterable[str]:
    """Yield what a text of one kind can only mean; a caller takes the first that can be read."""
    if kind == "choice" and (choice := choice_of(model, field)):
        return _words(text, choice)
    if kind in PROSE or kind not in FORMS:
        return ()
    thin = narrow(text)
    # By an apostrophe in front a spreadsheet marks a number as text; it shows the rest.
    return [form for plain in (thin, thin.removeprefix("'")) for form in (plain, *FORMS[kind](plain))]


def _words(text: str, choice: type[Choice]) -> Iterable[str]:
    word = same_word(text, (word for member in choice for word in (member.zh, member.en)))
    if word is None and text in SIGNS:
        word = choice.meant(text)
    return () if word is None else (word,)


def _money(text: str) -> Iterable[str]:
    """Yield the plain amount of ``¥1,234.50``, ``30 元`` and ``1.5万``, never that of ``(200)``."""
    bare = _currency.sub("", text)
    for space in FIXED_SPACES:
        bare = re.sub(rf"(?<=\d){space}(?=\d{{3}}(?!\d))", ",", bare)
    if _amount(bare) and (meant := money.meant(bare.replace(" ", ""))):
        yield meant


def _standard(text: str) -> Iterable[str]:
    yield from _money(text)
    yield from _words(text, OpenPrice)


def _count(text: str) -> Iterable[str]:
    if match := _whole(text):
        yield match[1].replace(",", "")


def _date(text: str) -> Iterable[str]:
    """Yield the day or month that a text states year first; 2023.1 may have been 2023.10 and states none."""
    bare = _spaces.sub("", _midnight.sub("", text))
    if (_day(bare) or _month(bare)) and (meant := dates.meant(bare)):
        yield meant


def _when(text: str) -> Iterable[str]:
    """Yield a day, month, year, event of the term, or a range of two days."""
    yield from _date(text)
    if match := _year(text):
        yield match[1]
    words = {word: name for name, both in dates.RELATIVE.items() for word in both}
    if word := same_word(text, words):
        yield words[word]
    ends = [next(iter(_date(end)), "") for end in _to.split(text)]
    if len(ends) == 2 and all(ends):
        yield "/".join(ends)


def _codes(text: str) -> Iterable[str]:
    """Yield codes with semicolons for commas, where all look alike: ``m2,1`` may be a slip for ``m2.1``."""
    parts = [part.strip() for part in text.split(",")]
    shapes = {_digits.sub("0", _letters.sub("a", part)) for part in parts}
    if len(parts) > 1 and len(shapes) == 1 and "a" in shapes.pop():
        yield ";".join(parts)


def _none(text: str) -> Iterable[str]:
    return ()


FORMS: dict[str, Callable[[str], Iterable[str]]] = {
    "money": _money, "standard": _standard, "count": _count, "day": _date, "month": _date, "when": _when,
    "code": _none, "codes": _codes, "grades": _none,
}  # fmt: skip
