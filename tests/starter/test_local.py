"""A school on somebody's own machine: its Makefile and its hooks, with the program in a folder beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.starter.conftest import WHO, Program

BIN = Path(sys.prefix) / "bin"


def make(school: Path, program: Program, *goals: str) -> subprocess.CompletedProcess[str]:
    command = ["make", *goals, f"MINGZHANG={school.parent / 'mingzhang'}"]
    return subprocess.run(
        command, cwd=school, env=dict(program.environment), capture_output=True, text=True, encoding="utf-8"
    )


def beside(school: Path, program: Program) -> Path:
    """Put the program beside a school, as `make program` does, with this test's environment for its own."""
    done = make(school, program, "program")
    assert done.returncode == 0, done.stderr
    folder = school.parent / "mingzhang"
    assert program.git(folder, "rev-parse", "HEAD") == program.commit
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def test_make_lists_what_it_can_do_in_both_languages(pinned: Path, program: Program) -> None:
    listed = make(pinned, program).stdout
    assert "make site" in listed
    assert "检查数据并生成网站" in listed


def test_program_data_site_and_guard_work_without_any_host(pinned: Path, program: Program) -> None:
    beside(pinned, program)
    for goal in ("data", "site", "guard", "diff"):
        done = make(pinned, program, goal)
        assert done.returncode == 0, f"{goal}\n{done.stdout}\n{done.stderr}"
    assert "青禾镇中心小学" in (pinned / "site/index.html").read_text("utf-8")
    assert program.git(pinned, "status", "--porcelain") == "", "what is built is not committed"


def test_a_form_is_read_into_the_data(pinned: Path, program: Program) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    beside(pinned, program)
    form = pinned.parent / "duties.xlsx"
    shutil.copy(pinned / "templates/duties.xlsx", form)
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for row in sheet.iter_rows(max_row=5) for cell in row if cell.value}
    head = next(row[0].row for row in sheet.iter_rows(max_row=5) if any(cell.value == "职责编号" for cell in row))
    for title, text in {"职责编号": "hygiene-manager", "职责": "校园卫生管理", "责任岗位": "卫生干事"}.items():
        sheet.cell(head + 1, titles[title], text)
    book.save(form)
    done = make(pinned, program, "import", f"FILE={form}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "hygiene-manager,校园卫生管理,,卫生干事" in (pinned / "data/duties.csv").read_text("utf-8")


def test_the_name_of_a_form_is_no_command(pinned: Path, program: Program) -> None:
    """Forms come by mail, and are called as their senders like."""
    pytest.importorskip("openpyxl")
    beside(pinned, program)
    form = pinned.parent / 'x$(shell touch pwned)`touch pwned`";touch pwned;".xlsx'
    shutil.copy(pinned / "templates/duties.xlsx", form)
    done = make(pinned, program, "import", f"FILE={form}")
    assert "x$(shell touch pwned)`touch pwned`" in done.stdout + done.stderr
    assert not list(pinned.parent.rglob("pwned"))


def commit(school: Path, program: Program, message: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**program.environment, **WHO, "PATH": f"{BIN}:{program.environment['PATH']}", **more}
    program.git(school, "add", "--all")
    return subprocess.run(["git", "-C", str(school), "commit", "-m", message], env=environment, capture_output=True, text=True,
                          encoding="utf-8")  # fmt: skip


def test_the_hooks_look_before_every_commit(pinned: Path, program: Program) -> None:
    assert make(pinned, program, "hook").returncode == 0
    note = pinned / "data/duties.csv"
    clean = note.read_text("utf-8")
    note.write_text(clean + "hygiene-manager,卫生,,卫生干事 13812345678,,\n", encoding="utf-8")
    refused = commit(pinned, program, "值班")
    assert refused.returncode != 0
    assert "个人信息" in refused.stdout + refused.stderr
    note.write_text(clean + "hygiene-manager,卫生,,卫生干事,,\n", encoding="utf-8")
    assert commit(pinned, program, "值班 13812345678").returncode != 0
    done = commit(pinned, program, "值班")
    assert done.returncode == 0, done.stderr


def test_without_the_program_nothing_is_committed(pinned: Path, program: Program, tmp_path: Path) -> None:
    make(pinned, program, "hook")
    with (pinned / "data/duties.csv").open("a", encoding="utf-8") as file:
        file.write("hygiene-manager,卫生,,卫生干事,,\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("git", "sh", "sed", "cat", "dirname", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)
    done = commit(pinned, program, "值班", PATH=str(tools))
    assert done.returncode != 0
    assert "请先运行：make program" in done.stderr


def test_make_new_asks_for_its_folder_and_begins_a_school(tmp_path: Path, program: Program) -> None:
    environment = {**program.environment, **WHO, "VENV": sys.prefix}
    bare = subprocess.run(
        ["make", "-C", str(ROOT), "new"], env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert bare.returncode != 0
    assert "DIR=" in bare.stderr
    command = ["make", "-C", str(ROOT), "new", f"DIR={tmp_path / 'books'}", "NAME=青禾小学"]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode != 0
    assert "--supervisor" in done.stderr, "what is still missing is told"
    assert "--name" not in done.stderr
