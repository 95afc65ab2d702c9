"""Two states of a school, and what is said of the way from one to the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.difference.difference import Difference, differ
from generator.difference.text import as_text
from tests.conftest import ROOT
from tests.trust.conftest import SchoolRepository


@pytest.fixture
def repository(tmp_path: Path) -> SchoolRepository:
    """The sample school in a repository of its own, with one commit."""
    return SchoolRepository(tmp_path / "school")


def young(root: Path, change: Callable[[SchoolRepository], None]) -> SchoolRepository:
    """Return a repository of the sample school whose first and only commit has a change in it."""
    made = SchoolRepository.__new__(SchoolRepository)
    made.root = root
    shutil.copytree(ROOT / "data", root / "data")
    made.git("init", "-q", "-b", "main")
    change(made)
    made.start = made.commit("2023-02-10")
    return made


@pytest.fixture
def told(repository: SchoolRepository) -> Callable[[], Difference]:
    """What the files as they stand change against the last commit."""
    return lambda: differ(repository.root, "HEAD")


def words_of(difference: Difference) -> list[str]:
    """Return the lines that a terminal shows of a difference."""
    return as_text(difference, difference.head.language).splitlines()


def section(difference: Difference, title: str) -> list[str]:
    """Return the rows that a terminal shows below a title."""
    lines = words_of(difference)
    start = next(at for at, line in enumerate(lines) if line.startswith(title))
    rows = [*lines[start + 1 :], ""]
    return [line.strip() for line in rows[: rows.index("")]]
