"""What a YAML file holds: texts, lists and entries, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value, always text: what it means is for its declared type to say. Empty, ``~`` and
    ``null`` are the text ``""``; `quoted` is true for ``''``, ``""`` and block texts."""

    text: str
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes in the order of the file."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys with their nodes, in the order of the file, and the place of each key."""

    entries: dict[str, Node]
    key_places: dict[str, Place]
    place: Place


Node = Scalar | Items | Entries
