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
from dataclasses import dataclass
from pathlib import Path

from generator.locale import Message
from generator.site.publish.contents import MANIFEST, manifest
from generator.site.publish.errors import PublishError
from generator.site.publish.live import Live, read, scan

FILE_MODE, FOLDER_MODE = 0o644, 0o755
NO_LINKS = {errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


@dataclass(frozen=True)
class Plan:
    """What a new version is made of: paths linked from the live version, contents to write, and its folders."""

    linked: frozenset[str]
    written: Mapping[str, bytes]
    folders: frozenset[str]


def planned(live: Live | None, files: Mapping[str, bytes], unchanged: Iterable[str]) -> Plan:
    """Return how to make a version with these files, and with what other people keep in the live folder."""
    folders = folders_of(files)
    linked: frozenset[str] = frozenset()
    if live:
        theirs = [path for path in live.theirs if path not in files]
        full = folders_of((*live.files, *live.folders))
        empty = {path for path in live.folders if path not in full and path not in files}
        folders |= folders_of(theirs) | folders_of(empty) | empty
        linked = frozenset([*theirs, *(p for p in unchanged if stat.S_IMODE(live.files[p].st_mode) == FILE_MODE)])
    written = {path: content for path, content in files.items() if path not in linked}
    return Plan(linked, written | {MANIFEST: manifest(files)}, frozenset(folders))


def make(new: Path, live: Live | None, plan: Plan) -> None:
    """Make the folder `new`; when it exists it is an old version, of which every file that is still right is used."""
    kept, folders = _clear(new, live, plan) if new.exists() else (set[str](), set[str]())
    if not new.exists():
        make_folder(new)
    for path in sorted(plan.folders - folders):
        make_folder(new / path)
    for path in sorted(plan.linked - kept):
        if live and not link(f"{live.root}/{path}", f"{new}/{path}"):
            shutil.copy2(live.root / path, new / path, follow_symlinks=False)
    for path, content in plan.written.items():
        write(f"{new}/{path}", content)
    if live:
        ours = folders_of(path for path in live.earlier | plan.written.keys())
        for path in sorted(plan.folders - ours, reverse=True):
            (new / path).chmod(stat.S_IMODE(live.folders[path].st_mode))


def _clear(new: Path, live: Live | None, plan: Plan) -> tuple[set[str], set[str]]:
    """Remove from an old version all that is not also in the live one and wanted; return the files and folders left."""
    try:
        files, folders = scan(new)
    except PermissionError:  # somebody's closed folder was carried along
        remove(new)
        return set(), set()
    for path, found in (("", new.lstat()), *folders.items()):
        if stat.S_IMODE(found.st_mode) != FOLDER_MODE:
            (new / path).chmod(FOLDER_MODE)
    kept = {path for path in plan.linked & files.keys() if live and os.path.samestat(files[path], live.files[path])}
    for path in files.keys() - kept:
        (new / path).unlink()
    for path in sorted(folders.keys() - plan.folders, reverse=True):
        (new / path).rmdir()
    return kept, folders.keys() & plan.folders


def check(new: Path, files: Mapping[str, bytes]) -> None:
    """Read the new version back and refuse it unless every file is there, byte for byte."""
    for path, content in (*files.items(), (MANIFEST, manifest(files))):
        if read(f"{new}/{path}") != content:
            raise PublishError(Message("{path} was not written as it should be; nothing was published", path=path))


def write(path: str, content: bytes) -> None:
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


def link(old: str, new: str) -> bool:
    """Give the file (or link) `old` a second name; False where the file system or its owner does not allow that."""
    try:
        os.link(old, new, follow_symlinks=False)
    except NotImplementedError:  # Windows cannot promise not to follow
        return False
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


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders in which `paths` lie, below the root."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
