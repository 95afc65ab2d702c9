"""Disks that are too small, and disks whose power is cut."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.torture.builder import Builder
from tests.torture.kills import duration
from tests.torture.tally import Tally

PAGE = 4096
ROOM = "size=16m,nr_inodes=10000"
IMAGE = 16 << 20


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[Path]:
    """Mount something at `folder` for a while."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", *how, str(folder)], check=True, capture_output=True)
    try:
        yield folder
    finally:
        unmount(folder)


def unmount(folder: Path) -> None:
    """Unmount, also when a process that another thread is just starting still holds a file there for a moment."""
    for _ in range(100):
        if subprocess.run(["umount", str(folder)], capture_output=True).returncode == 0:
            return
        time.sleep(0.05)
    subprocess.run(["umount", str(folder)], check=True)


def may_mount(*how: str) -> bool:
    """Return whether this user may mount that."""
    with tempfile.TemporaryDirectory() as place:
        try:
            with mounted(Path(place, "m"), *how):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


def may_loop() -> bool:
    """Return whether a file can be made a disk with ext4 on it."""
    if not shutil.which("mkfs.ext4"):
        return False
    with tempfile.TemporaryDirectory() as place:
        return may_mount("-o", "loop", str(ext4(Path(place, "image"))))


def ext4(image: Path) -> Path:
    """Make a disk out of a file."""
    with image.open("wb") as file:
        file.truncate(IMAGE)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    return image


TMPFS = ("-t", "tmpfs", "-o", ROOM, "tmpfs")


def small_disks(step: int = 1) -> Iterator[Tally]:
    """Publish on a disk that has room for a little more or a little less than the new site needs."""
    tally = Tally("a small tmpfs that fills up")
    with tempfile.TemporaryDirectory() as place, mounted(Path(place, "m"), *TMPFS) as disk:
        number = 0
        for first in (False, True):
            rooms = [(pages, 9_000) for pages in range(90 if first else 50)]
            rooms += [(4_000, inodes) for inodes in range(90 if first else 75)]
            for pages, inodes in rooms[::step]:
                out = disk / "site"
                if first:
                    shutil.rmtree(out, ignore_errors=True)
                    shutil.rmtree(disk / ".site.mingzhang", ignore_errors=True)
                else:
                    number += 2
                    tally.go_on(out, number, "preparation")
                builder = Builder(out)
                builder.wait()
                limit(disk, pages, inodes)
                builder.begin(number + 1)
                code = builder.end()
                subprocess.run(["mount", "-o", f"remount,{ROOM}", str(disk)], check=True)
                what = f"room for {pages} pages and {inodes} inodes"
                tally.judge(out, None if first else number, number + 1, code, what)
                number += 2
                tally.go_on(out, number, what)
                yield tally


def limit(disk: Path, pages: int, inodes: int) -> None:
    """Leave room for so many pages and inodes on a tmpfs."""
    used = os.statvfs(disk)
    size = max(1, used.f_blocks - used.f_bfree + pages) * PAGE  # 0 would be no limit
    names = max(1, used.f_files - used.f_ffree + inodes)
    subprocess.run(["mount", "-o", f"remount,size={size},nr_inodes={names}", str(disk)], check=True)


def small_files(step: int = 1) -> Iterator[Tally]:
    """Where nothing may be mounted: forbid the builder files larger than a limit, which fails its writes as well."""
    tally = Tally("a limit on the size of files (RLIMIT_FSIZE)")
    with tempfile.TemporaryDirectory() as place:
        out = Path(place, "site")
        number = 0
        for size in range(0, 3000, 50 * step):
            number += 2
            tally.go_on(out, number, "preparation")
            builder = Builder(out)
            builder.wait()
            if sys.platform == "linux":
                resource.prlimit(builder.process.pid, resource.RLIMIT_FSIZE, (size, size))
            builder.begin(number + 1)
            code = builder.end()
            tally.judge(out, number, number + 1, code, f"files up to {size} bytes")
            number += 2
            tally.go_on(out, number, f"after files up to {size} bytes")
            yield tally


def power_cuts(runs: int, *options: str) -> Iterator[Tally]:
    """Cut the power after, or in the middle of, publications on an ext4 of its own.

    The power is cut by copying the disk's image while it is mounted: what the file system has not written by then
    is not in the copy. Every other run waits for the builder's ok first; then the new site must be in the copy.
    """
    tally = Tally(f"power cut, ext4{' (contrast: not waiting for the disk)' if options else ''}")
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as place:
        image, copy = ext4(Path(place, "image")), Path(place, "copy")
        with mounted(Path(place, "m"), "-o", "loop", str(image)) as disk:
            out = disk / "site"
            longest = duration(out)
            number = 10
            for run in range(runs):
                tally.go_on(out, number, "preparation")
                os.sync()
                builder = Builder(out, *options)
                builder.wait()
                builder.begin(number + 1)
                code = builder.end() if run % 2 == 0 else stopped(builder, chance.uniform(0, longest))
                shutil.copyfile(image, copy)
                if code == -signal.SIGSTOP:
                    builder.stop()
                with mounted(Path(place, "after"), "-o", "loop", str(copy)) as after:
                    tally.judge(after / "site", number, number + 1, code, f"power cut, run {run}")
                    tally.go_on(after / "site", number + 2, f"power cut, run {run}")
                number += 4
                yield tally


def stopped(builder: Builder, moment: float) -> int:
    """Let a builder work for a moment and hold it there; return a code that says so."""
    time.sleep(moment)
    os.kill(builder.process.pid, signal.SIGSTOP)
    return -signal.SIGSTOP
