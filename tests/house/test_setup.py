"""Setting up works once, does nothing the second time, and says plainly what it cannot do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "awk", "cat", "cmp", "dirname", "head", "make", "mv")
FAKE_PYTHON = """#!/bin/sh
case "$*" in
    *"import ensurepip"*) exit ${NO_ENSUREPIP:-0} ;;
    "-m pip --version") exit 0 ;;
    "-m pip"*) echo "$*" >>"$PIP_LOG" ;;
    *) exec "$REAL_PYTHON" "$@" ;;
esac
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has make and a shell, and neither apt nor anything that tests need."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (tools / tool).symlink_to(found)
    return {"PATH": str(tools), "PIP_LOG": str(tmp_path / "pip.log"), "REAL_PYTHON": sys.executable}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what `make setup` reads, free to be changed."""
    made = tmp_path / "copy"
    shutil.copytree(ROOT / "requirements", made / "requirements")
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, made / name)
    return made


def put_fake_python(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FAKE_PYTHON, "utf-8")
    path.chmod(0o755)


def make(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_packages_are_installed_once_and_again_only_when_the_lock_changes(folder: Path, bare: dict[str, str]) -> None:
    put_fake_python(folder / ".venv" / "bin" / "python")
    log = Path(bare["PIP_LOG"])

    assert make(folder, bare, "setup").returncode == 0
    first = log.read_text("utf-8").splitlines()
    assert len(first) == 2
    assert "--require-hashes" in first[0]
    assert first[0].endswith("-r requirements/site.txt")

    second = make(folder, bare, "setup")
    assert (second.returncode, second.stderr) == (0, "")
    assert log.read_text("utf-8").splitlines() == first

    lock = folder / "requirements" / "site.txt"
    lock.write_text(lock.read_text("utf-8") + "# changed\n", "utf-8")
    assert make(folder, bare, "setup").returncode == 0
    assert log.read_text("utf-8").splitlines() == first * 2


def test_a_machine_without_python_is_told_what_to_install(folder: Path, bare: dict[str, str]) -> None:
    done = make(folder, bare, "setup")
    assert done.returncode == 2
    assert "没有找到 Python 3.11 或更新的版本" in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_a_debian_without_venv_is_told_what_to_type(folder: Path, bare: dict[str, str], tmp_path: Path) -> None:
    put_fake_python(tmp_path / "tools" / "python3")
    done = make(folder, bare | {"NO_ENSUREPIP": "1"}, "setup")
    assert done.returncode == 2
    assert f"sudo apt-get install python3.{sys.version_info.minor}-venv\n" in done.stderr
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_missing_tools_are_named_and_fail_only_ci(bare: dict[str, str], ci: str, code: int) -> None:
    done = subprocess.run(
        ["sh", "tests/setup"], cwd=ROOT, env=bare | {"CI": ci}, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == code
    named = re.findall(r"^  (.+?)    sudo apt-get install", done.stderr, re.MULTILINE)
    assert named == ["Chromium", "Chinese font", "Java", "npm"]


def test_make_alone_lists_every_target(bare: dict[str, str]) -> None:
    done = make(ROOT, bare)
    listed = re.findall(r"^  make ([\w-]+)", done.stdout, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony
    assert listed == phony[1].split()
    assert done.returncode == 0


def test_the_scripts_are_plain_sh_and_can_be_run() -> None:
    scripts = [ROOT / "requirements" / name for name in ("setup", "apt", "lock")]
    scripts += [ROOT / "tests" / "setup", ROOT / "generator" / "editor" / "make"]
    for script in scripts:
        assert script.read_text("utf-8").startswith("#!/bin/sh\n")
        checked = subprocess.run([shutil.which("dash") or "sh", "-n", script], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        assert os.access(script, os.X_OK)
