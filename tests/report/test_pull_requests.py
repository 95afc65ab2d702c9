"""Both workflows, step by step, for a good, a broken and a hostile pull request: what the clerk sees below it."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.program import GitHub, served
from tests.report.pull_request import ROOT, PullRequest, make_origin

FEES = "data/terms/2023-spring/fees.csv"
CALENDAR = "data/terms/2023-spring/calendar.csv"
DUTIES = "data/duties.csv"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school's repository."""
    if not (ROOT / ".git").exists():
        assert os.environ.get("CI") != "true", "CI checks out with git"
        pytest.skip("this folder is no git checkout, so there is nothing to clone")
    return make_origin(tmp_path_factory.mktemp("origin") / "books")


@pytest.fixture
def pull(origin: Path, tmp_path: Path) -> PullRequest:
    """A pull request with nothing in it yet."""
    return PullRequest(origin, tmp_path)


@pytest.fixture
def github() -> Iterator[GitHub]:
    """The GitHub that the reports go to."""
    with served(GitHub()) as made:
        yield made


def replaced(file: str, old: str, new: str) -> object:
    """Return what changes a text in a file of a checkout."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def posted(pull: PullRequest, github: GitHub, artifacts: dict[str, bytes]) -> str:
    """Run the comment job and return the one comment that stands then."""
    github.pulls.clear()
    github.pull(5, pull.sha, pull.branch)
    github.artifacts = artifacts
    done = pull.post(github)
    assert done.returncode == 0, done.stderr
    (comment,) = github.comments
    return str(comment["body"])


def test_a_good_change_is_told_to_be_ready_with_what_it_does_and_a_preview(pull: PullRequest, github: GitHub) -> None:
    pull.change(replaced(CALENDAR, "m3.4,,\n", "m3.4,已清理财产 42 件,2023-06-30\n"))  # type: ignore[arg-type]
    job = pull.check()
    assert job.conclusion == "success", "\n".join(job.logs.values())
    assert {job.outcomes[name] for name in ("data", "preview", "report")} == {"success"}
    assert sorted(job.artifacts) == ["preview", "report"]
    assert "index.html" in zipfile.ZipFile(io.BytesIO(job.artifacts["preview"])).namelist()
    body = posted(pull, github, job.artifacts)
    assert re.search(r"^### 🟡 可以合并；合并后网站上有 3 个还没解决的公开问题，都是原来就有的$", body, re.MULTILINE)
    assert (
        "[网站预览（下载后解压，打开 index.html）](https://github.com/qinghe/books/actions/runs/7001/artifacts/1)"
        in body
    )
    assert "<summary>这次修改会带来什么变化</summary>" in body
    assert "已清理财产" in body
    assert "❌" not in body
    assert job.summary.startswith("<!-- mingzhang-report -->\n### 🟡 可以合并")


def broken(folder: Path) -> None:
    """Make the mistakes of an office: a wrong encoding, a unit in an amount, a changed figure, a comma too many."""
    fees = folder / FEES
    text = (
        fees.read_text(encoding="utf-8")
        .replace("元/生·期,15.00", "元/生·期,18.00")
        .replace("元/生·晚,9.00", "元/生·晚,￥９.00")
    )
    fees.write_bytes(text.encode("gb18030"))
    duties = (folder / DUTIES).read_text(encoding="utf-8").split("\n")
    duties[2] += ",多一格"
    (folder / DUTIES).write_text("\n".join(duties), encoding="utf-8")


def test_a_broken_change_is_told_every_mistake_and_what_to_paste_and_later_that_it_is_mended(
    pull: PullRequest, github: GitHub
) -> None:
    pull.change(broken)
    job = pull.check()
    assert job.conclusion == "failure"
    assert job.outcomes["preview"] == "skipped"
    assert job.outcomes["report"] == "success"
    annotated = [line for name, line in job.commands() if name == "error"]
    body = posted(pull, github, job.artifacts)
    assert re.search(rf"^### ❌ 有 {len(annotated)} 处要改；改好以前网站保持原样$", body, re.MULTILINE), body
    edit = f"https://github.com/qinghe/books/edit/fees/{FEES}"
    assert f"#### 收费项目：`{FEES}` · 2 处 · [打开这个文件来改]({edit})" in body
    listed = body.partition("### 要补的更正行")[0]
    assert len(re.findall(r"^- \*\*E4 ", listed, re.MULTILINE)) == 1
    assert len(re.findall(r"^- \*\*E7 · 第 7 行\*\* .*￥９\.00", listed, re.MULTILINE)) == 1
    assert len(re.findall(r"^- \*\*G3 · 第 3 行\*\* .*多一格", listed, re.MULTILINE)) == 1
    rows = re.search(r"^### 要补的更正行.*?^```csv\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
    assert rows
    assert rows[1].startswith(
        "C-004,2023-08-20,fees,2023-spring/F03,收费标准,15.00,18.00,更正,（写明原因）,（批准岗位）\n"
    )
    pasted = re.search(r"全部删掉，再粘贴下面的内容：\n+```csv\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
    assert pasted
    assert "元/生·晚,9.00," in pasted[1]

    def mended(folder: Path) -> None:
        (folder / FEES).write_text(pasted[1].replace("元/生·期,18.00", "元/生·期,15.00"), encoding="utf-8")
        replaced(DUTIES, ",多一格", "")(folder)  # type: ignore[operator]

    pull.change(mended)
    job = pull.check()
    assert job.conclusion == "success", "\n".join(job.logs.values())
    body = posted(pull, github, job.artifacts)
    assert "### 🟡 可以合并" in body
    assert "处要改" not in body
    assert "读者看到的内容没有变化" in body
    assert [method for method, _ in github.asked if method != "GET"] == ["POST", "PATCH"]


EVIL = (
    "@team #1 <img src=x onerror=alert(1)> ![p](https://evil.example/p.png) [a](https://evil.example) "
    "::set-output name=x::y ##[add-mask]元 `x` ``` </details> <!-- --> $(touch pwned) qinghe/books#2 | 元\u200b"
)


def hostile(folder: Path) -> None:
    """Try everything at once: data that acts, odd names, links out of the folder, and changes of what judges."""
    fees = (folder / FEES).read_text(encoding="utf-8").replace("据实结算，多退少补\n", f'"{EVIL}"\n')
    fees = fees.replace("元/生·期,15.00", '元/生·期,"::error::15 @team ##[add-mask]5"')
    (folder / FEES).write_text(fees, encoding="utf-8")
    (folder / "data/x\n::error file=a::@team.csv").write_text("a\n", encoding="utf-8")
    (folder / "data/$(touch pwned) @team ``` #1.csv").write_text("a\n", encoding="utf-8")
    (folder / "data/passwd.csv").symlink_to("/etc/passwd")
    (folder / "data/terms/2023-autumn").symlink_to("../../..")
    (folder / "generator/cli/__init__.py").write_text("print('pwned')\n", encoding="utf-8")
    (folder / ".github/live-ledger").write_text("echo pwned\n", encoding="utf-8")
    (folder / ".github/comment/__main__.py").write_text("print('pwned')\n", encoding="utf-8")
    (folder / "Makefile").write_text("data:\n\techo pwned\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("hooks: [data/hook.py]\n", encoding="utf-8")
    (folder / "data/hook.py").write_text("print('pwned')\n", encoding="utf-8")


def test_a_hostile_change_is_judged_by_the_base_and_nothing_of_it_acts(
    origin: Path, tmp_path: Path, github: GitHub
) -> None:
    pull = PullRequest(origin, tmp_path, branch="x$(touch${IFS}pwned)`id`'\";#%2e@team")
    pull.change(hostile)
    job = pull.check()
    assert job.conclusion == "failure"
    assert job.outcomes["report"] == "success", job.logs
    assert not re.search(r"^pwned", "".join(job.logs.values()), re.MULTILINE)
    assert list(tmp_path.rglob("pwned")) == []
    assert {name for name, _ in job.commands()} <= {"error", "warning", "notice"}
    told = [line for name, line in job.commands() if name == "error"]
    assert all(re.match(r"::error file=data/[^:\n]*,", line) for line in told), told
    body = posted(pull, github, job.artifacts)
    assert "### ❌ 有" in body
    assert "检查程序可能也被改了" in body.partition("这条留言由")[0]
    assert "root:x" not in body
    from tests.report.test_inert import ACTS, GFM, html  # the same look as for any other text

    page = html.fromstring(f"<div>{GFM.render(body)}</div>")
    loose = "".join(t for e in page.iter() if isinstance(e.tag, str) for t in quiet(e))
    assert ACTS.findall(loose) == []
    assert not list(page.iter("img", "script"))
    edit = "https://github.com/qinghe/books/edit/x%24%28touch%24%7BIFS%7Dpwned%29%60id%60%27%22%3B%23%252e%40team/data/"
    hrefs = {a.get("href") for a in page.iter("a")}
    assert hrefs
    assert all(href.startswith((edit, "https://github.com/qinghe/books/actions/runs/7001")) for href in hrefs), hrefs


def quiet(element: object) -> Iterator[str]:
    """Yield the texts of an element that stand outside of code and links."""
    above = {each.tag for each in element.iterancestors()}  # type: ignore[attr-defined]
    if not {"code", "pre", "a"} & {*above, element.tag}:  # type: ignore[attr-defined]
        yield element.text or ""  # type: ignore[attr-defined]
    if not {"code", "pre", "a"} & above:
        yield element.tail or ""  # type: ignore[attr-defined]


def test_a_data_folder_that_is_a_link_out_brings_nothing_along(pull: PullRequest, github: GitHub) -> None:
    def link(folder: Path) -> None:
        for path in sorted((folder / "data").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (folder / "data").rmdir()
        (folder / "data").symlink_to("../base/data")

    pull.change(link)
    job = pull.check()
    assert job.conclusion == "failure"
    assert job.outcomes["report"] == "success", job.logs
    assert "❌" in posted(pull, github, job.artifacts)
