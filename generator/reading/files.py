"""Which files of a data folder may be read."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from generator.locale import Message
from generator.problems import Place, Problem
from generator.reading.limits import LIMITS, Limits
from generator.reading.report import Report

NAME = re.compile(r"[0-9A-Za-z一-鿿._-]{1,80}")
TEXT_KINDS = (".csv", ".yml", ".yaml")
# The first bytes by which an attachment is recognised; an .xlsx file is a ZIP archive.
FIRST_BYTES = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".xlsx": b"PK\x03\x04",
}
# What systems and tools leave in folders: no data, and nothing that a clerk can help.
IGNORED = frozenset({".gitkeep", ".gitattributes", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini", "README.md"})


def data_files(folder: Path, *, limits: Limits = LIMITS) -> tuple[list[Path], list[Problem]]:
    """Return the readable files below `folder`, sorted by path, and the reason for each refused one.

    Only ordinary files with plain names and known kinds; symbolic links are never followed.
    Places name files relative to the parent of `folder`, such as ``data/school.yml``.
    Raises `OSError` where a folder or file cannot be read at all.
    """
    report = Report(folder.name, limits)
    files: list[Path] = []
    if folder.is_symlink():
        _refuse_link(report, Place(folder.name))
        return [], report.problems()
    _walk(folder, folder.name, files, report)
    return sorted(files), report.problems()


def _walk(folder: Path, name: str, files: list[Path], report: Report) -> None:
    """Collect the files of one folder and those below it."""
    with os.scandir(folder) as scanned:
        entries = sorted(scanned, key=lambda entry: entry.name)
    folded: dict[str, str] = {}
    for entry in entries:
        if entry.name in IGNORED:
            continue
        place = Place(f"{name}/{_printable(entry.name)}")
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            _refuse_link(report, place)
        elif not NAME.fullmatch(entry.name) or entry.name.startswith("."):
            _refuse_name(report, place)
        elif (other := folded.setdefault(entry.name.casefold(), place.file)) != place.file:
            report.add(
                "file-name",
                place,
                Message("Another name here differs only in capital letters"),
                Message("rename one of the two: on Windows they are the same file"),
                related=(Place(other),),
            )
        elif stat.S_ISDIR(mode):
            _walk(Path(entry.path), place.file, files, report)
        elif stat.S_ISREG(mode):
            if _is_readable(Path(entry.path), place, entry.stat(follow_symlinks=False).st_size, report):
                files.append(Path(entry.path))
        else:
            report.add("file-kind", place, Message("This is not an ordinary file"), Message("delete it"))


def _printable(name: str) -> str:
    """Return a name without characters that would disturb a terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def _refuse_link(report: Report, place: Place) -> None:
    report.add(
        "file-kind",
        place,
        Message("Symbolic links are not followed"),
        Message("put the file itself in this place"),
    )


def _refuse_name(report: Report, place: Place) -> None:
    report.add(
        "file-name",
        place,
        Message("This name is not allowed"),
        Message(
            "use Chinese characters, letters, digits, dot, hyphen and underscore, at most 80, "
            "and no dot in front; a file that a spreadsheet program left behind may be deleted"
        ),
        value=place.file.rpartition("/")[2],
    )


def _is_readable(path: Path, place: Place, size: int, report: Report) -> bool:
    """Return whether a file is of a known kind, of allowed size, and is what its name says."""
    suffix = path.suffix.lower()
    if suffix not in TEXT_KINDS and suffix not in FIRST_BYTES:
        report.add(
            "file-kind",
            place,
            Message("Files of this kind are not used here: “{suffix}”", suffix=suffix or path.name),
            Message("allowed are: {kinds}", kinds=[*TEXT_KINDS, *FIRST_BYTES]),
            value=suffix,
        )
        return False
    is_text = suffix in TEXT_KINDS
    limit = report.limits.file_bytes if is_text else report.limits.attachment_bytes
    if size > limit:
        report.add(
            "limit",
            place,
            Message("The file has {size} bytes, the limit is {limit}", size=size, limit=limit),
            Message("split it into smaller files")
            if is_text
            else Message("make it smaller, for example by scanning at a lower resolution"),
        )
        return False
    start = FIRST_BYTES.get(suffix, b"")
    with path.open("rb") as file:
        if file.read(len(start)) == start:
            return True
    report.add(
        "file-kind",
        place,
        Message("The content is not what the name “{suffix}” says", suffix=suffix),
        Message("save the file again from the program that made it"),
        value=suffix,
    )
    return False
