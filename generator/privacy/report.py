"""The scanner's part in checking a school: its alarms among all problems, and nothing personal in the words of any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.locale import Message
from generator.privacy.own import SCHOOL, Own, own_of
from generator.privacy.scan import content_of, scan
from generator.problems import Place, Problem, Severity, ordered

REFUSED_ALREADY = ("attachment", "encoding", "file-kind", "file-name", "limit")


def with_alarms(
    root: Path, today: dt.date | None, problems: Sequence[Problem], memory: Path | None = None
) -> tuple[Problem, ...]:
    """Return the problems of a school with what the scanner says; where it found anything, all values are masked.

    A file that is refused anyway is not told a second time to be unreadable.
    """
    alarms = scan(root, today, memory)
    if not alarms:
        return tuple(problems)
    own = own_of(content_of(root / SCHOOL))
    shown = [masked(problem, own) for problem in problems]
    refused = {p.place.file for p in shown if p.code in REFUSED_ALREADY and p.severity is Severity.ERROR}
    alarms = [alarm for alarm in alarms if alarm.value is not None or alarm.place.file not in refused]
    # What has to go anyway needs no correction beside.
    private = {(alarm.place.file, alarm.place.cell or alarm.place.line) for alarm in alarms}
    shown = [p for p in shown if p.code != "published" or (p.place.file, p.place.cell or p.place.line) not in private]
    return tuple(ordered([*shown, *alarms]))


def masked(problem: Problem, own: Own) -> Problem:
    """Return a problem in whose words, value and places everything personal is masked."""

    def place(at: Place) -> Place:
        return replace(at, file=own.masked(at.file))

    def words(value: Any) -> Any:
        match value:
            case Message():
                return Message(value.text, **{name: words(inside) for name, inside in value.values.items()})
            case str():
                return own.masked(value)
            case list() | tuple():
                return [words(inside) for inside in value]
        return value

    return replace(
        problem, place=place(problem.place), message=words(problem.message), fix=words(problem.fix),
        value=words(problem.value), related=tuple(map(place, problem.related)),
    )  # fmt: skip
