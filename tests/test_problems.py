"""Each folder of tests/cases/problems is a small school with a mistake, and the exact text that a person sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.build import check
from generator.cli import main
from generator.problems import as_github, as_text

PROBLEMS = Path(__file__).parent / "cases" / "problems"
ACTUAL = Path(__file__).parent / "actual" / "problems"
CASES = sorted(path.parent for path in PROBLEMS.rglob("expected.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_mistake_is_told_exactly(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)  # outside of this repository, whose commits are no publications
    code = main(["check", "--root", str(tmp_path)])
    said = capsys.readouterr().out
    expected = (case / "expected.txt").read_text(encoding="utf-8")
    actual = ACTUAL / case.parent.name / f"{case.name}.txt"
    if said != expected:
        actual.parent.mkdir(parents=True, exist_ok=True)
        actual.write_text(said, encoding="utf-8")
    assert said == expected
    assert code == (1 if ": error[" in said else 0)
    assert f"[{case.parent.name}]" in said or case.parent.name == "several"


def test_there_are_cases() -> None:
    assert len(CASES) >= 35


def test_the_json_form_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    case = PROBLEMS / "amount" / "thousands-and-signs"
    assert main(["check", "--root", str(case), "--format", "json"]) == 1
    first = json.loads(capsys.readouterr().out)[0]
    assert first == {
        "file": "data/terms/2023-spring/fees.csv", "line": 2, "column": 20, "cell": "E2", "severity": "error", "code": "amount",
        "value": "1,234.50", "message": "收费标准：“1,234.50”不是金额", "fix": "请写成 1234.50，只填数字，不带单位", "related": [],
    }  # fmt: skip


def test_the_github_form_annotates_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    case = PROBLEMS / "amount" / "unit-in-the-cell"
    assert main(["check", "--root", str(case), "--format", "github"]) == 1
    assert capsys.readouterr().out == (
        "::error file=data/terms/2023-spring/fees.csv,line=3,col=23,title=amount E3::"
        "收费标准：“2元/餐”不是金额；请只填数字 2，“元/餐”写在“计费单位”栏\n"
    )


def test_in_english_the_same_place_is_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PROBLEMS / "amount" / "unit-in-the-cell", tmp_path, dirs_exist_ok=True)
    school = tmp_path / "data/school.yml"
    school.write_text(school.read_text(encoding="utf-8").replace("语言: zh", "语言: en"), encoding="utf-8")
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().out == (
        "data/terms/2023-spring/fees.csv:3:23 (E3): error[amount]: Standard: “2元/餐” is not an amount of money; "
        "write the number 2 alone; “元/餐” belongs in the unit column\n"
        "Checked: errors 1, findings 0, warnings 0, notes 0.\n"
    )


def test_a_folder_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", "no-such-folder"]) == 2
    assert "no-such-folder" in capsys.readouterr().err


def test_a_problem_is_one_line_whatever_its_value(school: Path) -> None:
    file = school / "data/school.yml"
    text = file.read_text(encoding="utf-8")
    assert "所在地: 镇" in text
    file.write_text(text.replace("所在地: 镇", '所在地: "镇\\n::error::x"'), encoding="utf-8")
    checked = check(school)
    for problem in checked.problems:
        assert len(as_text(problem, checked.language).splitlines()) == 1
        assert len(as_github(problem, checked.language).splitlines()) == 1
