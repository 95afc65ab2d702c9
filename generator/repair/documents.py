"""A YAML file mended in place: only the characters that need it change, comments and order stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.locale import Message
from generator.problems import Place
from generator.reading import Entries, Items, Node, Scalar, read_yaml
from generator.reading.characters import LOST, REFUSED
from generator.records import Record, Sheet, names_by_word, nested
from generator.repair.cells import UNSEEN, WHY
from generator.repair.colons import with_colons
from generator.repair.kinds import Repair
from generator.repair.law import tree_is_kept
from generator.repair.shape import title_of
from generator.repair.spots import Spot, rewritten, spots
from generator.repair.values import SILENT, kind_of, surely

_silent = re.compile(f"[{SILENT}]")
# A tab may stand where a space does: at the end of a line, behind a colon, before a comment.
_tab = re.compile(r"(?P<end>[ \t]*\t[ \t]*$)|(?<=:)[ \t]*\t[ \t]*(?=\S)|(?<=\S)[ \t]*\t[ \t]*(?=#)", re.MULTILINE)

TAB = Message("a space stands where a tab stood")
NAME = Message("this is how the entry is called")
COLON = Message("a colon and a space stand between a name and its value")


@dataclass(frozen=True, slots=True)
class Edit:
    """One value or name to be written otherwise, why, and its place as the reader gives it."""

    spot: Spot
    before: str
    after: str
    written: str
    place: Place
    why: Message


@dataclass
class DocumentRepair:
    """One YAML text on its way to the text that it should have; each step starts from the text of the one before.

    A repair's line is that of the file; its column is that of the text when the step began.
    """

    file: str
    sheet: Sheet
    text: str
    repairs: list[Repair] = field(default_factory=list)

    def run(self) -> str:
        """Return the mended text; what was mended stands in ``repairs``."""
        self._unseen()
        self._tabs()
        self._colons()
        self._values()
        return self.text

    def _tree(self, text: str) -> Node | None:
        return read_yaml(text.encode(), self.file)[0]

    def _note(self, at: int, before: str, after: str, why: Message) -> None:
        """Remember one thing that was mended at an index of the text."""
        line = self.text.count("\n", 0, at) + 1
        self.repairs.append(Repair(Place(self.file, line, at - self.text.rfind("\n", 0, at)), before, after, why))

    def _unseen(self) -> None:
        """Leave out characters that show nothing, wherever they stand."""
        for match in _silent.finditer(self.text):
            self._note(match.start(), f"U+{ord(match.group()):04X}", "", UNSEEN)
        self.text = _silent.sub("", self.text)

    def _tabs(self) -> None:
        """Put a space where a tab does the work of one, if then the reader reads the same."""
        text = _tab.sub(lambda match: "" if match["end"] is not None else " ", self.text)
        if text == self.text:
            return
        old, new = self._tree(self.text), self._tree(text)
        if old is None or new is None or not tree_is_kept(old, new, ()):
            return
        for match in _tab.finditer(self.text):
            self._note(match.start(), "U+0009", "" if match["end"] is not None else " ", TAB)
        self.text = text

    def _colons(self) -> None:
        """Mend colons behind known names that are full-width or lack their space, where the file cannot be read else."""
        found = with_colons(self.text, self.file, self.sheet)
        for at, before in found.places:
            self._note(at, before, ": ", COLON)
        self.text = found.text

    def _values(self) -> None:
        """Mend values and names, each in its own place, if then the reader reads all others as before."""
        tree = self._tree(self.text)
        if tree is None:
            return
        clean = REFUSED.sub(LOST, self.text)
        edits = list(_Walk(spots(clean), clean).sheet(self.sheet, tree))
        text = self.text
        for edit in sorted(edits, key=lambda edit: edit.spot.start, reverse=True):
            text = text[: edit.spot.start] + edit.written + text[edit.spot.end :]
        new = self._tree(text)
        if not edits or new is None or not tree_is_kept(tree, new, {(e.place.line, e.place.column) for e in edits}):
            return
        self.repairs += [Repair(edit.place, edit.before, edit.after, edit.why) for edit in edits]
        self.text = text


@dataclass
class _Walk:
    """Goes through a tree with the record that each part of it states, and yields what is to be written otherwise."""

    known: dict[tuple[int, int], Spot]
    text: str

    def sheet(self, sheet: Sheet, tree: Node) -> Iterator[Edit]:
        """Yield the edits of a whole file."""
        for node in tree.items if isinstance(tree, Items) and not sheet.document else (tree,):
            yield from self._record(sheet.record, node)

    def _record(self, model: type[Record], node: Node) -> Iterator[Edit]:
        if not isinstance(node, Entries):
            return
        names = names_by_word(model)
        written = {names[key] for key in node.entries if key in names}
        for key, value in node.entries.items():
            title = title_of(model, key)
            if title is None or (title != key and names[title] in written):
                continue
            if title != key:
                written.add(names[title])
                yield from self._edit(node.key_places[key], key, title, NAME)
            yield from self._value(model, names[title], value)

    def _value(self, model: type[Record], name: str, node: Node) -> Iterator[Edit]:
        inner = nested(model.model_fields[name])
        for part in node.items if isinstance(node, Items) else (node,):
            if inner:
                yield from self._record(inner, part)
            elif isinstance(part, Scalar):
                text = part.text.strip()
                meant = surely(model, name, text)
                # One item of a list is one code, however many it may look like.
                if meant and not (part is not node and ";" in meant):
                    yield from self._edit(part.place, text, meant, WHY.get(kind_of(model, name), UNSEEN))

    def _edit(self, place: Place, before: str, after: str, why: Message) -> Iterator[Edit]:
        spot = self.known.get((place.line, place.column))
        if spot and (written := rewritten(self.text, spot, after)) is not None:
            yield Edit(spot, before, after, written, place, why)
