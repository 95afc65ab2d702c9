"""What has to be mended: every error by its file, each on one line, with what to do and a way to the editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from generator.locale import Language, Message
from generator.problems import Place, Problem, sentence
from generator.repair.school import sheet_of
from generator.report.markdown import Links, worded

MOST = 100
"""So many problems of one file are listed: who mends these sees the rest with the next check."""


def by_file(problems: Sequence[Problem]) -> list[tuple[str, list[Problem]]]:
    """Return problems by their file, in the order of the files."""
    return [(file, list(group)) for file, group in groupby(problems, key=lambda problem: problem.place.file)]


def file_list(file: str, problems: Sequence[Problem], language: Language, links: Links) -> list[str]:
    """Return the heading of a file and one line for each of its problems."""
    told = language.ngettext("{count} place", "{count} places", len(problems)).format(count=len(problems))
    editor = links.to_edit(file, language.gettext("open this file to mend it")) if _is_table(file) else ""
    heading = " · ".join(filter(None, (f"#### {worded(_called(file, language))}", told, editor)))
    lines = [item(problem, language) for problem in problems[:MOST]]
    if len(problems) > MOST:
        more = Message("and {count} more in this file; mend these first", count=len(problems) - MOST)
        lines.append(f"- {worded(language.say(more))}")
    return [heading, "", *lines]


def item(problem: Problem, language: Language) -> str:
    """Return one problem: cell and line, what is wrong with which value, and what to do."""
    if problem.fix and "row" in problem.fix.values:
        # The row itself stands below, where it can be copied.
        shorter = Message("if this was a slip, put it back; if the change is right, add the row given below")
        problem = replace(problem, fix=shorter)
    words = " ".join(sentence(problem, language).split())
    value = problem.value or ""
    if value and " ".join(value.split()) not in words:
        words += language.say(Message(" (it says “{value}”)", value=" ".join(value.split())))
    where = at(problem.place, language)
    return f"- **{worded(where)}** {worded(words)}" if where else f"- {worded(words)}"


def at(place: Place, language: Language) -> str:
    """Return where in a file a place is, as people look for it: the cell of the sheet and the line in the editor."""
    line = language.say(Message("line {line}", line=place.line)) if place.line else ""
    return " · ".join(filter(None, (place.cell, line)))


def _is_table(file: str) -> bool:
    """Whether a file is one that can be typed in an editor."""
    return sheet_of(file) is not None


def _called(file: str, language: Language) -> str:
    """Return a file with the name of its table."""
    found = sheet_of(file)
    return language.say(Message("{table}: {file}", table=found[0].label(language.code), file=file)) if found else file
