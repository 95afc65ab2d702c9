"""What is wrong, and where: the one vocabulary in which every stage reports to people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by place, each once."""
    return sorted(dict.fromkeys(problems), key=Problem.sort_key)


def sentence(problem: Problem, language: Language) -> str:
    """Return what is wrong and what to do as one sentence, with related places."""
    semicolon = "\uff1b" if language.code == "zh" else "; "
    parts = [language.say(problem.message)]
    if problem.fix:
        parts.append(language.say(problem.fix))
    text = semicolon.join(parts)
    if problem.related:
        places = language.listing(str(place) for place in problem.related)
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
