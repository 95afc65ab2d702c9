"""The hook stops a commit before it leaves the laptop: it sees what is staged, wherever and by whatever git was started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.privacy.making import MASKED, NUMBER, row, text_cell, xlsx

ROOT = Path(__file__).resolve().parents[2]
HOOKS = ROOT / ".githooks"
BARE = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
"""What a program with windows passes on: no terminal, no environment of a shell."""
FILE = "data/attachments/a.csv"
N = NUMBER


def git(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", str(folder), *words],
        capture_output=True,
        text=True,
        env=BARE | environment,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A school's repository with one commit, its own environment, and the hooks switched on as `make hook` does."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(HOOKS, tmp_path / ".githooks")
    (tmp_path / ".gitignore").write_text(".venv/\n", encoding="utf-8")
    program = tmp_path / ".venv/bin/mingzhang"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "data/attachments").mkdir()
    for words in (
        ("init", "-q"), ("config", "user.name", "clerk"), ("config", "user.email", "clerk@163.com"),
        ("add", "-A"), ("commit", "-q", "-m", "示例数据"), ("config", "core.hooksPath", ".githooks"),
    ):  # fmt: skip
        done = git(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    return tmp_path


def commits(repository: Path) -> int:
    return int(git(repository, "rev-list", "--count", "HEAD").stdout)


def stopped(repository: Path, *words: str) -> str:
    """Try to commit, and return what the hook said; fails where the commit was made."""
    done = git(repository, "commit", "-q", *(words or ("-m", "登记")))
    assert done.returncode == 1, done.stdout + done.stderr
    assert commits(repository) == 1
    assert N not in done.stdout + done.stderr
    assert MASKED in done.stderr
    return done.stderr


PLANTED = {
    "a table": (FILE, f"姓名,电话\n王,{N}\n".encode(), f"{FILE}:2:3 (B2)"),
    "a remark in YAML": ("data/terms/2023-spring/more.yml", f"a: b\n# 家长电话 {N}\n".encode(), "more.yml:2:8"),
    "a hidden sheet": ("data/attachments/a.xlsx", xlsx(second=row(text_cell(N)), state="veryHidden"), "(A1)"),
    "a file beside data/": ("名单.csv", f"{N}\n".encode(), "名单.csv:1:1 (A1)"),
    "a page": ("docs/zh/about.md", f"电话{N}\n".encode(), "docs/zh/about.md:1:3"),
    "a name with spaces and quotes": ("data/a 'b\" c.txt", N.encode(), "a 'b\" c.txt:1:1"),
}


@pytest.mark.parametrize("where", PLANTED)
def test_a_number_is_not_committed(repository: Path, where: str) -> None:
    name, data, place = PLANTED[where]
    path = repository / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    assert git(repository, "add", "-A").returncode == 0
    assert place in stopped(repository)


def test_a_clean_change_is_committed_without_a_word(repository: Path) -> None:
    (repository / FILE).write_text("项目,金额\n水费,13812.50\n", encoding="utf-8")
    git(repository, "add", "-A")
    done = git(repository, "commit", "-q", "-m", "登记水费\n\nSigned-off-by: clerk <clerk@163.com>")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert commits(repository) == 2


def test_what_counts_is_what_is_staged_and_not_the_folder(repository: Path) -> None:
    path = repository / FILE
    path.write_text(f"{N}\n", encoding="utf-8")
    git(repository, "add", "-A")
    path.write_text("清空\n", encoding="utf-8")
    assert f"{FILE}:1:1" in stopped(repository)
    git(repository, "add", "-A")
    path.write_text(f"{N}\n", encoding="utf-8")
    assert git(repository, "commit", "-q", "-m", "登记").returncode == 0
    assert commits(repository) == 2


def test_commit_all_and_commit_one_file(repository: Path) -> None:
    path = repository / "data/duties.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{N}\n", encoding="utf-8")
    stopped(repository, "-a", "-m", "登记")
    stopped(repository, "-m", "登记", "data/duties.csv")
    (repository / FILE).write_text("x\n", encoding="utf-8")
    git(repository, "add", FILE)
    assert git(repository, "commit", "-q", "-m", "登记", FILE).returncode == 0


def test_taking_a_number_out_is_not_stopped(repository: Path) -> None:
    path = repository / FILE
    path.write_text(f"{N}\n", encoding="utf-8")
    git(repository, "add", "-A")
    assert git(repository, "commit", "-q", "--no-verify", "-m", "登记").returncode == 0
    path.unlink()
    assert git(repository, "commit", "-q", "-a", "-m", "删除").returncode == 0


def test_from_a_folder_inside_and_through_another_work_tree(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (repository / FILE).write_text(f"{N}\n", encoding="utf-8")
    git(repository, "add", "-A")
    assert git(repository / "data/terms", "commit", "-q", "-m", "登记").returncode == 1
    git(repository, "stash", "-q")
    other = tmp_path_factory.mktemp("other") / "tree"
    assert git(repository, "worktree", "add", "-q", str(other)).returncode == 0
    shutil.copytree(repository / ".venv", other / ".venv")
    (other / "data/x.txt").write_text(N, encoding="utf-8")
    git(other, "add", "-A")
    assert git(other, "commit", "-q", "-m", "登记").returncode == 1


def test_the_words_about_a_commit_are_public_too(repository: Path) -> None:
    (repository / FILE).write_text("x\n", encoding="utf-8")
    git(repository, "add", "-A")
    assert "MESSAGE.txt:3:2" in stopped(repository, "-m", "登记", "-m", f"问{N}")
    assert not list((repository / ".git").glob("MINGZHANG*"))


def test_without_the_program_nothing_is_committed(repository: Path) -> None:
    shutil.rmtree(repository / ".venv")
    (repository / FILE).write_text("x\n", encoding="utf-8")
    git(repository, "add", "-A")
    done = git(repository, "commit", "-q", "-m", "登记")
    assert done.returncode == 1
    assert "make setup" in done.stderr
    assert commits(repository) == 1


def test_make_hook_switches_it_on(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    for name in ("Makefile", "requirements/setup"):
        shutil.copy(ROOT / name, tmp_path / name)
    git(tmp_path, "init", "-q")
    done = subprocess.run(["make", "-s", "hook", "READY=1"], cwd=tmp_path, capture_output=True, text=True, env=BARE)
    assert done.returncode == 0, done.stderr
    assert git(tmp_path, "config", "core.hooksPath").stdout == ".githooks\n"


def test_the_framework_runs_the_same_hooks() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"] for repository in config["repos"] for hook in repository["hooks"]]
    assert entries == ["sh .githooks/pre-commit", "sh .githooks/commit-msg"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"] for hook in offered] == ["mingzhang scan --quiet --staged"]
    assert offered[0]["entry"] in (HOOKS / "pre-commit").read_text(encoding="utf-8").replace(
        '"$mingzhang"', "mingzhang"
    )
    for name in ("pre-commit", "commit-msg"):
        assert os.access(HOOKS / name, os.X_OK)
