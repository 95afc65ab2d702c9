"""Every text in a PDF: pages, remarks, form fields, bookmarks, properties, and what earlier versions of the file held.

The library itself holds unpacked streams to 75 MB and stops at trees that are too deep or too wide.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from generator.locale import Message
from generator.privacy.attached.images import states_position
from generator.privacy.attached.pdfobjects import fonts, has_pictures, strings, without_letters
from generator.privacy.attached.pieces import NOTE, POSITION, REFUSED, TEXT, Piece, Unreadable
from generator.privacy.attached.runs import runs

PAGES = 500
VERSIONS = 10
END = b"%%EOF"
PACKETS = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta>"))
PACKET = 200_000
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
