"""Every file of a school that can surely be mended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.dataset import PATTERNS, load_file
from generator.problems import Problem, Severity, ordered
from generator.reading import collector_paused, data_files
from generator.records import Sheet
from generator.repair.encoded import mended_bytes
from generator.repair.kinds import Repaired

SUFFIXES = (".csv", ".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Mended:
    """What can be mended in a school, file by file, and the errors that stay in these files for people to put right."""

    files: tuple[Repaired, ...]
    left: tuple[Problem, ...]


def repaired(root: Path) -> tuple[Repaired, ...]:
    """Return every file of ``root/data`` that is not canonical and can surely be mended; writes nothing."""
    return mended(root).files


def mended(root: Path, only: Collection[str] | None = None) -> Mended:
    """Return what can be mended in ``root/data``, or only in the files that are named as places name them.

    Writes nothing, and raises nothing but `OSError`, whatever the files hold.
    """
    files: list[Repaired] = []
    left: list[Problem] = []
    if not (root / "data").is_dir():
        return Mended((), ())
    with collector_paused():
        for path in data_files(root / "data")[0]:
            file = path.relative_to(root).as_posix()
            found = sheet_of(file)
            if found is None or (only is not None and file not in only):
                continue
            sheet, stated = found
            data = path.read_bytes()
            after = mend(data, file, sheet, stated)
            if after is not None:
                files.append(after)
            _, problems = load_file(after.after if after else data, file, sheet, stated)
            left.extend(problem for problem in problems if problem.severity is Severity.ERROR)
    return Mended(tuple(files), tuple(ordered(left)))


def sheet_of(file: str) -> tuple[Sheet, dict[str, str]] | None:
    """Return the sheet that a file such as ``data/terms/2023-spring/fees.csv`` belongs to, and what its path states."""
    stem, dot, suffix = file.removeprefix("data/").rpartition(".")
    if dot + suffix not in SUFFIXES:
        return None
    for pattern, sheet in PATTERNS:
        if match := pattern.fullmatch(stem):
            return None if sheet.document and suffix == "csv" else (sheet, match.groupdict())
    return None


def mend(data: bytes, file: str, sheet: Sheet, stated: dict[str, str]) -> Repaired | None:
    """Return one file before and after, or None where nothing in it can surely be mended."""
    after, repairs = mended_bytes(data, file, sheet)
    return Repaired(file, data, after, repairs) if after != data else None
