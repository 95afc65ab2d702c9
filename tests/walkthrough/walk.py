"""Walks through `docs/walkthrough.md`: runs its commands in a folder of its own and compares what they print.

The document is the script. In a block marked ``console`` a line that begins with ``$`` is a command, and what follows is what
it prints; a line that holds only ``…`` stands for any lines. Comments say what cannot be typed: ``<!-- day 2026-09-01 -->`` is
the day on which the next commands run, ``<!-- in FOLDER -->`` where they run, ``<!-- do NAME -->`` an action of `ACTIONS`, what
somebody does in a spreadsheet or in a browser. A picture stands where it is taken.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.walkthrough.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "walkthrough.md"
PART = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^<!-- (?P<word>day|in|do) (?P<value>\S+) -->$|^!\[[^\]]+\]\((?P<picture>[^)]+)\)$",
    re.MULTILINE | re.DOTALL,
)
ANY = "…"
VARIES = (
    (re.compile(r"\b[0-9a-f]{4}(-[0-9a-f]{4}){7}\b"), "CODE"),
    (re.compile(r"写入 \d+ 个文件"), "FILES"),
    (re.compile(r"\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b|\b[0-9a-f]{7}\b"), "COMMIT"),
)
"""What differs from run to run: codes and commits hang on the version of the program, and the
number of files on whether the forms were bundled."""


@dataclass(frozen=True)
class Part:
    """One thing that the document says is done: its kind, what it says, and its line."""

    kind: str
    text: str
    line: int


def parts(text: str) -> Iterator[Part]:
    """Yield what is done, in order."""
    for found in PART.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found["console"] is not None:
            yield Part("console", found["console"], line)
        elif found["word"]:
            yield Part(found["word"], found["value"], line)
        else:
            yield Part("picture", found["picture"], line)


def commands(console: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block with the lines that it prints; a backslash continues a command on the next line."""
    for block in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command = re.match(r"(?:.*\\\n)*.*", block)
        assert command
        yield command[0], block[command.end() :].strip("\n").split("\n") if block[command.end() :].strip() else []


@dataclass
class Walk:
    """A folder in which the story happens: the new school, the place where it is hosted, the live site."""

    folder: Path
    place: Path = field(init=False)
    day: str = "2026-08-24"

    def __post_init__(self) -> None:
        self.folder = self.place = self.folder.resolve()
        (self.folder / "home").mkdir(parents=True)

    @property
    def environment(self) -> dict[str, str]:
        """What a clerk's own computer would say, and nothing of this one."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_", "PYTEST", "MAKE", "COLUMNS"))
        }
        person = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                  for what, value in (("NAME", "open-books"), ("EMAIL", "books@school.example"), ("DATE", f"{self.day}T09:00:00+08:00"))}  # fmt: skip
        path = os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", "")))
        here = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(self.folder / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
        return kept | person | here | {"DAY": self.day, "NO_COLOR": "1", "PYTHONUTF8": "1"}

    def run(self, command: str) -> str:
        """Run a command as the document has it, and return what it prints."""
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.place, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout.replace(str(self.folder), "~")

    def take(self, part: Part) -> None:
        """Do what one part says, except for pictures; raises AssertionError where something else is printed."""
        if part.kind == "day":
            self.day = part.text
        elif part.kind == "in":
            self.place = self.folder / part.text
        elif part.kind == "do":
            ACTIONS[part.text](self.place, self.run)
        elif part.kind == "console":
            for command, told in commands(part.text):
                printed = self.run(command).strip("\n").split("\n")
                assert fits([same(line) for line in told], [same(line) for line in printed if line.strip() or told]), (
                    f"line {part.line}: $ {command}\n" + "\n".join(printed)
                )


def same(line: str) -> str:
    """Return a line without what differs from run to run."""
    for pattern, word in VARIES:
        line = pattern.sub(word, line)
    return line.rstrip()


def fits(told: list[str], printed: list[str]) -> bool:
    """Return whether the printed lines are those that the document tells; ``…`` stands for any."""
    if not told:
        return not "".join(printed)
    if told[0] != ANY:
        return (
            bool(printed) and told[0] == printed[0] and (fits(told[1:], printed[1:]) if told[1:] else len(printed) == 1)
        )
    return any(fits(told[1:], printed[at:]) for at in range(len(printed) + 1)) if told[1:] else True
