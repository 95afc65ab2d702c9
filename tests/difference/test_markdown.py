"""Whatever stands in the data is shown as it is written in a comment, and nothing of it acts there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.difference.difference import differ
from generator.difference.markdown import LONGEST, as_markdown, plain
from generator.difference.report import visible
from generator.locale import language
from tests.browser.corpus import hostile_strings
from tests.difference.conftest import young
from tests.trust.conftest import SchoolRepository

OURS = re.compile(r"</?details>|<summary>[^<]*</summary>")
RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXT = {"text", "code_inline", "softbreak", "strong_open", "strong_close", "s_open", "s_close", "html_inline"}
BLOCKS = {
    *(f"{name}_{end}" for name in ("paragraph", "table", "thead", "tbody", "tr", "th", "td", "blockquote") for end in ("open", "close")),
    "inline", "html_block",
}  # fmt: skip
ACTS = re.compile(
    r"@\w|#\w|(?i:https?:|ftp:|mailto:|www\.)|\b[A-Za-z]+-\d|[!$%&~^]\w|:\w+:|\b[0-9a-f]{7,}\b|\[|\]|^\s*/\w|[\u202a-\u202e\u2066-\u2069]"
)
"""What GitHub, GitLab or Gitea look for in plain text: people, questions, addresses, commits, signs of emotion, orders."""

HOSTILE = [
    "@octocat", "#1", "owner/repo#12", "GH-1", "!7", "~bug", "%3", "$5", ":tada:", "0123456789abcdef", "deadbeef",
    "https://evil.example/x", "www.evil.example", "a@b.example", "[x](https://evil.example)", "![x](https://evil.example/y.png)",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- mingzhang-report -->", "</details>", "a | b | c",
    "`", "``", "` `` ```", "\\`x\\`", "a\\|b", "**bold** _it_ ~~no~~", "# heading", "- item", "1. item", "> quote", "---", "===",
    "```\ncode\n```", "    indented", "a\n\n| x | y |\n|---|---|\n| 1 | 2 |", "/close", "\n/merge\n", "&#64;octocat", "&lt;b&gt;",
    "\u202e00.51\u202c", "zero\u200bwidth", "\x1b[31mred\x07", "::error::x", "$`a`$", "[[_TOC_]]", "[^1]", "<https://evil.example>",
    "{{ 7*7 }}", "{% include x %}", "|", "||", "-", "+", "*", "=", "\\", "\ud800", "x\u2028y", "closes #3", "元/生·期 @李四",
]  # fmt: skip


def inline(tokens: list[Token]) -> list[Token]:
    """Return what stands within the blocks of a text."""
    assert {token.type for token in tokens} <= BLOCKS, tokens
    return [child for token in tokens for child in token.children or ()]


def shown(tokens: list[Token]) -> str:
    """Return what a reader sees of a text, once nothing in it acts."""
    for token in tokens:
        assert token.type in TEXT, token
        assert token.type != "html_inline", token
        assert token.type != "text" or not ACTS.search(token.content), token
    return "".join(token.content for token in tokens)


def is_harmless(text: str) -> None:
    """Assert that a text is shown as it is, wherever it stands."""
    written, expected = plain(text), " ".join(visible(text).split())
    assert "\n" not in written
    assert shown(inline(RENDERER.parse(f"{written}\n"))) == expected, "at the beginning of a line"
    assert shown(inline(RENDERER.parse(f"某 {written} 某\n"))).split() == ["某", *expected.split(), "某"], "in a line"
    table = RENDERER.parse(f"| a | b |\n| --- | --- |\n| {written} | 某 |\n")
    cells = [token for token in table if token.type == "inline"]
    assert len(cells) == 4
    assert [shown(cell.children or []) for cell in cells] == ["a", "b", expected, "某"], "in a table"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_it_is_written(text: str) -> None:
    is_harmless(text)


def test_the_collected_hostile_texts_are_shown_as_they_are_written() -> None:
    texts = hostile_strings()
    assert len(texts) > 1000
    for text in texts:
        is_harmless(text)


@given(
    st.text(alphabet=st.one_of(st.sampled_from("`|\\@#!<>[]()*_~-+=:/.&$%^\n\t 1aA元-"), st.characters()), max_size=40)
)
def test_any_text_is_shown_as_it_is_written(text: str) -> None:
    is_harmless(text)


@pytest.mark.parametrize(
    "text",
    ["作业本费", "2023年8月20日", "1,099.00", "15.00", "−3.00", "+3.00", "没有登记更正", "day pupils: voluntary", "元/生·期",
     "The school says: it was late.", "2023-02-13", "35.5%"],
)  # fmt: skip
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


def hostile(repository: SchoolRepository) -> None:
    """Let every free text of the fee list be an attack."""
    path = repository.root / "data/terms/2023-spring/fees.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    found = []
    for number, row in enumerate(rows):
        cells = row.split(",")
        cells[1] = '"费 @octocat <img src=x> | #1 ' + f'{number}"'
        cells[7] = '"[a](https://evil.example/) `` | </td>"'
        cells[-1] = '"<script>alert(1)</script> ![x](https://evil.example/)"'
        found.append(",".join(cells))
    path.write_text("\n".join([header, *found, ""]), encoding="utf-8")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_whole_comment_about_hostile_data(tmp_path: Path, code: str) -> None:
    repository = young(tmp_path / "young", lambda made: None)
    hostile(repository)
    told = differ(repository.root, "HEAD")
    written = as_markdown(told, language(code))
    assert "octocat" in written
    tokens = RENDERER.parse(written)
    for token in tokens:
        if token.type == "html_block":
            assert not OURS.sub("", token.content).strip(), token.content
    for token in inline(tokens):
        assert token.type in TEXT, token
        assert token.type != "html_inline", token
        assert token.type != "text" or not ACTS.search(token.content.removesuffix(".csv")), token
    columns = [line.count(" | ") for line in written.splitlines() if line.startswith("| ") and "F0" in line]
    assert len(columns) >= 14
    assert len(set(columns)) <= 2, "no cell of the data makes a cell of its own"


def test_a_long_comment_is_cut_and_says_so(tmp_path: Path) -> None:
    def broken(made: SchoolRepository) -> None:
        made.replace("terms/2023-spring/fees.csv", "15.00", "fifteen")

    repository = young(tmp_path / "young", broken)
    repository.replace("terms/2023-spring/fees.csv", "fifteen", "15.00")
    told = differ(repository.root, "HEAD")
    written = as_markdown(told, language("zh"))
    assert len(written) <= LONGEST
    left = len(told.figures.added) - sum(line.startswith("| ") and "data/" in line for line in written.splitlines())
    assert "<summary>新增的记录（" in written
    assert re.search(r"^还有 \d+ 条$", written, re.MULTILINE)
    assert left > 0


def test_pages_are_links_only_to_an_address_of_the_web(tmp_path: Path) -> None:
    repository = young(tmp_path / "young", lambda made: None)
    repository.replace("terms/2023-spring/plan.yml", "2月10日张榜并上网", "2月9日张榜并上网")
    told = differ(repository.root, "HEAD")
    words = language("zh")
    assert "](https://preview.example/7/plan/)" in as_markdown(told, words, "https://preview.example/7")
    assert "](" not in as_markdown(told, words, "javascript:alert(1)//")
    assert "](" not in as_markdown(told, words)
