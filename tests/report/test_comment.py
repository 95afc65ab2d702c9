"""What a report says: the verdict, every mistake once with a way to mend it, lines to paste, and nothing that acts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.build import Checked
from generator.cli import main
from generator.commit import Commit
from generator.difference.report import visible
from generator.locale import language
from generator.privacy.own import Own
from generator.repair import Repaired
from generator.report import COMMENT, MARKER, Gathered, comment, gather
from generator.report.markdown import Links, fence, folded, link, worded
from generator.report.paste import repairs
from tests.report.test_inert import ACTS, GFM, PIECES, inert

ROOT = Path(__file__).resolve().parents[2]
FEES, DUTIES = "data/terms/2023-spring/fees.csv", "data/duties.csv"
LINKS = Links(
    "https://github.com/o/r/edit/fees/",
    "https://github.com/o/r/actions/runs/1/artifacts/2",
    "https://github.com/o/r/actions/runs/1",
)
ZH = language("zh")


@pytest.fixture
def change(tmp_path: Path) -> Callable[..., Path]:
    """The function that copies the sample into a folder of its own and changes texts in one file."""

    def changed(file: str = FEES, *edits: tuple[str, str]) -> Path:
        root = tmp_path / "head"
        if not root.exists():
            shutil.copytree(ROOT / "data", root / "data")
        text = (root / file).read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (root / file).write_text(text, encoding="utf-8")
        return root

    return changed


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The sample as it was, in a folder of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "base" / "data")
    return tmp_path / "base"


def report(root: Path, base: Path, links: Links = LINKS, **more: int) -> str:
    """Return the report on a folder, compared with another one."""
    return comment(gather(root, str(base)), links, **more)


def problems(text: str) -> list[str]:
    """Return the lines that tell a problem, before the first part that is not about errors."""
    told = re.split(r"^(?:### 要补|### 可以|<details>)", text, maxsplit=1, flags=re.MULTILINE)[0]
    return [line for line in told.splitlines() if line.startswith("- ")]


def test_nothing_wrong_is_green_and_tells_three_steps() -> None:
    text = comment(Gathered(Checked(None, (), Commit("", None)), (), Own()))
    assert text.startswith(f"{MARKER}\n### ✅ 可以合并，没有发现问题\n\n1. ")
    assert [line[:2] for line in text.splitlines() if re.match(r"\d\.", line)] == ["1.", "2.", "3."]


def test_old_findings_do_not_stop_a_change(change: Callable[..., Path], base: Path) -> None:
    text = report(change(), base)
    assert "### 🟡 可以合并；合并后网站上有 4 个还没解决的公开问题，都是原来就有的\n" in text
    assert "<summary>网站上公开的问题（4 个）</summary>" in text
    assert "这次修改新带来的问题" not in text
    assert f"[网站预览（下载后解压，打开 `index.html`）]({LINKS.preview})" in text


def test_what_is_settled_is_not_counted_as_open(
    change: Callable[..., Path], base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gathered, "open", 3)
    text = report(change(), base)
    assert "网站上有 3 个还没解决的公开问题" in text
    assert "<summary>网站上公开的问题（4 个，其中 3 个还没解决）</summary>" in text


def test_a_finding_that_comes_with_the_change_stands_open(change: Callable[..., Path], base: Path) -> None:
    late = "c04-9,2023-04,检查消防设施,logistics-office,,m3.4,,\n"
    root = change("data/terms/2023-spring/calendar.csv", ("c05-1,", f"{late}c05-1,"))
    text = report(root, base)
    assert "### 🟡 可以合并；合并后网站上有 5 个还没解决的公开问题，其中 1 个是这次修改带来的\n" in text
    new = text.partition("### 这次修改新带来的问题\n")[2].partition("<details>")[0]
    (told,) = [line for line in new.splitlines() if line.startswith("- ")]
    assert told.startswith("- **G14 · 第 14 行** “检查消防设施”")


def test_every_mistake_is_one_line_with_cell_value_remedy_and_a_way_to_the_editor(
    change: Callable[..., Path], base: Path
) -> None:
    root = change(FEES, ("元/生·期,15.00", "元/生·期,30元/生"), ("元/生·晚,9.00", "元/生·晚,九元"))
    text = report(root, base)
    assert "### ❌ 有 2 处要改；改好以前网站保持原样\n" in text
    assert f"#### 收费项目：`{FEES}` · 2 处 · [打开这个文件来改](https://github.com/o/r/edit/fees/{FEES})" in text
    first, second = problems(text)
    assert first.startswith("- **E4 · 第 4 行** ")
    assert "“30元/生”" in first
    assert "请只填数字" in first
    assert second.startswith("- **E7 · 第 7 行** ")
    assert "九元" in second
    assert LINKS.preview not in text
    assert "打开这个文件来改" not in report(root, base, Links())


def test_a_changed_figure_is_told_once_with_the_row_ready_to_copy(change: Callable[..., Path], base: Path) -> None:
    root = change("data/terms/2023-spring/fees.csv", ("代收费,元/生·期,15.00", "代收费,元/生·学期,15.00"))
    text = report(root, base)
    (told,) = problems(text)
    assert "元/生·学期" in told
    assert "下面给出的更正行" in told
    row = re.search(r"```csv\n(C-004,.*)\n```", text)
    assert row
    assert ",15.00" not in row[1]
    assert "元/生·期,元/生·学期" in row[1]
    assert text.count("C-004") == 1


def test_what_can_surely_be_mended_is_given_as_lines_to_paste(change: Callable[..., Path], base: Path) -> None:
    root = change(FEES, ("元/生·晚,9.00", "元/生·晚,￥９.00元"))
    text = report(root, base)
    assert re.search(r"^第 7 行改成：\n\n```\nF06,寄宿生早晚餐,服务性收费,元/生·晚,9\.00,", text, re.MULTILINE)
    change(FEES, ("元/生·晚,￥９.00元", "元/生·晚,九元\u3000"), ("是,自愿搭伙寄宿生", "是 ,自愿搭伙寄宿生"))
    assert "其余的地方还要照上面的清单自己改" in report(root, base)


def test_an_english_school_is_told_in_english(change: Callable[..., Path], base: Path) -> None:
    root = change("data/school.yml", ("语言: zh", "语言: en"))
    change(FEES, ("元/生·期,15.00", "元/生·期,x"))
    text = report(root, base)
    assert "❌ 1 place to mend; until then the site stays as it is" in text
    assert "open this file to mend it" in text
    assert "Mended" not in text


def test_personal_data_is_never_repeated(change: Callable[..., Path], base: Path) -> None:
    number = "13912345678"
    root = change(FEES, ("元/生·晚,9.00", "元/生·晚,￥９.00"), ("困难寄宿生另享生活补助\n", f"请打 {number}\n"))
    text = report(root, base)
    assert "### ❌" in text
    assert "不再重复文件的内容" in text
    assert number not in text.replace("-", "").replace(" ", "")


def test_personal_data_that_is_being_removed_does_not_come_back_in_the_difference(
    change: Callable[..., Path], base: Path
) -> None:
    number, said = "13912345678", "困难寄宿生另享生活补助\n"
    root = change(FEES, (said, "请打电话\n"))
    old = (base / FEES).read_text(encoding="utf-8")
    (base / FEES).write_text(old.replace(said, f"请打 {number}\n"), encoding="utf-8")
    text = report(root, base)
    assert "请打电话" in text
    assert number not in re.sub(r"[ -]|&#\d+;", "", text)


def test_many_mistakes_fit_a_comment_and_it_is_said_what_was_left_out(change: Callable[..., Path], base: Path) -> None:
    root = change()
    rows = (root / FEES).read_text(encoding="utf-8").splitlines()
    fresh = [rows[3].replace("F03", f"X{n}").replace("15.00", f"{n}元{'很' * 900}") for n in range(150)]
    (root / FEES).write_text("\n".join([*rows, *fresh, ""]), encoding="utf-8")
    duties = (root / DUTIES).read_text(encoding="utf-8")
    (root / DUTIES).write_text(duties.replace("\n", ",x\n"), encoding="utf-8")
    text = report(root, base)
    assert len(text) <= COMMENT
    assert "一条留言放不下，省略了：" in text
    assert "也可以运行 mingzhang check 查看" in text
    assert len(problems(text)) > 30
    assert f"]({LINKS.run})" in text
    assert "每一类只显示前 10 条" in text
    assert text.count("<details>") == text.count("</details>")
    assert text.count("\n```") % 2 == 0
    whole = report(root, base, longest=900_000)
    assert len(whole) > len(text)
    assert "放不下" not in whole
    assert "这个文件还有 " in whole
    for longest in range(4_000, 60_000, 7_000):
        assert len(report(root, base, longest=longest)) <= longest


def test_a_base_that_cannot_be_had_is_told_and_the_rest_is_said_all_the_same(change: Callable[..., Path]) -> None:
    """The guard fails then, so that nobody can say that the change is good."""
    text = comment(gather(change(), "nowhere"))
    assert "### ❌ 不知道能不能合并" in text
    assert "可以合并；" not in text
    assert "网站上公开的问题（" in text
    assert "没有办法同原来的比较：" in text


def test_no_report_is_green_where_a_step_of_the_check_is_red(
    change: Callable[..., Path], base: Path, tmp_path: Path
) -> None:
    """The finished site may hold what no single file does; the step that builds it fails, and this report knows no error."""
    out = tmp_path / "comment.md"
    given_ = ["report", "--root", str(change()), "--base", str(base), "--run", LINKS.run, "--out", str(out)]
    assert main(given_) == 0
    assert "### 🟡 可以合并" in out.read_text(encoding="utf-8")
    assert main([*given_, "--failed"]) == 0
    text = out.read_text(encoding="utf-8")
    assert "### ❌ 还不能合并" in text
    assert "请不要合并" in text
    assert f"]({LINKS.run})" in text
    root = change(FEES, ("元/生·期,15.00", "元/生·期,x"))
    assert "### ❌ 有 " in comment(gather(root, str(base), failed=True))


def test_a_school_that_cannot_be_read_is_reported(change: Callable[..., Path], base: Path) -> None:
    root = change()
    (root / "data/school.yml").write_bytes(b"\xff\x00: [")
    assert "### ❌ 有 1 处要改" in report(root, base)
    shutil.rmtree(root / "data")
    assert "### ❌ 有 1 处要改" in report(root, base)


def test_the_command_writes_both_lengths_and_never_fails_for_what_the_data_says(
    change: Callable[..., Path], base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = change(FEES, ("元/生·期,15.00", "元/生·期,x"))
    out, summary = tmp_path / "comment.md", tmp_path / "summary.md"
    given_ = ["report", "--root", str(root), "--base", str(base), "--edit", LINKS.edit]
    assert main([*given_, "--out", str(out), "--summary", str(summary)]) == 0
    assert capsys.readouterr().out == f"报告写在 {out}\n"
    assert out.read_text(encoding="utf-8") == summary.read_text(encoding="utf-8")
    assert main(given_) == 0
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")


def test_the_environment_reaches_the_command_as_it_is(change: Callable[..., Path], base: Path, tmp_path: Path) -> None:
    """Make expands what it is given; the name of a branch is not given to make."""
    root = change(FEES, ("元/生·期,15.00", "元/生·期,x"))
    environment = {"PATH": "/usr/bin:/bin", "READY": "1", "VENV": str(Path(__import__("sys").prefix)), "PYTHONUTF8": "1",
                   "EDIT": "https://github.com/o/r/edit/$(shell touch pwned)/$$HOME`touch pwned`/"}  # fmt: skip
    command = ["make", "-s", "-C", str(ROOT), "report", f"ROOT={root}", f"BASE={base}", f"OUT={tmp_path / 'c.md'}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    address = "https://github.com/o/r/edit/%24%28shell%20touch%20pwned%29/%24%24HOME%60touch%20pwned%60/data"
    assert address in (tmp_path / "c.md").read_text(encoding="utf-8")
    assert not (ROOT / "pwned").exists()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, "“", "”", "；", "12.50", "2023-02-13", "fees.csv:4:1"]), max_size=12).map(
        "".join
    )
)
def test_a_sentence_is_shown_as_it_is_and_nothing_in_it_acts(text: str) -> None:
    item = html.fromstring(f"<div>{GFM.render(f'- **E4** {worded(text)}')}</div>").find(".//li")
    assert item is not None
    shown = " ".join(visible(text).split())
    assert "".join(item.itertext()).removeprefix("E4").split() == shown.split()
    assert {element.tag for element in item.iter()} <= {"li", "strong", "code"}
    loose = [(e.text if e.tag != "code" else "") or "" for e in item.iter()] + [e.tail or "" for e in item.iter()]
    assert [found for part in loose for found in ACTS.findall(part)] == []


@given(st.lists(st.sampled_from(["`", "```", "````", "a", " ", "~~~", "\u202e"]), max_size=8).map("".join))
def test_nothing_closes_a_block_of_lines_to_paste(text: str) -> None:
    rendered = html.fromstring(f"<div>{GFM.render(chr(10).join([*fence([text, '@team']), 'behind']))}</div>")
    assert [p.text_content() for p in rendered.iter("p")] == ["behind"]
    assert rendered.findtext(".//pre/code") == f"{text.replace(chr(0x202E), chr(0xFFFD))}\n@team\n"


def test_titles_of_folded_parts_and_addresses_are_escaped_for_where_they_stand() -> None:
    assert (
        folded("<b>@team #1 & `x`", ["y"])[1] == "<summary>&lt;b&gt;&#64;&#8203;team &#35;&#8203;1 &amp; `x`</summary>"
    )
    assert link("改", "javascript:alert(1)") == "改"
    assert (
        link("改", "https://a.cn/) [b](https://evil.example")
        == "[改](https://a.cn/%29%20%5Bb%5D%28https://evil.example)"
    )
    assert (
        Links("https://a.cn/e/x)#y/")
        .to_edit("data/甲 (1).csv", "改")
        .endswith("/e/x%29%23y/data/%E7%94%B2%20%281%29.csv)")
    )


def pasted(before: bytes, after: bytes) -> str:
    """Return what is said about one mended file."""
    return "\n".join(repairs(Repaired("data/duties.csv", before, after, ()), ZH, Links()))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", "第 2 行改成：\n\n```\nB\n```"),
        ("a\nb\nc\n", "a\nB\nC\n", "第 2 行到第 3 行改成：\n\n```\nB\nC\n```"),
        ("标题\na\n", "a\n", "删掉第 1 行。"),
        ("x\ny\na\n", "a\n", "删掉第 1 行到第 2 行。"),
        ("a\nc\n", "a\nb\nc\n", "在第 2 行前面加上：\n\n```\nb\n```"),
        ("a\r\nb\r\n", "a\nb\n", "只是文件的保存方式不同"),
        ("\ufeffa\n", "a\n", "只是文件的保存方式不同"),
        ("a\n", "`\n```\n", "````\n`\n```\n````"),
        ("".join(f"{n}\n" for n in range(80)), "".join(f"{n // 2}\n{n}x\n" for n in range(80)), "请把整个文件换成下面的内容："),
        ("".join(f"{n},\n0\n" for n in range(400)), "".join(f"{n}\n0\n" for n in range(400)), "请运行 mingzhang fix 来改。"),
    ],
)  # fmt: skip
def test_each_kind_of_repair_is_told_by_its_lines(before: str, after: str, said: str) -> None:
    assert said in pasted(before.encode(), after.encode())


def test_a_file_in_another_encoding_is_given_whole() -> None:
    text = pasted("职责,岗位\n".encode("gb18030"), "职责,岗位\n".encode())
    assert "请在网页上打开它，全部删掉，再粘贴下面的内容：\n\n```csv\n职责,岗位\n```" in text


def shown(text: str) -> tuple[str, dict[str, int]]:
    """Return what somebody reads of a text in Markdown, and of how many parts of each kind it is made."""
    page = html.fromstring(f"<div>{GFM.render(text)}</div>")
    for head in page.xpath("blockquote[contains(., 'Posted by this repository')]"):
        head.drop_tree()
    kinds = ("h3", "h4", "li", "strong", "s", "a", "table", "td", "pre", "details", "summary")
    words = " ".join(page.text_content().replace("\u200b", "").split())
    return words, {kind: len(list(page.iter(kind))) for kind in kinds}


def test_our_own_reports_lose_nothing_where_they_are_made_harmless(change: Callable[..., Path], base: Path) -> None:
    """The program that posts knows nothing of what wrote the report: whatever the report is made of must be in its grammar."""
    root = change(
        FEES, ("元/生·期,15.00", "元/生·期,18.00"), ("元/生·晚,9.00", "元/生·晚,￥９.00"), ("是,自愿参加学生", "是 ,自愿参加学生"),
        ("学费/杂费", "学费@team #1 <b> | `x`"),
    )  # fmt: skip
    change(DUTIES, ("后勤主任", "后勤 主任"))
    change("data/terms/2023-spring/calendar.csv", ("m3.4,,\n", "m3.4,已清理,2023-06-30\n"))
    lines = (root / "data/finance/2023/lines.csv").read_text(encoding="utf-8").splitlines()
    (root / "data/finance/2023/lines.csv").write_text("\n".join([*lines[:-2], ""]), encoding="utf-8")
    links = inert.Links((LINKS.edit, LINKS.run))
    written = [report(root, base)]
    written.append(report(change(FEES, ("￥９.00", "9.00"), ("是 ,", "是,")), base))
    written.append(report(base, base))
    assert all(shown(written[1])[1][kind] for kind in ("h4", "li", "strong", "s", "a", "table", "td", "pre", "summary"))
    for text in written:
        assert shown(inert.comment(text, links)) == shown(text)
