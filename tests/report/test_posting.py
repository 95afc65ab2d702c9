"""The program posts one comment below the right pull request, keeps it up to date, and asks nobody but the API."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.program import BOT, FOLDER, GitHub, served
from tests.report.test_archive import GOOD, zipped

SHA, OLD = "a" * 40, "b" * 40
MARKER = "<!-- mingzhang-report -->"


@pytest.fixture
def github() -> Iterator[GitHub]:
    """A GitHub with one open pull request and the report of a run."""
    made = GitHub(artifacts={"report": GOOD, "preview": b""})
    made.pull(5, SHA, "fees")
    with served(made):
        yield made


def post(github: GitHub, **other: str) -> subprocess.CompletedProcess[str]:
    """Run the program as the workflow does."""
    environment = {
        "PATH": os.environ["PATH"], "GITHUB_API_URL": github.api, "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": github.repository, "GITHUB_TOKEN": "secret-token", "RUN_ID": "7", "HEAD_SHA": SHA,
        "HEAD_REPOSITORY": github.repository, "HEAD_BRANCH": "fees", "CONCLUSION": "success", "WAIT": "0.01", "PYTHONUTF8": "1",
    }  # fmt: skip
    command = [sys.executable, "-I", str(FOLDER)]
    return subprocess.run(command, env=environment | other, capture_output=True, text=True, encoding="utf-8")


def written(github: GitHub) -> list[str]:
    """Return how comments were written."""
    return [method for method, _ in github.asked if method != "GET"]


def test_the_comment_is_made_once_and_then_kept_up_to_date(github: GitHub) -> None:
    done = post(github)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "贴出了留言 / The comment was posted #5\n"
    github.artifacts["report"] = zipped(("comment.md", "有 2 处要改".encode()))
    assert post(github).stdout == "更新了留言 / The comment was updated #5\n"
    (comment,) = github.comments
    assert comment["body"].startswith(MARKER)
    assert "有 2 处要改" in comment["body"]
    assert "可以合并" not in comment["body"].partition("check.\n\n")[2]
    assert written(github) == ["POST", "PATCH"]


def test_what_others_wrote_is_never_touched(github: GitHub) -> None:
    github.comment(f"{MARKER}\nI am the report", "mallory")
    github.comment("thank you", BOT)
    for number in range(150):
        github.comment(f"comment {number}", "parent")
    before = [dict(comment) for comment in github.comments]
    assert post(github).returncode == 0
    assert post(github).returncode == 0
    assert github.comments[:-1] == before
    assert written(github) == ["POST", "PATCH"]


@pytest.mark.parametrize(
    ("branch", "sha", "repository"),
    [("fees", OLD, "qinghe/books"), ("other", SHA, "qinghe/books"), ("fees", SHA, "mallory/books"), ("fees", SHA, "qinghe/other")],
)  # fmt: skip
def test_only_the_pull_request_whose_newest_commit_was_checked_is_commented_on(
    branch: str, sha: str, repository: str
) -> None:
    github = GitHub(artifacts={"report": GOOD})
    github.pull(5, sha, branch, repository)
    with served(github):
        done = post(github)
    assert done.returncode == 0
    assert "不留言" in done.stdout
    assert written(github) == []


def test_a_pull_request_of_a_fork_is_found_and_one_of_a_deleted_fork_is_not(github: GitHub) -> None:
    github.pull(6, SHA, "fees", "parent/books")
    github.pulls.append({"number": 7, "head": {"sha": SHA, "ref": "fees", "repo": None}})
    assert "#6" in post(github, HEAD_REPOSITORY="parent/books").stdout
    github.pulls.pop(1)
    assert "不留言" in post(github, HEAD_REPOSITORY="parent/books").stdout


def test_a_branch_may_have_any_name(github: GitHub) -> None:
    name = "x&head=qinghe:fees$(id)`#%2e元"
    github.pull(9, SHA, name)
    assert "#9" in post(github, HEAD_BRANCH=name).stdout


def test_links_lead_to_the_run_and_to_the_files_of_the_branch_only(github: GitHub) -> None:
    text = (
        "[a](https://github.com/parent/books/edit/fees/data/a.csv) [b](https://github.com/parent/books/edit/fees/x) "
        "[c](https://github.com/qinghe/books/actions/runs/7/artifacts/3) [d](https://github.com/qinghe/books/actions/runs/8)"
    )
    github.artifacts["report"] = zipped(("comment.md", text.encode()))
    github.pull(6, SHA, "fees", "parent/books")
    assert post(github, HEAD_REPOSITORY="parent/books").returncode == 0
    body = github.comments[0]["body"]
    assert [word in body for word in ("[a](https", "[b](https", "[c](https", "[d](https")] == [True, False, True, False]


def test_the_token_goes_to_the_api_alone(github: GitHub) -> None:
    assert post(github).returncode == 0
    sent = dict(zip([path.partition("?")[0] for _, path in github.asked], github.tokens, strict=True))
    assert sent.pop("/blob/1") == ""
    assert set(sent.values()) == {"Bearer secret-token"}


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "//evil/x"])
def test_a_report_is_fetched_from_no_odd_place(github: GitHub, place: str) -> None:
    github.moved_to = place
    done = post(github)
    assert done.returncode == 1
    assert "不允许" in done.stderr or "地址不对" in done.stderr
    assert written(github) == []


def test_a_busy_github_is_asked_again(github: GitHub) -> None:
    github.busy = 3
    assert post(github).returncode == 0
    assert len(github.comments) == 1


def test_a_github_that_stays_busy_is_told_in_both_languages(github: GitHub) -> None:
    github.busy = 99
    done = post(github)
    assert done.returncode == 1
    assert done.stderr.strip() == "没有留言 / No comment: GitHub 正忙 / GitHub is busy: 503"


def test_a_comment_that_was_taken_although_the_answer_was_lost_is_not_made_twice(github: GitHub) -> None:
    github.answered_and_lost = 1
    assert post(github).returncode == 0
    assert len(github.comments) == 1
    assert written(github) == ["POST", "PATCH"]


@pytest.mark.parametrize(
    "content",
    [b"not a zip", zipped(("../../comment.md", b"x")), zipped(("comment.md", b"\0" * 9_000_000)), zipped(("comment.md", b"\xff"))],
)  # fmt: skip
def test_a_report_that_is_none_takes_the_place_of_the_old_one_and_fails(github: GitHub, content: bytes) -> None:
    assert post(github).returncode == 0
    github.artifacts["report"] = content
    done = post(github)
    assert done.returncode == 1
    (comment,) = github.comments
    assert "不能贴出来" in comment["body"]
    assert "[运行页面](https://github.com/qinghe/books/actions/runs/7)" in comment["body"]


def test_a_huge_artifact_is_not_even_fetched(github: GitHub) -> None:
    github.artifacts["report"] = b"\0" * 2_000_000
    assert post(github).returncode == 1
    assert not any("/zip" in path or "/blob" in path for _, path in github.asked)


@pytest.mark.parametrize("expired", [True, False])
def test_without_a_report_the_comment_says_so(github: GitHub, expired: bool) -> None:
    github.expired = expired
    if not expired:
        del github.artifacts["report"]
    assert post(github).returncode == 0
    assert "没有留下报告" in github.comments[0]["body"]


@pytest.mark.parametrize(
    "wrong",
    [{"HEAD_SHA": "main"}, {"RUN_ID": "7/../8"}, {"GITHUB_REPOSITORY": "a/b/c"}, {"GITHUB_TOKEN": ""}, {"HEAD_BRANCH": ""},
     {"GITHUB_API_URL": "file:///x"}],
)  # fmt: skip
def test_what_is_not_in_its_form_is_refused(github: GitHub, wrong: dict[str, str]) -> None:
    done = post(github, **wrong)
    assert done.returncode == 1
    assert f"{next(iter(wrong))} 没有给出，或者不对" in done.stderr
    assert github.asked == []


def test_the_program_needs_nothing_but_python() -> None:
    imported = set()
    for path in sorted(FOLDER.glob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        imported |= {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))}
    own = {path.stem for path in Path(FOLDER).glob("*.py")}
    assert imported - own <= sys.stdlib_module_names


FORGED = "### \u2705 可以合并，没有发现问题".encode()


def test_a_green_text_of_a_red_check_stands_below_what_github_says(github: GitHub) -> None:
    github.artifacts["report"] = zipped(("comment.md", FORGED))
    assert post(github, CONCLUSION="failure").returncode == 0
    above, _, below = github.comments[0]["body"].partition("这条留言由")
    assert above.startswith(f"{MARKER}\n> ❌ **这次检查没有通过，不要合并。**")
    assert "可以合并，没有发现问题" in below
    github.artifacts["report"] = GOOD
    post(github)
    assert "不要合并" not in github.comments[0]["body"]


@pytest.mark.parametrize("conclusion", ["cancelled", "startup_failure", "timed_out"])
def test_a_check_that_was_broken_off_leaves_no_older_green_report(github: GitHub, conclusion: str) -> None:
    """Whoever proposes a change could push a second one, and see to it that its check never comes to an end."""
    assert post(github).returncode == 0
    assert f"检查的是提交 `{SHA[:12]}`" in github.comments[0]["body"]
    github.pulls[0]["head"]["sha"], github.artifacts = OLD, {}
    assert post(github, HEAD_SHA=OLD, CONCLUSION=conclusion).returncode == 0
    (comment,) = github.comments
    assert comment["body"].startswith(f"{MARKER}\n> ❌ **这次检查没有通过，不要合并。**")
    assert "没有留下报告" in comment["body"]
    assert f"检查的是提交 `{OLD[:12]}`" in comment["body"]
    assert "可以合并" not in comment["body"].partition("没有留下报告")[2]


@pytest.mark.parametrize(
    "files",
    [
        [{"filename": "data/duties.csv"}, {"filename": ".github/workflows/check.yml"}],
        [{"filename": "data/x.csv", "previous_filename": ".github/workflows/check.yml"}],
        [*({"filename": f"data/{number}.csv"} for number in range(150)), {"filename": ".github/workflows/check.yml"}],
    ],
)
def test_a_change_that_may_have_rewritten_its_check_is_told_to_be_one(
    github: GitHub, files: list[dict[str, str]]
) -> None:
    github.files, github.artifacts["report"] = files, zipped(("comment.md", FORGED))
    assert post(github).returncode == 0
    above = github.comments[0]["body"].partition("这条留言由")[0]
    assert "“.github/workflows/check.yml”" in above
    assert "检查程序可能也被改了" in above
    github.files = [{"filename": "data/duties.csv"}]
    post(github)
    assert "也被改了" not in github.comments[0]["body"]


def test_so_many_files_that_github_does_not_list_them_all_are_no_proof(github: GitHub) -> None:
    github.files = [{"filename": f"data/{number}.csv"} for number in range(3_000)]
    assert post(github).returncode == 0
    assert "也被改了" in github.comments[0]["body"]


def test_names_of_files_that_stand_above_the_text_act_as_little_as_the_text(github: GitHub) -> None:
    github.files = [{"filename": f"{number}\n@team **#1** <img src=x> www.evil.cn"} for number in range(7)]
    assert post(github).returncode == 0
    above = github.comments[0]["body"].partition("这条留言由")[0]
    assert all(line.startswith(("> ", ">", MARKER)) for line in above.splitlines()[:-1])
    assert "等 7 个" in above
    assert not any(acts in above for acts in ("@t", "#1*", "<img", "www.e", "6 @"))


def test_a_commit_that_comes_while_the_files_are_listed_is_not_judged_by_them(github: GitHub) -> None:
    """Whoever rewrites the check could push a harmless commit at once, so that its files are the ones that are listed."""
    real = github.answer

    def answer(method: str, path: str, query: dict[str, list[str]], given: object) -> tuple[int, object]:
        if path.endswith("/files"):
            github.pulls[0]["head"]["sha"] = OLD
        return real(method, path, query, given)

    github.answer = answer  # type: ignore[method-assign]
    done = post(github)
    assert done.returncode == 0
    assert "有了更新的提交" in done.stdout
    assert written(github) == []
