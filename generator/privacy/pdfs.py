"""Every text in a PDF: pages, remarks, form fields, bookmarks, properties, and what earlier versions of the file held.

The library itself holds unpacked streams to 75 MB and stops at trees that are too deep or too wide.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from generator.locale import Message
from generator.privacy.images import states_position
from generator.privacy.pieces import NOTE, POSITION, REFUSED, TEXT, Piece, Unreadable
from generator.privacy.runs import runs

PAGES = 500
VERSIONS = 10
OBJECTS = 50_000
END = b"%%EOF"
PACKETS = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta>"))
PACKET = 200_000
FORMS = 4
LOG = logging.getLogger("pypdf")
LOG.addHandler(logging.NullHandler())
HARMLESS = (
    "fontTools",
    "Expected four values",
    "not rectangular",
    "Annotations",
    "trailing newline",
    "Multiple definitions",
)
DEPTH = 30
"""Remarks and properties are nested at most this deep."""


def pdf(data: bytes) -> Iterator[Piece]:
    """Yield all texts of a PDF; raises `Unreadable`."""
    yield from metadata(data)
    for number, version in enumerate(versions(data)):
        try:
            yield from pages(version, newest=not number)
        except (Unreadable, MemoryError):
            raise
        except Exception as failure:
            if not number:
                raise Unreadable(Message("it is damaged or not what its name says")) from failure


def versions(data: bytes) -> list[bytes]:
    """Return the file and, where it was saved by adding to its end, its earlier versions, newest first.

    What was deleted from such a file still stands in it.
    """
    ends, at = [], data.find(END)
    while at >= 0:
        ends.append(at + len(END))
        at = data.find(END, at + 1)
    if len(ends) > VERSIONS:
        raise Unreadable(Message("it was changed more than {limit} times; print it to a new PDF", limit=VERSIONS))
    # In a file made for the web the first part is no version: its table of objects stands at the front.
    linear = b"/Linearized" in data[:1024]
    return [data, *(data[:end] for end in reversed(ends[linear:-1]))]


def pages(data: bytes, *, newest: bool) -> Iterator[Piece]:
    """Yield the texts of one version of the file."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Unreadable(Message("it is protected by a password"))
    count = len(reader.pages)
    if count > PAGES:
        raise Unreadable(Message("it has {count} pages, the limit is {limit}", count=count, limit=PAGES))
    pictures = []
    for number, page in enumerate(reader.pages, 1):
        with _Remarks() as doubts:
            page.get_contents()  # what cannot be unpacked is raised here, and only passed over by the next line
            text = page.extract_text()
        where = (
            Message("page {page}", page=number) if newest else Message("page {page} of an earlier version", page=number)
        )
        yield Piece(TEXT, where, [text, *remarks(page)])
        if newest and (doubts.said or any(map(without_letters, fonts(page)))):
            yield Piece(REFUSED, Message("the letters of page {page} have no meaning for a program", page=number))
        if newest and has_pictures(page):
            pictures.append(str(number))
    where = Message("the properties of the document")
    yield Piece(TEXT, where, list(strings([reader.trailer.get("/Info"), reader.root_object.get("/Metadata")])))
    yield Piece(TEXT, Message("bookmarks, forms and attached files"), list(strings([rest(reader)])))
    if attached(reader):
        yield Piece(REFUSED, Message("other files are attached inside it"))
    if pictures:
        words = ", ".join(pictures[:10]) + (" …" if len(pictures) > 10 else "")
        yield Piece(NOTE, Message("text inside pictures cannot be checked (pages {pages})", pages=words))


def rest(reader: Any) -> dict[str, Any]:
    """Return the document's own dictionary without its pages, which are read one by one."""
    return {
        key: value for key, value in reader.root_object.items() if key not in ("/Pages", "/StructTreeRoot", "/Metadata")
    }


def attached(reader: Any) -> bool:
    """Return whether files are packed into the PDF."""
    names = reader.root_object.get("/Names")
    return bool(names) and "/EmbeddedFiles" in names.get_object()


def remarks(page: Any) -> list[str]:
    """Return the texts of a page's remarks, links and form fields."""
    return list(strings([page.get("/Annots")]))


