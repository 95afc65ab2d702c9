"""The version that a school is pinned to, taken from this program's own history, to hear what it says about the same data."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.commit import git
from generator.locale import Message, Spoken
from generator.site.project import CHECKOUT
from generator.trust.facts import Facts, from_csv

TIMEOUT = 600
CHANGES = {"zh": "CHANGELOG.zh-CN.md", "en": "CHANGELOG.md"}
"""The list of changes in each language: the same entries in the same order."""


class NotComparable(Spoken):
    """The older version is not here, or does not run any more; ``message`` says which."""


@dataclass(frozen=True)
class Said:
    """What a version of the program says of a school: its problems, as `check --format json` prints them, and its facts
    (None where errors keep it from stating any)."""

    problems: tuple[dict[str, Any], ...]
    facts: Facts | None


def is_known(commit: str, checkout: Path = CHECKOUT) -> bool:
    """Whether a commit is in the history that this program has at hand."""
    done = git(checkout, "cat-file", "-e", f"{commit}^{{commit}}") if (checkout / ".git").exists() else None
    return done is not None and done.returncode == 0


def is_ahead(commit: str, own: str, checkout: Path = CHECKOUT) -> bool:
    """Whether a commit came after this program's own, so that the upgrade would be a step back."""
    done = git(checkout, "merge-base", "--is-ancestor", own, commit)
    return commit != own and done is not None and done.returncode == 0


def is_own(commit: str, checkout: Path = CHECKOUT) -> bool:
    """Whether a commit led to this program's own: what merely lies in its repository may be somebody's proposal, and whoever
    proposes a pin could name it, to have it run."""
    done = git(checkout, "merge-base", "--is-ancestor", commit, "HEAD")
    return is_known(commit, checkout) and done is not None and done.returncode == 0


def changes_at(commit: str, language: str, checkout: Path = CHECKOUT) -> str | None:
    """Return the list of changes in a language as it was at a commit, or None where there was none or it is not known."""
    done = git(checkout, "show", f"{commit}:{CHANGES[language]}")
    return done.stdout.decode("utf-8", "replace") if done and not done.returncode else None


@contextmanager
def unpacked(commit: str, checkout: Path = CHECKOUT) -> Iterator[Path]:
    """Give a temporary folder with the program as it was at a commit; raises `NotComparable`."""
    done = git(checkout, "archive", "--format=tar", commit) if is_own(commit, checkout) else None
    if done is None or done.returncode:
        raise NotComparable(
            Message("commit {commit} is not in the history of this copy of Mingzhang", commit=commit[:12])
        )
    with tempfile.TemporaryDirectory(prefix="mingzhang-older-") as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
            packed.extractall(folder, filter="data")
        yield Path(folder)


def said_by(program: Path, school: Path, today: dt.date) -> Said:
    """Return what the program in a folder says of a school; raises `NotComparable` where it does not run any more.

    It is code of this program's own history, and runs with the packages of this one.
    """
    checked = _run(program, "check", "--root", str(school.resolve()), "--today", str(today), "--format", "json")
    try:
        problems = tuple(dict(problem) for problem in json.loads(checked.stdout))
    except (ValueError, TypeError) as failure:
        last = (checked.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1]
        raise NotComparable(
            Message("the older version does not run here any more: {reason}", reason=last[:200])
        ) from failure
    stated = _run(program, "facts", "--root", str(school.resolve()))
    try:
        return Said(problems, from_csv(stated.stdout) if stated.returncode == 0 else None)
    except ValueError:
        return Said(problems, None)


def _run(program: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {
        "PYTHONPATH": str(program),
        "MINGZHANG_CACHE": str(program / ".cache"),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "generator", *arguments]
    try:
        return subprocess.run(command, cwd=program, env=environment, capture_output=True, check=False, timeout=TIMEOUT)  # noqa: S603
    except subprocess.TimeoutExpired as failure:
        raise NotComparable(Message("the older version does not come to an end here")) from failure
