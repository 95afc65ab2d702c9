"""The objects inside a PDF, as its library gives them: their texts, the fonts and pictures of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.locale import Message
from generator.privacy.attached.pieces import Unreadable
from generator.privacy.attached.runs import runs

OBJECTS = 50_000
FORMS = 4
DEPTH = 30
"""Remarks and properties are nested at most this deep."""


def has_pictures(page: Any) -> bool:
    """Return whether a page shows a picture, in which there may be text."""
    objects = below(page, "/Resources", "/XObject")
    return any(plain(value).get("/Subtype") == "/Image" for value in objects.values())


def fonts(page: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the fonts of a page and of the forms drawn on it."""
    yield from map(plain, below(page, "/Resources", "/Font").values())
    if depth < FORMS:
        for drawn in map(plain, below(page, "/Resources", "/XObject").values()):
            if drawn.get("/Subtype") == "/Form":
                yield from fonts(drawn, depth + 1)


def without_letters(font: Any) -> bool:
    """Return whether a font holds numbered or drawn shapes and does not say which letters they are."""
    if "/ToUnicode" in font:
        return False
    kind, encoding = font.get("/Subtype"), str(font.get("/Encoding"))
    return kind == "/Type3" or (kind == "/Type0" and encoding.startswith("/Identity"))


def plain(value: Any) -> Any:
    """Return what a reference points to, or an empty dictionary."""
    value = value.get_object() if hasattr(value, "get_object") else value
    return value if hasattr(value, "get") else {}


def below(value: Any, *names: str) -> Any:
    """Return what lies below a value by these names, or an empty dictionary."""
    for name in names:
        value = plain(plain(value).get(name))
    return value


def strings(values: list[Any]) -> Iterator[str]:
    """Yield every text inside PDF objects, following references but neither back to a page nor in a circle."""
    waiting = [(value, 0) for value in reversed(values)]
    seen: set[int] = set()
    while waiting:
        value, depth = waiting.pop()
        number = getattr(value, "idnum", None)
        if number in seen:
            continue
        if number is not None:
            seen.add(number)
        if len(seen) > OBJECTS or depth > DEPTH:
            raise Unreadable(Message("its parts are nested more than {limit} deep", limit=DEPTH))
        value = value.get_object() if hasattr(value, "get_object") else value
        yield from _own_texts(value)
        waiting += [(inside, depth + 1) for inside in reversed(_inside(value))]


def _own_texts(value: Any) -> Iterator[str]:
    """Yield what one PDF object itself says: a text, or a packed stream that is no picture."""
    if isinstance(value, bytes):
        yield from runs(value)
    elif isinstance(value, str) and not value.startswith("/"):
        yield str(value)
    elif hasattr(value, "get_data") and value.get("/Subtype") != "/Image":
        yield from runs(value.get_data())


def _inside(value: Any) -> list[Any]:
    """Return what a PDF object holds, without the ways back to where it stands."""
    if isinstance(value, dict) and value.get("/Type") not in ("/Page", "/Pages"):
        return [own for key, own in value.items() if key not in ("/Parent", "/P", "/Font", "/Dest", "/D")]
    return list(value) if isinstance(value, list) else []
