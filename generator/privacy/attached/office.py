"""Every text in an xlsx or docx file: all sheets also where hidden, comments, names, headers, deletions, properties.

Not what a program would show is read, but every text and attribute of every part: what stands in the file is public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from generator.locale import Message
from generator.privacy.attached.images import image
from generator.privacy.attached.pieces import TEXT, Piece, Unreadable
from generator.privacy.attached.runs import runs
from generator.privacy.attached.xmltext import Xml
from generator.privacy.attached.zips import entries
from generator.privacy.wording.rosters import with_titles

_orders = re.compile('&(?:"[^"]*"|K[0-9A-F]{6}|[A-Z])')
NESTED = 2
"""A document inside a document inside a document is read; what is packed deeper is refused."""
XML = (".xml", ".rels")
PICTURES = (".png", ".jpg", ".jpeg")
DOCUMENTS = (".xlsx", ".docx", ".xlsm", ".docm", ".pptx", ".zip")
OPAQUE = (".bin", ".ole", ".xls", ".doc")
OLE = b"\xd0\xcf\x11\xe0"
PLACES = (
    (re.compile("docProps/"), Message("the properties of the document")),
    (re.compile("(xl|word)/(threaded)?comments", re.IGNORECASE), Message("the comments")),
    (re.compile("word/(header|footer)"), Message("the header or footer")),
    (re.compile("word/(footnotes|endnotes)"), Message("the notes")),
    (re.compile("word/document"), Message("the text")),
    (re.compile("xl/workbook"), Message("the defined names and sheet names")),
)


def office(data: bytes, depth: int = 0) -> Iterator[Piece]:
    """Yield all texts of an xlsx or docx file; raises `Unreadable`."""
    parts, comment = entries(data)
    if "[Content_Types].xml" not in parts and depth == 0:
        raise Unreadable(Message("it is damaged or not what its name says"))
    yield Piece(TEXT, Message("the names of its parts"), [*parts, comment])
    strings = Xml(parts["xl/sharedStrings.xml"]).strings if "xl/sharedStrings.xml" in parts else []
    names = sheet_names(parts)
    for name, content in parts.items():
        lower = name.rstrip("*").lower()
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", lower):
            yield from sheet(Xml(content), strings, names.get(lower, name))
        elif lower.endswith(XML) or lower == "mimetype":
            yield from part(Xml(content), name)
        else:
            yield from other(name, lower, content, depth)
    yield Piece(TEXT, Message("texts that no cell shows"), strings)


def part(xml: Xml, name: str) -> Iterator[Piece]:
    """Yield the texts of one part that is no sheet."""
    where = next((words for pattern, words in PLACES if pattern.match(name)), Message("part {name}", name=name))
    yield Piece(TEXT, where, [text for _, text, _ in xml.blocks], [cell for cell, _, _ in xml.blocks])
    yield Piece(TEXT, where, xml.attributes)


def other(name: str, lower: str, content: bytes, depth: int) -> Iterator[Piece]:
    """Yield the texts of a part that is not XML: a picture, a document inside, or bytes of unknown form."""
    if lower.endswith(PICTURES):
        yield from image(content)
    elif lower.endswith(DOCUMENTS) or content.startswith(b"PK\x03\x04"):
        if depth == NESTED:
            raise Unreadable(Message("documents are packed in it more than {limit} deep", limit=NESTED))
        yield from office(content, depth + 1)
    elif content.startswith(OLE) or (lower.endswith(OPAQUE) and "printersettings" not in lower):
        raise Unreadable(Message("it holds an embedded object or a macro: {name}", name=name))
    else:
        yield Piece(TEXT, Message("part {name}", name=name), runs(content))


def sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the name that people see of each sheet by the path of its part, in small letters."""
    book, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {a.get("Id", ""): a.get("Target", "") for a in Xml(links).elements("Relationship")}
    found = {}
    for attributes in Xml(book).elements("sheet"):
        target = targets.get(attributes.get("r:id", ""), "").removeprefix("/xl/")
        found[f"xl/{target}".lower()] = attributes.get("name", "")
    return found


def sheet(xml: Xml, strings: list[str], name: str) -> Iterator[Piece]:
    """Yield the texts of one sheet, each with its cell."""
    cells = [cell for cell, _, _ in xml.blocks]
    texts = (said(text, kind, strings) for _, text, kind in xml.blocks)
    told = with_titles([(cell.rstrip("0123456789"), text) for cell, text in zip(cells, texts, strict=True)])
    yield Piece(TEXT, Message("sheet “{sheet}”", sheet=name), told, cells)
    yield Piece(TEXT, Message("sheet “{sheet}”", sheet=name), xml.attributes)


def said(text: str, kind: str, strings: list[str]) -> str:
    """Return what a cell of this type says: a shared string by its number, a number as people read it, or its text."""
    if kind == "s" and text.isascii() and text.strip().isdigit():
        return strings[int(text)] if int(text) < len(strings) else ""
    if kind == "" and "&" in text:  # orders about letters and sides in the header of a printed page
        return _orders.sub(" ", text)
    return whole(text) if kind == "n" else text


def whole(text: str) -> str:
    """Return a number as people read it: ``1.3812345678E10`` is 13812345678."""
    if "E" not in text.upper():
        return text
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text
    return f"{number:f}" if -20 < number.adjusted() < 30 else text
