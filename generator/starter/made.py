"""A new school, written all at once: checked before anybody sees it, and in a repository of its own."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.build import check
from generator.commit import commit_of, git
from generator.dataset import TABLES
from generator.locale import Message, language
from generator.problems import Problem, Severity
from generator.starter.answers import Given
from generator.starter.data import data_files
from generator.starter.pin import Pin, StarterError, doubts
from generator.starter.repository import EXECUTABLE, pin_file, repository_files, runs_workflows


@dataclass(frozen=True)
class Made:
    """What was made: the files, what the check says of them, the first commit (None where there is none), and remarks."""

    folder: Path
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    commit: str | None
    remarks: tuple[Message, ...]


def make(folder: Path, given: Given, today: dt.date | None = None) -> Made:
    """Write the repository of a new school to a folder that must not exist yet, or be empty.

    Raises `StarterError` where it is not, or where the answers make data with errors; then nothing is written.
    """
    words = language(str(given["language"]))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StarterError(Message("{folder} is not empty; a new school begins in a folder of its own", folder=folder))
    address, commit = given["generator"]
    files = {path: text.encode() for path, text in data_files(given, words).items()}
    beside = repository_files(given, words)
    files |= beside
    remarks = list(doubts(commit))
    forms = templates(given)
    files |= forms
    if not forms:
        remarks.append(
            Message(
                "without the extra [xlsx] there are no forms for spreadsheets in templates/; `mingzhang template` makes them later"
            )
        )
    if not runs_workflows(given):
        remarks.append(
            Message("this host runs no workflows of GitHub, so that checks and publication are started with `make`")
        )
    name, content = pin_file(Pin(address, commit, __version__), beside, words)
    files[name] = content
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".mingzhang-new-", dir=folder.parent) as above:
        new = Path(above) / "school"
        write(new, files)
        problems = check(new, today or given["start"]).problems
        if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
            raise StarterError(
                Message("the answers make data with errors: {errors}", errors=[p.message for p in errors])
            )
        first, more = _commit(new, str(given["name"]))
        new.chmod(0o777 & ~_umask())
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    return Made(folder, tuple(sorted(files)), problems, first, (*remarks, *more))


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a new folder."""
    folder.mkdir()
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        if path in EXECUTABLE:
            target.chmod(target.stat().st_mode | 0o111)


def templates(given: Given) -> dict[str, bytes]:
    """Return a form to be filled in with a spreadsheet program for every table; none where the extra is not installed."""
    try:
        from generator.spreadsheets.template import template
    except ImportError:
        return {}
    folders = {"term": str(given["term"]), "year": str(given["start"].year)}
    return {
        f"templates/{sheet.path.rpartition('/')[2]}.xlsx": template(
            sheet,
            str(given["language"]),
            folder=next((f for name, f in folders.items() if f"{{{name}}}" in sheet.path), ""),
        )
        for sheet in TABLES
    }


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _commit(folder: Path, name: str) -> tuple[str | None, list[Message]]:
    """Make the folder a repository with its first commit; return it, or none and why there is none."""
    if git(folder, "init", "--quiet", "--initial-branch=main") is None:
        return None, [Message("git is not here, so that this is no repository yet")]
    git(folder, "add", "--all")
    about = language("zh").say(Message("{name}: the first data", name=name))
    done = git(folder, "commit", "--quiet", "--no-verify", "--message", about)
    if done is None or done.returncode:
        who = 'git config --global user.name "…" && git config --global user.email "…"'
        return None, [
            Message(
                "git does not know who you are, so there is no first commit: run {who}, then `git commit` there",
                who=who,
            )
        ]
    return commit_of(folder).id, []
