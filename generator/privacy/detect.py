"""Personal data in a text: numbers of people, names of pupils and parents, plates and e-mail addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.privacy.contacts import addresses, plates
from generator.privacy.match import Kind, Match
from generator.privacy.names import names
from generator.privacy.normal import Normal
from generator.privacy.numbers import numbers

__all__ = ["Kind", "Match", "found"]


def found(text: str, *, domains: Collection[str] = ()) -> list[Match]:
    """Return the personal data in `text` in order, none inside another; addresses at the school's own `domains` are public."""
    normal = Normal(text)
    matches: list[Match] = []
    for start, end, kind in sorted(_spans(normal.text, domains), key=lambda span: (span[0], -span[1])):
        first, last = normal.span(start, end)
        if not matches or first >= matches[-1].end:
            matches.append(Match(first, last, kind, text[first:last]))
    return matches


def _spans(text: str, domains: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    yield from numbers(text)
    yield from names(text)
    yield from plates(text)
    yield from addresses(text, domains)
