"""A number hidden in each place that an attachment has is found; clean attachments stay silent; hostile ones end soon."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from generator.locale import language
from generator.privacy.scan import scan_files
from generator.problems import Problem, Severity, as_text
from tests.privacy import making
from tests.privacy.making import (
    MASKED,
    NUMBER,
    Pdf,
    chunk,
    docx,
    exif,
    jpeg,
    png,
    row,
    sheet,
    text_cell,
    updated,
    word_part,
    xlsx,
    zipped,
)  # fmt: skip

N = NUMBER
LATIN = N.encode()


def alarms(name: str, data: bytes) -> list[Problem]:
    file = f"data/attachments/{name}"
    return scan_files([file], {file: data}.get, dt.date(2023, 8, 20))


def busy() -> float:
    """The seconds of processor time of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def said(problems: list[Problem]) -> str:
    return "\n".join(as_text(problem, language("zh")) for problem in problems)


def pdf(**more: object) -> bytes:
    """A PDF with one page; each word says where the number is."""
    made = Pdf()
    page = made.page(**({"text": "OK"} | more))  # type: ignore[arg-type]
    assert page
    return made.bytes()


def pdf_with(prepare: object) -> bytes:
    made = Pdf()
    made.page("OK")
    prepare(made)  # type: ignore[operator]
    return made.bytes()


def info(made: Pdf) -> None:
    made.trailer = b"/Info %d 0 R" % made.add(b"<</Title(Plan)/Author(%s)>>" % LATIN)


def info_wide(made: Pdf) -> None:
    text = ("\ufeff联系" + N).encode("utf-16-be").hex().encode()
    made.trailer = b"/Info %d 0 R" % made.add(b"<</Title<%s>>>" % text)


def xmp(packed: bool) -> object:
    def prepare(made: Pdf) -> None:
        packet = b"<?xpacket begin=''?><x:xmpmeta><dc:creator>%s</dc:creator></x:xmpmeta><?xpacket end='w'?>" % LATIN
        made.catalogue = b"/Metadata %d 0 R" % made.stream(packet, b"/Type/Metadata/Subtype/XML", packed)

    return prepare


def bookmark(made: Pdf) -> None:
    item = made.add(b"<</Title(%s)>>" % LATIN)
    made.catalogue = b"/Outlines %d 0 R" % made.add(b"<</First %d 0 R/Last %d 0 R/Count 1>>" % (item, item))


def form(made: Pdf) -> None:
    field = made.add(b"<</FT/Tx/T(phone)/V(%s)>>" % LATIN)
    made.catalogue = b"/AcroForm<</Fields[%d 0 R]>>" % field


def attached(made: Pdf) -> None:
    file = made.stream(b"tel " + LATIN, b"/Type/EmbeddedFile")
    spec = made.add(b"<</Type/Filespec/F(a.txt)/EF<</F %d 0 R>>>>" % file)
    made.catalogue = b"/Names<</EmbeddedFiles<</Names[(a.txt) %d 0 R]>>>>" % spec


