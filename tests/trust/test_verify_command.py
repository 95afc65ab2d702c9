"""`mingzhang verify` takes what `verify.py` takes, and with --rebuild builds the site again and compares every byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.cli import parser as command_line
from generator.outputs.sums import SUMS, sums
from generator.trust.ledger import read_ledger
from generator.trust.published import Before
from generator.trust.verify import parser as script
from tests.trust.sites import ROOT, codes

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with its data in git and its site built, by the real builder."""
    folder = tmp_path_factory.mktemp("school")
    for name in ("data", "ledger.jsonl"):
        subprocess.run(["cp", "-r", ROOT / name, folder / name], check=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "data")
    git(folder, "commit", "--quiet", "--message=data")
    assert main(["build", "--root", str(folder)]) == 0
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env={**os.environ, **who})


def test_the_command_takes_what_the_script_takes() -> None:
    of_the_script = script().parse_args(["x"])
    of_the_command = command_line().parse_args(["verify", "x"])
    assert vars(of_the_script).items() <= vars(of_the_command).items()


def test_other_commands_do_not_load_the_network() -> None:
    code = "import sys, generator.cli; generator.cli.parser(); print('urllib.request' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_the_builder_publishes_is_good(school: Path, capsys: Capture) -> None:
    capsys.readouterr()
    assert main(["verify", "--root", str(school)]) == 0
    words = capsys.readouterr().out
    assert "结论：公布的数据全部相符。" in words
    assert "NOTE" not in words


def test_a_code_of_another_school_is_not_in_it(school: Path, capsys: Capture) -> None:
    assert main(["verify", str(school / "site"), "--saved", codes()[0]]) == 1
    assert "公布记录被改写过" in capsys.readouterr().out


def test_built_again_it_is_the_same_in_every_byte(school: Path, capsys: Capture) -> None:
    assert main(["verify", "--root", str(school), "--rebuild"]) == 0
    assert "[通过 OK] 重新生成 Built again" in capsys.readouterr().out


def test_a_page_that_the_data_does_not_make_is_found(school: Path, capsys: Capture) -> None:
    """Hashes alone cannot show it: whoever changes a page can change its hash as well."""
    site = school / "site"
    page, listed = site / "fees" / "index.html", site / SUMS
    before = page.read_bytes(), listed.read_bytes()
    page.write_bytes(before[0].replace("元".encode(), "角".encode(), 1))
    files = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    listed.write_bytes(sums(files))
    try:
        assert main(["verify", "--root", str(school)]) == 0
        assert main(["verify", "--root", str(school), "--rebuild"]) == 1
    finally:
        page.write_bytes(before[0])
        listed.write_bytes(before[1])
    assert "      - fees/index.html\n" in capsys.readouterr().out


def test_words_that_are_exchanged_in_the_downloads_are_found_by_building_again(school: Path, capsys: Capture) -> None:
    site = school / "site"
    table = site / "data/terms/2023-spring/fees.json"
    before = table.read_bytes(), (site / SUMS).read_bytes()
    table.write_bytes(before[0].replace('"yes": "是", "no": "否"'.encode(), '"yes": "否", "no": "是"'.encode()))
    files = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    (site / SUMS).write_bytes(sums(files))
    try:
        assert main(["verify", "--root", str(school), "--rebuild"]) == 1
    finally:
        table.write_bytes(before[0])
        (site / SUMS).write_bytes(before[1])
    assert "      - data/terms/2023-spring/fees.json\n" in capsys.readouterr().out


def test_what_changed_since_a_code_is_taken_out_of_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The guard is asked again, by whoever checks: a school that published without it is found out."""
    subprocess.run(["cp", "-r", ROOT / "data", tmp_path / "data"], check=True)
    fees = tmp_path / "data/terms/2023-spring/fees.csv"
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "--quiet", "--message=data")
    assert main(["build", "--root", str(tmp_path)]) == 0
    ledger = (tmp_path / "site/ledger.jsonl").read_bytes()
    noted = read_ledger(ledger).entries[-1].code
    (tmp_path / "ledger.jsonl").write_bytes(ledger)
    again = ["verify", "--root", str(tmp_path), "--rebuild", "--saved", noted]
    assert main(again) == 0
    assert "没有一个被悄悄改掉" in capsys.readouterr().out

    fees.write_text(
        fees.read_text(encoding="utf-8").replace("《义务教育法》第二条", "《义务教育法》第九条", 1), encoding="utf-8"
    )
    git(tmp_path, "commit", "--quiet", "--all", "--message=dearer")
    monkeypatch.setattr("generator.build.before", lambda *given: Before(read_ledger(ledger)))
    assert main(["build", "--root", str(tmp_path)]) == 0
    assert main(["verify", "--root", str(tmp_path), "--saved", noted]) == 0
    assert "却没有登记更正" in capsys.readouterr().out
    assert main(again) == 1
    words = capsys.readouterr().out
    assert "[不对 WRONG] 您记下的核对码 Your code" in words
    assert "《义务教育法》第二条" in words
    assert "《义务教育法》第九条" in words

    git(tmp_path, "checkout", "--quiet", "--orphan", "other")
    git(tmp_path, "commit", "--quiet", "--all", "--message=all new")
    git(tmp_path, "branch", "--quiet", "-D", "main")
    git(tmp_path, "reflog", "expire", "--expire=now", "--all")
    git(tmp_path, "gc", "--quiet", "--prune=now")
    assert main(["build", "--root", str(tmp_path)]) == 0
    assert main(again) == 2
    assert "公布的数据不在这个仓库的历史里" in capsys.readouterr().out


def test_another_commit_is_named_and_not_compared(school: Path, capsys: Capture) -> None:
    git(school, "commit", "--quiet", "--allow-empty", "--message=later")
    try:
        assert main(["verify", "--root", str(school), "--rebuild"]) == 2
    finally:
        git(school, "reset", "--quiet", "--hard", "HEAD~1")
    assert "请先运行 git checkout" in capsys.readouterr().out
