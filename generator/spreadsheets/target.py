"""Which file the rows of a sheet belong to: that of a term or a year, as given, as the sheet says, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.dataset import Dataset
from generator.locale import Message
from generator.problems import Place, Problem, closest
from generator.records import Described, Sheet
from generator.spreadsheets.meant import folder_kind
from generator.spreadsheets.taking import SheetRow, Taken
from generator.values.refusal import Refused
from generator.values.text import parse_code

OPTION = {"term": "--term", "year": "--year"}
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


def in_name(name: str, there: Sequence[str]) -> str | None:
    """Return the one term or year that the name of a sheet states, as the sheets of templates do, or None."""
    words = re.findall(r"[0-9A-Za-z][0-9A-Za-z_-]*", name)
    found = [folder for folder in there if folder in words]
    return found[0] if len(found) == 1 else None


def chosen(root: Path, sheet: Sheet, given: str | None, name: str = "") -> str | Problem:
    """Return the folder that a whole sheet belongs to, or the problem that it cannot be told."""
    kind = folder_kind(sheet)
    if not kind:
        return ""
    there = folders(root, sheet)
    if given is not None:
        if _is_code(given):
            return given
        message = Message("“{value}” is not the name of a folder", value=given)
        fix = Message("use a year such as 2023, or a term such as 2023-spring")
        return Problem(Place(name), "target", message, fix, value=given)
    if found := in_name(name, there):
        return found
    if len(there) == 1:
        return there[0]
    if not there:
        message = Message("there is no folder for “{table}” yet", table=sheet_title(sheet))
        return Problem(Place(name), "target", message, Message("say which one: {option}", option=f"{OPTION[kind]} …"))
    message = Message("it is not said which one of these the rows belong to: {folders}", folders=there)
    fix = Message("say which one: {option}", option=f"{OPTION[kind]} {there[-1]}")
    return Problem(Place(name), "target", message, fix)


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
        folder = chosen(root, sheet, given, grid.place().file)
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
