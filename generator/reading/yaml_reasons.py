"""The YAML library's reasons in words that a clerk understands."""

from __future__ import annotations

from generator.locale import Message

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


def reason_of(error: Exception) -> Message:
    """Return in words why the library could not read on."""
    return REASONS.get(str(getattr(error, "problem", "")), OTHERWISE)
