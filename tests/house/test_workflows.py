"""The workflows are safe to read: pinned, with least rights, and valid by GitHub's own schemas."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent

# The releases whose code was looked up by hand. Another version is a decision, so it changes this list too.
PINNED = {
    "actions/checkout": ("v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1"),
    "actions/setup-python": ("v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b97"),
    "actions/upload-pages-artifact": ("v5.0.0", "fc324d3547104276b827a68afc52ff2a11cc49c9"),
    "actions/deploy-pages": ("v5.0.0", "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128"),
    "actions/upload-artifact": ("v7.0.1", "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a"),
}
USES = re.compile(r"^\s*(?:- )?uses: (?P<action>[\w./-]+)@(?P<sha>\S+) # (?P<version>\S+)$")

WRITES = {
    "publish": {("deploy", "pages"), ("deploy", "id-token")},
    "watch": {("note", "contents")},
    "comment": {("comment", "pull-requests")},
}

workflows = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, Any]:
    """Read a workflow; BaseLoader keeps the key `on` a word, where YAML 1.1 would read it as true."""
    document: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return document


def run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_workflows_stand() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "comment.yml", "publish.yml", "watch.yml"]


def test_zizmor_finds_nothing() -> None:
    run(BIN / "zizmor", "--offline", "--no-progress", "--persona=auditor", GITHUB)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", "workflows/*.yml"),
        ("custom.github-workflows-require-timeout", "workflows/*.yml"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/wrong-figure.yml"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_github_would_accept(schema: str, files: str) -> None:
    found = sorted(GITHUB.glob(files))
    assert found
    run(BIN / "check-jsonschema", "--builtin-schema", schema, *found)


@workflows
def test_every_action_is_pinned_to_a_known_commit(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        match = USES.match(line)
        assert match, f"{path.name}: {line.strip()} names no commit with its version"
        assert PINNED.get(match["action"]) == (match["version"], match["sha"]), line.strip()


@workflows
def test_rights_are_given_job_by_job(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    writes = {
        (name, right)
        for name, job in workflow["jobs"].items()
        for right, level in job["permissions"].items()
        if level != "read"
    }
    assert writes == WRITES.get(path.stem, set())


@workflows
def test_checkouts_leave_no_token_behind(path: Path) -> None:
    steps = [step for job in load(path)["jobs"].values() for step in job["steps"]]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


@workflows
def test_no_text_of_a_stranger_reaches_the_shell_and_no_cache_is_used(path: Path) -> None:
    for job in load(path)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert "cache" not in step.get("with", {})


def test_pull_requests_never_run_with_the_rights_of_the_base() -> None:
    triggers = {path.stem: set(load(path)["on"]) for path in WORKFLOWS}
    assert triggers == {
        "check": {"pull_request"}, "comment": {"workflow_run"}, "publish": {"push"},
        "watch": {"schedule", "workflow_dispatch"},
    }  # fmt: skip


def test_who_comments_takes_its_program_from_the_default_branch_and_nothing_else() -> None:
    workflow = load(GITHUB / "workflows" / "comment.yml")
    assert workflow["on"]["workflow_run"]["workflows"] == [load(GITHUB / "workflows" / "check.yml")["name"]]
    checkout, post = workflow["jobs"]["comment"]["steps"]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert checkout["with"]["sparse-checkout"].split() == ["/.github/comment/"]
    assert post["run"] == "python3 -I .github/comment"


def test_words_of_the_data_act_in_no_log() -> None:
    """A step prints them only in the form for GitHub, which escapes them, or where commands are stopped."""
    for step in load(GITHUB / "workflows" / "check.yml")["jobs"]["data"]["steps"]:
        if "ROOT=" in step.get("run", ""):
            assert "FORMAT=github" in step["run"] or "::stop-commands::$token" in step["run"]


def test_the_form_for_a_wrong_figure_speaks_chinese_first_and_warns_of_personal_data() -> None:
    form = load(GITHUB / "ISSUE_TEMPLATE" / "wrong-figure.yml")
    labels = [part["attributes"]["label"] for part in form["body"] if "label" in part["attributes"]]
    assert all(re.match(r"[\u4e00-\u9fff].* / [A-Z]", text) for text in [form["name"], *labels])
    assert {part.get("id") for part in form["body"]} >= {"place", "shown", "expected", "evidence", "privacy"}
    notice = form["body"][0]["attributes"]["value"]
    assert "身份证号" in notice
    assert "identity or card numbers of pupils" in notice
