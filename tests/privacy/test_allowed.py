"""The list of what looks personal and is not: bound to a value, a file, a kind and a day, and telling nobody the value."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from generator.build import build, check
from generator.cli import main
from generator.locale import language
from generator.privacy.allowed import FILE, mark
from generator.privacy.scan import scan_files
from generator.privacy.wording.detect import found
from generator.problems import Problem, Severity, as_text
from tests.privacy.making import MASKED, NUMBER

DAY = dt.date(2023, 8, 20)
TEXT = "data/a.txt"
TITLES = "代号,文件,看似,理由,批准岗位,有效期至\n"


def row(text: str = NUMBER, file: str = TEXT, until: str = "2023-12-31", kind: str = "手机号") -> str:
    return f"{mark(file, found(text)[0])},{file},{kind},设备编号,校长,{until}\n"


def scanned(rows: str, text: str = NUMBER, file: str = TEXT, day: dt.date = DAY) -> list[Problem]:
    files = {file: text.encode(), FILE: (TITLES + rows).encode()}
    return scan_files(files, files.get, day)


def test_an_allowed_value_raises_no_alarm() -> None:
    assert scanned(row()) == []
    assert scanned(row(), "编号 138-1234-5678") == []
    assert scanned(row(kind="mobile number")) == []


def test_another_value_another_file_and_another_kind_are_not_allowed() -> None:
    for rows, text, file in (
        (row(), "13912345678", TEXT), (row(), NUMBER, "data/b.txt"), (row(kind="身份证号"), NUMBER, TEXT),
    ):  # fmt: skip
        problems = scanned(rows, text, file)
        assert [p.severity for p in problems if p.place.file == file] == [Severity.ERROR]


def test_an_ended_row_allows_nothing_and_says_so() -> None:
    assert scanned(row(until="2023-08-20")) == []
    ended = scanned(row(until="2023-08-19"))
    assert [p.value for p in ended] == [MASKED]
    text = as_text(ended[0], language("zh"))
    assert "2023年8月19日到期" in text
    assert f"{FILE}:2:" in text


def test_a_row_that_names_nothing_is_told_and_stops_nothing() -> None:
    problems = scanned(row() + row("13912345678"))
    assert [(p.severity, p.place.line) for p in problems] == [(Severity.WARNING, 3)]
    files = {TEXT: NUMBER.encode(), FILE: (TITLES + row()).encode()}
    assert scan_files([FILE], files.get, DAY) == []  # only the list is about to be committed
    gone = scan_files([FILE], {FILE: (TITLES + row()).encode()}.get, DAY)
    assert [p.severity for p in gone] == [Severity.WARNING]


@pytest.mark.parametrize(
    "broken", ["bcdf,data/a.txt,手机号,,校长,2023-12-31\n", "bcdf,data/a.txt,手机号,x,校长,明年\n"]
)
def test_a_row_without_reason_or_day_is_an_error(broken: str) -> None:
    problems = [p for p in scanned(broken) if p.place.file == FILE]
    assert [p.severity for p in problems] == [Severity.ERROR]


def test_the_list_itself_is_scanned() -> None:
    problems = scanned(row().replace("设备编号", f"是{NUMBER}"))
    assert [(p.value, p.place.file) for p in problems] == [(MASKED, FILE)]


def test_a_mark_is_shared_by_many_values() -> None:
    """Whoever reads the list learns four letters; of the numbers of one county a hundred and more share them."""
    numbers = [f"1381234{n:04d}" for n in range(10_000)] + [f"1391234{n:04d}" for n in range(10_000)]
    marks = [mark(TEXT, found(number)[0]) for number in numbers]
    assert all(re.fullmatch("[bcdfghjkmnpqrstw]{4}", letters) for letters in marks)
    shared = len(marks) - len(set(marks))
    assert 2_000 < shared < 3_500  # 20,000 thrown into 65,536: about 2,760 fall on a taken place
    assert mark(TEXT, found(NUMBER)[0]) != mark("data/b.txt", found(NUMBER)[0])


def test_the_row_is_printed_on_request_only(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (school / TEXT).write_text(NUMBER, encoding="utf-8")
    letters = mark(TEXT, found(NUMBER)[0])
    assert main(["check", "--root", str(school), "--today", "2023-08-20"]) == 1
    assert letters not in capsys.readouterr().out
    assert main(["scan", "--root", str(school), "--today", "2023-08-20"]) == 1
    assert letters not in capsys.readouterr().out
    assert main(["scan", "--root", str(school), "--today", "2023-08-20", "--rows"]) == 1
    assert f"{letters},{TEXT},手机号,,,2024-08-19" in capsys.readouterr().out


def test_it_is_no_register_and_what_it_allows_reaches_the_site(school: Path, tmp_path: Path) -> None:
    corrections = school / "data/corrections.csv"
    text = corrections.read_text(encoding="utf-8")
    assert "录入时数字颠倒" in text
    corrections.write_text(text.replace("录入时数字颠倒", f"设备{NUMBER}颠倒"), encoding="utf-8")
    assert [p.code for p in check(school, DAY).errors if p.code == "privacy"] == ["privacy"]
    (school / FILE).write_text(TITLES + row(file="data/corrections.csv"), encoding="utf-8")
    assert check(school, DAY).errors == ()
    assert build(school, tmp_path / "site", DAY).published
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert NUMBER in pages
    (school / FILE).unlink()
    assert check(school, DAY).errors != ()
