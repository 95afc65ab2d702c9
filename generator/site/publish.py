"""Publishing: write the files of a site to a folder, touching only what differs.

A folder that we built carries a manifest of its files, so that a later build can delete what is no longer
part of the site, and nothing else. The manifest holds sorted paths only: equal sites have equal manifests.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.locale import Message

MANIFEST = ".mingzhang-manifest"
HEADING = "# Files of this site, made by Mingzhang; the next build deletes those that it no longer makes."


class PublishError(Exception):
    """Writing would harm files that are not ours; ``message`` says which."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Published:
    """What a publication did, as sorted paths."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    deleted: tuple[str, ...]


def manifest(paths: Iterable[str]) -> bytes:
    """Return the manifest of a site with these files."""
    return "\n".join((HEADING, *sorted(paths), "")).encode()


def publish(out: Path, files: Mapping[str, bytes]) -> Published:
    """Make the folder `out` hold exactly `files` (by path with forward slashes) and other people's files.

    Each file is replaced whole. Raises `PublishError` before anything is written if `out` holds files but
    no manifest of ours, or a file or link of somebody else's stands in the way.
    """
    for path in files:
        if not is_plain(path):
            raise PublishError(Message("“{path}” is not a path inside of the site", path=path))
    root = out.resolve()
    earlier = earlier_files(root)
    written, unchanged = compare(root, files, earlier)
    stale = sorted(earlier - files.keys())
    root.mkdir(parents=True, exist_ok=True)
    whole = manifest(files)
    if written or stale or read(root / MANIFEST) != whole:
        # Should we be stopped halfway, the next build must still know which files are ours.
        new_folder = not earlier and not unchanged
        replace(root, MANIFEST, manifest({*earlier, *files}))
        deleted = [path for path in stale if delete(root, path)]
        for path in written:
            (create if new_folder else replace)(root, path, files[path])
        replace(root, MANIFEST, whole)
    else:
        deleted = []
    return Published(tuple(written), tuple(unchanged), tuple(deleted))


def is_plain(path: str) -> bool:
    """Return whether `path` names a file below the site's folder on every system, and not our manifest."""
    parts = path.split("/")
    return path != MANIFEST and not any(part in ("", ".", "..") for part in parts) and not set(path) & set("\\:\0")


def earlier_files(root: Path) -> set[str]:
    """Return the files that an earlier build of ours left in `root`; refuse a folder that is not ours."""
    content = read(root / MANIFEST)
    if content is None:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise PublishError(
                Message("{folder} holds files that Mingzhang did not make; choose an empty folder", folder=root)
            )
        return set()
    lines = content.decode("utf-8", "replace").splitlines()
    return {line for line in lines if not line.startswith("#") and is_plain(line)}


def compare(root: Path, files: Mapping[str, bytes], earlier: set[str]) -> tuple[list[str], list[str]]:
    """Return the paths to write and those that are already right, sorted."""
    written: list[str] = []
    unchanged: list[str] = []
    checked: set[str] = {""}
    for path in sorted(files):
        check_folders(root, path, checked, earlier)
        found = read(root / path, len(files[path]))
        if found == files[path]:
            unchanged.append(path)
        elif path in earlier or not os.path.lexists(root / path) or is_folder_of_ours(root, path, earlier):
            written.append(path)
        else:
            raise PublishError(Message("{path} is in the way and was not made by Mingzhang", path=root / path))
    return written, unchanged


def is_folder_of_ours(root: Path, path: str, earlier: set[str]) -> bool:
    """Return whether `path` is a folder in which there is nothing but files of an earlier build."""
    folder = root / path
    if folder.is_symlink() or not folder.is_dir():
        return False
    inside = (below for below in folder.rglob("*") if below.is_symlink() or not below.is_dir())
    return all(below.relative_to(root).as_posix() in earlier for below in inside)


def check_folders(root: Path, path: str, checked: set[str], earlier: set[str]) -> None:
    """Refuse a link or another's file where a folder of the site must be; `checked` remembers what was seen."""
    for folder in PurePosixPath(path).parents:
        name = "" if str(folder) == "." else str(folder)
        if name in checked:
            return
        try:
            mode = os.lstat(root / name).st_mode
        except (FileNotFoundError, NotADirectoryError):
            checked.add(name)
            continue
        if not stat.S_ISDIR(mode) and name not in earlier:
            raise PublishError(Message("{path} is in the way and was not made by Mingzhang", path=root / name))
        checked.add(name)


def read(path: Path, size: int | None = None) -> bytes | None:
    """Return the content of a regular file, or None where there is none or its size is not `size`."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or size not in (None, found.st_size):
            return None
        with path.open("rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def replace(root: Path, path: str, content: bytes) -> None:
    """Write one file so that a reader meets the old one or the new one, never a part."""
    new = root / f"{MANIFEST}.new"
    new.unlink(missing_ok=True)
    with new.open("xb", buffering=0) as file:
        file.write(content)
    target = root / path
    try:
        new.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.replace(target)


def create(root: Path, path: str, content: bytes) -> None:
    """Write one file of a folder that nobody reads yet, at its own name."""
    target = root / path
    try:
        file = target.open("xb", buffering=0)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = target.open("xb", buffering=0)
    with file:
        file.write(content)


def delete(root: Path, path: str) -> bool:
    """Delete one file of an earlier build, and the folders that it leaves empty; never through a link."""
    folders = [root / folder for folder in PurePosixPath(path).parents][:-1]
    if any(folder.is_symlink() for folder in folders):
        return False
    try:
        (root / path).unlink()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return False
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:  # something else still stands in it
            break
    return True
