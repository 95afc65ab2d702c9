"""Pull requests on a repository on this machine, and the jobs of the two workflows run for them, step by step."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.report.program import GitHub
from tests.runner import ROOT, checkout, git, run_step, steps, surroundings

SERVER, RUN = "https://github.com", "7001"
PUT_IN = re.compile(r"\$\{\{ (.*?) \}\}")
COMMAND = re.compile(r"::([A-Za-z-]+|[0-9a-f]{32})(?: [^:]*)?::")
OLD_COMMAND = re.compile(r"##\[([a-z-]+)")


def save(folder: Path, words: str) -> str:
    """Commit everything in a folder and return the commit."""
    git("add", "--all", cwd=folder)
    git("-c", "user.name=校", "-c", "user.email=a@example.cn", "commit", "--quiet", "--message", words, cwd=folder)
    return git("rev-parse", "HEAD", cwd=folder).strip()


def make_origin(folder: Path) -> Path:
    """Make a repository with one commit: this one as it stands, uncommitted changes too."""
    checkout(folder, [])
    shutil.rmtree(folder / ".git")  # CI may have no more than the newest commit, from which nothing can be fetched
    git("init", "--quiet", "--initial-branch=main", folder)
    save(folder, "as it stands")
    return folder


@dataclass
class Job:
    """What a run of the check left behind."""

    conclusion: str = "success"
    outcomes: dict[str, str] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)
    artifacts: dict[str, bytes] = field(default_factory=dict)
    summary: str = ""

    def commands(self) -> list[tuple[str, str]]:
        """Return the name and the line of every command that GitHub's runner would obey in the logs."""
        found = []
        for log in self.logs.values():
            token = None
            for line in log.splitlines():
                match = COMMAND.match(line.lstrip()) or OLD_COMMAND.search(line)
                if match is None or (token and match[1] != token):
                    continue
                if match[1] == "stop-commands":
                    token = line.strip().removeprefix("::stop-commands::")
                elif match[1] == token:
                    token = None
                else:
                    found.append((match[1], line))
            assert token is None, "commands were stopped for good"
        return found


