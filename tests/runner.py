"""What GitHub's runner does: it takes what is to be checked out, and runs the steps of a workflow one by one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
# What a step starts in turn must not take over from the pytest, nor from the make, that may have started it.
OURS = (
    "PYTEST_", "MAKE", "MFLAGS", "PYTHONPATH", "GIT_", "GITHUB_", "READY", "VENV", "TESTS", "ROOT", "OUT", "TODAY", "BASE", "LEDGER",
)  # fmt: skip


def git(*arguments: str | Path, cwd: Path = ROOT) -> str:
    """Return what a git command prints."""
    done = subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def checkout(into: Path, only: list[str]) -> None:
    """Clone this repository as it stands, uncommitted changes too; of it only some folders where any are named."""
    git("clone", "--quiet", ROOT, into)
    if only:
        git("sparse-checkout", "set", "--no-cone", *only, cwd=into)
    changed = git("ls-files", "-z", "--modified", "--deleted", "--others", "--exclude-standard").split("\0")
    for name in sorted(filter(None, changed)):
        if only and not f"/{name}".startswith(tuple(only)):
            continue
        source, target = ROOT / name, into / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
        elif not source.exists():
            target.unlink(missing_ok=True)


def workflow(root: Path, name: str) -> dict[str, Any]:
    """Return a workflow of a repository; BaseLoader keeps the key `on` a word, where YAML 1.1 would read it as true."""
    text = (root / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return document


def steps(root: Path, name: str, job: str) -> list[dict[str, Any]]:
    """Return the steps of a job as the workflow states them."""
    found: list[dict[str, Any]] = workflow(root, name)["jobs"][job]["steps"]
    return found


def surroundings() -> dict[str, str]:
    """Return the environment of a step, but for what a runner adds: this test's own virtual environment stands ready."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return kept | {"CI": "true", "READY": "1", "VENV": sys.prefix}


def run_step(script: str, cwd: Path, environment: Mapping[str, str], **how: Any) -> subprocess.CompletedProcess[str]:
    """Run the script of a step; `how` says where its output goes, by default into two texts."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd, env=environment, stdin=subprocess.DEVNULL, text=True, encoding="utf-8",
        **(how or {"capture_output": True}),
    )  # fmt: skip
