"""The verifier on a site that is as it should be, with codes that were noted in many ways, and as a program."""

from __future__ import annotations

import ast
import datetime as dt
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.outputs.sums import sums, verifier
from generator.trust import verify as program
from generator.trust.ledger import read_ledger
from tests.trust.sites import FEES, ROOT, codes, good, ledger_of, sample, served, written

SCRIPT = Path(program.__file__)
CHECKS = ["ledger", "files", "data", "figures", "downloads", "corrections"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(good(), tmp_path_factory.mktemp("site"))


def started(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a reader does: alone, with nothing but the standard library."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", SCRIPT, *arguments],
        capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_good_site_is_good_as_a_folder_and_at_an_address(site: Path) -> None:
    told, entries = program.verify(str(site), [])
    assert [(t.check, t.state) for t in told] == [(check, "ok") for check in CHECKS]
    assert [program.code_of(entry.sha256) for entry in entries] == codes()
    with served(site) as address:
        for name in (address, address.rstrip("/"), address + "index.html"):
            assert program.verify(name, [])[0] == told


def test_the_script_says_in_both_languages_what_it_found(site: Path) -> None:
    done = started(site, "--saved", codes()[0], PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[:7] == [
        "[通过 OK] 公布记录 Ledger",
        f"    共 3 条（2023-03-01 至 2023-08-20），一条接一条，没有断。今天的核对码：{codes()[2]}",
        f"    3 entries (2023-03-01 to 2023-08-20), joined without a break. Today's code: {codes()[2]}",
        "[通过 OK] 您记下的核对码 Your code",
        "    您记下的核对码在公布记录里，是第 1 条（共 3 条，2023-03-01）。到这一条为止的公布记录原样都在。"
        "此后新增 2 条，登记的更正：C-001、C-002、C-003。",
        "    Your code is in the ledger, as entry 1 of 3 (2023-03-01). The ledger up to that entry is still as it was. "
        "Since then 2 entries, with corrections: C-001, C-002, C-003.",
        f"      - {FEES}：改过 changed",
    ]
    assert lines[-3] == "结论：公布的数据全部相符。 Result: The published data all agree."
    assert lines[-2].startswith(
        "没有查的：网页上显示的内容，下载表格里栏目的名称、选项的说法（例如“是”和“否”有没有对调），"
    )
    assert lines[-1].startswith(
        "Not checked: what the pages show, and the titles and words for choices in the downloads"
    )


def test_a_console_without_chinese_is_no_reason_to_fail(site: Path) -> None:
    assert started(site, PYTHONIOENCODING="ascii", PYTHONUTF8="0").returncode == 0


def saved(site: Path, *noted: str) -> list[program.Told]:
    """Return what the verifier says of these codes."""
    told = program.verify(str(site), [(program.digits_of(code), None) for code in noted])[0]
    return [t for t in told if t.check == "saved"]


@pytest.mark.parametrize(
    ("noted", "states"),
    [("{0}", ["ok"]), ("{1}", ["ok", "note"]), ("{2}", ["ok"]), (" {0} ", ["ok"]), ("{0:.24}", ["note", "ok"])],
)
def test_a_code_of_any_line_is_known(site: Path, noted: str, states: list[str]) -> None:
    assert [t.state for t in saved(site, noted.format(*codes()))] == states


def test_a_short_code_could_have_been_prepared(site: Path) -> None:
    """Eighty bits let two ledgers be prepared that agree in them; they are taken, and what they lack is said."""
    note = saved(site, codes()[0][:24])[0]
    assert "could have prepared two ledgers in advance" in note.en
    assert "请把 32 个字符都记下来" in note.zh
    assert note.details == (codes()[0][:24],)
    assert saved(site, codes()[0][:38])[0].details == (codes()[0][:38],)
    assert "note" not in [t.state for t in saved(site, codes()[0])]
    done = started(site, "--saved", codes()[0][:23], PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert "只有 19 个字符，说明不了什么。请把 32 个字符都写上，最少也要写前 20 个。" in done.stderr


def test_a_file_that_changed_without_any_correction_is_pointed_out(site: Path) -> None:
    """A code alone cannot tell a new row from an altered one."""
    ok, note = saved(site, codes()[1])
    assert ok.details == note.details == (f"{FEES}：改过 changed",)
    assert note.zh == (
        "2023-05-15 以后改动了下列文件，却没有登记更正；新增内容也会改动文件，要分清请用当天保存的 facts.csv 核对（--facts）。"
    )
    assert "with the facts.csv that you saved on that day (--facts)" in note.en
    assert [t.state for t in saved(site, *codes())] == ["ok", "note"]


def entry(corrections: list[str], **files: str | None) -> program.Entry:
    return program.Entry(dt.date(2023, 1, 1), None, "0" * 64, files, corrections, "0" * 64)


def test_what_became_of_every_file_is_told() -> None:
    entries = [
        entry([], a="1", b="1", c="1"),
        entry([], a="2", b=None),
        entry([], a="1", c="2", d="1"),
        entry([], e="1"),
    ]
    assert list(program.files_since(entries, 0).values()) == [
        "b：没有了 gone",
        "c：改过 changed",
        "d：新增的 added",
        "e：新增的 added",
    ]
    assert list(program.files_since(entries, 1)) == ["a", "c", "d", "e"]
    assert [t.details for t in program.told_untold(entries, [0])] == [("b：没有了 gone", "c：改过 changed")]
    assert list(program.told_untold(entries, [2])) == []
    assert list(program.told_untold([*entries, entry(["C-1"], f="1")], [0])) == []
    assert program.files_since(entries, 3) == {}


@pytest.mark.parametrize(
    ("noted", "digits"),
    [
        ("3f9a-21bc-77d0-e5f1-0a9b-1c2d-3e4f-5a6b", "3f9a21bc77d0e5f10a9b1c2d3e4f5a6b"),
        ("3F9A 21BC 77D0 E5F1 0A9B", "3f9a21bc77d0e5f10a9b"),
        ("３ｆ９ａ－２１ｂｃ－７７ｄ０－ｅ５ｆ１－０ａ９ｂ", "3f9a21bc77d0e5f10a9b"),
        ("3f9a–21bc—77dO-e5fl-0a9b", "3f9a21bc77d0e5f10a9b"),
        (" 3f9a_21bc.77d0,e5f1·0a9b\n", "3f9a21bc77d0e5f10a9b"),
    ],
)
def test_a_code_may_be_noted_in_many_ways(noted: str, digits: str) -> None:
    assert program.digits_of(noted) == digits


@pytest.mark.parametrize("noted", ["", "3f9a-21bc-77dz", "核对码", "3" * 65])
def test_what_cannot_be_a_code_is_no_result(site: Path, noted: str) -> None:
    done = started(site, f"--saved={noted}", PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert "核对码像 3f9a-21bc-77d0-e5f1-0a9b-1c2d-3e4f-5a6b" in done.stderr


def test_several_codes_are_told_together(site: Path) -> None:
    told = [t for t in saved(site, *reversed(codes())) if t.state != "note"]
    assert len(told) == 1
    assert told[0].en.startswith("All 3 codes are in the ledger, the earliest as entry 1 of 3")


def test_an_entry_that_was_dated_back_is_told(site: Path) -> None:
    first = program.digits_of(codes()[0])
    fine = program.verify(str(site), [(first, dt.date(2023, 5, 15))])[0]
    assert "note" not in {t.state for t in fine}
    told = program.verify(str(site), [(first, dt.date(2023, 6, 30))])[0]
    assert [t.details for t in told if t.state == "note"] == [("第 2 条 entry 2: 2023-05-15（记于 noted 2023-06-30）",)]


def test_codes_of_a_witness_are_read_from_its_folder(site: Path, tmp_path: Path) -> None:
    (tmp_path / "2023-03-02.txt").write_text(f"2023-03-02 {codes()[0]} # 通过\n", encoding="utf-8")
    (tmp_path / "2023-08-21.txt").write_text(f"2023-08-21 {codes()[2]}\n\n", encoding="utf-8")
    (tmp_path / "mine.txt").write_text(f"# by hand\n{codes()[1].upper().replace('-', ' ')}\n", encoding="utf-8-sig")
    assert program.noted_in(str(tmp_path)) == [
        (program.digits_of(codes()[0]), dt.date(2023, 3, 2)),
        (program.digits_of(codes()[2]), dt.date(2023, 8, 21)),
        (program.digits_of(codes()[1]), None),
    ]
    assert started(site, "--codes", tmp_path).returncode == 0
    assert started(site, "--codes", tmp_path / "none.txt").returncode == 2


def test_results_for_programs(site: Path, tmp_path: Path) -> None:
    found = json.loads(started(site, "--json", PYTHONIOENCODING="utf-8").stdout)
    assert (found["exit"], found["code"], found["entries"]) == (0, codes()[2], 3)
    assert [result["check"] for result in found["results"]] == CHECKS
    done = started(site, "--json", tmp_path / "out.json", PYTHONIOENCODING="utf-8")
    assert "结论：公布的数据全部相符。" in done.stdout
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == found


def test_after_a_double_click_it_asks_and_waits(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter([str(site), codes()[1], ""])
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or next(answers))
    monkeypatch.setattr(sys, "argv", ["verify.py"])
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
    assert program.main() == 0
    assert len(asked) == 3
    assert "按回车键关闭" in asked[-1]


def test_without_a_terminal_it_does_not_ask() -> None:
    assert started().returncode == 2


def test_the_script_needs_the_standard_library_only_and_python_3_8() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or "generator"] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert imported <= set(sys.stdlib_module_names)
    newer = {"removeprefix", "removesuffix", "is_relative_to", "pairwise", "StrEnum", "UTC"}
    assert newer.isdisjoint(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


@pytest.mark.parametrize("page", ["zh/how-to-check", "en/how-to-check", "zh/verify", "en/verify"])
def test_the_guides_show_whole_codes_and_ask_for_the_file_of_that_day(page: str) -> None:
    words = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    shown = re.findall(r"[0-9a-f]{4}(?:-[0-9a-f]{4})+", words)
    assert {len(program.digits_of(code)) for code in shown} == {program.CODE}
    assert "`facts.csv`" in words
    if page.endswith("how-to-check"):
        assert f"{program.SHORTEST}个字符" in words or f"first {program.SHORTEST} digits" in words


def test_the_site_offers_this_very_script() -> None:
    assert verifier() == SCRIPT.read_bytes()


def test_the_hashes_are_those_of_sha256sum(site: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=site, capture_output=True)
    assert done.returncode == 0, done.stdout
    listed = sums({"b": b"", "a/.x": b"", ".manifest": b"", "SHA256SUMS": b"", "a/b": b""}).decode().splitlines()
    assert [line[66:] for line in listed] == ["a/b", "b"]


def test_it_reads_a_ledger_as_the_builder_does() -> None:
    content = good()["ledger.jsonl"]
    ours, theirs = program.entries_of(content), read_ledger(content).entries
    assert [(e.date, e.facts, e.files, tuple(e.corrections), e.sha256) for e in ours] == [
        (e.date, e.facts, e.files, e.corrections, e.hash) for e in theirs
    ]


def test_every_one_byte_change_of_a_ledger_is_caught_by_its_newest_code() -> None:
    content = ledger_of(sample().data).content
    head = program.digits_of(codes()[-1])
    chance = random.Random(3)
    assert still_known(content, head)
    for _ in range(1000):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        assert not still_known(bytes(changed), head)


def still_known(ledger: bytes, digits: str) -> bool:
    """Whether a ledger holds together and has an entry with this code."""
    try:
        return any(entry.sha256.startswith(digits) for entry in program.entries_of(ledger))
    except program.Stop:
        return False
