"""Tables in their canonical form, and files that are either old or new, never half."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from generator.records import Record, Sheet, titles


def canonical_names(model: type[Record], names: Collection[str]) -> list[str]:
    """Return the fields of `names` in the order in which the record declares them; raises ValueError for others."""
    known = [title.name for title in titles(model) if not title.path]
    if strange := set(names) - set(known):
        raise ValueError(f"{model.__name__} has no columns {sorted(strange)}")
    return [name for name in known if name in names]


def write_table(sheet: Sheet, rows: Sequence[Mapping[str, str]], names: Sequence[str], language: str) -> bytes:
    """Return the canonical CSV of rows: UTF-8, LF, the titles in one language, the declared order of columns.

    ``names`` are the fields that are columns; a row may lack some of them, and their cells stay empty.
    """
    chosen = canonical_names(sheet.record, names)
    by_name = {title.name: title for title in titles(sheet.record)}
    lines = [[by_name[name].label(language) for name in chosen]]
    lines += [[row.get(name, "") for name in chosen] for row in rows]
    return "".join(map(line_of, lines)).encode()


def line_of(texts: Sequence[str]) -> str:
    """Return one line of a CSV file, quoting only the cells that need it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(texts)
    return out.getvalue()


def replace_file(path: Path, before: bytes, after: bytes) -> bool:
    """Write `after` in place of `before` in one step; False where the file is no longer as it was.

    Links are not followed. Raises OSError.
    """
    if not stat.S_ISREG(path.lstat().st_mode) or path.read_bytes() != before:
        return False
    write_whole(path, after)
    return True


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, keeping the mode of one that is there; folders above it are made. Raises OSError.

    A file beside it is written first and then takes its name, so that whatever breaks off leaves the old file or the
    new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    # One fixed name: what a crash left behind is taken away by the next run, which writes the same file.
    beside = path.with_name(f".{path.name}.new")
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags, 0o666 if mode is None else mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def leads_away(root: Path, path: str) -> bool:
    """Whether a folder on the way to a file is a link, so that writing would change something elsewhere."""
    here = root.resolve()
    return not (here / path).parent.resolve().is_relative_to(here) or any(
        (here / above).is_symlink() for above in Path(path).parents
    )
