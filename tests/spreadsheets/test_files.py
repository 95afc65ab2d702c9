"""Files that are broken, locked or hostile end in one plain sentence, and nothing is written."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.spreadsheets.office import ENCRYPTED, OLE
from generator.spreadsheets.worker import answer
from tests.spreadsheets.building import F09, FEES, LINES, Office, fill, page_of

SHEET = "xl/worksheets/sheet1.xml"


def content(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[str], str], **more: bytes) -> bytes:
    """An xlsx file with one part changed, and others added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **more}.items():
            archive.writestr(name, text)
    return out.getvalue()


GOOD = content(page_of([FEES, F09])[0])


def far_away(text: str) -> str:
    return re.sub(r'r="G2"', 'r="XFD1048576"', text).replace('<row r="2"', '<row r="1048576"')


BROKEN: dict[str, tuple[str, bytes, str]] = {
    "nothing in it": ("表.xlsx", b"", "已损坏"),
    "half of it": ("表.xlsx", GOOD[: len(GOOD) // 2], "没有读取"),
    "a picture": ("表.xlsx", b"\x89PNG\r\n", "已损坏"),
    "a text": ("表.csv", "项目编号,收费项目\n".encode(), "这不是电子表格文件：表.csv"),
    "a document": ("表.docx", changed(GOOD, "xl/workbook.xml", str, **{"word/document.xml": b"<x/>"})[:40], "没有读取"),
    "a password": ("表.xlsx", OLE + bytes(600) + ENCRYPTED + bytes(600), "取消密码"),
    "an old file in pieces": ("表.xls", OLE + bytes(4096), "已损坏"),
    "macros by its name": ("表.xlsm", GOOD, "不读取带宏的文件（.xlsm）"),
    "macros inside": ("表.xlsx", changed(GOOD, SHEET, str, **{"xl/vbaProject.bin": b"x"}), "宏"),
    "another file inside": ("表.xlsx", changed(GOOD, SHEET, str, **{"xl/embeddings/a.docx": b"x"}), "嵌有别的文件"),
    "an entity": ("表.xlsx", changed(GOOD, SHEET, lambda t: f'<!DOCTYPE x [<!ENTITY a "b">]>{t}'), "没有读取"),
    "a sheet that is no XML": ("表.xlsx", changed(GOOD, SHEET, lambda t: t[:400]), "已损坏"),
    "styles that are no XML": ("表.xlsx", changed(GOOD, "xl/styles.xml", lambda t: t[:200]), "已损坏"),
    "another archive": ("表.xlsx", changed(GOOD, "xl/workbook.xml", str)[:-30] + bytes(30), "没有读取"),
    "a bomb of zeros": ("表.xlsx", changed(GOOD, SHEET, lambda t: t + " " * 60_000_000), "没有读取"),
    "a cell at the end of the world": ("表.xlsx", changed(GOOD, SHEET, far_away), "没有读取"),
    "a merged area of everything": (
        "表.xlsx",
        changed(GOOD, SHEET, lambda t: t.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
        "合并单元格太多",
    ),
    "an archive without a workbook": ("表.xlsx", changed(GOOD, SHEET, str).replace(b"xl/workbook.xml", b"xl/workbooc.xml"), "没有读取"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(office: Office, what: str) -> None:
    name, data, said = BROKEN[what]
    before = office.state()
    path = office.root / name
    path.write_bytes(data)
    assert office.take(path) == 2
    assert said in office.complained
    assert len(office.complained.splitlines()) == 1
    assert "Traceback" not in office.complained + office.said
    assert office.state() == before


def test_a_file_that_is_not_there_and_one_that_is_too_large(office: Office) -> None:
    assert office.run("import", str(office.root / "没有.xlsx")) == 2
    large = office.root / "大.xlsx"
    large.write_bytes(b"PK\x03\x04" + bytes(10_000_001))
    assert office.take(large) == 2
    assert "超过 10000000 字节" in office.complained


def test_a_table_that_goes_on_too_far_is_refused_with_its_size(office: Office) -> None:
    book, page = page_of([FEES, F09])
    page["A30000"] = "x"
    assert office.take(book) == 2
    assert "填到了第 30000 行" in office.complained


def test_every_cut_and_bent_file_is_answered(office: Office) -> None:
    """What a failing disk or a hostile hand makes of a file never breaks the program that reads it."""
    for at in range(60, len(GOOD), len(GOOD) // 25):
        bent = bytearray(GOOD)
        bent[at] ^= 0x55
        for data in (bytes(bent), GOOD[:at]):
            found = answer(data, "x.xlsx", whole=True)
            assert isinstance(found, list) or found.message.text


def test_personal_data_in_cells_is_refused_masked_and_in_other_sheets_is_never_copied(office: Office) -> None:
    number = "138" + "12345678"
    before = office.state()
    row = (*F09[:9], f"联系 {number}")
    assert office.take(page_of([FEES, row])[0]) == 1
    assert number not in office.said
    assert "(J2): " in office.said
    assert office.state() == before
    assert office.take(page_of([FEES, (*F09[:4], f"电话{number}", *F09[5:])])[0]) == 1
    assert number not in office.said
    book, _ = page_of([FEES, F09])
    fill(book.create_sheet("家长"), [("姓名", "电话"), ("某某", number)])
    assert office.take(book) == 0, office.said
    assert number not in office.said
    assert number.encode() not in b"".join(office.state().values())


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_is_read_the_same(office: Office, kind: str) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed; the other tests cover what the files hold")
    out = office.root / "out"
    source = office.root / "lines.xlsx"
    assert office.run("template", "lines", "--filled", "--out", str(source)) == 0
    profile = f"-env:UserInstallation={(office.root / 'profile').as_uri()}"
    done = subprocess.run(
        [program, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)], capture_output=True
    )
    assert done.returncode == 0, done.stderr
    before = office.state()
    assert office.take(Path(out / f"lines.{kind}")) == 0, office.complained
    assert "没有变化，192 行完全相同" in office.said
    assert ("看不出哪些行列是隐藏的" in office.said) == (kind != "xlsx")
    assert office.state() == before


ROW = ("2023-08", "30206", "电费", "支出", 1)


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(office: Office) -> None:
    """=IF(A2="","",…) stands in half of all forms, far below the last row too."""
    book, page = page_of([(*LINES, "说明"), (*ROW, '=IF(E2>0,"","负数")')])
    page["F3"] = '=IF(E3>0,"","负数")'
    empty = changed(
        content(book),
        SHEET,
        lambda t: re.sub(r'(<c r="F[23]"[^>]*?)>(<f>.*?</f>)<v\s*/?>(?:</v>)?', r'\1 t="str">\2<v></v>', t),
    )
    path = office.root / "表.xlsx"
    path.write_bytes(empty)
    assert office.take(path) == 0, office.said
    assert "取用 1 行" in office.said


def test_a_column_without_width_is_hidden(office: Office) -> None:
    thin = '<cols><col min="5" max="5" width="0" customWidth="1"/></cols><sheetData>'
    path = office.root / "表.xlsx"
    path.write_bytes(changed(content(page_of([LINES, ROW])[0]), SHEET, lambda t: t.replace("<sheetData>", thin)))
    assert office.take(path) == 1
    assert "“金额”这一列被隐藏了" in office.said


def test_a_form_that_one_reader_does_not_know_is_refused_and_not_called_empty(office: Office) -> None:
    """Excel can save “Strict Open XML”, whose parts have other names."""
    data = content(page_of([LINES, ROW])[0])
    for part in ("xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels", "_rels/.rels"):
        data = changed(data, part, lambda t: t.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                                       "http://purl.oclc.org/ooxml/spreadsheetml/main")
                       .replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"))  # fmt: skip
    path = office.root / "表.xlsx"
    path.write_bytes(data)
    assert office.take(path) == 2
    assert "没有读取 表.xlsx" in office.complained