def remark(made: Pdf) -> None:
    note = made.add(b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(%s)>>" % LATIN)
    made.page("OK", b"/Annots[%d 0 R]" % note)


def link(made: Pdf) -> None:
    note = made.add(b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(tel:%s)>>>>" % LATIN)
    made.page("OK", b"/Annots[%d 0 R]" % note)


def second_page(made: Pdf) -> None:
    made.page(N)


def deleted(_: object = None) -> bytes:
    """A page whose text was replaced, and which still stands in the file as it was."""
    made = Pdf()
    made.page(N)
    return updated(made.bytes(), 4, b"<</Length 0>>stream\n\nendstream")


def photo(made: Pdf) -> None:
    data = jpeg((0xE1, b"Exif\0\0" + exif(N)))
    image = made.stream(data, b"/Subtype/Image/Width 1/Height 1/Filter/DCTDecode", packed=False)
    made.page("OK", resources=b"/XObject<</I %d 0 R>>" % image)


PDFS = {
    "on a page": pdf(text=N),
    "on a page, in two pieces": pdf(content=b"BT /F1 12 Tf 72 720 Td (138) Tj (12345678) Tj ET"),
    "on a page, kerned": pdf(content=b"BT /F1 12 Tf 72 720 Td [(1381)-3(2345)2(678)] TJ ET"),
    "white on white": pdf(content=b"1 1 1 rg BT /F1 12 Tf 72 720 Td (%s) Tj ET" % LATIN),
    "invisible letters": pdf(content=b"BT 3 Tr /F1 12 Tf 72 720 Td (%s) Tj ET" % LATIN),
    "outside of the page": pdf(content=b"BT /F1 12 Tf 72 -5000 Td (%s) Tj ET" % LATIN),
    "on the second page": pdf_with(second_page),
    "author": pdf_with(info),
    "title in UTF-16": pdf_with(info_wide),
    "XMP": pdf_with(xmp(packed=False)),
    "XMP, packed": pdf_with(xmp(packed=True)),
    "bookmark": pdf_with(bookmark),
    "form field": pdf_with(form),
    "remark": pdf_with(remark),
    "link": pdf_with(link),
    "attached file": pdf_with(attached),
    "earlier version": deleted(),
    "photo on a page": pdf_with(photo),
}

CORE = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>{}</dc:creator><cp:lastModifiedBy>王主任</cp:lastModifiedBy></cp:coreProperties>"
COMMENT = f'<comments xmlns="{making.MAIN}"><authors><author>王</author></authors><commentList><comment ref="C4" authorId="0"><text><r><t>138</t></r><r><t>12345678</t></r></text></comment></commentList></comments>'
THREAD = (
    f"<ThreadedComments xmlns='t'><threadedComment ref='C4'><text>找{N}</text></threadedComment></ThreadedComments>"
)
XLSX = {
    "a cell": xlsx(row(text_cell(N, "B7"))),
    "a number": xlsx(row(f'<c r="B7"><v>{N}</v></c>')),
    "a number with an exponent": xlsx(row('<c r="B7"><v>1.3812345678E10</v></c>')),
    "shared text": xlsx(row('<c r="B7" t="s"><v>0</v></c>'), strings=f"<si><t>{N}</t></si>"),
    "shared text in pieces": xlsx(
        row('<c r="B7" t="s"><v>0</v></c>'), strings="<si><r><t>138</t></r><r><t>12345678</t></r></si>"
    ),
    "shared text that no cell shows": xlsx(strings=f"<si><t>{N}</t></si>"),
    "result of a formula": xlsx(row(f'<c r="B7" t="str"><f>A1</f><v>{N}</v></c>')),
    "a formula": xlsx(row(f'<c r="B7"><f>CONCAT("{N}")</f><v>0</v></c>')),
    "hidden sheet": xlsx(second=row(text_cell(N)), state="hidden"),
    "very hidden sheet": xlsx(second=row(text_cell(N)), state="veryHidden"),
    "hidden row": xlsx(row(text_cell(N), ' hidden="1"')),
    "hidden column": xlsx(sheet(row(text_cell(N)), columns='<cols><col min="1" max="1" hidden="1"/></cols>')),
    "comment": xlsx(more={"xl/comments1.xml": COMMENT}),
    "discussion": xlsx(more={"xl/threadedComments/threadedComment1.xml": THREAD}),
    "defined name": xlsx(names=f'<definedName name="tel" hidden="1">"{N}"</definedName>'),
    "name of a sheet": xlsx(second_name=f"王{N}"),
    "header for print": xlsx(
        sheet(row(text_cell("合计")), more=f"<headerFooter><oddHeader>{N}</oddHeader></headerFooter>")
    ),
    "header for print, on the right": xlsx(
        sheet(row(text_cell("合计")), more=f"<headerFooter><oddHeader>&amp;R{N}</oddHeader></headerFooter>")
    ),
    "text box": xlsx(
        more={
            "xl/drawings/drawing1.xml": "<d xmlns:a='a'><a:p><a:r><a:t>138</a:t></a:r><a:r><a:t>12345678</a:t></a:r></a:p></d>"
        }
    ),
    "name of a picture": xlsx(more={"xl/drawings/drawing1.xml": f'<d><cNvPr id="1" name="x" descr="电话{N}"/></d>'}),
    "validation list": xlsx(
        sheet(
            row(text_cell("合计")),
            more=f'<dataValidations><dataValidation><formula1>"{N},2"</formula1></dataValidation></dataValidations>',
        )
    ),
    "link": xlsx(
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships><Relationship Id="r1" Target="tel:{N}"/></Relationships>'
        }
    ),
    "cache of a pivot": xlsx(more={"xl/pivotCache/pivotCacheRecords1.xml": f'<r><s v="{N}"/></r>'}),
    "creator": xlsx(more={"docProps/core.xml": CORE.format(N)}),
    "own property": xlsx(
        more={"docProps/custom.xml": f"<Properties><property name='x'><lpwstr>{N}</lpwstr></property></Properties>"}
    ),
    "photo inside": xlsx(more={"xl/media/image1.jpeg": jpeg((0xE1, b"Exif\0\0" + exif(N)))}),
    "document inside": xlsx(more={"xl/embeddings/a.docx": docx(f"<w:p><w:r><w:t>{N}</w:t></w:r></w:p>")}),
    "comment of the archive": xlsx(comment=LATIN),
    "name of a part": xlsx(more={f"xl/{N}.xml": "<a/>"}),
    "XML remark": xlsx(more={"xl/styles.xml": f"<styleSheet><!-- {N} --></styleSheet>"}),
}
DOCX = {
    "a paragraph": docx(f"<w:p><w:r><w:t>电话{N}</w:t></w:r></w:p>"),
    "in pieces": docx("<w:p><w:r><w:t>138</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>12345678</w:t></w:r></w:p>"),
    "hidden text": docx(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{N}</w:t></w:r></w:p>"),
    "a table": docx(f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{N}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
    "deleted, with changes kept": docx(
        f"<w:p><w:r><w:t>电话9</w:t></w:r><w:del><w:r><w:delText>{N}</w:delText></w:r></w:del></w:p>"
    ),
    "half of it deleted": docx(
        "<w:p><w:r><w:t>138</w:t></w:r><w:del><w:r><w:delText>12345678</w:delText></w:r></w:del><w:ins><w:r><w:t>****</w:t></w:r></w:ins></w:p>"
    ),
    "header": docx(more={"word/header1.xml": word_part("hdr", N)}),
    "footer": docx(more={"word/footer1.xml": word_part("ftr", N)}),
    "comment": docx(more={"word/comments.xml": word_part("comments", N)}),
    "footnote": docx(more={"word/footnotes.xml": word_part("footnotes", N)}),
    "endnote": docx(more={"word/endnotes.xml": word_part("endnotes", N)}),
    "field": docx(f"<w:p><w:r><w:instrText>HYPERLINK tel:{N}</w:instrText></w:r><w:r><w:t>电话</w:t></w:r></w:p>"),
    "link": docx(
        more={
            "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="r1" Target="tel:{N}"/></Relationships>'
        }
    ),
    "text box": docx(
        f"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{N}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    ),
    "description of a picture": docx(f'<w:p><w:docPr id="1" descr="{N}"/></w:p>'),
    "creator": docx(more={"docProps/core.xml": CORE.format(N)}),
    "own property": docx(
        more={"docProps/custom.xml": f"<Properties><property name='x'><lpwstr>{N}</lpwstr></property></Properties>"}
    ),
    "own XML": docx(more={"customXml/item1.xml": f"<a><b>{N}</b></a>"}),
    "glossary": docx(more={"word/glossary/document.xml": word_part("body", N)}),
    "sheet inside": docx(more={"word/embeddings/a.xlsx": xlsx(row(text_cell(N)))}),
    "photo inside": docx(more={"word/media/a.png": png(chunk(b"tEXt", b"Comment\0" + LATIN))}),
}
XMP = f"<x:xmpmeta><rdf:li>{N}</rdf:li></x:xmpmeta>".encode()
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x10\x1c\x02\x78" + struct.pack(">H", 11) + LATIN
JPEGS = {
    "EXIF": jpeg((0xE1, b"Exif\0\0" + exif(N))),
    "EXIF, other byte order": jpeg((0xE1, b"Exif\0\0" + exif(N, order=">"))),
    "EXIF in UTF-16": jpeg((0xE1, b"Exif\0\0" + exif("电话" + N, encoding="utf-16-le"))),
    "EXIF in GB18030": jpeg((0xE1, b"Exif\0\0" + exif("电话：" + N, encoding="gb18030"))),
    "XMP": jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
    "IPTC": jpeg((0xED, IPTC)),
    "comment": jpeg((0xFE, LATIN)),
    "behind the picture": jpeg(behind=b"tel " + LATIN),
}
PNGS = {
    "text": png(chunk(b"tEXt", b"Comment\0" + LATIN)),
    "packed text": png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"phone " + LATIN))),
    "international text": png(chunk(b"iTXt", b"Comment\0\0\0zh\0\0" + f"电话{N}".encode())),
    "international text, packed": png(chunk(b"iTXt", b"Comment\0\1\0zh\0\0" + zlib.compress(f"电话{N}".encode()))),
    "EXIF": png(chunk(b"eXIf", exif(N))),
    "behind the picture": png(behind=LATIN),
}
PLANTED = [
    (f"{kind}: {where}", f"a.{kind}", data)
    for kind, places in (("pdf", PDFS), ("xlsx", XLSX), ("docx", DOCX), ("jpg", JPEGS), ("png", PNGS))
    for where, data in places.items()
]
CLEAN = {
    "pdf": pdf(text="Fees 2023: 450.00, No. 20230213001, 2023-02-13"),
    "xlsx": xlsx(
        row(text_cell("学生伙食收入") + '<c r="B1"><v>12345678901.5</v></c>'),
        more={"docProps/core.xml": CORE.format("王主任")},
    ),
    "docx": docx("<w:p><w:r><w:t>示教〔2023〕15号，金额 1234567.00 元，举报电话 12315</w:t></w:r></w:p>"),
    "jpg": jpeg((0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xE1, b"Exif\0\0" + exif("Camera 3"))),
    "png": png(chunk(b"tEXt", b"Software\0GIMP 2.10")),
}


@pytest.mark.parametrize(("name", "data"), [pytest.param(n, d, id=i) for i, n, d in PLANTED])
def test_a_planted_number_is_found_and_never_said(name: str, data: bytes) -> None:
    problems = alarms(name, data)
    told = [problem for problem in problems if problem.value == MASKED]
    assert told
    assert all(problem.severity is Severity.ERROR for problem in told)
    assert NUMBER not in said(problems)


def test_places_are_counted() -> None:
    assert len(PLANTED) >= 80


@pytest.mark.parametrize("kind", CLEAN)
def test_a_clean_attachment_raises_no_alarm(kind: str) -> None:
    assert [problem for problem in alarms(f"a.{kind}", CLEAN[kind]) if problem.severity is not Severity.NOTE] == []


def test_names_below_a_title() -> None:
    rows = [("班级", "姓 名", "金额"), ("一（1）", "李小明", "30"), ("二", "王芳", "30"), ("", "合计", "60")]
    cells = "".join(
        row("".join(text_cell(t, f"{'ABC'[x]}{y}") for x, t in enumerate(r))) for y, r in enumerate(rows, 1)
    )
    told = alarms("a.xlsx", xlsx(cells))
    assert [(problem.place.cell, problem.severity) for problem in told] == [
        ("B2", Severity.ERROR),
        ("B3", Severity.ERROR),
    ]
    table = "\n".join(",".join(cells) for cells in rows).encode()
    assert [problem.place.cell for problem in alarms("a.csv", table)] == ["B2", "B3"]
    assert "李小明" not in said(told)
    assert alarms("b.csv", table.replace("班级".encode(), "职务".encode())) == []
    assert [problem.place.cell for problem in alarms("c.csv", "家长\n王芳\n县教育局\n".encode())] == ["A2"]


def test_a_cell_and_a_page_are_named() -> None:
    assert "data/attachments/a.xlsx (B7): error[privacy]: 工作表“收支”" in said(alarms("a.xlsx", XLSX["a cell"]))
    assert "工作表“附表”" in said(alarms("a.xlsx", XLSX["very hidden sheet"]))
    assert "(C4)" in said(alarms("a.xlsx", XLSX["comment"]))
    assert "第 2 页" in said(alarms("a.pdf", PDFS["on the second page"]))


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_that_says_where_it_was_taken(order: str) -> None:
    for name, data in {
        "a.jpg": jpeg((0xE1, b"Exif\0\0" + exif(gps=True, order=order))),
        "b.png": png(chunk(b"eXIf", exif(gps=True, order=order))),
        "c.jpg": jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><d exif:GPSLatitude='30,1N'/></x:xmpmeta>")),
        "d.docx": docx(more={"word/media/a.jpeg": jpeg((0xE1, b"Exif\0\0" + exif(gps=True, order=order)))}),
    }.items():
        problems = [problem for problem in alarms(name, data) if problem.severity is Severity.ERROR]
        assert len(problems) == 1, name
        assert "拍摄地点" in said(problems)


def test_pictures_are_left_to_the_eye() -> None:
    made = Pdf()
    made.page("OK", resources=b"/XObject<</I %d 0 R>>" % made.stream(b"\0", b"/Subtype/Image/Width 1/Height 1"))
    notes = alarms("a.pdf", made.bytes())
    assert [problem.severity for problem in notes] == [Severity.NOTE]
    assert [problem.severity for problem in alarms("a.png", CLEAN["png"])] == [Severity.NOTE]


def encrypted_zip() -> bytes:
    data = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def many_parts() -> bytes:
    return zipped({f"xl/p{n}.xml": "<a/>" for n in range(2_500)})


def bomb(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", making.TYPES)
        with archive.open("xl/worksheets/sheet1.xml", "w") as entry:
            for _ in range(size // 1_000_000):
                entry.write(b"0" * 1_000_000)
    return file.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose directory says that it unpacks to a hundred bytes."""
    data = bytearray(bomb(60_000_000))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(signature)
        data[at + offset : at + offset + 4] = struct.pack("<I", 100)
    return bytes(data)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return docx(more={"word/header1.xml": f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'})


def inside_out(depth: int) -> bytes:
    data = docx()
    for _ in range(depth):
        data = docx(more={"word/embeddings/a.docx": data})
    return data


def pdf_bomb() -> bytes:
    made = Pdf()
    packed = zlib.compress(zlib.compress(b" " * 80_000_000))
    number = made.add(b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
    made.page("OK")
    made.kids.append(made.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents %d 0 R>>" % number))
    return made.bytes()


def pdf_slow() -> bytes:
    """A page with millions of orders to show nothing much."""
    return pdf(content=b"BT /F1 12 Tf " + b"1 0 0 1 0 0 Tm (a) Tj " * 1_000_000 + b"ET")


def pdf_circle() -> bytes:
    made = Pdf()
    made.page("OK")
    made.kids.append(2)
    return made.bytes()


def pdf_many_pages() -> bytes:
    made = Pdf()
    for _ in range(600):
        made.page("x")
    return made.bytes()


def pdf_letters_without_meaning() -> bytes:
    made = Pdf()
    font = made.add(b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[]>>")
    made.page(content=b"BT /F2 12 Tf 72 720 Td <00010002> Tj ET", resources=b"/XObject<<>>")
    data = made.bytes()
    return data.replace(b"/F1 3 0 R", b"/F2 %d 0 R" % font)


HOSTILE = {
    "password.docx": encrypted_zip,
    "truncated.xlsx": lambda: xlsx()[:-40],
    "rubbish.xlsx": lambda: b"PK\x03\x04" + b"\x9c" * 5_000,
    "office97.xlsx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "zip.docx": lambda: zipped({"a.txt": "hello"}),
    "parts.xlsx": many_parts,
    "bomb.xlsx": lambda: bomb(60_000_000),
    "lying.xlsx": lying_bomb,
    "laughs.docx": laughs,
    "deep.docx": lambda: docx("<a>" * 5_000 + "</a>" * 5_000),
    "broken.docx": lambda: docx("<w:p>"),
    "nested.docx": lambda: inside_out(5),
    "macro.xlsx": lambda: xlsx(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 99}),
    "long.xlsx": lambda: xlsx(strings="".join(f"<si><t>{n:08d}{'字' * 990}</t></si>" for n in range(3_500))),
    "wide.xlsx": lambda: xlsx("".join(f'<c r="A{n}"><v>{n}</v></c>' for n in range(900_000))),
    "password.pdf": lambda: pdf_with(lambda made: setattr(made, "trailer", b"/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>/ID[(a)(a)]")),
    "truncated.pdf": lambda: pdf(text="OK")[:60],
    "rubbish.pdf": lambda: b"%PDF-1.7\n" + b"\x9c" * 5_000,
    "bomb.pdf": pdf_bomb,
    "slow.pdf": pdf_slow,
    "circle.pdf": pdf_circle,
    "pages.pdf": pdf_many_pages,
    "changes.pdf": lambda: pdf(text="OK") + b"\n%%EOF" * 30,
    "letters.pdf": pdf_letters_without_meaning,
    "rubbish.png": lambda: b"GIF89a" + b"\0" * 99,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_checked_is_an_error_and_soon(name: str) -> None:
    data = HOSTILE[name]()
    assert len(data) < 10_000_000
    before = busy()
    problems = alarms(name, data)
    took = busy() - before
    assert any("无法检查" in said([problem]) for problem in problems if problem.severity is Severity.ERROR), said(
        problems
    )
    assert took < 2, f"{name} took {took:.1f} s"


def test_after_a_hostile_file_the_next_one_is_read() -> None:
    files = {"data/attachments/a.pdf": pdf_slow(), "data/attachments/b.pdf": PDFS["on a page"]}
    problems = scan_files(files, files.get)
    assert [problem.place.file for problem in problems] == list(files)
    assert problems[1].value == MASKED


def test_a_png_that_unpacks_without_end(tmp_path: Path) -> None:
    data = png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b" " * 50_000_000)))
    before = busy()
    assert [p for p in alarms("a.png", data) if p.severity is Severity.ERROR] == []
    assert busy() - before < 2
