"""Bytes of a YAML file to nodes: the plain part of YAML, in which every value is text.

Nodes are built from the parser's events without recursion, so that limits are checked
before anything grows, and no constructor of the library ever sees a value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.locale import Message
from generator.problems import Place, Problem, shown
from generator.reading.characters import LOST, REFUSED, report_character
from generator.reading.collector import collector_paused
from generator.reading.encoding import decode
from generator.reading.limits import LIMITS, Limits
from generator.reading.marks import left_marks
from generator.reading.nodes import Entries, Items, Node, Scalar
from generator.reading.report import Report
from generator.reading.yaml_reasons import blamed, fault_of, mark_of
from generator.reading.yaml_strict import Strictness

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = frozenset({"~", "null", "Null", "NULL"})
MERGE = "<<"
# The library compares each directive with all before it: where there are many, the file is not even begun.
DIRECTIVES = 100
NO_DIRECTIVES = (
    Message("Directives such as %YAML and %TAG are not allowed"),
    Message("delete the line that begins with %"),
)


class RefusedError(Exception):
    """The file cannot be read further; the reason has been reported."""


def read_yaml(data: bytes, file: str, *, limits: Limits = LIMITS) -> tuple[Node | None, list[Problem]]:
    """Return the root node of a YAML file and everything that is wrong with it.

    The node is None for an empty file, and where the file cannot be read. Raises nothing,
    whatever the bytes.
    """
    text, problems = decode(data, file, limits=limits)
    if text is None:
        return None, problems
    report = Report(file, limits)
    if _is_hopeless(text, report):
        return None, problems + report.problems()
    strict = Strictness(text, report)
    builder = _Builder(report, strict)
    with collector_paused():
        try:
            for event in yaml.parse(text, Loader=LOADER):
                builder.take(event)
        except RefusedError:
            builder.root = None
        except yaml.YAMLError as error:
            _syntax(report, error, strict)
            builder.root = None
        except (ValueError, AttributeError, TypeError, LookupError, RecursionError, ArithmeticError) as error:
            # The library lets its own slips through on hostile input; to a clerk they are
            # all a file that cannot be read.
            _syntax(report, error, strict)
            builder.root = None
    found = problems + report.problems()
    if found and (clash := left_marks(text, file)):
        return None, [clash]
    return builder.root, found


def _is_hopeless(text: str, report: Report) -> bool:
    """Report what the library would take long to find out, and return whether there is any such thing."""
    limit = report.limits.lines
    if text.count("\n") > limit:
        message = Message("The file has more than {limit} lines", limit=limit)
        report.add("limit", Place(report.file, limit + 1, 1), message, Message("move rows of data to a CSV file"))
    elif text.count("\n%") > DIRECTIVES:
        line = text.count("\n", 0, text.index("\n%")) + 2
        report.add("yaml-tag", Place(report.file, line, 1), *NO_DIRECTIVES)
    else:
        return False
    return True


def _syntax(report: Report, error: Exception, strict: Strictness) -> None:
    """Report what the library could not read, at its place."""
    mark = mark_of(error)
    place = strict.place(mark) if mark else Place(report.file)
    if report.has("yaml-syntax", place.line):
        return  # the tab or the like that stands in this line was told already
    number = blamed(error, strict.lines, place.line)
    line = strict.lines[number - 1] if number else ""
    if number != place.line:
        place = Place(report.file, number, len(line) - len(line.lstrip()) + 1)
    report.add("yaml-syntax", place, *fault_of(error, line), value=shown(line.strip()) or None)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    place: Place
    mapping: bool
    flow: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    key_places: dict[str, Place] = field(default_factory=dict)
    key: str | None = None

    def close(self) -> Node:
        """Return the finished node."""
        if self.mapping:
            return Entries(self.entries, self.key_places, self.place)
        return Items(tuple(self.items), self.place)


class _Builder:
    """Takes the parser's events one by one and builds the root node."""

    def __init__(self, report: Report, strict: Strictness) -> None:
        self.report = report
        self.strict = strict
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0
        self.events = 0

    def take(self, event: Any) -> None:
        """Take one event; raise `RefusedError` where reading on makes no sense."""
        self.events += 1
        if self.events > self.report.limits.events:
            self._refuse(
                "limit",
                self._at(event),
                Message("The file has more than {limit} values and structures", limit=self.report.limits.events),
                Message("move rows of data to a CSV file"),
            )
        self.strict.take(event, self._indent())
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed, end = self.open.pop(), event.end_mark
            if closed.flow and end is not None:
                self.strict.indented(closed.place.line - 1, end.line, self._indent())
            self._add(closed.close())
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _indent(self) -> int:
        """Return the column of the innermost open structure in block style, 0 where there is none."""
        return next((structure.place.column for structure in reversed(self.open) if not structure.flow), 0)

    def _at(self, event: Any) -> Place:
        return self.strict.place(event.start_mark)

    def _refuse(self, code: str, place: Place, message: Message, fix: Message, value: str | None = None) -> None:
        self.report.add(code, place, message, fix, value=value)
        raise RefusedError

    def _document(self, event: Any) -> None:
        """Refuse a second document, and directives such as ``%YAML``."""
        self.documents += 1
        if self.documents > 1:
            self._refuse(
                "yaml-documents",
                self._at(event),
                Message("A second document begins here"),
                Message("keep one document in a file: delete the line “---” or “...”"),
            )
        if event.version or event.tags:
            self._refuse(
                "yaml-tag",
                self._at(event),
                *NO_DIRECTIVES,
            )

    def _refuse_alias(self, event: Any) -> None:
        self._refuse(
            "yaml-alias",
            self._at(event),
            Message("Anchors (&) and aliases (*) are not allowed: “{name}”", name=shown(event.anchor)),
            Message("write the value out, or put the text in quotation marks"),
            event.anchor,
        )

    def _plain(self, event: Any) -> None:
        """Refuse an anchor or tag on a node."""
        if event.anchor is not None:
            self._refuse_alias(event)
        if event.tag is not None:
            self._refuse(
                "yaml-tag",
                self._at(event),
                Message("Tags are not allowed: “{tag}”", tag=shown(event.tag)),
                Message("delete it, or put the text in quotation marks"),
                event.tag,
            )

    def _start(self, event: Any) -> None:
        """Open a list or mapping."""
        self._plain(event)
        place = self._at(event)
        if self.open and self.open[-1].mapping and self.open[-1].key is None:
            self._refuse_key(place)
        if len(self.open) >= self.report.limits.depth:
            self._refuse(
                "yaml-depth",
                place,
                Message("Lists and entries are nested deeper than {limit} levels", limit=self.report.limits.depth),
                Message("write the data flatter"),
            )
        self.open.append(_Open(place, isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)))

    def _refuse_key(self, place: Place) -> None:
        self._refuse(
            "yaml-key",
            place,
            Message("A key must be a plain text"),
            Message("write “name: value”; put a text that begins with [ {{ or ? in quotation marks"),
        )

    def _scalar(self, event: Any) -> None:
        """Take a value, or the next key of the open mapping."""
        self._plain(event)
        place, quoted, text = self._at(event), bool(event.style), event.value
        if not quoted and text in NULLS:
            text = ""
        if "\\" in text or quoted:
            text = self._seen(text, place)
        if "\t" in text:  # a table refuses it too, so that no correction could repeat it
            report_character(self.report, place, "\t")
            text = text.replace("\t", " ")
        limit = self.report.limits.cell_characters
        if len(text) > limit:
            self.report.add(
                "limit",
                place,
                Message("The text has {count} characters, the limit is {limit}", count=len(text), limit=limit),
                Message("shorten it; a long text belongs into a document that is linked"),
            )
            text = text[:limit]
        parent = self.open[-1] if self.open else None
        if parent and parent.mapping and parent.key is None:
            self._key(parent, text, place, quoted)
        else:
            self._add(Scalar(text, place, quoted))

    def _seen(self, text: str, place: Place) -> str:
        """Report characters that an escape hid from the check of the file."""
        if text.isprintable():
            return text
        clean, number = REFUSED.subn(LOST, text)
        number -= text.count(LOST)
        for match in REFUSED.finditer(text):
            if match.group() == LOST:
                continue
            number -= 1
            if self.report.is_full("character"):
                break
            report_character(self.report, place, match.group())
        self.report.count("character", number)
        return clean

    def _key(self, parent: _Open, text: str, place: Place, quoted: bool) -> None:
        """Take a key of the open mapping, refusing empty, merging and repeated ones."""
        if not text:
            self._refuse_key(place)
        if text == MERGE and not quoted:
            self._refuse(
                "yaml-alias",
                place,
                Message("Merging with “<<” is not allowed"),
                Message("write the entries out"),
                text,
            )
        if text in parent.key_places:
            if not self.report.is_full("yaml-duplicate"):
                self._repeated(parent, text, place)
        else:
            parent.key_places[text] = place
        parent.key = text

    def _repeated(self, parent: _Open, text: str, place: Place) -> None:
        """Report a key that the open mapping has already."""
        self.report.add(
            "yaml-duplicate",
            place,
            Message("The key “{key}” stands here a second time", key=shown(text)),
            Message("delete one of the two"),
            value=text,
            related=(parent.key_places[text],),
        )

    def _add(self, node: Node) -> None:
        """Put a finished node into what is open; the first of two equal keys stays."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is not None:
            parent.entries.setdefault(parent.key, node)
            parent.key = None
