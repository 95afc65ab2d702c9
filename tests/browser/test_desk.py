"""The links by which staff change the data, as a browser shows them: no fault for axe, out of the way, not in print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from generator.build import build
from tests.browser.test_look import AXE
from tests.browser.tools import ROOT, missing, served

PAGES = ("", "fees/", "finance/2023-04/", "plan/", "calendar/", "findings/", "data/", "about/", "guide/propose/")
TALL = """[...document.querySelectorAll('.desk a')].map(a => a.getBoundingClientRect()).filter(r => r.height < 24).length"""
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample's site with a repository in its settings."""
    root = tmp_path_factory.mktemp("public")
    shutil.copytree(ROOT / "data", root / "data")
    path = root / "data/school.yml"
    path.write_text(path.read_text(encoding="utf-8") + "数据仓库: https://github.com/county/qinghe\n", encoding="utf-8")
    assert build(root, root / "site", durable=False).published
    with served(root / "site") as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", java_script_enabled=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("url", PAGES)
def test_axe_finds_nothing_and_every_link_can_be_hit(url: str, width: int, public: str, page: Page) -> None:
    script = AXE / "axe.min.js"
    if not script.is_file():
        missing("axe-core (tests/browser/node_modules)")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(public + url)
    page.evaluate(script.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate(TALL) == 0
    assert page.evaluate(WIDE) <= 0


def test_on_paper_there_is_nothing_to_change(public: str, page: Page) -> None:
    page.goto(public + "fees/")
    shown = "[...document.querySelectorAll('.desk')].filter(p => getComputedStyle(p).display != 'none').length"
    assert page.evaluate(shown) == 4
    page.emulate_media(media="print")
    assert page.evaluate(shown) == 0
