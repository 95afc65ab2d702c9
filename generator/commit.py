"""The commit that a school's data comes from: what a site says it was built from, and the day it takes for today."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

SHORT = 7
ALONE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1"}
"""Git reads what is here and as it is: a folder from a stranger may tell it to fetch what is missing, with any command,
and a replaced commit says something else here than on every other machine."""
TIMEOUT = 120


def git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """Run a git command in a folder, which asks no other machine; return what became of it, or None where there is no git."""
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, check=False, timeout=TIMEOUT, env=os.environ | ALONE
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


@dataclass(frozen=True)
class Commit:
    """The newest commit of a repository: its id and its day in the committer's own zone.

    Outside of a repository the id is empty; the day is that of ``SOURCE_DATE_EPOCH`` or, without one, None, so that
    whoever needs a day must ask for it: a clock would make two builds of the same data differ.
    """

    id: str = ""
    day: dt.date | None = None
    folder: str = ""
    """Where the school's folder lies in its repository, such as ``schools/qinghe/``; known where somebody asked for it."""

    @property
    def known(self) -> bool:
        """Whether there is a commit at all."""
        return bool(self.id)

    @property
    def short(self) -> str:
        """The first seven signs of the id, as people write it."""
        return self.id[:SHORT]


def commit_of(root: Path) -> Commit:
    """Return the newest commit of the repository that holds `root`; one without an id where there is none."""
    done = git(root, "log", "-1", "--no-show-signature", "--format=%H %cs")
    id_, _, day = (
        (done.stdout.decode("ascii", "replace") if done and not done.returncode else "").strip().partition(" ")
    )
    if not day:
        return _without_git()
    return Commit(id_, dt.date.fromisoformat(day))


def within_repository(commit: Commit, root: Path) -> Commit:
    """Return a commit that also knows where `root` lies in its repository; a folder without one is its own root."""
    done = git(root, "rev-parse", "--show-prefix") if commit.known else None
    folder = done.stdout.decode("utf-8", "replace").removesuffix("\n") if done and not done.returncode else ""
    return replace(commit, folder=folder)


def _without_git() -> Commit:
    """Return no commit, with the day that whoever packed the sources states in ``SOURCE_DATE_EPOCH``."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return Commit()
    return Commit("", dt.datetime.fromtimestamp(int(seconds), dt.UTC).date())
