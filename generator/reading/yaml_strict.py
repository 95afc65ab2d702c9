"""What YAML forbids and libyaml lets through: tabs, glued comments, lines that are indented too little.

Such files mean different things to different programs, so they are refused.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import yaml

from generator.locale import Message
from generator.problems import Place
from generator.reading.characters import positions
from generator.reading.report import Report

TAB = re.compile("\t")
COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\n]*")
BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?: +(?:#.*)?)?")
ONLY_CLOSING = re.compile(r"[]},\s]*")


class Strictness:
    """Checks the layout of one YAML text beside the events of the parser."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.report = report
        self.has_comments = "#" in text
        # Where the last event ended: index, line and column, from 0.
        self.end = (0, 0, 0)
        shown = report.limits.problems_of_a_kind
        report.count("yaml-syntax", max(0, text.count("\t") - shown))
        for line, column, _ in islice(positions(text, TAB), shown):
            self._report(
                line,
                column,
                Message("A tab stands here"),
                Message("write spaces in its place, two for each level"),
            )

    def place(self, mark: Any) -> Place:
        """Return the place of a mark of the library; one behind the end is the end of the last line."""
        if mark.line < len(self.lines):
            return Place(self.report.file, mark.line + 1, mark.column + 1)
        return Place(self.report.file, len(self.lines), len(self.lines[-1]) + 1)

    def take(self, event: Any, indent: int) -> None:
        """Check what stands before one event, and its lines; `indent` is the column (from 1, or 0)
        of the innermost open list or mapping that is written in block style."""
        start, end = event.start_mark, event.end_mark
        if self.has_comments and start.index >= self.end[0]:
            self._comments(*self.end, start.index)
        self.end = max(self.end, (end.index, end.line, end.column))
        if not isinstance(event, yaml.ScalarEvent):
            return
        if event.style in ("|", ">"):
            self._block(start.line, start.column)
        elif event.style and end.line > start.line:
            self.indented(start.line, end.line, indent)
        elif event.value == "-" and not event.style:
            self._report(
                start.line + 1,
                start.column + 1,
                Message("A single “-” is not a value"),
                Message("put it in quotation marks, or leave the value empty"),
            )

    def indented(self, first: int, last: int, indent: int) -> None:
        """Check that the lines behind line `first` up to `last` (from 0) are indented by `indent` or more."""
        for number in range(first + 1, min(last + 1, len(self.lines))):
            line = self.lines[number]
            if line[:indent].isspace() and len(line) > indent:
                continue
            if len(line) - len(line.lstrip(" ")) < indent and not ONLY_CLOSING.fullmatch(line):
                if self.report.is_full("yaml-syntax"):
                    return
                self._report(
                    number + 1,
                    1,
                    Message("This line continues the one above and is not indented far enough"),
                    Message("put at least {count} spaces in front of it", count=indent),
                )

    def _comments(self, start: int, line: int, column: int, end: int) -> None:
        """Check that each comment between two events has a space before it."""
        gap = self.text[start:end]
        if "#" not in gap:
            return
        # The character before tells a comment at the very start from one that is glued on.
        before = self.text[start - 1 : start] or "\n"
        rest = COMMENT.sub(lambda match: " " * len(match.group()), before + gap)
        if (at := rest.find("#", 1)) < 0:
            return
        skipped = gap[: at - 1]
        newlines = skipped.count("\n")
        self._report(
            line + newlines + 1,
            len(skipped) - skipped.rfind("\n") if newlines else column + at,
            Message("A comment needs a space before its #"),
            Message("put a space before it, or the text in quotation marks"),
        )

    def _block(self, line: int, column: int) -> None:
        """Check the first line of a block text, and the blank lines that follow it."""
        header = self.lines[line][column:].rstrip()
        if not BLOCK_HEADER.fullmatch(header):
            self._report(
                line + 1,
                column + 1,
                Message("Nothing but a comment may follow “|” or “>” on its line"),
                Message("begin the text on the next line"),
            )
            return
        if any(character.isdigit() for character in header.split("#")[0]):
            return
        blank = 0
        for number in range(line + 1, len(self.lines)):
            text = self.lines[number]
            if not text:
                continue
            spaces = len(text) - len(text.lstrip(" "))
            if spaces < len(text):
                if 0 < spaces < blank:
                    self._report(
                        number + 1,
                        1,
                        Message("An empty line above is indented further than this first line of the text"),
                        Message("delete the spaces in the empty lines"),
                    )
                return
            blank = max(blank, spaces)

    def _report(self, line: int, column: int, message: Message, fix: Message) -> None:
        self.report.add("yaml-syntax", Place(self.report.file, line, column), message, fix)