@dataclass
class PullRequest:
    """A branch with changes of its own, the workspace of its check, and the GitHub that it lies on."""

    origin: Path
    folder: Path
    branch: str = "fees"
    sha: str = ""
    conclusion: str = "success"

    def change(self, edit: Callable[[Path], None]) -> None:
        """Commit a change on the branch, and merge it as GitHub does to try it."""
        work = self.folder / "work"
        if not work.exists():
            git("clone", "--quiet", self.origin, work)
            git("checkout", "--quiet", "-b", self.branch, cwd=work)
        git("checkout", "--quiet", self.branch, cwd=work)
        edit(work)
        self.sha = save(work, "change")
        git("checkout", "--quiet", "-B", "merged", "origin/main", cwd=work)
        name = ("-c", "user.name=校", "-c", "user.email=a@example.cn")
        git(*name, "merge", "--quiet", "--no-ff", "--message", "merged", self.branch, cwd=work)

    def check(self) -> Job:
        """Run the steps of the check's data job in a fresh workspace."""
        workspace = self.folder / "workspace"
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir()
        job = Job()
        for number, step in enumerate(steps(ROOT, "check", "data")):
            name = step.get("id", str(number))
            if not self._runs(step.get("if", ""), job):
                job.outcomes[name] = "skipped"
                continue
            code = self._step(step, workspace, job, name)
            job.outcomes[name] = "failure" if code else "success"
            if code and step.get("continue-on-error") != "true":
                job.conclusion = "failure"
        written = workspace / "step-summary"
        self.conclusion = job.conclusion
        job.summary = written.read_text(encoding="utf-8") if written.exists() else ""
        return job

    @staticmethod
    def _runs(condition: str, job: Job) -> bool:
        """Work out the conditions that the workflow has."""
        if not condition:
            return job.conclusion == "success"
        parts = condition.removeprefix("${{ !cancelled() && ").removesuffix(" }}")
        if match := re.fullmatch(r"steps\.(\w+)\.outcome == 'success'", parts):
            return job.outcomes[match[1]] == "success"
        match = re.fullmatch(r"contains\(fromJSON\('\[\"success\", \"failure\"\]'\), steps\.(\w+)\.outcome\)", parts)
        assert match, f"this test does not know {condition}"
        return job.outcomes[match[1]] in ("success", "failure")

    def _step(self, step: dict[str, Any], workspace: Path, job: Job, name: str) -> int:
        """Do one step and return its exit code."""
        given = step.get("with", {})
        if step.get("uses", "").startswith("actions/checkout@"):
            self._check_out(given, workspace / given["path"])
        elif step.get("uses", "").startswith("actions/upload-artifact@"):
            job.artifacts[given["name"]] = packed(workspace / given["path"])
        else:
            done = self._run(step, workspace, job)
            job.logs[name] = done.stdout
            return done.returncode
        return 0

    def _check_out(self, given: dict[str, str], into: Path) -> None:
        """Check out the base, or the merge that is tried, with the branches as GitHub's own action fetches them."""
        git("init", "--quiet", into)
        git("remote", "add", "origin", self.origin, cwd=into)
        git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", cwd=into)
        git("fetch", "--quiet", self.folder / "work", "+merged:refs/remotes/pull/5/merge", cwd=into)
        if only := given.get("sparse-checkout", "").split():
            git("sparse-checkout", "set", "--no-cone", *only, cwd=into)
        git("checkout", "--quiet", "--detach", "origin/main" if "ref" in given else "pull/5/merge", cwd=into)

    def _run(self, step: dict[str, Any], workspace: Path, job: Job) -> subprocess.CompletedProcess[str]:
        page = f"{SERVER}/{GitHub.repository}/actions/runs/{RUN}/artifacts/1"
        values = {
            "github.head_ref": self.branch,
            "github.event.pull_request.head.repo.full_name": GitHub.repository,
            "steps.preview.outputs.artifact-url": page if job.outcomes.get("preview") == "success" else "",
        }
        values |= {f"steps.{name}.outcome": outcome for name, outcome in job.outcomes.items()}
        own = {key: PUT_IN.sub(lambda m: values.get(m[1], ""), value) for key, value in step.get("env", {}).items()}
        runner = {
            "GITHUB_WORKSPACE": str(workspace), "GITHUB_RUN_ID": RUN,
            "GITHUB_STEP_SUMMARY": str(workspace / "step-summary"), "GITHUB_SERVER_URL": SERVER,
            "GITHUB_REPOSITORY": GitHub.repository, "PYTHONUTF8": "1",
        }  # fmt: skip
        environment = surroundings() | runner | own
        return run_step(
            step["run"], workspace, environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace"
        )

    def post(self, github: GitHub) -> subprocess.CompletedProcess[str]:
        """Run the comment job for the newest commit of the branch."""
        folder = self.folder / "posting"
        shutil.rmtree(folder, ignore_errors=True)
        take, step = steps(ROOT, "comment", "comment")
        git("clone", "--quiet", "--no-checkout", self.origin, folder)
        git("sparse-checkout", "set", "--no-cone", *take["with"]["sparse-checkout"].split(), cwd=folder)
        git("checkout", "--quiet", "main", cwd=folder)
        values = {
            "github.token": "token",
            "github.event.workflow_run.id": RUN,
            "github.event.workflow_run.head_sha": self.sha,
            "github.event.workflow_run.head_repository.full_name": GitHub.repository,
            "github.event.workflow_run.head_branch": self.branch,
            "github.event.workflow_run.conclusion": self.conclusion,
        }
        changed = git("diff", "-z", "--name-only", f"origin/main...{self.sha}", cwd=self.folder / "work")
        github.files = [{"filename": name} for name in changed.split("\0") if name]
        environment = {key: PUT_IN.sub(lambda m: values[m[1]], value) for key, value in step["env"].items()} | {
            "GITHUB_API_URL": github.api, "GITHUB_SERVER_URL": SERVER, "GITHUB_REPOSITORY": GitHub.repository,
            "PATH": os.environ["PATH"], "WAIT": "0.01",
        }  # fmt: skip
        return run_step(step["run"], folder, environment)


def packed(path: Path) -> bytes:
    """Return the archive that is made of a file or a folder: names begin below the folder."""
    assert path.exists()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file():
                made.write(file, file.name if path.is_file() else file.relative_to(path))
    return out.getvalue()
