"""What is wrong, and where: the one vocabulary in which every stage reports to people."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from generator.locale import Language, Message


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a finding is published with its age,
    a warning goes to the staff, a note is for information."""

    ERROR = "error"
    FINDING = "finding"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file of `data/`: the file relative to the school's folder with forward
    slashes, line and column counted from 1 in characters (0: the whole file or line), and
    the spreadsheet cell such as ``E4`` where the file is a table."""

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        numbers = "".join(f":{n}" for n in (self.line, self.column) if n)
        return self.file + numbers + (f" ({self.cell})" if self.cell else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, how bad, its code, what is wrong (with the value and
    what was expected), what to do about it, and further places that have part in it."""

    place: Place
    code: str
    message: Message
    fix: Message | None = None
    severity: Severity = Severity.ERROR
    value: str | None = None
    related: tuple[Place, ...] = ()

    def sort_key(self) -> tuple[Place, str, str]:
        """Order problems by place, then code, then text: the same on every machine."""
        return (self.place, self.code, repr(self.message))


def spreadsheet_column(index: int) -> str:
    """Return the letters of the column with this index from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def closest(word: str, known: Iterable[str], likeness: float = 0.5) -> str | None:
    """Return the known word that is most like `word`, or None when none is like it; swapped letters count as likest."""
    rated = []
    for other in known:
        rate = SequenceMatcher(None, word, other).ratio()
        if rate >= likeness:
            rated.append((-rate, sorted(other) != sorted(word), other))
    return min(rated)[-1] if rated else None


SHOWN = 48


def shown(text: str) -> str:
    """Return a value as it stands in a message: on one line and cut after `SHOWN` characters.

    It is never cut within a number: of a telephone number its beginning would be shown, which nothing masks.
    """
    flat = text.replace("\n", " ")
    return flat if len(flat) <= SHOWN else (flat[:SHOWN].rstrip("0123456789- ") or flat[:4]) + "…"


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by place, each once."""
    return sorted(dict.fromkeys(problems), key=Problem.sort_key)


MANY = 10
"""So many problems of one kind in one column are told one by one; more are told once, with the cells of the next."""

NEXT = 5


def folded(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems as people read them: what more than `MANY` cells of one column share is told at the first of them.

    Programs are given each one by itself.
    """
    kinds: dict[Hashable, list[Problem]] = {}
    for problem in problems:
        at = problem.place
        kind = (at.file, at.cell.rstrip("0123456789"), problem.code, problem.severity)
        shape = (_shape(problem.message), _shape(problem.fix)) if at.cell else problem
        kinds.setdefault((kind, shape), []).append(problem)
    return [told for same in kinds.values() for told in ([_first_of(same)] if len(same) > MANY else same)]


def _shape(said: object) -> Hashable:
    """Return the texts of a message and of the messages in it, without the values of this one cell."""
    if isinstance(said, Message):
        return (said.text, *(_shape(value) for value in said.values.values()))
    return None


def _first_of(same: Sequence[Problem]) -> Problem:
    """Return the first of many problems, saying where the others are."""
    first, *others = same
    cells = [problem.place.cell for problem in others[:NEXT]]
    more = Message("{count} more cells of this column have the same fault: {cells} …", count=len(others), cells=cells)
    return replace(first, fix=Message("{fix}; {more}", fix=first.fix, more=more) if first.fix else more)


def _seen_from(file: str, place: Place) -> Any:
    """Return a related place as short as it is clear: in the same file its cell or its line."""
    if place.file != file or not place.line:
        return str(place)
    return place.cell or Message("line {line}", line=place.line)


def sentence(problem: Problem, language: Language) -> str:
    """Return what is wrong and what to do as one sentence, with related places."""
    text = language.clauses([language.say(problem.message), language.say(problem.fix) if problem.fix else ""])
    if problem.related:
        places = language.listing(_seen_from(problem.place.file, place) for place in problem.related)
        text += language.say(Message(" [see also {places}]", places=places))
    return text


def as_text(problem: Problem, language: Language) -> str:
    """Return the line for a terminal: ``file:line:column (cell): severity[code]: sentence``."""
    words = " ".join(sentence(problem, language).splitlines())
    return f"{problem.place}: {problem.severity}[{problem.code}]: {words}"


def as_json(problem: Problem, language: Language) -> dict[str, Any]:
    """Return the problem as a JSON object for other programs."""

    def place(at: Place) -> dict[str, Any]:
        return {"file": at.file, "line": at.line, "column": at.column, "cell": at.cell}

    return {
        **place(problem.place),
        "severity": str(problem.severity),
        "code": problem.code,
        "value": problem.value,
        "message": language.say(problem.message),
        "fix": language.say(problem.fix) if problem.fix else None,
        "related": [place(at) for at in problem.related],
    }


GITHUB_LEVEL = {
    Severity.ERROR: "error",
    Severity.FINDING: "warning",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def as_github(problem: Problem, language: Language) -> str:
    """Return the workflow command that annotates the line in a pull request."""

    def escape(text: str, more: dict[str, str] | None = None) -> str:
        for raw, code in ({"%": "%25", "\r": "%0D", "\n": "%0A"} | (more or {})).items():
            text = text.replace(raw, code)
        return text

    at = problem.place
    options = {"file": at.file, "line": at.line, "col": at.column, "title": f"{problem.code} {at.cell}".strip()}
    words = ",".join(
        f"{name}={escape(str(value), {':': '%3A', ',': '%2C'})}" for name, value in options.items() if value
    )
    return f"::{GITHUB_LEVEL[problem.severity]} {words}::{escape(sentence(problem, language))}"
