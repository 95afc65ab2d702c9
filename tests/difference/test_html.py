"""The difference as a page: nothing of the data acts in it, it asks for nothing, and it fits a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from generator.difference.difference import Difference, differ
from generator.difference.html import as_html
from generator.difference.text import as_text
from generator.locale import language
from tests.difference.conftest import young
from tests.difference.test_markdown import hostile

TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "p", "main", "nav", "ul", "li", "a", "small", "section", "h2",
    "table", "thead", "tbody", "tr", "th", "td", "bdi", "del", "ins", "span", "code", "details", "summary",
}  # fmt: skip


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """The difference of a school whose new texts are attacks."""
    repository = young(tmp_path_factory.mktemp("attacked") / "school", lambda made: None)
    hostile(repository)
    return differ(repository.root, "HEAD")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_hostile_texts_are_shown_and_do_not_act(attacked: Difference, code: str) -> None:
    document = html.fromstring(as_html(attacked, language(code)))
    assert {element.tag for element in document.iter()} <= TAGS
    assert "<script>alert(1)</script>" in document.text_content()
    assert "费 @octocat <img src=x> | #1 0" in document.text_content()
    assert all(link.startswith("#") for link in document.xpath("//@href"))
    assert document.get("lang") == {"zh": "zh-CN", "en": "en"}[code]
    assert "style" not in {name for element in document.iter() for name in element.attrib}


def test_pages_are_links_to_the_preview(attacked: Difference) -> None:
    document = html.fromstring(as_html(attacked, language("zh"), "https://preview.example/7/"))
    links = {link for link in document.xpath("//@href") if not link.startswith("#")}
    assert links
    assert all(link.startswith("https://preview.example/7/") for link in links)


def test_a_page_asks_for_nothing_and_fits_a_phone(attacked: Difference, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "difference.html"
    file.write_text(as_html(attacked, language("zh")), encoding="utf-8")
    asked: list[str] = []
    for width in (360, 390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.scripts.length") == 0
        page.close()
    assert set(asked) == {file.as_uri()}


def test_a_terminal_is_not_steered(tmp_path: Path) -> None:
    repository = young(tmp_path / "school", lambda made: None)
    repository.replace("terms/2023-spring/plan.yml", "结果: 2月10日张榜并上网", 'outcome: "a\\u202eb ::error::x"')
    told = differ(repository.root, "HEAD")
    text = as_text(told, language("zh"))
    assert not any(character in text for character in "\u202e\x1b\x07")
    assert not any(line.startswith("::") for line in text.splitlines())
