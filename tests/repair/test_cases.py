"""Every case of problems, and every story of an office, is run through fix: no error comes that was not there, and once is enough."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.dataset import load
from generator.repair import mended
from generator.repair.school import replaced
from tests.conftest import ROOT, lines_of
from tests.test_office import CASES as OFFICE
from tests.test_office import EDITS, story_of

PROBLEMS = sorted(path.parent for path in (ROOT / "tests/cases/problems").glob("*/*/expected.txt"))


def errors(root: Path) -> Counter[str]:
    """Return the codes of the errors of a school's data."""
    return Counter(problem.code for problem in load(root)[1] if problem.severity == "error")


def fix(root: Path) -> int:
    """Mend a school and return how many things were mended."""
    found = mended(root)
    assert all(replaced(root, each) for each in found.files)
    assert mended(root).files == ()
    return sum(len(each.repairs) for each in found.files)


def said_of(root: Path) -> list[str]:
    """Return what the check says, without what is only said of a school that has no errors: what is not filled in yet."""
    return [line for line in lines_of(root) if "note[unfilled]" not in line]


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: "/".join(case.parts[-2:]))
def test_a_case_says_no_more_than_before(case: Path, tmp_path: Path) -> None:
    shutil.copytree(case / "data", tmp_path / "data")
    before, wrong = said_of(tmp_path), errors(tmp_path)
    count = fix(tmp_path)
    after = said_of(tmp_path)
    assert len(after) <= len(before)
    assert errors(tmp_path) <= wrong
    if not count:
        assert after == before


MENDED = {
    "amount/thousands-and-signs": 3, "character/zero-width": 1, "date/other-forms": 1, "encoding/gb18030": 1,
    "header/title-row-above": 1, "separator/semicolons": 1, "several/all-at-once": 1, "trim/spaces": 2,
}  # fmt: skip


def test_so_many_of_the_cases_are_mended(tmp_path: Path) -> None:
    found = {}
    for case in PROBLEMS:
        root = tmp_path / "-".join(case.parts[-2:])
        shutil.copytree(case / "data", root / "data")
        if count := fix(root):
            found["/".join(case.parts[-2:])] = count
    assert {name: found.get(name) for name in MENDED} == MENDED


ASKED = (
    "amount/unit-in-the-cell", "amount/words", "character/right-to-left", "choice/nearly", "formula/begins-with-equals",
    "code/rewritten-by-a-spreadsheet", "header/misspelt", "row/comma-in-an-amount", "total/does-not-add-up", "link/not-secure",
)  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_may_mean_several_things_is_left(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/cases/problems" / name / "data", tmp_path / "data")
    found = mended(tmp_path)
    assert found.files == ()
    assert [problem.code for problem in found.left] == [name.partition("/")[0]] * len(found.left) != []


@pytest.mark.parametrize("case", OFFICE, ids=lambda case: case.name)
def test_a_story_of_an_office(case: Path, school: Path, apply_story: Callable[[Path, Path], None]) -> None:
    apply_story(case, school)
    before = errors(school)
    fix(school)
    after = errors(school)
    after.pop("total", None)  # a sum is compared only where all of its rows can be read: a wrong one may come to light
    assert after <= before


HEALED = (
    "thousands-separator", "full-width-digits", "currency-sign", "date-with-slashes", "date-in-chinese", "date-without-hyphens",
    "date-with-a-time", "title-row-above", "row-in-one-cell", "table-in-one-column", "gbk", "unicode-text",
    "windows-line-ends", "yes-as-a-tick", "space-in-a-word", "list-with-commas", "empty-columns-and-rows",
    "invisible-character", "chinese-colon", "chinese-colon-in-braces", "no-space-behind-colon", "no-line-end-at-the-end",
)  # fmt: skip
"""Stories after which fix leaves nothing of the mistake."""


@pytest.mark.parametrize("case", [case for case in OFFICE if case.name[3:] in HEALED], ids=lambda case: case.name)
def test_fix_undoes_a_story(case: Path, school: Path, apply_story: Callable[[Path, Path], None]) -> None:
    apply_story(case, school)
    assert fix(school) > 0
    assert errors(school) == Counter()


def test_the_stories_that_fix_undoes_are_there() -> None:
    assert set(HEALED) <= {case.name[3:] for case in OFFICE}


@pytest.fixture
def apply_story() -> Callable[[Path, Path], None]:
    """The function that repeats a clerk's mistake in a copy of the sample."""

    def applied(case: Path, root: Path) -> None:
        for edit in story_of(case).edits:
            (action,) = EDITS.keys() & edit.keys()
            EDITS[action](root / edit["file"], edit, case)

    return applied