def has_pictures(page: Any) -> bool:
    """Return whether a page shows a picture, in which there may be text."""
    objects = _below(page, "/Resources", "/XObject")
    return any(_plain(value).get("/Subtype") == "/Image" for value in objects.values())


def fonts(page: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the fonts of a page and of the forms drawn on it."""
    yield from map(_plain, _below(page, "/Resources", "/Font").values())
    if depth < FORMS:
        for drawn in map(_plain, _below(page, "/Resources", "/XObject").values()):
            if drawn.get("/Subtype") == "/Form":
                yield from fonts(drawn, depth + 1)


def without_letters(font: Any) -> bool:
    """Return whether a font holds numbered or drawn shapes and does not say which letters they are."""
    if "/ToUnicode" in font:
        return False
    kind, encoding = font.get("/Subtype"), str(font.get("/Encoding"))
    return kind == "/Type3" or (kind == "/Type0" and encoding.startswith("/Identity"))


class _Remarks(logging.Handler):
    """Listens to what the library remarks of a page that it cannot wholly read, and keeps it from the terminal."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = False

    def emit(self, record: logging.LogRecord) -> None:
        """Remember that there was a remark of weight."""
        self.said = self.said or not any(word in record.getMessage() for word in HARMLESS)

    def __enter__(self) -> _Remarks:
        LOG.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        LOG.removeHandler(self)


def _plain(value: Any) -> Any:
    """Return what a reference points to, or an empty dictionary."""
    value = value.get_object() if hasattr(value, "get_object") else value
    return value if hasattr(value, "get") else {}


def _below(value: Any, *names: str) -> Any:
    for name in names:
        value = _plain(_plain(value).get(name))
    return value


def strings(values: list[Any]) -> Iterator[str]:
    """Yield every text inside PDF objects, following references but neither back to a page nor in a circle."""
    waiting = [(value, 0) for value in reversed(values)]
    seen: set[int] = set()
    while waiting:
        value, depth = waiting.pop()
        number = getattr(value, "idnum", None)
        if number in seen:
            continue
        if number is not None:
            seen.add(number)
        if len(seen) > OBJECTS or depth > DEPTH:
            raise Unreadable(Message("its parts are nested more than {limit} deep", limit=DEPTH))
        value = value.get_object() if hasattr(value, "get_object") else value
        yield from _own_texts(value)
        waiting += [(inside, depth + 1) for inside in reversed(_inside(value))]


def _own_texts(value: Any) -> Iterator[str]:
    """Yield what one PDF object itself says: a text, or a packed stream that is no picture."""
    if isinstance(value, bytes):
        yield from runs(value)
    elif isinstance(value, str) and not value.startswith("/"):
        yield str(value)
    elif hasattr(value, "get_data") and value.get("/Subtype") != "/Image":
        yield from runs(value.get_data())


def _inside(value: Any) -> list[Any]:
    """Return what a PDF object holds, without the ways back to where it stands."""
    if isinstance(value, dict) and value.get("/Type") not in ("/Page", "/Pages"):
        return [own for key, own in value.items() if key not in ("/Parent", "/P", "/Font", "/Dest", "/D")]
    return list(value) if isinstance(value, list) else []


def metadata(data: bytes) -> Iterator[Piece]:
    """Yield metadata that stands unpacked in the bytes: of photos on the pages, and of the document."""
    where = Message("the metadata of the picture")
    at = data.find(b"Exif\0\0")
    while at >= 0:
        segment = data[at : at + 65_535]
        if states_position(segment):
            yield Piece(POSITION, where)
        yield Piece(TEXT, where, runs(segment[: _picture_starts(segment)]))
        at = data.find(b"Exif\0\0", at + 65_535)
    for begin, end in PACKETS:
        at = data.find(begin)
        while at >= 0:
            stop = data.find(end, at, at + PACKET)
            packet = data[at : stop if stop > 0 else at + PACKET]
            if states_position(packet):
                yield Piece(POSITION, where)
            yield Piece(TEXT, Message("the properties of the document"), runs(packet))
            at = data.find(begin, at + len(packet) + 1)


def _picture_starts(segment: bytes) -> int:
    """Return where the metadata ends at the latest: at the tables that every JPEG picture begins with."""
    at = segment.find(b"\xff\xdb")
    return at if at > 0 else len(segment)
