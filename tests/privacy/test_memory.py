"""Clean attachments are not opened again; what was found, or could not be checked, is never remembered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.privacy import memory
from generator.privacy.attached.attachments import Attachments
from generator.privacy.scan import scan
from generator.problems import Severity
from tests.privacy.making import NUMBER, Pdf, docx, jpeg, row, text_cell, xlsx

DAY = dt.date(2023, 8, 20)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the attachments that were opened."""
    names: list[str] = []
    real = Attachments.pieces

    def pieces(self: Attachments, name: str, data: bytes) -> object:
        names.append(name)
        return real(self, name, data)

    monkeypatch.setattr(Attachments, "pieces", pieces)
    return names


def attach(school: Path, **files: bytes) -> None:
    (school / "data/attachments").mkdir(exist_ok=True)
    for name, data in files.items():
        (school / "data/attachments" / name.replace("_", ".")).write_bytes(data)


def with_picture() -> bytes:
    made = Pdf()
    made.page("OK", resources=b"/XObject<</I %d 0 R>>" % made.stream(b"\0", b"/Subtype/Image/Width 1/Height 1"))
    return made.bytes()


def test_a_clean_attachment_is_opened_once(school: Path, tmp_path: Path, opened: list[str]) -> None:
    attach(school, a_pdf=with_picture(), b_docx=docx(), c_jpg=jpeg())
    first = scan(school, DAY, tmp_path / "memory")
    assert [problem.severity for problem in first] == [Severity.NOTE, Severity.NOTE]
    assert len(opened) == 3
    assert scan(school, DAY, tmp_path / "memory") == first
    assert len(opened) == 3
    assert scan(school, DAY) == first
    assert len(opened) == 6


def test_alarms_are_not_remembered(school: Path, tmp_path: Path, opened: list[str]) -> None:
    attach(school, a_xlsx=xlsx(row(text_cell(NUMBER))), b_docx=b"PK\x03\x04", c_pdf=b"%PDF-")
    first = scan(school, DAY, tmp_path / "memory")
    assert len(first) == 3
    assert scan(school, DAY, tmp_path / "memory") == first
    assert len(opened) == 6
    assert not (tmp_path / "memory").exists()


def test_what_was_noted_for_other_code_or_another_school_does_not_count(
    school: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(school, a_docx=docx("<w:p><w:r><w:t>a@qinghe.edu.cn</w:t></w:r></w:p>"))
    file = school / "data/school.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "信箱: b@qinghe.edu.cn\n", encoding="utf-8")
    assert scan(school, DAY, tmp_path / "memory") == []
    file.write_text(text, encoding="utf-8")
    assert [problem.value for problem in scan(school, DAY, tmp_path / "memory")] == ["***@qinghe.edu.cn"]
    file.write_text(text + "信箱: b@qinghe.edu.cn\n", encoding="utf-8")
    assert scan(school, DAY, tmp_path / "memory") == []
    assert len(opened) == 2
    monkeypatch.setattr(memory, "code", lambda: "newer")
    assert scan(school, DAY, tmp_path / "memory") == []
    assert len(opened) == 3


def test_a_damaged_note_is_no_note(school: Path, tmp_path: Path, opened: list[str]) -> None:
    attach(school, a_pdf=with_picture())
    first = scan(school, DAY, tmp_path / "memory")
    for note in (tmp_path / "memory").iterdir():
        note.write_text('["note"\n', encoding="utf-8")
    assert scan(school, DAY, tmp_path / "memory") == first
    assert len(opened) == 2
