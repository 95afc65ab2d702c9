"""A file on disk is the old one or the new one, with its mode, and links are left alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from generator.repair import mended, repaired
from generator.repair.school import replaced
from generator.repair.writing import replace_file


@pytest.fixture
def messed(school: Path) -> Path:
    """A school with one table that can be mended."""
    path = school / "data/duties.csv"
    path.write_bytes(path.read_bytes().replace(b"2023-02-01", b"2023/2/1"))
    return school


def test_looking_writes_nothing(messed: Path) -> None:
    before = {path: path.read_bytes() for path in messed.rglob("*") if path.is_file()}
    assert [each.file for each in repaired(messed)] == ["data/duties.csv"]
    assert {path: path.read_bytes() for path in messed.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o444])
def test_the_mode_stays(messed: Path, mode: int) -> None:
    path = messed / "data/duties.csv"
    path.chmod(mode)
    (each,) = repaired(messed)
    assert replaced(messed, each)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == each.after
    assert repaired(messed) == ()


def test_a_file_that_changed_meanwhile_stays(messed: Path) -> None:
    (each,) = repaired(messed)
    path = messed / "data/duties.csv"
    path.write_bytes(b"somebody else was here\n")
    assert not replaced(messed, each)
    assert path.read_bytes() == b"somebody else was here\n"


def test_links_are_neither_read_nor_written(messed: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = messed / "data/duties.csv"
    outside = tmp_path_factory.mktemp("outside") / "duties.csv"
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    assert mended(messed).files == ()
    assert not replace_file(path, before, b"new")
    assert outside.read_bytes() == before
    assert path.is_symlink()


def test_a_link_in_place_of_the_file_beside_is_not_followed(messed: Path) -> None:
    (each,) = repaired(messed)
    victim = messed / "victim"
    victim.write_bytes(b"mine")
    (messed / "data/.duties.csv.new").symlink_to(victim)
    assert replaced(messed, each)
    assert victim.read_bytes() == b"mine"
    assert not (messed / "data/duties.csv").is_symlink()


@pytest.mark.parametrize("step", ["write", "fsync", "chmod", "replace"])
def test_whatever_breaks_off_leaves_the_old_file(messed: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    (each,) = repaired(messed)

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "write":
        monkeypatch.setattr(os, "fdopen", broken)
    elif step == "fsync":
        monkeypatch.setattr(os, step, broken)
    else:
        monkeypatch.setattr(Path, step, broken)
    with pytest.raises(OSError, match="No space"):
        replaced(messed, each)
    monkeypatch.undo()
    assert (messed / each.file).read_bytes() == each.before
    assert not list((messed / "data").glob(".*"))


def test_what_a_crash_left_behind_is_taken_away(messed: Path) -> None:
    (messed / "data/.duties.csv.new").write_bytes(b"half a fi")
    (each,) = repaired(messed)
    assert replaced(messed, each)
    assert (messed / each.file).read_bytes() == each.after
    assert not list((messed / "data").glob(".*"))


def test_a_school_without_data(tmp_path: Path) -> None:
    assert repaired(tmp_path) == ()
