"""A school's repository that a test may commit to."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT


class SchoolRepository:
    """A git repository with the sample school's data, and short ways to change and commit it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "data", root / "data")
        self.git("init", "-q", "-b", "main")
        self.start = self.commit("2023-02-10")

    def git(self, *arguments: str, **environment: str) -> str:
        who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org")
        command = ["git", "-C", str(self.root), *who, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment)
        return done.stdout.strip()

    def commit(self, day: str) -> str:
        """Commit everything on a day and return the id of the commit."""
        when = f"{day}T12:00:00+08:00"
        self.git("add", "-A")
        self.git("commit", "-q", "-m", day, GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)
        return self.git("rev-parse", "HEAD")

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first place of a text in a data file."""
        path = self.root / "data" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, file: str, line: str) -> None:
        """Add a line at the end of a data file."""
        with (self.root / "data" / file).open("a", encoding="utf-8") as opened:
            opened.write(line + "\n")


@pytest.fixture
def repository(tmp_path: Path) -> SchoolRepository:
    """The sample school in a repository of its own, with one commit."""
    return SchoolRepository(tmp_path / "school")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What a command printed since it was asked last."""
    return lambda: "".join(capsys.readouterr())
