"""What only some systems can do: bring a whole file system to the disk, and exchange two folders in one step."""

from __future__ import annotations

import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctypes import CDLL

EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux, ``RENAME_SWAP`` of macOS."""
REFUSED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where this system or file system cannot do that, and nothing happened."""
    library = _library()
    first, second = os.fsencode(one), os.fsencode(other)
    if library is None:
        return False
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        here = -100  # AT_FDCWD; both paths are absolute
        failed = library.renameat2(here, first, here, second, EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, EXCHANGE)
    else:
        return False
    if failed:
        code = _errno()
        if code in REFUSED:
            return False
        raise OSError(code, os.strerror(code), str(other))
    return True


def sync_tree(tree: Path) -> None:
    """Wait until all of `tree` is on the disk.

    One `syncfs` does it where there is one: 354 files need 2 to 6 ms, and 50 to 140 ms when each is waited for.
    """
    library = _library()
    if library is not None and hasattr(library, "syncfs"):
        handle = os.open(tree, os.O_RDONLY)
        try:
            failed = library.syncfs(handle)
            code = _errno() if failed else 0
        finally:
            os.close(handle)
        if not failed:
            return
        if code != errno.ENOSYS:
            raise OSError(code, os.strerror(code), str(tree))
    for folder, _, names in os.walk(tree, topdown=False):
        for name in names:
            if not (path := Path(folder, name)).is_symlink():
                sync(path)
        sync(Path(folder))


def sync(path: Path) -> None:
    """Wait until one file or folder is on the disk; Windows cannot wait for a folder."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _library() -> CDLL | None:
    """Return the system's C library, None on Windows."""
    if sys.platform == "win32":
        return None
    import ctypes  # 5 ms, and an unchanged site does not need it

    return ctypes.CDLL(None, use_errno=True)


def _errno() -> int:
    """Return the error of the last call into the C library."""
    import ctypes

    return ctypes.get_errno()
