"""The workflows of a school: valid, safe, derived from this program's own, and every step does its work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.starter.workflows import DERIVED, Underivable, derived
from tests.runner import ROOT, steps, workflow
from tests.starter.conftest import Program
from tests.starter.schools import school_in

BIN = Path(sys.executable).parent
NAMES = ("check", "comment", "publish", "watch")


def step(root: Path, name: str, job: str, words: str) -> str:
    """Return the script of the one step that holds some words."""
    (script,) = [each["run"] for each in steps(root, name, job) if words in each.get("run", "")]
    return str(script)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school_in(tmp_path_factory.mktemp("plain") / "school").folder


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_four_workflows_are_there_and_valid(plain: Path) -> None:
    files = sorted((plain / ".github/workflows").glob("*.yml"))
    assert tuple(file.stem for file in files) == NAMES
    for schema in ("vendor.github-workflows", "custom.github-workflows-require-timeout"):
        run(BIN / "check-jsonschema", "--builtin-schema", schema, *files)
    form = plain / ".github/ISSUE_TEMPLATE/wrong-figure.yml"
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", form)


def test_zizmor_finds_nothing(plain: Path) -> None:
    run(BIN / "zizmor", "--offline", "--no-progress", "--persona=auditor", plain / ".github")


@pytest.mark.parametrize("name", NAMES)
def test_rights_and_actions_are_those_of_the_programs_own(plain: Path, name: str) -> None:
    own, made = workflow(ROOT, name), workflow(plain, name)
    assert made["permissions"] == {}
    assert set(made["on"]) >= set(own["on"])
    for job, content in made["jobs"].items():
        assert content["permissions"] == own["jobs"][job]["permissions"]
        uses = [each["uses"] for each in content["steps"] if "uses" in each]
        assert uses == [each["uses"] for each in own["jobs"][job]["steps"] if "uses" in each]
        assert all("${{" not in each.get("run", "") for each in content["steps"])


def test_a_step_that_nobody_derived_is_an_error() -> None:
    text = (ROOT / ".github/workflows/publish.yml").read_text("utf-8")
    with pytest.raises(Underivable):
        derived("publish.yml", text.replace("bash .ci/run", "bash .ci/other"))
    with pytest.raises(Underivable):
        derived("publish.yml", text + "      - run: make another\n")
    assert set(DERIVED) <= {path.name for path in (ROOT / ".github/workflows").iterdir()}


def test_publishing_checks_and_builds_the_school_with_the_pinned_program(
    pinned: Path, program: Program, tmp_path: Path
) -> None:
    runner = tmp_path / "runner"
    runner.mkdir()
    program.git(tmp_path, "clone", "--quiet", str(pinned), str(runner / "school"))
    for each in steps(pinned, "publish", "build"):
        if "run" in each:
            done = program.run(each["run"], runner, GITHUB_WORKSPACE=str(runner), GITHUB_ACTIONS="true")
            assert done.returncode == 0, f"{each['name']}\n{done.stdout}\n{done.stderr}"
    assert program.git(runner / "program", "rev-parse", "HEAD") == program.commit
    assert "青禾镇中心小学" in (runner / "site/index.html").read_text("utf-8")
    assert program.git(runner / "school", "status", "--porcelain") == "", (
        "building leaves nothing in the school's folder"
    )


class PullRequest:
    """A pull request of a school on a runner: the base, and the data of the head."""

    def __init__(self, school: Path, program: Program, folder: Path) -> None:
        self.school, self.program, self.runner = school, program, folder / "runner"
        self.runner.mkdir()
        program.git(folder, "clone", "--quiet", str(school), str(self.runner / "base"))
        program.git(school, "checkout", "--quiet", "-b", "change")

    def check_out(self) -> None:
        """Commit the change and take its data only, as the workflow does."""
        (only,) = [
            each["with"]["sparse-checkout"].split() for each in steps(self.school, "check", "data")
            if each.get("with", {}).get("path") == "head"
        ]  # fmt: skip
        self.program.git(self.school, "add", "--all")
        self.program.git(self.school, "commit", "--quiet", "--no-verify", "--message", "a change")
        self.program.git(self.runner, "clone", "--quiet", "--no-checkout", str(self.school), "head")
        self.program.git(self.runner / "head", "sparse-checkout", "set", "--no-cone", *only)
        self.program.git(self.runner / "head", "checkout", "--quiet", "change")

    def run(self) -> Iterator[tuple[str, subprocess.CompletedProcess[str]]]:
        """Yield each step with what became of it, going on after a failure as the report does."""
        for each in steps(self.runner / "base", "check", "data"):
            if "run" in each:
                summary = self.runner / "step-summary.md"
                yield each["name"], self.program.run(
                    each["run"], self.runner, GITHUB_WORKSPACE=str(self.runner), GITHUB_STEP_SUMMARY=str(summary),
                    GITHUB_SERVER_URL="https://github.com", GITHUB_REPOSITORY="qinghe/open-books", GITHUB_RUN_ID="1",
                    BRANCH="change", REPOSITORY="clerk/open-books",
                )  # fmt: skip


@pytest.fixture
def request_(pinned: Path, program: Program, tmp_path: Path) -> PullRequest:
    return PullRequest(pinned, program, tmp_path)


FEE = "F01,作业本费,代收费,元/生·期,15.00,,是,自愿由学校代购的学生,,,,发改价格〔2010〕1619号,,县发改局,2026-09-01,,困难学生免费,期末据实结算,多退少补\n"


def test_a_good_change_is_green_and_has_a_preview_and_a_report(request_: PullRequest) -> None:
    with (request_.school / "data/terms/2026-autumn/fees.csv").open("a", encoding="utf-8") as file:
        file.write(FEE)
    request_.check_out()
    for name, done in request_.run():
        assert done.returncode == 0, f"{name}\n{done.stdout}\n{done.stderr}"
    assert "作业本费" in (request_.runner / "preview/fees/index.html").read_text("utf-8")
    comment = (request_.runner / "comment.md").read_text("utf-8")
    assert comment.startswith("<!-- mingzhang-report -->")
    assert "作业本费" in comment


def test_a_broken_change_is_red_with_its_line(request_: PullRequest) -> None:
    with (request_.school / "data/terms/2026-autumn/fees.csv").open("a", encoding="utf-8") as file:
        file.write(FEE.replace("15.00", "一十五块"))
    request_.check_out()
    done = dict(request_.run())
    assert done["检查数据 Check the data"].returncode != 0
    assert "::error file=data/terms/2026-autumn/fees.csv,line=2" in done["检查数据 Check the data"].stdout


def test_a_change_cannot_choose_its_own_judge(request_: PullRequest) -> None:
    """A pull request that pins another program and rewrites every script is judged by those of the base."""
    pin = request_.school / ".mingzhang.yml"
    pin.write_text(pin.read_text("utf-8").replace("git.example.org", "evil.example.org"), encoding="utf-8")
    for script in (".github/generator", ".github/live-ledger", "Makefile"):
        (request_.school / script).write_text("touch judged-by-the-change; exit 0\n", encoding="utf-8")
    with (request_.school / "data/terms/2026-autumn/fees.csv").open("a", encoding="utf-8") as file:
        file.write(FEE.replace("15.00", "一十五块"))
    request_.check_out()
    assert {path.name for path in (request_.runner / "head").iterdir()} == {".git", "data"}
    done = dict(request_.run())
    assert done["检查数据 Check the data"].returncode != 0
    assert request_.program.git(request_.runner / "program", "rev-parse", "HEAD") == request_.program.commit
    assert not list(request_.runner.rglob("judged-by-the-change"))


def test_a_parents_copy_fetches_the_verifier_that_it_is_pinned_to(
    pinned: Path, program: Program, tmp_path: Path
) -> None:
    only = next(each["with"]["sparse-checkout"].split() for each in steps(pinned, "watch", "look") if "with" in each)
    copy = tmp_path / "copy"
    program.git(tmp_path, "clone", "--quiet", "--no-checkout", str(pinned), str(copy))
    program.git(copy, "sparse-checkout", "set", "--no-cone", *only)
    program.git(copy, "checkout", "--quiet", "main")
    done = program.run(step(pinned, "watch", "look", ".github/generator"), copy)
    assert done.returncode == 0, done.stderr
    look = step(pinned, "watch", "look", "verify.py")
    verifier = copy / next(word for word in look.split() if word.endswith("verify.py"))
    assert verifier.read_bytes() == (ROOT / "generator/trust/verify.py").read_bytes()
