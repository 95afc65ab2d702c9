"""The downloads of a school: every table as CSV, CSV for Excel and JSON, index, archive, calendars."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from generator.canonical import row_of
from generator.commit import Commit
from generator.outputs.archive import archive
from generator.outputs.calendars import calendars
from generator.outputs.dictionary import dictionary, table_columns
from generator.outputs.tables import Rows, table
from generator.oversight.books import Books
from generator.pages.downloads import EVERYTHING, stem, table_links
from generator.records import DataFile, Record
from generator.registers.corrections.records import Correction, CorrectionKind

INDEX = "data/index.json"
DICTIONARY = "data/dictionary.json"
# What a spreadsheet may take for a number or a date of its own: 001, 4001.10, 1E5, 2023-02, 1-6, 3/4.
TAKEN = re.compile(r"[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?|[0-9]{1,4}([-/.][0-9]{1,4}){1,2}", re.ASCII).fullmatch
UNCHANGED = re.compile(r"(0|[1-9][0-9]{0,10})(\.[0-9]*[1-9])?", re.ASCII).fullmatch
# Amounts and counts are meant as numbers and days as dates; every other column is words or codes.
MEANT = frozenset({"money", "count", "standard", "day"})
KEEP = "\N{NO-BREAK SPACE}"
ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def files(books: Books, commit: Commit | None = None) -> dict[str, bytes]:
    """Return every file that the site offers for download, by its path on the site."""
    found: dict[str, bytes] = {}
    packed: dict[str, bytes] = {}
    for file in map(public, books.data.files):
        base, rows = stem(file.path), table(file)
        plain_csv, as_json = written(rows), table_json(file, corrections_of(books, file))
        found[f"{base}.csv"], found[f"{base}.excel.csv"], found[f"{base}.json"] = plain_csv, for_excel(rows), as_json
        packed[f"{base}.csv"], packed[f"{base}.json"] = plain_csv, as_json
    found[INDEX] = packed[INDEX] = _json(index(books, commit or Commit()))
    found[DICTIONARY] = packed[DICTIONARY] = _json(dictionary())
    found[EVERYTHING] = archive(packed, books.data)
    return found | calendars(books)


def corrections_of(books: Books, file: DataFile) -> tuple[Record, ...]:
    """Return the corrections of one table, in the order of their register and as they may be taken away.

    A record of a term or a year is named by it, so that a correction belongs to the file in that folder.
    """
    folders = file.path.split("/")
    return tuple(
        _without_private_values(correction)
        for correction in books.data.corrections
        if correction.sheet == file.sheet.name
        and ("{" not in file.sheet.path or correction.record.partition("/")[0] in folders)
    )


def public(file: DataFile) -> DataFile:
    """Return a data file as it may be taken away: what a correction removed for privacy is not repeated in it."""
    if file.sheet.record is not Correction:
        return file
    return replace(file, records=tuple(map(_without_private_values, file.records)))


def _without_private_values(record: Record) -> Record:
    private = isinstance(record, Correction) and record.kind is CorrectionKind.PRIVACY
    return record.model_copy(update={"old": None, "new": None}) if private else record


def written(rows: Rows) -> bytes:
    """Return a table as CSV that `data/` would accept again: UTF-8 without mark, line feeds, Chinese headings."""
    return _csv(rows.headings, rows.cells, "\n").encode()


def for_excel(rows: Rows) -> bytes:
    """Return a table as CSV that Excel and WPS open by a double click, with the mark that tells them it is UTF-8.

    A code that they would rewrite (``001`` to 1, ``2023-02`` to February) gets a no-break space behind it, which makes
    it text to them; reading it again, Mingzhang takes the space away. A formula such as ``="001"`` would do the same,
    but no file of a school should teach people to trust formulas in downloads.
    """
    at_risk = [i for i, kind in enumerate(rows.kinds) if kind not in MEANT]
    cells = [_kept(row, at_risk) for row in rows.cells]
    return b"\xef\xbb\xbf" + _csv(rows.headings, cells, "\r\n").encode()


def _kept(row: list[str], at_risk: list[int]) -> list[str]:
    """Return a row in which no code can be taken for another number or a date; the row itself where none can."""
    risky = [i for i in at_risk if row[i][:1].isdigit() and TAKEN(row[i]) and not UNCHANGED(row[i])]
    if not risky:
        return row
    row = row.copy()
    for i in risky:
        row[i] += KEEP
    return row


def _csv(headings: tuple[str, ...], cells: list[list[str]], end: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(headings)
    writer.writerows(cells)
    return out.getvalue()


def table_json(file: DataFile, corrections: Iterable[Record] = ()) -> bytes:
    """Return a table as JSON: its name, what its columns are, its rows by English names, amounts as text, and what was
    corrected in it: the rows say what holds now, the corrections what was public before."""
    about = {"table": file.sheet.name, "file": file.path, "columns": table_columns(file.sheet.record)}
    head = ENCODE(about)[:-1]
    rows = ",\n".join(ENCODE(row_of(record)) for record in file.records)
    changed = ",\n".join(ENCODE(row_of(record)) for record in corrections)
    return f'{head}, "rows": [\n{rows}\n], "corrections": [\n{changed}\n]}}\n'.encode()


def index(books: Books, commit: Commit) -> dict[str, Any]:
    """Return what ``data/index.json`` says: each table with its files, rows, corrections, columns and the hash of its source."""
    return {
        "school": books.data.school.name,
        "language": books.language.code,
        "licence": "CC BY 4.0",
        "commit": commit.id or None,
        "day": commit.day.isoformat() if commit.day else None,
        "today": books.today.isoformat(),
        "tables": [
            {
                "table": file.sheet.name, "title_zh": file.sheet.title[0], "title_en": file.sheet.title[1],
                "source": file.path, "sha256": file.sha256, "rows": len(file.records),
                "corrections": len(corrections_of(books, file)),
                "columns": [column["name"] for column in table_columns(file.sheet.record)],
                "downloads": [link.url for link in table_links(file.path)],
            }
            for file in books.data.files
        ],
    }  # fmt: skip


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
