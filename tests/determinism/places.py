"""Where schools stand: clones of one commit in folders of different names, so that nothing of the working tree takes part."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.school import Plan, make_school
from tests.determinism.pythons import ROOT

SCHOOLS = ("sample", "english", "made")
HELD_BACK = ("corrections.csv", "explanations.csv")
"""Files that join the made schools in a second commit, so that their history has more than one."""


@dataclass(frozen=True)
class Place:
    """A folder with the program and the schools, each a repository of its own; the sample stands beside its program."""

    folder: Path

    @property
    def program(self) -> Path:
        """The folder of the program."""
        return self.folder / "sample"

    def school(self, name: str) -> Path:
        """Return the folder of one school."""
        return self.folder / name


def git(folder: Path, *arguments: str, day: str = "") -> str:
    """Run git as nobody in particular, on a day that is given, and return what it prints."""
    someone = {f"GIT_{who}_{what}": f"school{'@example.org' if what == 'EMAIL' else ''}"
               for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    days = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day} if day else {}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(
        command, env={**os.environ, **someone, **days, **alone}, capture_output=True, text=True, check=True
    ).stdout.strip()


def clone(source: Path, target: Path, *options: str) -> Path:
    """Clone a repository anew."""
    target.parent.mkdir(parents=True, exist_ok=True)
    git(target.parent, "clone", "--quiet", "--no-local", *options, str(source), str(target))
    return target


def first_place(folder: Path, years: int = 3, schools: tuple[str, ...] = SCHOOLS) -> Place:
    """Make the place that all others are cloned from: this commit, the sample in English, and a school of some years."""
    place = Place(folder)
    clone(ROOT, place.program)
    if "english" in schools:
        committed(place.school("english"), lambda root: _english(place.program, root))
    if "made" in schools:
        committed(place.school("made"), lambda root: make_school(root, Plan(number=7, years=years)))
    return place


def committed(root: Path, make: Callable[[Path], object]) -> None:
    """Make a school with `make` and commit it in two steps, on two days in two far-off zones."""
    root.mkdir(parents=True)
    shutil.copy(ROOT / ".gitattributes", root)
    make(root)
    git(root, "init", "--quiet", "--initial-branch=main")
    later = [f":!data/{name}" for name in HELD_BACK]
    git(root, "add", "--", "data", *later)
    git(root, "commit", "--quiet", "-m", "开学", day="2024-01-18T23:30:00-0330")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "更正和说明", day="2024-01-20T00:15:00+1400")


def another_place(first: Place, folder: Path) -> Place:
    """Clone a place to another folder as on Windows, its files written in another order and with other days."""
    for source in sorted(path for path in first.folder.iterdir() if (path / ".git").is_dir()):
        touch(rewritten(clone(source, folder / source.name, "--config", "core.autocrlf=true")))
    return Place(folder)


def rewritten(root: Path) -> Path:
    """Write every file of `root/data` anew in a shuffled order, so that the folders themselves list them differently."""
    data = root / "data"
    old = data.rename(root / "data.old")
    paths = sorted(path for path in old.rglob("*") if path.is_file())
    random.Random(5).shuffle(paths)
    for path in paths:
        target = data / path.relative_to(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.rmtree(old)
    return root


def touch(root: Path) -> None:
    """Give every file another day of change, git's own files too; git must then look at each file to know it again."""
    chance = random.Random(9)
    for path in sorted(root.rglob("*")):
        when = chance.randrange(10**8, 2 * 10**9)
        os.utime(path, (when, when))


def _english(program: Path, root: Path) -> None:
    """Write the sample school with English as its language."""
    shutil.copytree(program / "data", root / "data")
    path = root / "data" / "school.yml"
    text = path.read_text(encoding="utf-8")
    if "语言: zh" not in text:
        raise ValueError("school.yml of the sample does not say which language it has")
    path.write_text(text.replace("语言: zh", "语言: en"), encoding="utf-8")
