"""The command line: what it prints, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.dataset import SHEETS
from generator.registers.register import RULES

ROOT = Path(__file__).resolve().parents[1]
Capture = pytest.CaptureFixture[str]


def test_the_sample_has_no_errors_and_the_deliberate_findings(capsys: Capture) -> None:
    assert main(["check", "--root", str(ROOT)]) == 0
    said = capsys.readouterr().out
    found = re.findall(r"^(\S+) ?.*: (\w+)\[([A-Z]+-\d+)\]", said, re.MULTILINE)
    assert [(severity, code) for _, severity, code in found if severity == "finding"] == [
        ("finding", "RSP-01"), ("finding", "FIN-06"), ("finding", "CAL-03"), ("finding", "CAL-01"), ("finding", "CAL-03"),
    ]  # fmt: skip
    assert {code for _, severity, code in found if severity == "warning"} == {"CAL-04"}
    assert said.splitlines()[-1].startswith("检查完毕：错误 0 个，公开的问题 5 个")


def test_building_twice_changes_nothing(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "site"
    assert main(["build", "--root", str(ROOT), "--out", str(out)]) == 0
    first = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert main(["build", "--root", str(ROOT), "--out", str(out)]) == 0
    assert "写入 0 个文件" in capsys.readouterr().out
    other = tmp_path / "other"
    assert main(["build", "--root", str(ROOT), "--out", str(other)]) == 0
    assert {path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()} == first


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bytes_do_not_depend_on_the_process(seed: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}", "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    command = [sys.executable, "-m", "generator", "build", "--root", str(ROOT), "--out", str(tmp_path / "site")]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    here = tmp_path / "here"
    assert main(["build", "--root", str(ROOT), "--out", str(here)]) == 0
    site = tmp_path / "site"
    assert {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()} == {
        p.relative_to(here): p.read_bytes() for p in here.rglob("*") if p.is_file()
    }


def test_with_an_error_the_last_site_stays(school: Path, capsys: Capture) -> None:
    assert main(["build", "--root", str(school)]) == 0
    before = {path: path.read_bytes() for path in (school / "site").rglob("*") if path.is_file()}
    lines = school / "data/finance/2023/lines.csv"
    lines.write_text(lines.read_text(encoding="utf-8").replace("28680.00", "28680.01"), encoding="utf-8")
    capsys.readouterr()
    assert main(["build", "--root", str(school)]) == 1
    said = capsys.readouterr().out
    assert "error[FIN-03]" in said
    assert "上一次的网站保持不变" in said
    assert {path: path.read_bytes() for path in (school / "site").rglob("*") if path.is_file()} == before


def test_one_changed_row_writes_its_own_files_and_the_code_of_every_page(school: Path, capsys: Capture) -> None:
    """The footer names the state that the whole site shows, so pages are written anew; pictures and other tables are not."""
    assert main(["build", "--root", str(school)]) == 0
    site = school / "site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    duties = school / "data/duties.csv"
    duties.write_text(duties.read_text(encoding="utf-8").replace("卫生干事", "卫生专干"), encoding="utf-8")
    capsys.readouterr()
    assert main(["build", "--root", str(school)]) == 0
    written = re.search(r"写入 (\d+) 个文件，未变 (\d+) 个", capsys.readouterr().out)
    assert written
    code = re.compile(rb'(?<=<code class="ledger-code">)[0-9a-f-]+')
    other = {path for path, content in before.items() if path.read_bytes() != content}
    told = {path for path in other if code.sub(b"", path.read_bytes()) != code.sub(b"", before[path])}
    assert int(written[1]) == len({path for path in other if not path.name.startswith(".")})
    assert len(told) < len(other) < len(before)
    assert all(path.suffix == ".html" for path in other - told)
    assert site / "data/duties.csv" in told
    assert site / "data/finance/2023/lines.csv" not in other


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    assert main(["build", "--root", str(ROOT), "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("mingzhang: ")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_today_may_be_given(capsys: Capture) -> None:
    main(["check", "--root", str(ROOT), "--today", "2023-03-01"])
    assert "FIN-06" not in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--today", "1.3.2023"])
    assert stopped.value.code == 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule: object, capsys: Capture) -> None:
    code = rule.code  # type: ignore[attr-defined]
    assert main(["explain", code.lower(), "--root", str(ROOT)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{code} ")
    assert all(f"{heading}：" in said for heading in ("检查什么", "为什么", "依据", "怎样改正", "程度"))


def test_an_unknown_rule_is_answered_with_the_closest(capsys: Capture) -> None:
    assert main(["explain", "FEE-10X", "--root", str(ROOT)]) == 2
    assert "FEE-10" in capsys.readouterr().err


def test_all_rules_of_this_edition_are_there(capsys: Capture) -> None:
    assert main(["rules", "--root", str(ROOT)]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    fees = {f"FEE-{n:02}" for n in (*range(1, 11), 12, 13, 15)}
    finance = {f"FIN-{n:02}" for n in (*range(1, 11), 12, 13)}
    assert listed >= fees | finance | {f"CAL-{n:02}" for n in range(1, 5)} | {"RSP-01", "DIS-01"}


@pytest.mark.parametrize("sheet", [sheet.name for sheet in SHEETS])
def test_every_table_has_a_schema(sheet: str, capsys: Capture) -> None:
    assert main(["schema", sheet]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_an_unknown_table_is_wrong_use(capsys: Capture) -> None:
    assert main(["schema", "pupils"]) == 2
    assert "fees" in capsys.readouterr().err


def test_the_preview_follows_data(school: Path) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--root", str(school), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as preview:
        try:
            watch = threading.Timer(60, preview.kill)
            watch.start()
            assert preview.stdout
            address = next(line.strip() for line in preview.stdout if line.startswith("http://"))

            def get(path: str) -> str:
                with urllib.request.urlopen(address + path, timeout=20) as answer:
                    return str(answer.read().decode())

            def wait(condition: Callable[[], bool]) -> None:
                while not condition():
                    time.sleep(0.1)

            assert "_live.js" in get("fees/")
            fees = school / "data/terms/2023-spring/fees.csv"
            good = fees.read_text(encoding="utf-8")
            fees.write_text(good.replace("据实结算，多退少补", "据实结算，多退少补。"), encoding="utf-8")
            wait(lambda: "据实结算，多退少补。" in get("fees/"))
            fees.write_text(good.replace("15.00", "十五元"), encoding="utf-8")
            wait(lambda: "十五元" in get("_live.json"))
            assert "据实结算，多退少补。" in get("fees/")
        finally:
            watch.cancel()
            preview.kill()


def test_the_options_are_read_before_anything_of_the_data_is() -> None:
    late = ("yaml", "babel", "jinja2", "zipfile", "generator.reading", "generator.dataset", "generator.build")
    code = f"import sys, generator.cli; generator.cli.parser(); print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
