"""Which file the rows of a sheet belong to: that of a term or a year, as given, as the sheet says, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.dataset import Dataset
from generator.locale import Message
from generator.problems import Place, Problem, closest
from generator.records import Described, Sheet
from generator.spreadsheets.named import folder_kind
from generator.spreadsheets.taking import SheetRow, Taken
from generator.values.refusal import Refused
from generator.values.text import parse_code

OPTION = {"term": "--term", "year": "--year"}
CODES = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")
YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
FOLDERS = {"term": "terms", "year": "finance"}


def folders(root: Path, sheet: Sheet) -> list[str]:
    """Return the terms or years that there are folders of, in their order."""
    kind = folder_kind(sheet)
    below = root / "data" / FOLDERS.get(kind, "")
    if not kind or not below.is_dir():
        return []
    return sorted(path.name for path in below.iterdir() if path.is_dir() and _is_code(path.name))


def _is_code(text: str) -> bool:
    try:
        parse_code(text)
    except Refused:
        return False
    return "." not in text


def calls(data: Dataset | None, sheet: Sheet) -> dict[str, str]:
    """Return the names by which people call the terms, with the folder of each."""
    if data is None or folder_kind(sheet) != "term":
        return {}
    return {term.name: term.term for term in data.terms}


def folder_of(word: str, kind: str, named: Mapping[str, str]) -> str:
    """Return the folder that a word names: a code, the name of a term, or a year with 年 behind it."""
    word = word.strip()
    return named.get(word) or (word.removesuffix("年度").removesuffix("年") if kind == "year" else word)


def in_name(name: str, sheet: Sheet, there: Sequence[str]) -> str | None:
    """Return the term or year that the name of a sheet states, or None.

    The sheet of a template is called by its register and the folder that it is for, which need not be there yet.
    """
    name = name.strip()
    for title in sheet.title:
        folder = name.removeprefix(title).strip()
        if name.startswith(f"{title} ") and _is_code(folder):
            return folder
    found = [folder for folder in there if folder in CODES.findall(name)]
    return found[0] if len(found) == 1 else None


def chosen(root: Path, sheet: Sheet, given: str | None, name: str = "", file: str = "") -> str | Problem:
    """Return the folder that a whole sheet of a file belongs to, or the problem that it cannot be told."""
    kind = folder_kind(sheet)
    if not kind:
        return ""
    there = folders(root, sheet)
    place = Place(f"{file} [{name}]" if file else name)
    if given is not None:
        if _is_code(given):
            return given
        message = Message("“{value}” is not the name of a folder", value=given)
        fix = Message("use a year such as 2023, or a term such as 2023-spring")
        return Problem(place, "target", message, fix, value=given)
    if found := in_name(name, sheet, there):
        return found
    years = YEARS.findall(f"{name} {Path(file).stem}")
    if len(there) == 1 and (not years or there[0][:4] in years):
        return there[0]
    option = Message("say which one: {option}", option=f"{OPTION[kind]} {there[-1] if there else '…'}")
    if not there:
        return Problem(
            place, "target", Message("there is no folder for “{table}” yet", table=sheet_title(sheet)), option
        )
    if len(there) == 1:
        message = Message(
            "the name says {years}, and there is only {folder}", years=list(dict.fromkeys(years)), folder=there[0]
        )
        return Problem(place, "target", message, option)
    message = Message("it is not said which one of these the rows belong to: {folders}", folders=there)
    return Problem(place, "target", message, option)


def sheet_title(sheet: Sheet) -> object:
    """Return the title of a register as it stands in a sentence of either language."""
    return Described(*sheet.title)


def grouped(
    root: Path, taken: Taken, given: str | None, named: Mapping[str, str]
) -> tuple[dict[str, list[SheetRow]], list[Problem]]:
    """Return the rows of a sheet by the term or year that each belongs to, and what is wrong with that."""
    sheet, grid = taken.sheet, taken.grid
    kind = folder_kind(sheet)
    if taken.header.folder is None or not kind:
        folder = chosen(root, sheet, given, grid.name, grid.file)
        return ({}, [folder]) if isinstance(folder, Problem) else ({folder: [row for row, _ in taken.rows]}, [])
    found: dict[str, list[SheetRow]] = {}
    problems = []
    there = folders(root, sheet)
    for row, word in taken.rows:
        folder = folder_of(word, kind, named)
        place = grid.place(row.at, taken.header.folder)
        near = closest(folder, there)
        if not _is_code(folder):
            message = Message("“{value}” is not the name of a folder", value=word)
            fix = Message("use one of: {words}", words=there)
        elif given is not None and folder != given:
            message = Message("the row names {value}, and {given} was given", value=word, given=given)
            fix = Message("take the row out, or leave the option away")
        elif folder not in there and kind == "term" and near:
            message = Message("there is no term {value}", value=word)
            fix = Message("did you mean “{word}”?", word=near)
        else:
            found.setdefault(folder, []).append(row)
            continue
        problems.append(Problem(place, "target", message, fix, value=word))
    return found, problems
