"""Each `run:` step of the workflows does its work, in order, on a fresh checkout, as GitHub would run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.runner import ROOT, checkout, run_step, steps, surroundings

JOBS = [("publish", "build"), ("check", "data"), ("check", "code")]


@dataclass(frozen=True)
class Runner:
    """A workspace as a GitHub runner has it, except that this test's own virtual environment stands ready."""

    workspace: Path
    workflow: str
    job: str

    @property
    def steps(self) -> list[dict[str, Any]]:
        return steps(ROOT, self.workflow, self.job)

    @property
    def environment(self) -> dict[str, str]:
        return surroundings() | {
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_STEP_SUMMARY": str(self.workspace / "step-summary"),
            "TESTS": "tests/house/test_requirements.py",
            "MYPY_CACHE_DIR": str(self.workspace / ".mypy_cache"),
        }

    def check_out(self) -> None:
        for step in self.steps:
            if step.get("uses", "").startswith("actions/checkout@"):
                given = step["with"]
                checkout(self.workspace / given.get("path", "."), given.get("sparse-checkout", "").split())

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        return run_step(script, self.workspace, self.environment)

    def run_steps(self) -> None:
        for step in self.steps:
            if "run" in step:
                done = self.run(step["run"])
                assert done.returncode == 0, f"{step['name']}\n{done.stdout}\n{done.stderr}"
            elif "upload" in step["uses"]:
                left = self.workspace / step["with"]["path"]
                assert left.is_file() if left.suffix else (left / "index.html").is_file()


@pytest.fixture
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Runner:
    if not (ROOT / ".git").exists():
        assert os.environ.get("CI") != "true", "CI checks out with git"
        pytest.skip("this folder is no git checkout, so there is nothing to clone")
    workflow, job = request.param
    made = Runner(tmp_path / "workspace", workflow, job)
    made.workspace.mkdir()
    made.check_out()
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", made.workspace / ".mypy_cache", dirs_exist_ok=True)
    return made


@pytest.mark.parametrize("runner", JOBS, indirect=True, ids="-".join)
def test_the_steps_of_a_job_succeed_in_order(runner: Runner) -> None:
    runner.run_steps()


@pytest.mark.parametrize("runner", [("check", "data")], indirect=True, ids="-".join)
def test_of_a_pull_request_nothing_is_taken_that_could_run(runner: Runner) -> None:
    taken = {path.name for path in (runner.workspace / "head").iterdir()} - {".git"}
    assert "data" in taken
    assert taken <= {"data", "docs"}


@pytest.mark.parametrize("runner", [("check", "data")], indirect=True, ids="-".join)
def test_broken_data_fails_a_pull_request_and_annotates_its_line(runner: Runner) -> None:
    head = runner.workspace / "head"
    broken = min((head / "data").rglob("*.csv"))
    lines = broken.read_bytes().count(b"\n")
    broken.write_bytes(broken.read_bytes() + b'"no end\n')
    done = runner.run(step_of(runner, "make -s -C base data"))
    assert done.returncode != 0
    annotated = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert any(f"file={broken.relative_to(head)},line={lines + 1}" in line for line in annotated), done.stdout


@pytest.mark.parametrize("runner", [("check", "data")], indirect=True, ids="-".join)
@pytest.mark.parametrize("step", ["make -s -C base data", "make -s -C base guard"])
def test_a_silently_changed_figure_fails_a_pull_request_and_annotates_its_line(runner: Runner, step: str) -> None:
    fees = runner.workspace / "head/data/terms/2023-spring/fees.csv"
    text = fees.read_text(encoding="utf-8")
    changed = text.replace("元/生·期,15.00", "元/生·期,18.00")
    assert changed != text
    fees.write_text(changed, encoding="utf-8")
    done = runner.run(step_of(runner, step))
    assert done.returncode != 0
    annotated = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert any("file=data/terms/2023-spring/fees.csv,line=4" in line and "“15.00”" in line for line in annotated), (
        done.stdout
    )


def step_of(runner: Runner, command: str) -> str:
    """Return the script of the step that runs a command."""
    (script,) = [step["run"] for step in runner.steps if command in step.get("run", "")]
    return str(script)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server with an empty folder, as the address and the folder of a live site."""
    folder = tmp_path / "live"
    folder.mkdir()
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", folder
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(404)


def fetch(site: str, file: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(ROOT / ".github/live-ledger"), site, str(file)]
    kept = {key: value for key, value in os.environ.items() if key != "START_LEDGER"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=kept | environment)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
def test_the_ledger_of_the_live_site_is_fetched_and_its_absence_noticed(live: tuple[str, Path], tmp_path: Path) -> None:
    site, folder = live
    file = tmp_path / "ledger.jsonl"
    assert fetch(site, file).returncode == 0, "nothing was ever published there"
    assert not file.exists()
    (folder / "index.html").write_text("a site", encoding="utf-8")
    assert fetch(site, file).returncode == 1, "a site without its ledger"
    assert not file.exists()
    assert fetch(site, file, START_LEDGER="yes").returncode == 0
    (folder / "ledger.jsonl").write_text("{}\n", encoding="utf-8")
    assert fetch(site, file).returncode == 0
    assert file.read_text(encoding="utf-8") == "{}\n"
    assert fetch("", file).returncode == 0
    assert fetch("file:///etc", file).returncode == 2
    assert fetch("http://127.0.0.1:1/", file).returncode != 0
    assert file.read_text(encoding="utf-8") == "{}\n", "what was there stays when nothing can be fetched"
