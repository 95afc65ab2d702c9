"""Making the folder of a new version beside the live one, checking it, and removing a folder that is no longer wanted.

What did not change is linked from the live version, not copied: it keeps its time, and costs no room. That is safe
because no file of any version is ever written again in its place.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from generator.locale import Message
from generator.site.publish.contents import MANIFEST, manifest
from generator.site.publish.errors import PublishError
from generator.site.publish.live import Live, read

FILE_MODE, FOLDER_MODE = 0o644, 0o755
NO_LINKS = {errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


def make(new: Path, live: Live | None, files: Mapping[str, bytes], unchanged: Iterable[str]) -> None:
    """Make the folder `new`: the site's files, the manifest, and what other people keep in the live folder."""
    theirs = live.theirs if live else []
    carried = [path for path in theirs if path not in files]
    empty = [path for path in _empty_folders(live) if path not in files] if live else []
    ours = {*_folders(files)}
    make_folder(new)
    for path in sorted({*ours, *_folders(carried), *_folders(f"{path}/x" for path in empty)}):
        make_folder(new / path)
    linked = {path for path in unchanged if live and stat.S_IMODE(live.files[path].st_mode) == FILE_MODE}
    for path, content in files.items():
        if live is None or path not in linked or not link(live.root / path, new / path):
            write(new / path, content)
            if live and path in linked:
                os.utime(new / path, ns=(live.files[path].st_atime_ns, live.files[path].st_mtime_ns))
    write(new / MANIFEST, manifest(files))
    if live:
        for path in carried:
            if not link(live.root / path, new / path):
                shutil.copy2(live.root / path, new / path, follow_symlinks=False)
        for path in sorted(live.folders.keys() - ours, reverse=True):
            if (new / path).is_dir():
                (new / path).chmod(stat.S_IMODE(live.folders[path].st_mode))


def check(new: Path, files: Mapping[str, bytes]) -> None:
    """Read the new version back and refuse it unless every file is there, byte for byte."""
    for path, content in (*files.items(), (MANIFEST, manifest(files))):
        if read(new / path) != content:
            raise PublishError(Message("{path} was not written as it should be; nothing was published", path=path))


def write(path: Path, content: bytes) -> None:
    """Write a new file whole, readable for everybody whatever the umask is."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if hasattr(os, "fchmod"):
            os.fchmod(handle, FILE_MODE)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make a new folder that everybody may enter, whatever the umask is."""
    path.mkdir(FOLDER_MODE)
    path.chmod(FOLDER_MODE)


def link(old: Path, new: Path) -> bool:
    """Give the file (or link) `old` a second name; False where the file system or its owner does not allow that."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as failure:
        if failure.errno in NO_LINKS:
            return False
        raise
    return True


def remove(tree: Path) -> None:
    """Remove a folder of ours with all that is in it, also folders that other people had closed; follow no link."""
    for folder, below, _ in os.walk(tree):
        for name in below:
            path = Path(folder, name)
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode) and mode & stat.S_IRWXU != stat.S_IRWXU:
                path.chmod(stat.S_IRWXU)
    shutil.rmtree(tree)


def _folders(paths: Iterable[str]) -> set[str]:
    """Return the folders in which `paths` lie, below the root."""
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents} - {"."}


def _empty_folders(live: Live) -> list[str]:
    """Return the folders in which there is nothing: other people's, for a build makes none."""
    full = _folders((*live.files, *live.folders))
    return [path for path in live.folders if path not in full]
