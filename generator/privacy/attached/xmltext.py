"""Texts and attributes of an XML part, read by expat with entities and document types refused."""

from __future__ import annotations

from xml.parsers import expat

from generator.locale import Message
from generator.privacy.attached.pieces import Unreadable

# Inside of a paragraph a text may be split anywhere, so these ends part nothing.
INLINE = frozenset(
    {"t", "r", "delText", "instrText", "delInstrText", "ins", "del", "hyperlink", "smartTag", "span", "b", "i"}
)
BLOCKS = frozenset({"p", "si", "is", "c", "comment", "text", "threadedComment", "row", "tr", "tc", "txbxContent"})
SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
HIDDEN = {"delText": "deleted", "instrText": "field", "delInstrText": "field"}
DEPTH = 200


class Xml:
    """One XML part: its texts (cell, text, type of the cell) in order, its shared strings, and its attributes.

    A paragraph with deleted text gives the text that is shown, the deleted one, and both together.
    """

    def __init__(self, data: bytes) -> None:
        self.blocks: list[tuple[str, str, str]] = []
        self.strings: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._seen: dict[str, None] = {}
        self._open: list[str] = []
        self._says: list[bool] = []
        self._text: list[tuple[str, str]] = []
        self._string: list[str] = []
        self._cell = self._kind = ""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as failure:
            raise Unreadable(Message("it is damaged or not what its name says")) from failure
        self._flush()

    @property
    def attributes(self) -> list[str]:
        """The values of all attributes that are long enough to say something, each once."""
        return list(self._seen)

    def elements(self, name: str) -> list[dict[str, str]]:
        """Return the attributes of the elements with this local name."""
        return [attributes for tag, attributes in self.tags if tag == name]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._open.append(local)
        self._says.append(False)
        if len(self._open) > DEPTH:
            raise Unreadable(Message("its parts are nested more than {limit} deep", limit=DEPTH))
        if local in ("c", "comment", "threadedComment"):
            self._flush()
            self._cell = attributes.get("r") or attributes.get("ref", "")
            self._kind = attributes.get("t", "n") if local == "c" else ""
        elif local in SPACES:
            self._text.append(("", SPACES[local]))
        elif local in ("sheet", "Relationship"):
            self.tags.append((local, attributes))
        for value in attributes.values():
            if len(value) > 4:
                self._seen[value] = None

    def _characters(self, text: str) -> None:
        stream = HIDDEN.get(self._open[-1], "") if self._open else ""
        self._text.append((stream, text))
        if self._says and not text.isspace():
            self._says[-1] = True
        if "si" in self._open[-4:]:
            self._string.append(text)

    def _comment(self, text: str) -> None:
        self._seen[text] = None

    def _end(self, name: str) -> None:
        local, says = self._open.pop(), self._says.pop()
        if local in BLOCKS or (says and local not in INLINE):
            self._flush()
        if local == "si":
            self.strings.append("".join(self._string))
            self._string = []
        elif local in ("c", "comment", "threadedComment"):
            self._cell = self._kind = ""

    def _flush(self) -> None:
        """Close the block of text that is open."""
        if not self._text:
            return
        streams = {stream for stream, _ in self._text}
        texts = ["".join(text for own, text in self._text if own == stream) for stream in sorted(streams)]
        if len(streams) > 1:
            texts.append("".join(text for own, text in self._text if own != "field"))
        self._text = []
        self.blocks += [(self._cell, text, self._kind) for text in texts if text.strip()]

    def _refuse(self, *_: object) -> None:
        raise Unreadable(Message("it declares a document type or entities, which no office program writes"))
