"""The command that looks for personal data: in files, in what is about to be committed, in a built site."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.cli.words import Command, language_of, show
from generator.commit import git
from generator.problems import Problem, Severity

PROGRAM = ("generator/", "tests/", "bench/", "requirements/")
"""Folders of the program itself in a school's repository: its own examples look personal on purpose."""
CHANGES = ("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "--relative", "-z")


def add(command: Command) -> None:
    """Add the command to the parser."""
    scanning = command("scan", "查找个人信息，如手机号、身份证号｜look for personal data")
    scanning.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="文件或文件夹（默认：data/）｜files or folders"
    )
    where = scanning.add_mutually_exclusive_group()
    where.add_argument("--staged", action="store_true", help="检查即将提交的内容｜what is about to be committed")
    where.add_argument("--site", type=Path, metavar="DIR", help="检查生成好的网站｜a built site")
    scanning.add_argument(
        "--rows", action="store_true", help="给出误报名单要添加的行｜print the rows that would allow it"
    )
    scanning.add_argument("--quiet", action="store_true", help="没有问题时不说话｜say nothing when there is nothing")
    scanning.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="输出格式｜output format"
    )
    scanning.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print what looks personal and what could not be checked; 1 when there is any, 2 for a path that is not there."""
    from generator.cli.school import summary

    root: Path = given.root
    for path in [*given.paths, *filter(None, [given.site])]:
        if not path.exists():
            print(f"mingzhang: 没有这个文件｜no such file: {path}", file=sys.stderr)
            return 2
    problems = scanned(given, root)
    words = language_of(root)
    show(problems, given.format, words)
    if given.format == "text" and (problems or not given.quiet):
        print(summary(problems, words))
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def scanned(given: argparse.Namespace, root: Path) -> Sequence[Problem]:
    """Return the problems of what the arguments name."""
    from generator.commit import commit_of
    from generator.privacy.scan import content_of, files_below, scan_files
    from generator.privacy.site import scan_folder

    today: dt.date | None = given.today or commit_of(root).day
    if given.site:
        return scan_folder(given.site, root, today)
    if given.staged:
        names = [name for name in staged(root) if not name.startswith(PROGRAM)]
        return scan_files(names, lambda name: staged_content(root, name), today, rows=given.rows)
    paths = given.paths or [root / "data"]
    found = [below for path in paths for below in (files_below(path) if path.is_dir() else [path])]
    names = list(dict.fromkeys(name_of(root, path) for path in found))
    return scan_files(names, lambda name: content_of(root / name), today, rows=given.rows)


def name_of(root: Path, path: Path) -> str:
    """Return a path as seen from the school's folder, as places name files; a path elsewhere stays whole."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def staged(root: Path) -> list[str]:
    """Return the files below `root` that the next commit adds or changes; raises OSError where git cannot tell."""
    return [os.fsdecode(name) for name in _git(root, *CHANGES).split(b"\0") if name]


def staged_content(root: Path, name: str) -> bytes | None:
    """Return a file as the next commit would hold it, whatever the folder shows; None where it would hold none."""
    try:
        return _git(root, "cat-file", "blob", f":./{name}")
    except OSError:
        return None


def _git(root: Path, *words: str) -> bytes:
    done = git(root, *words)
    if done is None or done.returncode:
        raise OSError(1, done.stderr.decode("utf-8", "replace").strip() if done else "", "git")
    return done.stdout
