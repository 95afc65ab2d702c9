"""Puts the report of a finished check below its pull request: one comment, made once and then kept up to date.

    python3 -I .github/comment

It runs with the right to write comments, so it takes nothing on trust: a pull request may change the workflow that
leaves the report behind. Of the run only its number is used and of the report only its text, made harmless by `inert`;
the pull request is the open one whose newest commit was checked. Whether the check passed, and whether the pull request
could have rewritten it, is said by GitHub and stands above that text. It needs Python's standard library and nothing else.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any
from urllib.parse import quote

from archive import LARGEST_ARCHIVE, Refused, text_of
from inert import MARKER, Links, comment, inert
from server import MOST_PAGES, Failure, Server

ARTIFACT = "report"
OURS = "github-actions[bot]"
"""Who writes with a workflow's own token; other people may write the marker too."""
FORMS = {
    "GITHUB_REPOSITORY": r"[\w.-]+/[\w.-]+",
    "GITHUB_API_URL": r"https?://[\w.:/-]+",
    "GITHUB_SERVER_URL": r"https?://[\w.:/-]+",
    "GITHUB_TOKEN": r"\S+",
    "RUN_ID": r"\d{1,20}",
    "HEAD_SHA": r"[0-9a-f]{40}|[0-9a-f]{64}",
    "HEAD_REPOSITORY": r"[\w.-]+/[\w.-]+",
    "HEAD_BRANCH": r".+",
    "CONCLUSION": r"success|failure|timed_out|cancelled|startup_failure",
}
NOTHING = "### 这次检查没有留下报告\n\n请打开[运行页面]({run})看原因。 The check left no report: see [the page of its run]({run})."
RED = "> ❌ **这次检查没有通过，不要合并。** The check did not pass: do not merge."
OUTSIDE = (
    "> ⚠️ **这次修改还动了 `data/` 以外的文件：{some}。检查程序可能也被改了，下面的话不能当真；合并以前，请懂程序的人看过全部改动。**  \n"
    "> This change touches files outside of `data/`, and so perhaps its own check: do not rely on the text below."
)
SHOWN, LONGEST_NAME = 5, 100
REFUSED = (
    "### 这次检查留下的报告不能贴出来\n\n{why}。请打开[运行页面]({run})看检查结果。 "
    "The report is not shown: see [the page of the run]({run})."
)


def given() -> dict[str, str]:
    """Return what the workflow gives, each in its proper form."""
    found = {name: os.environ.get(name, "") for name in FORMS}
    for name, form in FORMS.items():
        if not re.fullmatch(form, found[name]):
            raise Failure(f"{name} 没有给出，或者不对 / {name} is not given, or wrong")
    return found


def pull_request(server: Server, asked: dict[str, str]) -> dict[str, Any] | None:
    """Return the open pull request whose newest commit is the one that was checked."""
    wanted = (asked["HEAD_REPOSITORY"], asked["HEAD_BRANCH"], asked["HEAD_SHA"])
    head = quote(f"{wanted[0].partition('/')[0]}:{wanted[1]}", safe="")
    for pull in server.pages(f"pulls?state=open&head={head}"):
        at = pull["head"]
        if ((at.get("repo") or {}).get("full_name"), at["ref"], at["sha"]) == wanted:
            return dict(pull)
    return None


def outside(server: Server, number: int) -> list[str]:
    """Return the files outside of `data/` that a pull request changes; whoever changes these may have changed its check."""
    found: dict[str, None] = {}
    count = 0
    for count, file in enumerate(server.pages(f"pulls/{number}/files"), 1):  # noqa: B007  it is used below
        names = (str(file["filename"]), str(file.get("previous_filename") or "data/"))
        found |= dict.fromkeys(name for name in names if not name.startswith("data/"))
    if count >= 100 * MOST_PAGES:
        found["…"] = None  # GitHub lists no more
    return list(found)


def remarks(asked: dict[str, str], others: list[str]) -> list[str]:
    """Return what stands above the text because GitHub says so, whatever the text says."""
    some = "、".join(f"“{inert(name[:LONGEST_NAME])}”" for name in others[:SHOWN])
    more = f" 等 {len(others)} 个" if len(others) > SHOWN else ""
    found = [RED] if asked["CONCLUSION"] != "success" else []
    return found + ([OUTSIDE.format(some=some + more)] if others else [])


def report(server: Server, run: str) -> str | None:
    """Return the text that a run left behind, or None where it left none; raises `Refused`."""
    listed = server.again(lambda: server.ask(f"actions/runs/{run}/artifacts?name={ARTIFACT}&per_page=100"))
    found = [each for each in listed["artifacts"] if each["name"] == ARTIFACT and not each["expired"]]
    if not found:
        return None
    newest = max(found, key=lambda each: int(each["id"]))
    if int(newest["size_in_bytes"]) > LARGEST_ARCHIVE:
        raise Refused("报告太大 / The report is too large")
    return text_of(server.again(lambda: server.archive(int(newest["id"]), LARGEST_ARCHIVE)))


def publish(server: Server, number: int, body: str) -> str:
    """Write the comment: over our earlier one, else as a new one; return what was done."""
    for old in server.pages(f"issues/{number}/comments"):
        if old["user"]["login"] == OURS and str(old["body"]).startswith(MARKER):
            server.ask(f"issues/comments/{int(old['id'])}", "PATCH", {"body": body})
            return "更新了留言 / The comment was updated"
    server.ask(f"issues/{number}/comments", "POST", {"body": body})
    return "贴出了留言 / The comment was posted"


def main() -> int:
    """Post the report of one run; 1 where it is not one that can be shown."""
    asked = given()
    wait = float(os.environ.get("WAIT", "2"))
    server = Server(asked["GITHUB_API_URL"].rstrip("/"), asked["GITHUB_REPOSITORY"], asked["GITHUB_TOKEN"], wait)
    pull = pull_request(server, asked)
    if pull is None:
        print("没有打开的合并请求以这次检查的提交为最新：不留言 / No open pull request has this commit as its newest")
        return 0
    home = f"{asked['GITHUB_SERVER_URL'].rstrip('/')}/"
    own = f"{home}{asked['GITHUB_REPOSITORY']}/"
    run = f"{own}actions/runs/{asked['RUN_ID']}"
    edit = f"{home}{asked['HEAD_REPOSITORY']}/edit/{quote(asked['HEAD_BRANCH'])}/data/"
    others = outside(server, int(pull["number"]))
    why = ""
    try:
        text = report(server, asked["RUN_ID"]) or NOTHING.format(run=run)
    except Refused as refused:
        why = str(refused)
        text = REFUSED.format(why=why, run=run)
    body = comment(text, Links((run, edit, f"{own}blob/", f"{own}edit/")), remarks(asked, others), asked["HEAD_SHA"])
    if pull_request(server, asked) is None:  # what was asked about its files might be about newer ones
        print("有了更新的提交：不留言 / There is a newer commit by now")
        return 0
    number = int(pull["number"])
    # Where GitHub was busy it may have taken the comment all the same, so that it is looked for anew each time.
    print(server.again(lambda: publish(server, number, body)), f"#{number}")
    if why:
        print(f"{why}。", file=sys.stderr)
    return 1 if why else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"没有留言 / No comment: {failure}")
