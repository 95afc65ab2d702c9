"""The commit of a school is that of its repository, and nothing is invented where there is none."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from generator.commit import Commit, commit_of


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)


def repository(folder: Path, day: str) -> str:
    git = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run(
        [*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True,
        env={"GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day, "PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )  # fmt: skip
    return subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def test_day_is_that_of_the_committers_own_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = repository(tmp_path, "2023-03-12T23:30:00+0800")
    monkeypatch.setenv("TZ", "America/New_York")
    (tmp_path / "school").mkdir()
    for root in (tmp_path, tmp_path / "school"):
        commit = commit_of(root)
        assert (commit.id, commit.day, commit.known, commit.short) == (id_, dt.date(2023, 3, 12), True, id_[:7])


def test_without_a_repository_there_is_no_day(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == Commit("", None)
    assert not commit_of(tmp_path).known


def test_without_git_there_is_no_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, "2023-03-12T23:30:00+0800")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) == Commit("", None)


@pytest.mark.parametrize(("epoch", "day"), [("1678579200", dt.date(2023, 3, 12)), ("x", None), ("", None), ("٣", None)])
def test_packed_sources_state_their_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, day: dt.date | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert commit_of(tmp_path) == Commit("", day)
