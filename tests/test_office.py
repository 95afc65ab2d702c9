"""What offices do to the sample school's files, and the exact lines that `mingzhang check` then prints more than before.

Each folder of tests/cases/office is one mistake: `story.yml` says what the clerk did, in which program, and how many
messages that makes (and how many findings of the site follow); `expected.txt` and `expected.en.txt` hold all these lines.
The edits are those of `EDITS` below.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import check
from generator.locale import language
from generator.problems import Problem, Severity, as_text, folded
from tests.published import sample_with

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests/cases/office"
ACTUAL = ROOT / "tests/actual/office"
ZH = language("zh")
CASES = sorted(path.parent for path in FOLDER.glob("*/story.yml"))
LONGEST = 165
"""So many characters a line may have: about two lines of a terminal, or four of a phone. A row to paste comes behind them."""

ROW_TO_PASTE = re.compile(r"；如果确实要改，.*：C-\d+,.*")
QUOTED = re.compile(r"“[^“”]*”|‘[^’]*’")
NAMED = re.compile(
    r"data(?:/[\w()~$.-]+)+|[\w()~$.-]+\.(?:csv|yml|xlsx?)\b|mingzhang scan --rows|U\+[0-9A-F]{4}|\b[A-Z]{1,2}\d+\b"
    r"|\w+\[[\w-]+\]|UTF-8|UTF-16|GB18030|CSV|WPS|Excel|Tab|\.(?:csv|xlsx|yml)\b|(?<=请填编号：)[\w;-]+"
    r"|(?<=请写成 )[\w;.-]+|C-\d+(?:,[^,\s]*)+|(?<=措施 )m[\d.]+"
)
"""What stands in Latin letters in a Chinese message: files, cells, codes, encodings, keys of the keyboard, codes to type."""

Rows = list[list[str]]


@dataclass(frozen=True)
class Story:
    """One mistake: what the clerk did in which program, how many messages it makes, how many findings of the site follow
    from it, the edits that repeat it, and whether the school had been published before."""

    program: str
    zh: str
    en: str
    messages: int
    edits: Sequence[Mapping[str, Any]]
    follows: int = 0
    published: str = ""


def story_of(case: Path) -> Story:
    """Return the story of one case; every value of the file is text."""
    told = yaml.load((case / "story.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return Story(**{**told, "messages": int(told["messages"]), "follows": int(told.get("follows", 0))})


def _replace(path: Path, edit: Mapping[str, Any], case: Path) -> None:
    text = path.read_bytes().decode()
    assert edit["find"] in text, f"{path.name} does not hold {edit['find']!r}"
    path.write_bytes(text.replace(edit["find"], edit["put"], 1).encode())


def _in_table(change: Callable[[Rows, Any], None], key: str) -> Callable[[Path, Mapping[str, Any], Path], None]:
    """Return an edit that changes the rows of a table, the header first; `key` is the word that names it."""

    def edited(path: Path, edit: Mapping[str, Any], case: Path) -> None:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        change(rows, edit if key in ("cells", "remove") else edit[key])
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return edited


def _row(rows: Rows, key: str) -> list[str]:
    found = [row for row in rows[1:] if "/".join(row[: key.count("/") + 1]) == key]
    assert len(found) == 1, f"{len(found)} rows {key!r}"
    return found[0]


def _cells(rows: Rows, edit: Mapping[str, Any]) -> None:
    row = _row(rows, edit["row"])
    for title, text in edit["cells"].items():
        row[rows[0].index(title)] = text


def _remove(rows: Rows, edit: Mapping[str, Any]) -> None:
    rows.remove(_row(rows, edit["remove"]))


def _remove_rows(rows: Rows, cells: Mapping[str, str]) -> None:
    for title, text in cells.items():
        at = rows[0].index(title)
        rows[1:] = [row for row in rows[1:] if row[at] != text]


def _drop(rows: Rows, title: str) -> None:
    at = rows[0].index(title)
    for row in rows:
        del row[at]


def _rename(rows: Rows, change: Mapping[str, str]) -> None:
    for title, other in change.items():
        rows[0][rows[0].index(title)] = other


def _insert(rows: Rows, column: Mapping[str, str]) -> None:
    at = rows[0].index(column["before"])
    for number, row in enumerate(rows):
        row.insert(at, column["text"] if number else column["title"])


def _swap(rows: Rows, titles: Sequence[str]) -> None:
    """Two columns change places below the header, which stays: so they look when a column was dragged."""
    one, other = map(rows[0].index, titles)
    for row in rows[1:]:
        row[one], row[other] = row[other], row[one]


def _fill(rows: Rows, columns: Mapping[str, str]) -> None:
    for title, text in columns.items():
        for row in rows[1:]:
            row[rows[0].index(title)] = text


def _empty_columns(rows: Rows, count: str) -> None:
    for row in rows:
        row.extend([""] * int(count))


def _encode(path: Path, edit: Mapping[str, Any], case: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.replace(",", edit.get("separator", ",")).encode(edit["encoding"]))


def _copy(path: Path, edit: Mapping[str, Any], case: Path) -> None:
    (path.parent / edit["copy"]).parent.mkdir(exist_ok=True)
    shutil.copy(path, path.parent / edit["copy"])


def _move(path: Path, edit: Mapping[str, Any], case: Path) -> None:
    _copy(path, {"copy": edit["move"]}, case)
    path.unlink()


def _bytes(path: Path, edit: Mapping[str, Any], case: Path) -> None:
    path.write_bytes(bytes.fromhex(edit["bytes"]))


def _content(path: Path, edit: Mapping[str, Any], case: Path) -> None:
    path.write_bytes((case / edit["content"]).read_bytes())


EDITS: Mapping[str, Callable[[Path, Mapping[str, Any], Path], None]] = {
    "find": _replace, "encoding": _encode, "copy": _copy, "move": _move, "content": _content, "bytes": _bytes,
    **{
        key: _in_table(change, key)
        for key, change in {
            "cells": _cells, "remove": _remove, "remove_rows": _remove_rows, "drop": _drop, "rename": _rename, "insert": _insert, "swap": _swap,
            "fill": _fill, "empty_columns": _empty_columns,
        }.items()
    },
}  # fmt: skip
"""What an edit may do to its `file`, by the word that names it."""


def problems_of(root: Path) -> Counter[Problem]:
    """Return what the check says of a school; the sample's records were published first on its own days."""
    return Counter(check(root, first=sample_with(())).problems)


