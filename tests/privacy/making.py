"""Makes attachments by hand, byte by byte, so that tests can hide a text wherever such a file can hold one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

NUMBER = "13812345678"
MASKED = "138****5678"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return file.getvalue()


def sheet(cells: str, more: str = "", columns: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{cells}</sheetData>{more}</worksheet>'


def row(cells: str, attributes: str = "") -> str:
    return f'<row r="1"{attributes}>{cells}</row>'


def text_cell(text: str, at: str = "A1") -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def xlsx(
    first: str = row(text_cell("合计")), second: str = "", *, state: str = "visible", second_name: str = "附表",
    names: str = "", strings: str = "", more: dict[str, str | bytes] | None = None, comment: bytes = b"",
) -> bytes:  # fmt: skip
    """An xlsx with the sheets 收支 and 附表; `first` and `second` are rows, `state` is that of the second."""
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="收支" sheetId="1" r:id="rId1"/>'
        f'<sheet name="{second_name}" sheetId="2" state="{state}" r:id="rId2"/></sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/worksheets/sheet1.xml": first if first.startswith("<worksheet") else sheet(first),
        "xl/worksheets/sheet2.xml": second if second.startswith("<worksheet") else sheet(second),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    return zipped(parts | (more or {}), comment)


def docx(body: str = "<w:p><w:r><w:t>公示</w:t></w:r></w:p>", more: dict[str, str | bytes] | None = None) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document} | (more or {}))


def word_part(kind: str, text: str) -> str:
    return f'<w:{kind} xmlns:w="{WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


class Pdf:
    """A PDF of numbered objects; `page` adds a page, `bytes` writes it with its table."""

    def __init__(self) -> None:
        self.objects: list[bytes] = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
        self.kids: list[int] = []
        self.catalogue = b""
        self.trailer = b""

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def stream(self, data: bytes, head: bytes = b"", packed: bool = True) -> int:
        if packed:
            data, head = zlib.compress(data), head + b"/Filter/FlateDecode"
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data))

    def page(self, text: str = "", more: bytes = b"", resources: bytes = b"", content: bytes | None = None) -> int:
        shown = content if content is not None else b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % text.encode("latin-1")
        number = self.stream(shown)
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>%s>>%s>>"
        self.kids.append(self.add(page % (number, resources, more)))
        return self.kids[-1]

    def bytes(self) -> bytes:
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalogue
        self.objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(self.kids))
        out, places = bytearray(b"%PDF-1.7\n"), []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = b"<</Size %d/Root 1 0 R%s>>" % (len(places) + 1, self.trailer)
        return bytes(out + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))


def updated(data: bytes, number: int, content: bytes) -> bytes:
    """A PDF saved again by adding a new form of one object to its end, as programs do to save time."""
    start = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    at = len(data)
    data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    return data + b"trailer\n<</Size 99/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, table)


def exif(text: str = "", gps: bool = False, order: str = "<", encoding: str = "latin-1") -> bytes:
    """EXIF data whose first directory holds a description, and a GPS directory if asked."""
    said = text.encode(encoding) + b"\0"
    count = 2 if gps else 1
    after = 8 + 2 + 12 * count + 4
    tags = struct.pack(f"{order}HHII", 0x010E, 2, len(said), after)
    tail = said
    if gps:
        tags += struct.pack(f"{order}HHII", 0x8825, 4, 1, after + len(said))
        tail += struct.pack(f"{order}H", 1) + struct.pack(f"{order}HHII", 2, 5, 3, 0) + b"\0" * 4
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return head + struct.pack(f"{order}H", count) + tags + b"\0" * 4 + tail


def jpeg(*segments: tuple[int, bytes], behind: bytes = b"") -> bytes:
    head = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments)
    return b"\xff\xd8" + head + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x11" * 64 + b"\xff\xd9" + behind


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunks)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
        + behind
    )
