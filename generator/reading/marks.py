"""What git leaves in a file that two people changed in one place, until somebody chooses."""

from __future__ import annotations

import re

from generator.locale import Message
from generator.problems import Place, Problem

MARKS = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)


def left_marks(text: str, file: str) -> Problem | None:
    """Return the one problem of a file in which such marks are left, or None where it has none.

    Everything else that is wrong with the file follows from them. It is asked only for files that have an error.
    """
    marks = list(MARKS.finditer(text))
    if not {match.group()[0] for match in marks} >= {"<", "=", ">"}:
        return None
    lines = [text.count("\n", 0, match.start()) + 1 for match in marks]
    return Problem(
        Place(file, lines[0], 1, "A" + str(lines[0]) if file.endswith(".csv") else ""),
        "merge",
        Message("Two people changed this place, and the marks “{mark}” were left in it", mark="<<<<<<<"),
        Message("keep one of the two versions, and delete the lines with marks: {lines}", lines=lines[:6]),
        value="<<<<<<<",
    )
