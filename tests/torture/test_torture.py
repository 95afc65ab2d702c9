"""A short version of ``make torture``: the same faults, a few of each kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture import disks, faults, kills
from tests.torture.builder import Builder, may_trace
from tests.torture.sites import live
from tests.torture.tally import Tally, table

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are injected with tools of Linux")


def result(torture: Iterator[Tally]) -> Tally:
    *_, tally = torture
    return tally


@pytest.fixture(scope="module")
def strace() -> None:
    if not may_trace():
        pytest.skip("strace is missing or may not look into processes")


@pytest.fixture(scope="module")
def tmpfs() -> None:
    if not disks.may_mount(*disks.TMPFS):
        pytest.skip("nothing may be mounted here")


@pytest.mark.parametrize(
    ("kind", "step"),
    list(zip(faults.KINDS, (61, 97, 163, 79), strict=True)),
    ids=["again", "first", "each", "two renames"],
)
@pytest.mark.usefixtures("strace")
def test_a_fault_at_a_system_call(kind: faults.Kind, step: int) -> None:
    tally = result(faults.sweep(kind, step))
    assert tally.runs >= 7
    assert tally.bad == 0, table([tally])
    assert tally.missed <= 2, "the calls were counted, and yet the faults met nobody"
    assert tally.missing == 0 or faults.NO_EXCHANGE in kind.always, table([tally])


@pytest.mark.usefixtures("strace")
def test_writing_straight_into_the_folder_is_found_to_do_damage() -> None:
    tally = result(faults.sweep(faults.STRAIGHT, 61))
    assert tally.damaged > 1, table([tally])


@pytest.mark.usefixtures("strace")
def test_two_renames_are_finished_by_the_next_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    tally = Tally("killed between two renames")
    tally.go_on(out, 2, "preparation")
    log = tmp_path / "log"
    code = Builder(out).traced(3, (faults.NO_EXCHANGE, "rename:signal=KILL:when=4"), log)
    assert (code, live(out)) == (-9, "missing")
    tally.go_on(out, 3, "the next build")
    assert (live(out), tally.bad) == (3, 0), table([tally])


@pytest.mark.usefixtures("strace")
def test_everything_is_on_the_disk_before_the_switch_and_the_switch_before_the_end(tmp_path: Path) -> None:
    out, log = tmp_path / "site", tmp_path / "log"
    for number in (1, 2):
        assert Builder(out).traced(number, (), log) == 0
    lines = log.read_text("utf-8").splitlines()
    order = [
        name
        for line in lines
        if (name := line.partition("(")[0]) in ("write", "linkat", "syncfs", "renameat2", "fsync")
    ]
    switched = order.index("renameat2")
    assert order.count("renameat2") == 1
    assert order[switched - 1] == "syncfs"
    assert order[switched + 1 : switched + 3] == ["fsync", "fsync"]
    assert "write" not in order[order.index("syncfs") : switched + 3]


def test_random_kills() -> None:
    tally = result(kills.random_kills(20))
    assert (tally.runs, tally.bad, tally.missing) == (20, 0, 0), table([tally])


@pytest.mark.parametrize("options", [(), ("hasty",)], ids=["waiting", "not waiting"])
def test_many_builders_at_once(options: tuple[str, ...]) -> None:
    tally = result(kills.crowd(4, 3, *options))
    assert tally.runs > 3
    assert (tally.bad, tally.missing) == (0, 0), table([tally])


@pytest.mark.usefixtures("tmpfs")
def test_a_small_disk() -> None:
    tally = result(disks.small_disks(17))
    assert tally.old > 3
    assert tally.new > 3
    assert (tally.bad, tally.missing) == (0, 0), table([tally])


@pytest.mark.usefixtures("tmpfs")
def test_cut_power() -> None:
    if not disks.may_loop():
        pytest.skip("no mkfs.ext4 or no loop device")
    tally = result(disks.power_cuts(4))
    assert (tally.bad, tally.missing) == (0, 0), table([tally])
    assert result(disks.power_cuts(1, "loose")).false_ok == 1


def test_a_limit_on_the_size_of_files() -> None:
    tally = result(disks.small_files(10))
    assert tally.old > 3
    assert (tally.bad, tally.missing) == (0, 0), table([tally])


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="only CI must have everything")
def test_ci_can_inject_faults() -> None:
    import shutil

    assert shutil.which("strace")
