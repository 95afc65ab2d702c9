"""What stands in the live folder: files of ours, files of other people, and how they differ from the new site."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.locale import Message
from generator.site.publish.contents import MANIFEST, listed, manifest
from generator.site.publish.errors import PublishError, mounted

OURS = {MANIFEST, f"{MANIFEST}.new"}
READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
Stats = dict[str, os.stat_result]


@dataclass(frozen=True)
class Live:
    """The live folder as it was found: everything but folders, and folders, by path; links are not followed."""

    root: Path
    files: Mapping[str, os.stat_result]
    folders: Mapping[str, os.stat_result]
    earlier: frozenset[str]
    whole: bytes | None

    @property
    def theirs(self) -> list[str]:
        """The files and links that no build of ours made, sorted."""
        return sorted(path for path in self.files if path not in self.earlier and path not in OURS)


@dataclass(frozen=True)
class Difference:
    """How a new site differs from the live one, as sorted paths."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    deleted: tuple[str, ...]
    same: bool


def refuse_foreign(root: Path) -> bytes | None:
    """Return the manifest of the site in `root`, None where there is nothing yet; refuse a folder that is not ours."""
    if os.path.ismount(root):
        raise PublishError(mounted(root))
    whole = read(f"{root}/{MANIFEST}")
    if whole is None and os.path.lexists(root) and (not root.is_dir() or any(root.iterdir())):
        raise PublishError(
            Message("{folder} holds files that Mingzhang did not make; choose an empty folder", folder=root)
        )
    return whole


def look(root: Path) -> Live | None:
    """Return what stands in `root`, None where there is nothing yet; refuse a folder that is not ours."""
    whole = refuse_foreign(root)
    return None if whole is None else Live(root, *scan(root), frozenset(listed(whole)), whole)


def scan(root: Path) -> tuple[Stats, Stats]:
    """Return everything below `root` but folders, and the folders, by path; no link is followed."""
    files: Stats = {}
    folders: Stats = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                path = above + entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                (folders if is_folder else files)[path] = entry.stat(follow_symlinks=False)
                if is_folder:
                    waiting.append(f"{path}/")
    return files, folders


def compare(live: Live | None, files: Mapping[str, bytes]) -> Difference:
    """Return how `files` differ from the live site; refuse when somebody else's file stands in the way."""
    if live is None:
        return Difference(tuple(sorted(files)), (), (), same=False)
    written: list[str] = []
    unchanged: list[str] = []
    for path in sorted(files):
        _check_folders(live, path)
        if _is_same(live, path, files[path]):
            unchanged.append(path)
        elif path in live.earlier or (path not in live.files and _is_free(live, path)):
            written.append(path)
        else:
            raise PublishError(Message("{path} is in the way and was not made by Mingzhang", path=live.root / path))
    deleted = sorted((live.earlier & live.files.keys()) - files.keys())
    same = not written and not deleted and live.whole == manifest(files)
    return Difference(tuple(written), tuple(unchanged), tuple(deleted), same)


def read(path: str) -> bytes | None:
    """Return the content of a regular file, or None where there is none; never read through a link."""
    try:
        handle = os.open(path, READ)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        if Path(path).is_symlink():
            return None
        raise
    with open(handle, "rb", buffering=0) as file:  # noqa: PTH123  by its handle, so that it is the file just opened
        return file.read() if stat.S_ISREG(os.fstat(handle).st_mode) else None


def _check_folders(live: Live, path: str) -> None:
    """Refuse a link or another's file where a folder of the site must be."""
    end = path.find("/")
    while end > 0:
        if (name := path[:end]) in live.files and name not in live.earlier:
            raise PublishError(Message("{path} is in the way and was not made by Mingzhang", path=live.root / name))
        end = path.find("/", end + 1)


def _is_same(live: Live, path: str, content: bytes) -> bool:
    """Return whether the live file is regular and holds exactly `content`."""
    found = live.files.get(path)
    if found is None or not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
        return False
    return read(f"{live.root}/{path}") == content


def _is_free(live: Live, path: str) -> bool:
    """Return whether there is no folder at `path`, or one in which there is nothing but files of ours."""
    return path not in live.folders or all(file in live.earlier for file in live.files if file.startswith(f"{path}/"))
