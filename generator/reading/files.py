"""Which files of a data folder may be read."""

from __future__ import annotations

import os
import re
import stat
from itertools import islice
from pathlib import Path

from generator.locale import Message
from generator.problems import Place, Problem
from generator.reading.archives import unsafe
from generator.reading.limits import LIMITS, Limits
from generator.reading.report import Report

NAME = re.compile(r"[0-9A-Za-z一-鿿._-]{1,80}")
TEXT_KINDS = (".csv", ".yml", ".yaml")
# The first bytes by which an attachment is recognised; .xlsx and .docx files are ZIP archives.
FIRST_BYTES = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".xlsx": b"PK\x03\x04",
    ".docx": b"PK\x03\x04",
}
# The bytes with which a picture or PDF file ends: what stands behind them is another file that hides there.
LAST_BYTES = {
    ".png": re.compile(rb"IEND\xaeB`\x82[\0\s]{0,64}\Z"),
    ".jpg": re.compile(rb"\xff\xd9[\0\s]{0,4096}\Z"),
    ".jpeg": re.compile(rb"\xff\xd9[\0\s]{0,4096}\Z"),
    ".pdf": re.compile(rb"%%EOF[\0\s]{0,4096}\Z"),
}
TAIL = 5_000
# Names that Windows keeps for devices, whatever stands behind the first dot.
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# How copies are named: “副本fees.csv”, “fees - 副本.csv”, “fees(1).csv”, “fees copy.csv”.
COPY = re.compile(
    r"^(?:副本|复件|copy of )[ _-]*|[ _-]*(?:副本|复件|\bcopy|[(（]\d{1,2}[)）])[ _-]*(?=\.\w+$)", re.IGNORECASE
)
LEFT_BEHIND = ("~$", ".~", "._")
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
    _walk(folder, folder.name, 1, files, report)
    return sorted(files), report.problems()


def _walk(folder: Path, name: str, depth: int, files: list[Path], report: Report) -> None:
    """Collect the files of one folder and those below it."""
    folded: dict[str, str] = {}
    for entry in _entries(folder, name, depth, report):
        if entry.name in IGNORED:
            continue
        place = Place(f"{name}/{_printable(entry.name)}")
        found = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(found.st_mode):
            _refuse_link(report, place)
        elif not _may_be_called(entry.name, place, folded, report):
            continue
        elif stat.S_ISDIR(found.st_mode) and "." in entry.name:
            # The site has folders of these names, and files such as index.html beside them.
            message = Message("The name of a folder may not hold a dot")
            report.add("file-name", place, message, Message("give it another name"), value=entry.name)
        elif stat.S_ISDIR(found.st_mode):
            _walk(Path(entry.path), place.file, depth + 1, files, report)
        elif stat.S_ISREG(found.st_mode):
            if _is_readable(Path(entry.path), place, found.st_size, report):
                files.append(Path(entry.path))
        else:
            report.add("file-kind", place, Message("This is not an ordinary file"), Message("delete it"))


def _entries(folder: Path, name: str, depth: int, report: Report) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, sorted by name; nothing where that is too much or too deep."""
    deepest, most = report.limits.folder_depth, report.limits.folder_entries
    if depth > deepest:
        message = Message("Folders lie in each other more than {limit} deep", limit=deepest)
        report.add("limit", Place(name), message, Message("data/ needs no deeper folders than the dictionary shows"))
        return []
    with os.scandir(folder) as scanned:
        entries = sorted(islice(scanned, most + 1), key=lambda entry: entry.name)
    if len(entries) > most:
        message = Message("The folder holds more than {limit} files and folders", limit=most)
        report.add("limit", Place(name), message, Message("delete what is not needed"))
        return []
    return entries


def _may_be_called(name: str, place: Place, folded: dict[str, str], report: Report) -> bool:
    """Return whether every system can hold a file or folder of this name beside those in `folded`."""
    if not NAME.fullmatch(name) or name.startswith(".") or name.endswith("."):
        _refuse_name(report, place)
    elif DEVICE.fullmatch(name):
        message = Message("Windows keeps this name for a device")
        report.add("file-name", place, message, Message("give it another name"), value=name)
    elif (other := folded.setdefault(name.casefold(), place.file)) != place.file:
        report.add(
            "file-name",
            place,
            Message("Another name here differs only in capital letters"),
            Message("rename one of the two: on Windows they are the same file"),
            related=(Place(other),),
        )
    else:
        return True
    return False


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


def copied_from(name: str) -> str | None:
    """Return the name of the file that one of this name is a copy of, as systems and people name copies, or None."""
    original = name
    while (shorter := COPY.sub("", original)) not in (original, "") and not shorter.startswith("."):
        original = shorter
    return original if original != name else None


def one_of_both(original: str) -> Message:
    """Return what to do where a file and its copy lie in one folder."""
    return Message("keep one of the two, under the name {file}, and delete the other", file=original)


def _refuse_name(report: Report, place: Place) -> None:
    name = place.file.rpartition("/")[2]
    if original := copied_from(name):
        what, fix = Message("This looks like a copy of {file}", file=original), one_of_both(original)
    elif name.startswith(LEFT_BEHIND):
        what, fix = Message("A spreadsheet program left this file behind while it was open"), Message("delete it")
    else:
        what = Message("This name is not allowed")
        fix = Message(
            "use Chinese characters, letters, digits, dot, hyphen and underscore, at most 80, "
            "and no dot in front or at the end"
        )
    report.add("file-name", place, what, fix, value=name)


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
        if file.read(len(start)) != start:
            report.add(
                "file-kind",
                place,
                Message("The content is not what the name “{suffix}” says", suffix=suffix),
                Message("save the file again from the program that made it"),
                value=suffix,
            )
            return False
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
    return is_text or _is_safe(path, suffix, tail, place, report)


def _is_safe(path: Path, suffix: str, tail: bytes, place: Place, report: Report) -> bool:
    """Return whether an attachment holds no other file and nothing that harms whoever opens it."""
    reason: Message | None = None
    if (end := LAST_BYTES.get(suffix)) is None:
        reason = unsafe(path, suffix)
    elif not end.search(tail):
        reason = Message("The file is cut off, or another file hides behind its end")
    if reason is None:
        return True
    report.add(
        "attachment",
        place,
        reason,
        Message("save it anew without passwords, macros, embedded files and links to other files, or as a PDF file"),
    )
    return False
