"""What is wrong with a value, in the words of people."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from generator.locale import Message
from generator.problems import Place, Problem, shown
from generator.records import Title
from generator.values.refusal import Refused


def missing(title: Title, place: Place) -> Problem:
    """Return what to say of a cell or entry that may not be empty."""
    return Problem(
        place, "missing", Message("“{title}” is not filled in", title=title), Message("fill it in; it may not be empty")
    )


def refusal(failure: object, title: Title | None, place: Place, value: str | None) -> Problem:
    """Return why a value was refused as a problem in the words of people."""
    if isinstance(failure, Refused):
        message = Message("{title}: {message}", title=title, message=failure.message) if title else failure.message
        return Problem(place, failure.code, message, failure.fix, value=value)
    return Problem(place, "value", Message("“{value}” does not belong here", value=shown(value or "")), value=value)


def problem_of(error: ErrorDetails, title: Title | None, place: Place, value: str | None) -> Problem:
    """Return what pydantic reports of one field as a problem in the words of people."""
    if error["type"] == "missing" and title:
        return missing(title, place)
    return refusal(error.get("ctx", {}).get("error"), title, place, value)
