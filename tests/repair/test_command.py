"""The command `mingzhang fix`: what it prints, writes and returns, and that the guard has nothing to say afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT

FEES = "data/terms/2023-spring/fees.csv"


def mess(root: Path) -> bytes:
    """Mess up the list of fees, and return how it was."""
    path = root / FEES
    good = path.read_bytes()
    text = good.decode().replace(",15.00,", ",15.00元,").replace("作业本费", "作业\u200b本费")
    path.write_bytes(("收费表\n" + text).replace("\n", "\r\n").encode("utf-8-sig"))
    return good


def test_fix_mends_shows_and_is_done(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = mess(school)
    assert main(["fix", "--root", str(school)]) == 0
    said = capsys.readouterr().out
    assert (school / FEES).read_bytes() == good
    for words in (
        f"--- a/{FEES}", f"+++ b/{FEES}", "-F03,作业\ufffd本费,代收费,元/生·期,15.00元,", "+F03,作业本费,代收费,元/生·期,15.00,",
        "整个文件：“UTF-8 BOM”→“UTF-8”", "A1：删去“收费表”", "E5：“15.00元”→“15.00”，金额只写数字，以元为单位",
        "已改好 5 处，涉及 1 个文件；要您自己改的有 0 处。",
    ):  # fmt: skip
        assert words in said
    assert "\x1b" not in said
    assert main(["fix", "--root", str(school)]) == 0
    assert capsys.readouterr().out == (
        "写法上没有可以自动改的；要您自己改的有 0 处。数字对不对，请运行 mingzhang check。\n"
    )


def test_check_writes_nothing_and_says_whether_there_is_anything(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fix", "--check", "--root", str(school)]) == 0
    mess(school)
    before = (school / FEES).read_bytes()
    assert main(["fix", "--check", "--root", str(school)]) == 1
    assert "可以自动改 5 处，涉及 1 个文件，运行 mingzhang fix 即可；要您自己改的有 0 处。" in capsys.readouterr().out
    assert (school / FEES).read_bytes() == before


def test_what_is_left_is_told_in_the_words_of_check(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = school / FEES
    path.write_bytes(path.read_bytes().replace(b",15.00,", ",约15,".encode()))
    before = path.read_bytes()
    assert main(["fix", "--root", str(school)]) == 0
    said = capsys.readouterr().out
    assert path.read_bytes() == before
    assert main(["check", "--root", str(school)]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "error[amount]" in line]
    assert line in said
    assert "要您自己改的有 1 处" in said


def test_only_the_files_that_are_named(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = mess(school)
    duties = school / "data/duties.csv"
    duties.write_bytes(duties.read_bytes().replace(b"2023-02-01", b"2023/2/1"))
    bad = duties.read_bytes()
    assert main(["fix", "--root", str(school), FEES]) == 0
    assert ((school / FEES).read_bytes(), duties.read_bytes()) == (good, bad)
    assert main(["fix", "--root", str(school), str(duties)]) == 0
    assert duties.read_bytes() != bad
    capsys.readouterr()
    for strange in ("data/nothing.csv", "../outside.csv", str(ROOT / "README.md"), str(ROOT / "data/duties.csv")):
        assert main(["fix", "--root", str(school), strange]) == 2
        assert "不是 data/ 里的登记表" in capsys.readouterr().err


def test_an_english_school_is_spoken_to_in_english(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = school / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("语言: zh", "语言: en"), encoding="utf-8")
    mess(school)
    assert main(["fix", "--root", str(school)]) == 0
    said = capsys.readouterr().out
    assert "E5: “15.00元” → “15.00”: an amount is digits only, in yuan" in said
    assert "Mended: 5, files: 1, left for you: 0" in said


def test_colours_are_for_terminals_only(
    monkeypatch: pytest.MonkeyPatch, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mess(school)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["fix", "--check", "--root", str(school)]) == 1
    assert "\x1b[31m-收费表\x1b[0m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["fix", "--check", "--root", str(school)]) == 1
    assert "\x1b" not in capsys.readouterr().out


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org")
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


def test_the_guard_has_nothing_to_say_after_fix(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A published state that was readable has the same facts once it is mended, so it needs no correction."""
    tables = sorted((school / "data").rglob("*.csv"))
    for number, path in enumerate(tables):
        text = path.read_text(encoding="utf-8")
        text = "表一\n" + (text if ";" in text else text.replace(",", " ;")) + "\n\n"
        path.write_bytes(text.replace("\n", "\r\n").encode(("utf-16", "utf-8-sig", "gb18030")[number % 3]))
    git(school, "init", "-q", "-b", "main")
    git(school, "add", "data")
    git(school, "commit", "-q", "-m", "published")
    assert main(["fix", "--root", str(school)]) == 0
    for path in tables:
        assert path.read_bytes() == (ROOT / path.relative_to(school)).read_bytes()
    capsys.readouterr()
    assert main(["guard", "--root", str(school), "--base", "HEAD"]) == 0
    said = capsys.readouterr().out
    assert "改动 0 项" in said