def lines(problems: Sequence[Problem], code: str) -> list[str]:
    """Return the lines that people are shown."""
    return [as_text(problem, language(code)) for problem in folded(problems)]


def publish(root: Path) -> None:
    """Commit the school as it is, as the state that the site showed."""
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "published")):
        who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org")
        day = {"GIT_COMMITTER_DATE": "2023-08-20T12:00:00+08:00", "GIT_AUTHOR_DATE": "2023-08-20T12:00:00+08:00"}
        subprocess.run(["git", "-C", str(root), *who, *command], check=True, env=os.environ | day)


def told_of(case: Path, story: Story, root: Path, before: Counter[Problem]) -> list[Problem]:
    """Repeat a mistake in a copy of the sample, and return what the check says more than before."""
    if story.published:
        publish(root)
    for edit in story.edits:
        (action,) = EDITS.keys() & edit.keys()
        EDITS[action](root / edit["file"], edit, case)
    return sorted((problems_of(root) - before).elements(), key=Problem.sort_key)


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Counter[Problem]:
    """What the check says of the sample as it is."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "data", root / "data")
    return problems_of(root)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_told_as_people_can_use_it(case: Path, school: Path, before: Counter[Problem]) -> None:
    story = story_of(case)
    problems = told_of(case, story, school, before)
    for code, name in (("zh", "expected.txt"), ("en", "expected.en.txt")):
        said = "".join(line + "\n" for line in lines(problems, code))
        if said != (case / name).read_text(encoding="utf-8"):
            (ACTUAL / case.name).mkdir(parents=True, exist_ok=True)
            (ACTUAL / case.name / name).write_text(said, encoding="utf-8")
        assert said == (case / name).read_text(encoding="utf-8")
    shown = folded(problems)
    follows = [problem for problem in shown if problem.severity is Severity.FINDING]
    assert (len(shown) - len(follows), len(follows)) == (story.messages, story.follows)
    for problem, line in zip(shown, lines(problems, "zh"), strict=True):
        if problem.severity is not Severity.FINDING:
            usable(problem, line)


def usable(problem: Problem, line: str) -> None:
    """Assert that a message names the file, the cell and the value, says what to do, is short, and speaks Chinese."""
    assert line.startswith(problem.place.file)
    if problem.place.file.endswith(".csv") and problem.place.line:
        assert re.fullmatch(r"[A-Z]{1,2}[1-9]\d*", problem.place.cell), "no cell"
        assert f"({problem.place.cell})" in line
    if problem.severity is Severity.ERROR:
        assert problem.fix is not None
        assert ZH.say(problem.fix) in line
    if problem.value:
        assert shorten(problem.value) in line.replace(",", ""), "the value is not shown"
    assert len(ROW_TO_PASTE.sub("", line)) <= LONGEST
    assert not re.findall(r"[A-Za-z]{2,}", NAMED.sub("", QUOTED.sub("", line)))


def shorten(value: str) -> str:
    """Return so much of a value as every message shows of it."""
    return value.replace("\n", " ").replace(",", "")[:12]


def test_the_numbers_count_and_there_are_enough() -> None:
    assert [case.name[:2] for case in CASES] == [f"{number:02}" for number in range(1, len(CASES) + 1)]
    assert len(CASES) >= 36


def test_every_row_s_mistakes_are_told_at_once() -> None:
    case = next(case for case in CASES if case.name.endswith("several-in-one-row"))
    cells = re.findall(r"\((\w+)\): error", (case / "expected.txt").read_text(encoding="utf-8"))
    assert cells == ["C4", "E4", "G4", "N4"]


def test_programs_are_given_every_cell(school: Path, before: Counter[Problem]) -> None:
    case = next(case for case in CASES if case.name.endswith("whole-column-with-units"))
    problems = told_of(case, story_of(case), school, before)
    assert len(problems) > 100
    assert len(folded(problems)) == 1
