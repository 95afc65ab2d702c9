"""What people probably meant: names where codes belong, files under other names or in other folders, days left out.

Nothing here accepts anything; it makes a refusal say what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from generator.locale import Message
from generator.problems import Place, Problem, Severity, closest
from generator.reading.files import copied_from, one_of_both
from generator.records import Described, Record, Sheet

FEWEST = 2
"""So many rows of another year prove that a file lies in the wrong folder; a single one may be mistyped."""

LIKENESS = 0.6

LISTED, LIKE = 6, 2
"""So many codes are all listed in a message; of more of them so many that are likest."""


def unread_file(file: str, sheets: Sequence[Sheet]) -> Problem:
    """Return what is wrong with a file whose name is that of no register: a copy, a slip, or a name of its own."""
    folder, _, name = file.removeprefix("data/").rpartition("/")
    if original := copied_from(name):
        return Problem(
            Place(file), "file-unknown", Message("This looks like a copy of {file}", file=original),
            one_of_both(original), value=name,
        )  # fmt: skip
    stem = name.rpartition(".")[0]
    files = {sheet.path.rsplit("/", 1)[-1]: ".yml" if sheet.document else ".csv" for sheet in sheets}
    here = [sheet for sheet in sheets if _is_in(sheet, folder) and _name(sheet, files).endswith(name[len(stem) :])]
    if near := closest(stem, files, LIKENESS):
        fix = Message("did you mean “{word}”?", word=near + files[near])
    elif here:
        names = [Message("{file} ({title})", file=_name(sheet, files), title=Described(*sheet.title)) for sheet in here]
        fix = Message("rename it; this folder holds: {files}", files=names)
    else:
        fix = Message("remove it, or see the data dictionary")
    return Problem(Place(file), "file-unknown", Message("no register is kept in this file"), fix, value=name)


def _is_in(sheet: Sheet, folder: str) -> bool:
    """Return whether the file of a sheet is kept in this folder below `data/`."""
    above = re.escape(sheet.path.rpartition("/")[0])
    return re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", above), folder) is not None


def _name(sheet: Sheet, files: Mapping[str, str]) -> str:
    stem = sheet.path.rsplit("/", 1)[-1]
    return stem + files[stem]


_han = re.compile("[\u4e00-\u9fff]").search
"""A name, and not a mistyped code or a list with other signs between its codes."""
NAMES_OF = {"campuses": "campus", "owner": "slot", "slot": "slot", "campus": "campus", "fee": "fee", "sheet": "sheet"}
"""The fields that hold codes, by name, and which names people write in their place."""


def with_codes(
    problems: Sequence[Problem], known_sheets: Iterable[Sheet], campuses: Iterable[Record], records: Iterable[Record]
) -> list[Problem]:
    """Return problems in which a name that stands where its code belongs is answered with the code: SL for 松林完小."""
    if not any(problem.code == "code" for problem in problems):
        return list(problems)
    codes: dict[str, dict[str, set[str]]] = {kind: {} for kind in NAMES_OF.values()}
    for sheet in known_sheets:
        for word in sheet.title:
            codes["sheet"].setdefault(word, set()).add(sheet.name)
    for kind, key, names in (
        ("campus", "id", ("name",)),
        ("slot", "slot", ("name", "holder")),
        ("fee", "id", ("item",)),
    ):
        for record in campuses if kind == "campus" else records:
            if hasattr(record, key) and all(hasattr(record, name) for name in names):
                for name in names:
                    codes[kind].setdefault(getattr(record, name) or "", set()).add(getattr(record, key))
    return [_with_code(problem, codes) for problem in problems]


def _with_code(problem: Problem, codes: Mapping[str, Mapping[str, set[str]]]) -> Problem:
    """Return a problem of a text that is no code, with the codes that it names where they are certain."""
    field = getattr(problem.message.values.get("title"), "name", "")
    if problem.code != "code" or problem.value is None or field not in NAMES_OF:
        return problem
    known = codes[NAMES_OF[field]]
    parts = re.split(r"\s*[,;/，；、]\s*", problem.value)  # a name may hold spaces; else they part names too
    meant = [known.get(name, set()) for part in parts for name in ([part] if part in known else part.split())]
    if not all(len(each) == 1 for each in meant):
        in_use = _in_use(known, problem.value) if field != "slot" and _han(problem.value) else None
        return replace(problem, fix=in_use) if in_use else problem
    return replace(
        problem, fix=Message("write the code: {meant}", meant=";".join(code for each in meant for code in each))
    )


def _in_use(known: Mapping[str, set[str]], value: str) -> Message | None:
    """Return the codes that there are, each with the first of its names; of many those whose names are most like `value`."""
    named: dict[str, str] = {}
    count = len(set().union(*known.values()))
    for name in get_close_matches(value, known, LIKE, 0.0) if count > LISTED else known:
        for code in sorted(known[name]):
            named.setdefault(code, name)
    words = [Message("“{code}” ({name})", code=code, name=name) for code, name in named.items()]
    if len(named) < count:
        return Message("use a code, such as {words}", words=words)
    return Message("use one of: {words}", words=words) if words else None


def misfiled(records: Sequence[Record], file: str, path: Mapping[str, str]) -> Problem | None:
    """Return what is wrong with a file all of whose records speak of one other year than its folder: it lies wrongly."""
    folder = path.get("year", "")
    if len(records) < FEWEST or not folder.isdecimal() or _year_of(records[0]) in (folder, ""):
        return None
    years = set(map(_year_of, records))
    if len(years) != 1:
        return None
    year = years.pop()
    return Problem(
        Place(file),
        "folder",
        Message("all rows of this file are of {year}, but it lies in the folder of {folder}", year=year, folder=folder),
        Message("move the file to the folder {year}, or correct the months", year=year),
        value=folder,
    )


def _year_of(record: Record) -> str:
    """Return the year that the month or day of a record names, or nothing."""
    when = getattr(record, "month", None) or getattr(record, "date", None)
    return str(when.year) if when is not None else ""


def undated(plans: Iterable[Record]) -> Iterator[Problem]:
    """Yield a warning for each measure that is done and does not say on which day."""
    for plan in plans:
        for measure in getattr(plan, "measures", ()):
            if measure.status.en == "done" and measure.completed_on is None:
                what = Message("{measure} is done, but on which day is not filled in", measure=measure.id)
                fix = Message("enter the day on which it was done, such as 2023-02-13")
                yield Problem(measure.place("status"), "missing", what, fix, Severity.WARNING, value=measure.id)
