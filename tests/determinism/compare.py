"""Two folders compared: every file, every byte, every mode."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SHOWN = 24
"""How many bytes on each side of the first different one are shown."""


@dataclass(frozen=True)
class Entry:
    """One file or folder: its permissions, and a file's content (None for a folder)."""

    mode: int
    content: bytes | None

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return len(self.content or b"")


Inventory = Mapping[str, Entry]


@dataclass(frozen=True)
class Difference:
    """How one path differs from the reference, and from which byte on."""

    path: str
    what: str
    is_mode: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def inventory(folder: Path) -> Inventory:
    """Return every file and folder below `folder`, also hidden ones, by path; links count as what they are."""
    return dict(sorted(_entries(os.fsencode(folder.resolve()), b"")))


def _entries(folder: bytes, name: bytes) -> Iterator[tuple[str, Entry]]:
    with os.scandir(folder) as scanned:
        found = list(scanned)
    for entry in found:
        path = name + entry.name
        mode = entry.stat(follow_symlinks=False).st_mode
        shown = path.decode("utf-8", "backslashreplace")
        if stat.S_ISDIR(mode):
            yield shown, Entry(stat.S_IMODE(mode), None)
            yield from _entries(entry.path, path + b"/")
        elif stat.S_ISLNK(mode):
            yield shown, Entry(0, b"link to " + os.fsencode(Path(os.fsdecode(entry.path)).readlink()))
        else:
            yield shown, Entry(stat.S_IMODE(mode), Path(os.fsdecode(entry.path)).read_bytes())


def files_of(found: Inventory) -> list[Entry]:
    """Return the files among what was found."""
    return [entry for entry in found.values() if entry.content is not None]


def differences(reference: Inventory, other: Inventory) -> list[Difference]:
    """Return how `other` differs from `reference`, by path: content first, then modes."""
    told: list[Difference] = []
    for path in sorted(reference.keys() | other.keys()):
        one, two = reference.get(path), other.get(path)
        if one is None or two is None:
            told.append(Difference(path, "missing" if two is None else "only here"))
        elif one.content != two.content:
            told.append(Difference(path, first_different(one.content, two.content)))
        elif one.mode != two.mode:
            told.append(Difference(path, f"mode {two.mode:04o} instead of {one.mode:04o}", is_mode=True))
    return sorted(told, key=lambda difference: difference.is_mode)


def first_different(one: bytes | None, two: bytes | None) -> str:
    """Return where two contents part, with what stands around it."""
    if one is None or two is None:
        return "a file instead of a folder" if one is None else "a folder instead of a file"
    at = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, at - SHOWN)
    here, there = one[start : at + SHOWN], two[start : at + SHOWN]
    return f"byte {at} of {len(one)}: {_text(there)} instead of {_text(here)}"


def _text(content: bytes) -> str:
    return repr(content.decode("utf-8", "backslashreplace"))
