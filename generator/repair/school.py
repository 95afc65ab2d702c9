"""Every file of a school that can surely be mended."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.dataset import load_file, sheet_at
from generator.privacy import allowed
from generator.problems import Problem, ordered
from generator.reading import collector_paused, data_files
from generator.reading.files import TEXT_KINDS
from generator.records import Sheet
from generator.repair.documents import DocumentRepair
from generator.repair.encoded import Text, byte_repairs, text_of
from generator.repair.kinds import Repair, Repaired
from generator.repair.law import errors, is_sound, table_is_kept
from generator.repair.shape import shapes
from generator.repair.tables import TableRepair
from generator.repair.writing import replace_file


@dataclass(frozen=True, slots=True)
class Mended:
    """What can be mended in a school, file by file, and what stays in these files for people to put right."""

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
            data = path.read_bytes()
            after, repairs, more = mend(data, file, *found)
            if after != data:
                files.append(Repaired(file, data, after, tuple(repairs)))
            left += [*more, *errors(load_file(after, file, *found)[1])]
    return Mended(tuple(files), tuple(ordered(left)))


def replaced(root: Path, each: Repaired) -> bool:
    """Write one mended file; False where it is no longer as it was when it was read. Raises OSError."""
    return replace_file(root / each.file, each.before, each.after)


def sheet_of(file: str) -> tuple[Sheet, dict[str, str]] | None:
    """Return the sheet that a file such as ``data/terms/2023-spring/fees.csv`` belongs to, and what its path states."""
    if file == allowed.FILE:
        return allowed.SHEET, {}
    stem, dot, suffix = file.removeprefix("data/").rpartition(".")
    found = sheet_at(stem) if dot + suffix in TEXT_KINDS else None
    return None if found and found[0].document and suffix == "csv" else found


Outcome = tuple[bytes, Sequence[Repair], Sequence[Problem]]
"""A file's bytes as they should be, what was mended in them, and what no check tells but a person must look at."""


def mend(data: bytes, file: str, sheet: Sheet, stated: dict[str, str]) -> Outcome:
    """Return the bytes that one file should have; the same bytes where nothing in them can surely be mended."""
    text = text_of(data, file, sheet)
    if text is None:
        return data, (), ()
    repairs = byte_repairs(text, file)
    if file.endswith(".csv"):
        after, more, left = mended_table(text, file, sheet, stated)
    else:
        document = DocumentRepair(file, sheet, text.written)
        after, more, left = document.run().encode(), document.repairs, ()
    # A row that was dropped may have stood before such a mark; at the start of a file it is one of its encoding.
    while after.startswith(codecs.BOM_UTF8):
        after = after.removeprefix(codecs.BOM_UTF8)
    return after, (*repairs, *more), left


def mended_table(text: Text, file: str, sheet: Sheet, stated: dict[str, str]) -> Outcome:
    """Return the bytes that a table should have; those of its text as it is where nothing in it is sure."""
    before = text.written.encode()
    for shape in shapes(text, sheet.record):
        if not shape.sound and shape.separator != ",":
            continue
        table = TableRepair(file, sheet.record, shape, ended=text.written.endswith("\n"))
        after = table.text().encode()
        if not table_is_kept(before, after, file, sheet.record, table.numbers, table.parted):
            continue
        if not shape.daring or (table.is_even and is_sound(after, file, sheet, stated)):
            return after, table.repairs, table.left
    return before, (), ()
