"""Personal data in a text: numbers of people, names of pupils and parents, plates and e-mail addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.privacy.wording.contacts import addresses, plates
from generator.privacy.wording.escapes import LAYERS, resolved
from generator.privacy.wording.match import Kind, Match
from generator.privacy.wording.names import names
from generator.privacy.wording.normal import Normal
from generator.privacy.wording.numbers import numbers
from generator.privacy.wording.parted import parted_numbers

__all__ = ["Kind", "Match", "found"]


def found(text: str, *, domains: Collection[str] = ()) -> list[Match]:
    """Return the personal data in `text` in order, none inside another; addresses at the school's own `domains` are public."""
    matches: list[Match] = []
    for start, end, kind in sorted(_readings(text, domains, LAYERS), key=lambda span: (span[0], -span[1])):
        if not matches or start >= matches[-1].end:
            matches.append(Match(start, end, kind, text[start:end]))
    return matches


def _readings(text: str, domains: Collection[str], layers: int) -> Iterator[tuple[int, int, Kind]]:
    """Yield what is found in a text as it stands, and in what a browser makes of it, with its spans in the original."""
    normal = Normal(text)
    for start, end, kind in _spans(normal.text, domains):
        yield *normal.span(start, end), kind
    if layers and (reading := resolved(text)):
        for start, end, kind in _readings(reading.text, domains, layers - 1):
            yield *reading.span(start, end), kind


def _spans(text: str, domains: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    yield from numbers(text)
    yield from parted_numbers(text)
    yield from names(text)
    yield from plates(text)
    yield from addresses(text, domains)
