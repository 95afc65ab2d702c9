"""Whatever a report holds, nothing in the comment acts: no mention, no picture, no foreign link, no markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from tests.report.program import module

inert = module("inert")
OWN = "https://github.com/qinghe/books/"
LINKS = inert.Links((f"{OWN}edit/main/data/", f"{OWN}actions/runs/7"))
GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = [
    "`", "``", "```", "|", "@team", "#12", "\\", "&#64;", "&lt;", "\n", "\n\n", "    ", "- ", "> ", "1. ", "# ", "---", "|---|", "===",
    "<details>", "<summary>", "</summary>", "</details>", "<!--", "-->", "<img src=x>", "<script>", "</pre>", "**", "~~", "*", "_",
    "[", "](", "]", ")", "![", "[x]: ", "https://evil.example/", f"{OWN}edit/main/data/a.csv", "www.evil.example", "a@b.cn", "GH-1",
    "$", "\t", " ", "x", "元", "\u202e", "\u200b", "mermaid", "javascript:", "://", inert.MARKER, "qinghe/books#3", "：", "!", "~",
    "deadbeefcafe", "1234567",
]  # fmt: skip
ALLOWED = {
    "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "strong", "s", "code", "pre", "a", "table", "thead",
    "tbody", "tr", "th", "td", "details", "summary", "br", "div", "hr", "html", "body",
}  # fmt: skip
ACTS = re.compile(r"@\w|[#]\d|GH-\d|://|www\.|\w@\w|(?<![^\W_])[0-9a-f]{7,40}(?![^\W_])", re.IGNORECASE)


def acting(text: str) -> list[str]:
    """Return everything in a posted comment that would act on GitHub."""
    page = html.fromstring(f"<div>{GFM.render(inert.comment(text, LINKS))}</div>")
    found: list[str] = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            found += [] if "mingzhang-report" in (element.text or "") else [f"comment {element.text}"]
            continue
        attributes = set(element.attrib) - {"href", "class", "start", "style"}
        if element.tag not in ALLOWED or attributes:
            found.append(f"<{element.tag} {sorted(attributes)}>")
        if element.tag == "a" and not element.get("href", "").startswith(LINKS.prefixes):
            found.append(element.get("href", ""))
        if element.get("class", "").removeprefix("language-") not in ("", *inert.LANGUAGES):
            found.append(element.get("class", ""))
        quiet = {"code", "pre", "a"} & {element.tag, *(above.tag for above in element.iterancestors())}
        found += ACTS.findall(element.text or "") if not quiet else []
        outer = {"code", "pre", "a"} & {above.tag for above in element.iterancestors()}
        found += ACTS.findall(element.tail or "") if not outer else []
    return found


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("a `x | @team`\n|---|---|\n")
@example("| a\\\\|@team` | `b |")
@example("<details>\n`@team`\n")
@example("| a | b |\n|---|---|\n`a | @team`")
@example("\\![x](https://github.com/qinghe/books/edit/main/data/a.csv)")
@example("[`@team`](https://github.com/qinghe/books/edit/main/data/a.csv)")
@example("```mermaid\n@team\n")
@example("````\n```\n@team\n````\n@team")
@example("[x]: https://evil.example/\n[x]")
@example("    ```\n@team")
@example("- a\n```\n@team")
@example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b")
def test_nothing_acts(text: str) -> None:
    assert acting(text) == []


def test_the_measure_finds_what_acts() -> None:
    """The same look at a text that nobody made harmless finds all of it."""
    raw = "@team #1 https://evil.example/ <img src=x> [a](https://evil.example/) ![b](https://evil.example/p.png)"
    page = html.fromstring(f"<div>{GFM.render(raw)}</div>")
    assert {element.tag for element in page.iter()} >= {"img", "a"}
    assert ACTS.findall(page.text_content())


def said(text: str) -> str:
    """Return the comment for a text without its head."""
    return str(inert.comment(text, LINKS)).partition("check.\n\n")[2]


def test_what_a_report_is_made_of_is_kept() -> None:
    report = (
        "### ❌ 有 1 处要改\n\n1. 打开文件\n\n#### 收费：`data/a_b.csv` · [改](https://github.com/qinghe/books/edit/main/data/a_b.csv)\n\n"
        '- **E4 · 第 4 行** 收费标准：`30元/生`不是金额\n\n```csv\nF03,"a",`x` @team\n```\n\n| 原来 | 现在 |\n| --- | ---: |\n'
        "| ~~15.00~~ | **18.00** |\n"
    )
    page = html.fromstring(GFM.render(said(report)))
    assert [h.text_content() for h in page.iter("h3", "h4")] == ["❌ 有 1 处要改", "收费：data/a_b.csv · 改"]
    assert page.findtext(".//li/strong") == "E4 · 第 4 行"
    assert page.findtext(".//li/code") == "30元/生"
    assert page.findtext(".//pre/code") == 'F03,"a",`x` @team\n'
    assert [cell.text_content() for cell in page.iter("td")] == ["15.00", "18.00"]
    assert page.find(".//td/s") is not None
    assert [a.get("href") for a in page.iter("a")] == [f"{OWN}edit/main/data/a_b.csv"]


def test_folded_parts_stay_folded_and_are_closed() -> None:
    text = said("<details>\n<summary>变化 &amp; @team（2）</summary>\n\n- a\n\n<details><summary>b</summary>\n\n- c\n")
    assert text.count("<details>") == text.count("</details>") == 2
    page = html.fromstring(GFM.render(text))
    assert page.findtext(".//summary") == "变化 & @\u200bteam（2）"
    assert said("</details>\n").strip() == "&#60;/details&#62;"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/", "javascript:alert(1)", "https://github.com/qinghe/books-evil/edit/main/data/a",
        f"{OWN}edit/main/data/../../../../evil/x", f"{OWN}edit/main/data/%2E%2e/%2e./x", f"{OWN}edit/main/data/a?filename=x",
        f"{OWN}edit/main/data//evil", f"{OWN}settings", f"{OWN}edit/main/data/a#b", f"{OWN}edit/main/data\\..", f"{OWN}issues/1",
    ],
)  # fmt: skip
def test_a_link_that_leads_elsewhere_is_plain_text(url: str) -> None:
    assert list(html.fromstring(GFM.render(said(f"[改]({url})") or "x")).iter("a")) == []


def test_invisible_characters_are_taken_out_also_where_they_are_written_as_numbers() -> None:
    shown = said("a\u202eb\u200bc\u2066d\ufeffe\x07f\U000e0041g &#x202e;&#8203;h `i\u202ej`\n```\nk\u2067l\n```\n")
    bare = html.fromstring(GFM.render(shown)).text_content()
    assert bare.split() == ["abcdefg", "h", "ij", "kl"]


def test_the_marker_and_our_line_stand_on_top_once() -> None:
    text = inert.comment(f"{inert.MARKER}\nx\n{inert.MARKER}\n", LINKS)
    assert text.startswith(f"{inert.MARKER}\n> 这条留言由本仓库的程序代贴。")
    assert text.count(inert.MARKER) == 1


@pytest.mark.parametrize("line", ["字" * 900, "@" * 900, "<details>\n<summary>x</summary>\n", "```\na\n```"])
def test_a_long_text_is_cut_between_lines_and_closed(line: str) -> None:
    text = inert.comment(f"<details>\n<summary>x</summary>\n\n{line}\n" * 2_000, LINKS)
    assert len(text) <= inert.LONGEST
    assert text.endswith(inert.CUT)
    assert text.count("<details>") == text.count("</details>")
