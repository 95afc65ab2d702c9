"""The YAML library's reasons in words that a clerk understands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from generator.locale import Message
from generator.problems import shown

COMMA = Message("a comma or the closing bracket is missing")
INDENTED = Message("the indentation does not fit the lines above")
REASONS = {
    "mapping values are not allowed in this context": Message("a colon stands where no name can end"),
    "did not find expected key": INDENTED,
    "did not find expected '-' indicator": INDENTED,
    "could not find expected ':'": Message("a colon behind the name is missing"),
    "block sequence entries are not allowed in this context": Message("a list cannot begin on this line"),
    "found unexpected end of stream": Message("a quotation mark is never closed"),
    "found character that cannot start any token": Message("a text cannot begin with this character"),
    "did not find expected ',' or ']'": COMMA,
    "did not find expected ',' or '}'": COMMA,
    "found unknown escape character": Message("this character may not stand behind a backslash"),
    "did not find expected <document start>": Message("text stands behind the end of the data"),
    "did not find expected node content": Message("a value is missing"),
}
OTHERWISE = Message("its form is not valid")


CHINESE_COLON = re.compile(r"\s*(?:- )?[^\s:：{}\[\]\"'#][^:：{}\[\]\"'#]*：")
GLUED_COLON = re.compile(r"\s*(?:- )?[^\s:：{}\[\]\"'#/][^:：{}\[\]\"'#/]*:(?=[^\s/])")
NO_COLON = "could not find expected ':'"
NO_QUOTE = "found unexpected end of stream"
TWO_COLONS = "mapping values are not allowed in this context"
CHECK = Message(
    "check the indentation (spaces only), the space behind each colon and dash, and the quotation marks on this line"
)


def mark_of(error: Exception) -> Any:
    """Return the place at which the library gave up, or the one that it says is to blame: a name without its colon is
    noticed on the next line only, a bracket or quotation mark that is never closed at the end of the file."""
    at, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", ""))
    if problem in (NO_COLON, NO_QUOTE) or REASONS.get(problem) == COMMA:
        return begun or at
    return at or begun


def blamed(error: Exception, lines: Sequence[str], number: int) -> int:
    """Return the number of the line that is to blame: a first line without a colon runs on into the next one."""
    if str(getattr(error, "problem", "")) == TWO_COLONS and number > 1 and lines[number - 1].count(": ") < 2:
        above = lines[number - 2]
        if CHINESE_COLON.match(above) or GLUED_COLON.match(above):
            return number - 1
    return number


def fault_of(error: Exception, line: str) -> tuple[Message, Message]:
    """Return in words why the library could not read on, and what to do about this line."""
    problem = str(getattr(error, "problem", ""))
    if CHINESE_COLON.match(line) and problem in (NO_COLON, TWO_COLONS):
        what = Message("the colon in “{line}” is a Chinese one", line=shown(line.strip()))
        return what, Message("write an ordinary colon with a space behind it: “: ”")
    if GLUED_COLON.match(line) and problem in (NO_COLON, TWO_COLONS) and ": " not in line:
        what = Message("no space stands behind the colon in “{line}”", line=shown(line.strip()))
        return what, Message("write a space behind the colon")
    if problem == TWO_COLONS and line.count(": ") > 1:
        what = Message("two colons stand in “{line}”", line=shown(line.strip()))
        return what, Message("put the text behind the first colon in straight quotation marks")
    reason = REASONS.get(problem, OTHERWISE)
    fix = Message("complete the brackets of this line") if reason == COMMA else CHECK
    return Message("“{line}” cannot be read: {reason}", line=shown(line.strip()), reason=reason), fix
