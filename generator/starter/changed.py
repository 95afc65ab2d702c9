"""The files that Mingzhang wrote to a school's repository: which a newer version has otherwise, and which are the school's own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.difference.report import visible
from generator.repair.writing import leads_away, write_whole
from generator.starter.repository import EXECUTABLE, sha256


class State(StrEnum):
    """How a file of the repository stands to that of the newer version."""

    ADD = "add"
    UPDATE = "update"
    REMOVE = "remove"
    OWN = "own"
    BOTH = "both"


@dataclass(frozen=True)
class Change:
    """One file: how it stands, what is there now (None: nothing), and what the newer version has (None: nothing).

    ``OWN`` was changed by the school while the program's did not change; ``BOTH`` by the school and by the newer version, so
    that a person has to bring the two together.
    """

    path: str
    state: State
    now: bytes | None
    new: bytes | None

    def diff(self) -> str:
        """Return what the newer version would change in the school's file, as a unified diff that steers no terminal."""
        before, after = (_lines(content) for content in (self.now, self.new))
        return "\n".join(difflib.unified_diff(before, after, f"a/{self.path}", f"b/{self.path}", lineterm=""))


def _lines(content: bytes | None) -> list[str]:
    return [visible(line) for line in (content or b"").decode("utf-8", "backslashreplace").split("\n")]


def changes(root: Path, written: Mapping[str, str], new: Mapping[str, bytes]) -> tuple[Change, ...]:
    """Return every file that differs from the newer version's, by path; ``written`` are the hashes of what was written."""
    return tuple(_changes(root, written, new))


def _changes(root: Path, written: Mapping[str, str], new: Mapping[str, bytes]) -> Iterator[Change]:
    for path in sorted({*written, *new}):
        now, wanted, before = _content(root, path), new.get(path), written.get(path)
        if now == wanted:
            continue
        untouched = (sha256(now) if now is not None else None) == before
        if untouched:
            yield Change(
                path, State.ADD if now is None else State.REMOVE if wanted is None else State.UPDATE, now, wanted
            )
        elif wanted is not None and sha256(wanted) == before:
            yield Change(path, State.OWN, now, wanted)
        elif now is not None or wanted is not None:
            yield Change(path, State.BOTH, now, wanted)


def _content(root: Path, path: str) -> bytes | None:
    """Return a file of the school, or None where there is none; a link is followed nowhere and counts as its own text."""
    file = root / path
    if file.is_symlink():
        return f"-> {file.readlink()}".encode()
    return file.read_bytes() if file.is_file() else None


def apply(root: Path, found: Iterable[Change]) -> tuple[str, ...]:
    """Write what the newer version adds, updates or removes, and leave what is the school's own; return what was written."""
    done = []
    for change in found:
        if change.state in (State.OWN, State.BOTH) or leads_away(root, change.path):
            continue
        if change.new is None:
            (root / change.path).unlink()
        else:
            put(root, change.path, change.new)
        done.append(change.path)
    return tuple(done)


def put(root: Path, path: str, content: bytes) -> None:
    """Write a file so that it is there whole or as it was."""
    target = root / path
    write_whole(target, content)
    if path in EXECUTABLE:
        target.chmod(target.stat().st_mode | 0o111)
