"""The bytes of a file: encoding, byte order mark, line ends."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from generator.locale import Message
from generator.problems import Place
from generator.reading import decode
from generator.reading.characters import LOST, REFUSED
from generator.reading.header import proves_encoding, titles_of
from generator.records import Sheet, columns
from generator.repair.kinds import Repair

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030"}
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with LF line ends, twice: as the reader has it, with U+FFFD for each refused character, and as it
    was written; both are equally long, so that a place in one is the same place in the other."""

    clean: str
    written: str
    encoding: str
    marked: bool
    ends: str


def text_of(data: bytes, file: str, sheet: Sheet) -> Text | None:
    """Return the text of a file, or None where the reader cannot tell what its bytes mean."""
    titles = titles_of(columns(sheet.record))
    known = (lambda text: proves_encoding(text, titles)) if file.endswith(".csv") else None
    clean, _ = decode(data, file, header_known=known)
    if clean is None:
        return None
    for encoding in ENCODINGS:
        mark = MARKS.get(encoding, b"")
        marked = bool(mark) and data.startswith(mark)
        try:
            read = data.removeprefix(mark).decode(encoding)
        except UnicodeDecodeError:
            continue
        written = read.replace("\r\n", "\n").replace("\r", "\n")
        # The reader proved one encoding; it is the one that gives the reader's text.
        if REFUSED.sub(LOST, written) == clean:
            ends = "CRLF" if "\r\n" in read else "CR" if "\r" in read else ""
            return Text(clean, written, encoding, marked, ends)
    return None


def byte_repairs(text: Text, file: str) -> list[Repair]:
    """Return what the bytes alone need, before any text in them changes."""
    found = []
    place = Place(file)
    if text.encoding != "utf-8":
        name = NAMES.get(text.encoding, "UTF-16")
        found.append(Repair(place, name, "UTF-8", Message("files are saved as UTF-8")))
    elif text.marked:
        found.append(Repair(place, "UTF-8 BOM", "UTF-8", Message("a mark at the start of the file is not needed")))
    if text.ends:
        found.append(
            Repair(place, text.ends, "LF", Message("lines end in one way, or every line seems to have changed"))
        )
    return found
