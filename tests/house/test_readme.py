"""What the two READMEs tell people to type exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
CODE = re.compile(r"^```.*?\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)

readmes = pytest.mark.parametrize("name", READMES)


def typed(name: str) -> str:
    """All code in a README: blocks and words between backticks."""
    found = CODE.findall((ROOT / name).read_text("utf-8"))
    return "\n".join(block or inline for block, inline in found)


def words_after(program: str, text: str) -> set[str]:
    return set(re.findall(rf"(?:^|[\s/\\]){program}(?:\.exe)? ([a-z][a-z-]*)", text, re.MULTILINE))


@readmes
def test_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    used = words_after("make", typed(name))
    assert {"site", "test"} <= used
    assert used <= targets


@readmes
def test_commands_exist(name: str) -> None:
    used = words_after("mingzhang", typed(name))
    assert {"check", "build"} <= used
    for command in sorted(used):
        program = [Path(sys.executable).parent / "mingzhang", command, "--help"]
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, f"mingzhang {command}: {done.stderr}"


def test_both_languages_tell_the_same_commands() -> None:
    english, chinese = (typed(name) for name in READMES)
    for program in ("make", "mingzhang"):
        assert words_after(program, english) == words_after(program, chinese)
