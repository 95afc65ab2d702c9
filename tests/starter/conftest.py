"""The program in a repository of its own, as a school fetches it, and schools that are pinned to it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.runner import ROOT, checkout, run_step, surroundings
from tests.starter.schools import TEXTS, school_in

ADDRESS = "https://git.example.org/group/mingzhang"
WHO = {f"GIT_{who}_{what}": f"clerk{'@example.org' * (what == 'EMAIL')}"
       for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """A bare repository with this program as it stands, the commit, and an environment in which its address leads there."""

    repository: Path
    commit: str
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def pin(self) -> str:
        """What a school is pinned to."""
        return f"{ADDRESS}@{self.commit}"

    def run(self, script: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a script as a step of a workflow is run."""
        return run_step(script, cwd, {**self.environment, **more})

    def git(self, cwd: Path, *arguments: str, **more: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(cwd), *arguments], env={**self.environment, **WHO, **more}, capture_output=True, text=True,
            encoding="utf-8", check=True,
        )  # fmt: skip
        return done.stdout.strip()


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """This program with its uncommitted changes, in a repository that others fetch it from."""
    if not (ROOT / ".git").exists():
        assert os.environ.get("CI") != "true", "CI checks out with git"
        pytest.skip("this folder is no git checkout, so there is nothing to pin a school to")
    folder = tmp_path_factory.mktemp("program")
    bare, config = folder / "mingzhang.git", folder / "gitconfig"
    config.write_text(
        f'[url "{bare.as_uri()}"]\n\tinsteadOf = {ADDRESS}\n[protocol "file"]\n\tallow = always\n[safe]\n\tdirectory = *\n',
        encoding="utf-8",
    )
    around = surroundings() | {"GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"}
    made = Program(bare, "", around)
    work = folder / "work"
    checkout(work, [])
    # CI checks out a commit of no branch, which nobody would fetch.
    made.git(work, "checkout", "--quiet", "-B", "main")
    made.git(work, "add", "--all")
    made.git(work, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "as it stands")
    made.git(folder, "clone", "--quiet", "--bare", str(work), str(bare))
    made.git(bare, "config", "uploadpack.allowAnySHA1InWant", "true")
    return Program(bare, made.git(bare, "rev-parse", "HEAD"), made.environment)


@pytest.fixture
def pinned(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new school that is pinned to the program."""
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    return school_in(tmp_path / "books", TEXTS | {"generator": program.pin, "hotline": "学校后勤处=000-5550101"}).folder
