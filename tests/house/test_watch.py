"""The watcher of a parent's copy does its work against a site on this machine: it checks, notes codes, and turns red."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.runner import ROOT, run_step, workflow
from tests.trust.sites import codes, good, served, written

WORKFLOW = ROOT / ".github" / "workflows" / "watch.yml"
GH = """#!/bin/sh
# Stands in for GitHub's contents: `gh api [--silent] [--method PUT] PATH [-f key=value]...`, below $CONTENTS.
method=GET content=
while [ $# -gt 0 ]; do
    case $1 in
        --method) method=$2; shift ;;
        -f) case $2 in content=*) content=${2#content=} ;; esac; shift ;;
        repos/*) file=$CONTENTS/${1#repos/parent/books/contents/} ;;
    esac
    shift
done
[ -n "$GH_TOKEN" ] || exit 4
if [ "$method" = GET ]; then [ -f "$file" ] || exit 1; exit; fi
[ ! -e "$file" ] || exit 1  # a file that is there needs its hash to be replaced
mkdir -p "$(dirname "$file")" && printf %s "$content" | base64 -d > "$file"
"""


def jobs() -> dict[str, Any]:
    found: dict[str, Any] = workflow(ROOT, "watch")["jobs"]
    return found


class Copy:
    """A parent's copy on a runner: what is checked out of it, and the variables that the parent set."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address, self.saved = folder, address, ""
        (folder / "generator/trust").mkdir(parents=True)
        shutil.copy(ROOT / "generator/trust/verify.py", folder / "generator/trust/verify.py")
        gh = folder / "bin" / "gh"
        gh.parent.mkdir()
        gh.write_text(GH, encoding="utf-8")
        gh.chmod(0o755)

    @property
    def notes(self) -> dict[str, str]:
        files = sorted((self.folder / "witness").glob("*"))
        return {file.name: file.read_text(encoding="utf-8") for file in files}

    def run(self, job: str, **environment: str) -> tuple[int, str, dict[str, str]]:
        """Run the only script of a job; return its exit code, what it prints, and its outputs."""
        (step,) = (step for step in jobs()[job]["steps"] if "run" in step)
        outputs = self.folder / "outputs"
        outputs.write_text("", encoding="utf-8")
        assert set(environment) <= set(step["env"])
        around = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "HOME": str(self.folder), "LANG": "C.UTF-8",
            "GITHUB_OUTPUT": str(outputs), "GITHUB_REPOSITORY": "parent/books", "CONTENTS": str(self.folder),
        }  # fmt: skip
        done = run_step(step["run"], self.folder, around | environment)
        lines = outputs.read_text(encoding="utf-8").splitlines()
        return done.returncode, done.stdout + done.stderr, dict(line.split("=", 1) for line in lines)

    def look(self) -> tuple[int, str, dict[str, str]]:
        return self.run("look", SITE_URL=self.address, SAVED_CODE=self.saved, WAIT="0")

    def note(self, outputs: dict[str, str]) -> tuple[int, str]:
        return self.run("note", GH_TOKEN="x", CODE=outputs["code"], RESULT=outputs["result"])[:2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return written(good(), tmp_path / "site")


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Iterator[Copy]:
    with served(site) as address:
        yield Copy(tmp_path / "copy", address)


def test_nothing_happens_where_no_site_is_set() -> None:
    assert jobs()["look"]["if"] == "vars.SITE_URL != ''"
    assert jobs()["note"]["needs"] == "look"


def test_only_the_verifier_and_the_codes_are_checked_out() -> None:
    (step,) = (step for step in jobs()["look"]["steps"] if "uses" in step)
    assert step["with"]["sparse-checkout"].split() == ["/generator/trust/verify.py", "/witness/"]


def test_a_good_site_is_noted_once_a_day(copy: Copy) -> None:
    code, words, outputs = copy.look()
    assert code == 0, words
    assert outputs == {"result": "0", "code": codes()[2]}
    for _ in range(2):
        code, words = copy.note(outputs)
        assert code == 0, words
    ((name, line),) = copy.notes.items()
    assert line == f"{name.removesuffix('.txt')} {codes()[2]} # 0\n"
    assert copy.look()[0] == 0


def test_a_history_that_was_rewritten_turns_red_and_stays_red(copy: Copy) -> None:
    copy.folder.joinpath("witness").mkdir()
    (copy.folder / "witness/2023-03-02.txt").write_text(
        "2023-03-02 0123-4567-89ab-cdef-0123-4567-89ab-cdef # 0\n", encoding="utf-8"
    )
    code, words, outputs = copy.look()
    assert code == 1
    assert "公布记录被改写过" in words
    assert "0123-4567-89ab-cdef-0123-4567-89ab-cdef（2023-03-02）" in words
    assert copy.note(outputs)[0] == 0
    assert len(copy.notes) == 2
    assert copy.look()[0] == 1


def test_a_code_from_before_the_copy_is_a_variable(copy: Copy) -> None:
    copy.saved = codes()[0].upper().replace("-", " ")
    assert copy.look()[0] == 0
    copy.saved = "0123-4567-89ab-cdef-0123"
    assert copy.look()[0] == 1


def test_a_note_of_a_shorter_code_is_still_compared(copy: Copy) -> None:
    copy.folder.joinpath("witness").mkdir()
    (copy.folder / "witness/2023-03-02.txt").write_text(f"2023-03-02 {codes()[0][:24]} # 0\n", encoding="utf-8")
    code, words, outputs = copy.look()
    assert code == 0
    assert "could have prepared two ledgers in advance" in words
    assert len(outputs["code"].replace("-", "")) == 32


def test_a_site_that_does_not_answer_is_red_and_nothing_is_noted(copy: Copy) -> None:
    copy.address = "http://127.0.0.1:9/"
    code, words, outputs = copy.look()
    assert (code, outputs) == (2, {"result": "2", "code": ""})
    assert "could not be fetched" in words


def test_text_of_a_stranger_is_no_code(copy: Copy) -> None:
    for code in ("$(touch x)", f"{codes()[0]}\nmore", codes()[0][:24], ""):
        assert copy.note({"code": code, "result": "0"})[0] != 0
    assert copy.notes == {}


def test_what_a_site_says_commands_neither_the_log_nor_a_terminal(copy: Copy, site: Path) -> None:
    index = json.loads((site / "data/index.json").read_text(encoding="utf-8"))
    index["tables"][0]["source"] = "x\n::error title=fine::all is well\x1b[2J\u202e"
    (site / "data/index.json").write_text(json.dumps(index), encoding="utf-8")
    code, words, _ = copy.look()
    assert code == 1
    assert "x\ufffd::error title=fine::all is well\ufffd[2J\ufffd" in words
    assert not any(line.lstrip().startswith("::") for line in words.splitlines())
