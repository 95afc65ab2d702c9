"""Archives that are made to harm whoever opens them: each is refused with a reason before anything opens it."""

import io
import stat
import struct
import zipfile

import pytest

from generator.reading import data_files, unsafe
from generator.reading.archives import ENTRIES
from tests.reading.bombs import overlapping

XLSX = {
    "[Content_Types].xml": b"<Types/>",
    "_rels/.rels": b"<Relationships/>",
    "xl/workbook.xml": b"<workbook/>",
    "xl/worksheets/sheet1.xml": b"<sheetData/>" * 500,
    "xl/printerSettings/printerSettings1.bin": b"\1\2",
    "xl/worksheets/_rels/sheet1.xml.rels": (
        b'<Relationship Type="http://x/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    ),
}


def packed(extra=(), *, base=XLSX, comment=b"", method=zipfile.ZIP_DEFLATED):
    """An ordinary workbook with more entries: pairs of a name (or a ZipInfo) and bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in [*base.items(), *extra]:
            archive.writestr(name, content)
        archive.comment = comment
    return file.getvalue()


def entry(name, *, mode=0, flags=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.flag_bits |= flags
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def patched(data, *, name, where, what):
    """Overwrite bytes of one entry's record in the directory (offset from its signature)."""
    at = data.rindex(b"PK\1\2", 0, data.rindex(name))
    return data[: at + where] + what + data[at + where + len(what) :]


def test_ordinary_files_pass():
    assert unsafe(packed(), ".xlsx") is None
    assert unsafe(packed(method=zipfile.ZIP_STORED), ".xlsx") is None
    word = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/media/图.png": b"\x89PNG\r\n\x1a\n"}
    assert unsafe(packed(base=word), ".docx") is None
    empty_sheet = b"<row/>" * 150_000
    assert len(empty_sheet) < 1_000_000
    assert unsafe(packed([("xl/worksheets/sheet2.xml", empty_sheet)]), ".xlsx") is None


NAMES = (
    "../up.xml", "/etc/passwd", "a/../../b.xml", "..\\b.xml", "C:/b.xml", "a\\b.xml", "a/./b.xml", "a//b.xml", "x" * 121,
    "a/" * 14 + "b", "a\x01b", "a:b", "...", "a/.. /b",
)  # fmt: skip
REFUSED = {
    "macros": (packed([("xl/vbaProject.bin", b"x")]), "macros"),
    "macro sheet": (packed([("xl/macrosheets/sheet1.xml", b"<x/>")]), "macros"),
    "controls": (packed([("word/activeX/activeX1.xml", b"<x/>")]), "macros"),
    "a renamed workbook with macros": (
        packed(base={**XLSX, "[Content_Types].xml": b'<Types a="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'}),
        "macros",
    ),
    "an embedded document": (packed([("word/embeddings/Sheet1.xlsx", b"x")]), "another file"),
    "an archive by its name": (packed([("a.zip", b"x")]), "another file"),
    "an archive by its bytes": (packed([("xl/media/image1.png", packed())]), "another file"),
    "a program": (packed([("xl/media/image1.png", b"MZ\x90")]), "another file"),
    "a page": (packed([("index.html", b"x")]), "another file"),
    "a link": (packed([(entry("a.xml", mode=stat.S_IFLNK | 0o777), b"/etc/passwd")]), "link"),
    "a device": (packed([(entry("a.xml", mode=stat.S_IFCHR | 0o666), b"")]), "link"),
    "a pipe": (packed([(entry("a.xml", mode=stat.S_IFIFO | 0o666), b"")]), "link"),
    "locked": (patched(packed([("a.xml", b"x")]), name=b"a.xml", where=8, what=b"\1\0"), "password"),
    "strongly locked": (patched(packed([("a.xml", b"x")]), name=b"a.xml", where=8, what=b"\x41\0"), "password"),
    "bzip2": (packed([], method=zipfile.ZIP_BZIP2), "unusual"),
    "lzma": (packed([], method=zipfile.ZIP_LZMA), "unusual"),
    "one entry twice": (packed([("xl/Workbook.xml", b"x")]), "one name"),
    "a bomb of one entry": (packed([("xl/a.xml", bytes(9_000_000))]), "times its size"),
    "a bomb of many entries": (packed([(f"xl/a{n}.xml", b"ab " * 300_000) for n in range(60)]), "unpacks to"),
    "too many entries": (packed([(f"a{n}", b"") for n in range(ENTRIES)]), "entries, the limit|more than"),
    "a comment": (packed(comment=b"<script>alert(1)</script>"), "in front of it or behind"),
    "something behind": (packed() + b"%PDF-1.7", "in front of it or behind"),
    "a page in front": (b"<html><script>alert(1)</script>" + packed(), "in front of it or behind"),
    "an archive in front": (packed() + packed(), "in front of it or behind"),
    "cut off": (packed()[:-30], "in front of it or behind"),
    "empty": (b"", "damaged"),
    "only a signature": (b"PK\3\4", "damaged"),
    "no workbook": (packed(base={"a.xml": b"x"}), "not what the name"),
    "entities": (packed([("xl/a.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")]), "not written as"),
    "entities in UTF-16": (packed([("xl/a.xml", "<!DOCTYPE x>".encode("utf-16"))]), "not written as"),
    "a template from elsewhere": (
        packed([("word/_rels/settings.xml.rels",
                 b'<Relationship Type="http://x/attachedTemplate" Target="\\\\\\\\host\\\\a.dotm" TargetMode="External"/>')]),
        "from elsewhere",
    ),
    "a picture from elsewhere": (
        packed([("xl/_rels/a.rels", b"<Relationship TargetMode = 'external' Target='https://x/a.png' Type='x/image'/>")]),
        "from elsewhere",
    ),
    "a size that lies": (patched(packed([("a.xml", b"x" * 999)]), name=b"a.xml", where=24, what=struct.pack("<L", 9)),
                         "two different things"),
    "a size that lies upwards": (
        patched(packed([("a.xml", b"x" * 999)]), name=b"a.xml", where=24, what=struct.pack("<L", 1999)), "two different things"),
    "a checksum that lies": (patched(packed([("a.xml", b"x")]), name=b"a.xml", where=16, what=b"\0\0\0\0"), "two different"),
    "a method that lies": (patched(packed([("a.xml", b"x")]), name=b"a.xml", where=10, what=b"\0\0"), "two different things"),
    "a name that lies": (packed([("a.xml", b"x")]).replace(b"a.xml", b"b.xml", 1), "two different things"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_entries_that_lead_out_of_the_archive_are_refused(name):
    data = packed([(name, b"x")])
    assert "leads out" in unsafe(data, ".xlsx").text


def test_a_name_that_the_library_cuts_at_a_zero_is_refused():
    data = packed([("abcdef.xml", b"x")]).replace(b"abcdef.xml", b"abc\0ef.xml")
    assert "leads out" in unsafe(data, ".xlsx").text


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_archive_is_refused_with_its_reason(what):
    data, reason = REFUSED[what]
    told = unsafe(data, ".xlsx")
    assert told is not None
    assert any(word in told.text for word in reason.split("|")), told.text


def test_very_many_entries_are_refused():
    assert "more than" in unsafe(overlapping(60_000)).text


def test_entries_that_lie_in_each_other_are_refused():
    data = overlapping(100)
    assert zipfile.ZipFile(io.BytesIO(data)).namelist()[:2] == ["00000", "00001"]
    told = unsafe(data)
    assert told is not None
    assert "each other" in told.text or "two different" in told.text


@pytest.mark.parametrize("at", range(0, 1400, 21))
def test_a_damaged_archive_is_refused_or_read_but_never_an_exception(at):
    data = bytearray(packed())
    data[at % len(data)] ^= 0xFF
    unsafe(bytes(data), ".xlsx")


def test_the_reader_never_lists_a_refused_attachment(tmp_path):
    folder = tmp_path / "data" / "attachments"
    folder.mkdir(parents=True)
    for number, (data, _) in enumerate(REFUSED.values()):
        (folder / f"{number}.xlsx").write_bytes(data)
    (folder / "good.xlsx").write_bytes(packed())
    files, problems = data_files(tmp_path / "data")
    assert [path.name for path in files] == ["good.xlsx"]
    assert len(problems) == len(REFUSED)
    assert {problem.code for problem in problems} == {"attachment", "file-kind"}
