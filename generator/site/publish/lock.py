"""One builder at a time: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.locale import Message
from generator.site.publish.errors import PublishError

INTERVAL = 0.02


@contextmanager
def locked(file: Path, root: Path, wait: float) -> Iterator[None]:
    """Hold the lock `file`, for which another builder of `root` is waited up to `wait` seconds.

    The file stays when the lock is let go: two builders must never hold locks on two files of one name.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        until = time.monotonic() + wait
        while not _take(handle):
            if time.monotonic() > until:
                raise PublishError(
                    Message(
                        "Process {who} is publishing to {folder} and was not done after {seconds} seconds; try again later",
                        who=_holder(handle), folder=root, seconds=round(wait),
                    )
                )  # fmt: skip
            time.sleep(INTERVAL)
        with suppress(OSError):  # it is for the words above only
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        with suppress(OSError):  # by then all is done, or failed for a better reason
            os.close(handle)


def _holder(handle: int) -> str:
    """Return the number of the process that holds the lock, as it wrote it."""
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 20).decode("ascii", "replace").strip() or "?"


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 30
    """Windows locks bytes, and nobody else may read those: lock one that is never written."""

    def _take(handle: int) -> bool:
        """Take the lock and return True, or return False when somebody holds it."""
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        """Take the lock and return True, or return False when somebody holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
