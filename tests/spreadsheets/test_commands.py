"""The commands: which register a word means, what is left alone, and what is said where spreadsheets cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.dataset import TABLES
from generator.spreadsheets.named import file_name
from tests.spreadsheets.building import F09, FEES, Office, page_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("word", ["fee-totals", "fee_totals", "收费合计", "Fee totals", "FEE-TOTALS"])
def test_a_register_may_be_called_by_any_of_its_names(office: Office, word: str) -> None:
    out = office.root / "x.xlsx"
    assert office.run("template", word, "--out", str(out)) == 0
    assert "收费合计" in office.said
    assert out.is_file()


def test_an_unknown_register_is_answered_with_the_closest(office: Office) -> None:
    assert office.run("template", "feess") == 2
    assert "是不是要写“fees”" in office.complained
    assert office.take(page_of([FEES, F09])[0], "--register", "收费项日") == 2
    assert "收费项目" in office.complained


@pytest.mark.parametrize("word", ["school", "plan", "terms", "工作计划"])
def test_documents_are_said_to_be_no_tables(office: Office, word: str) -> None:
    assert office.run("template", word) == 2
    assert "是一份文档，不是表格" in office.complained
    assert ".yml" in office.complained


def test_all_templates_and_none_that_is_there_is_overwritten(office: Office) -> None:
    folder = office.root / "模板"
    assert office.run("template", "--all", str(folder)) == 0
    assert sorted(path.stem for path in folder.iterdir()) == sorted(map(file_name, TABLES))
    (folder / "fees.xlsx").write_text("填好的", encoding="utf-8")
    assert office.run("template", "--all", str(folder)) == 2
    assert (folder / "fees.xlsx").read_text(encoding="utf-8") == "填好的"
    assert office.run("template") == 2


def test_a_sheet_that_is_not_there_is_answered_with_the_closest(office: Office) -> None:
    assert office.take(page_of([FEES, F09], "收费")[0], "--sheet", "收费表") == 2
    assert "是不是要写“收费”" in office.complained


@pytest.mark.parametrize("command", [["template", "fees"], ["import", "x.xlsx"]])
def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path, command: list[str]) -> None:
    """A Python that finds neither library, as after a plain installation."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nold = u.find_spec\n"
        "u.find_spec = lambda name, package=None: None if name in ('openpyxl', 'python_calamine') else old(name, package)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *command],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert "sh requirements/setup xlsx" in done.stderr
    assert "mingzhang[xlsx]" in done.stderr
    assert done.stderr.index("读写电子表格") < done.stderr.index("Spreadsheets need")
    assert "Traceback" not in done.stderr


def test_the_check_does_not_wait_for_libraries_of_spreadsheets() -> None:
    code = "import sys, generator.cli, generator.build; print([m for m in ('openpyxl', 'python_calamine') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_an_english_school_is_spoken_to_in_english(office: Office) -> None:
    school = office.file("school.yml")
    text = school.read_text(encoding="utf-8")
    school.write_text(
        text.replace("语言: zh", "语言: en") if "语言: zh" in text else text + "语言: en\n", encoding="utf-8"
    )
    assert office.take(page_of([FEES, F09])[0]) == 0
    assert "rows taken 1, cells mended 0, rows refused 0" in office.said
    assert "Written." in office.said


def test_the_name_of_a_file_is_no_command_of_make(tmp_path: Path) -> None:
    """Forms come by mail, and are called as their senders like."""
    name = f'{tmp_path}/x$(shell touch {tmp_path}/pwned)`touch {tmp_path}/pwned`";touch {tmp_path}/pwned;".xlsx'
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-s", "-C", str(ROOT), "import", f"ROOT={tmp_path}", f"FILE={name}"]
    environment = kept | {"READY": "1", "VENV": sys.prefix, "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert name in done.stderr, "the program itself says that there is no such file"
    assert list(tmp_path.iterdir()) == []
