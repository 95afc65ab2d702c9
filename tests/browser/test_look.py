"""Every kind of page on a phone and on a desk: accessible, not too wide, quiet, and whole without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.tools import FLAGS, HERE, KINDS, NAMES, executable, missing

AXE = HERE / "node_modules/axe-core"


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core with its Chinese words."""
    script = AXE / "axe.min.js"
    if not script.is_file():
        missing("axe-core (tests/browser/node_modules)")
    words = (AXE / "locales/zh_CN.json").read_text(encoding="utf-8")
    return script.read_text(encoding="utf-8") + f";axe.configure({{locale: {words}}});"


@pytest.fixture(scope="module")
def large_browser(browser: Browser) -> Iterator[Browser]:
    """Chromium with letters of 32 pixels where 16 are usual."""
    flags = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=executable(*NAMES), args=flags)
    yield large
    large.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    kind: str, width: int, scheme: str, address: str, axe: str, watched: Callable[..., Any]
) -> None:
    seen = watched(width, color_scheme=scheme, bypass_csp=True)
    seen.page.goto(address + kind)
    seen.page.evaluate(axe)
    result = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [
        {"rule": v["id"], "help": v["help"], "where": [n["html"][:200] for n in v["nodes"][:3]]}
        for v in result["violations"]
    ]
    assert told == [], json.dumps(told, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("width", [320, 360, 390, 640, 1280])  # 640 is a desk at 200 %
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_never_wider_than_the_screen(
    kind: str, width: int, address: str, watched: Callable[..., Any]
) -> None:
    seen = watched(width)
    seen.page.goto(address + kind)
    wide = seen.page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 150))"""
    )
    assert wide == []


@pytest.mark.parametrize("width", [640, 1280])
def test_large_text_loses_nothing(width: int, address: str, large_browser: Browser) -> None:
    """The reader's own letters are twice as large as usual."""
    page = large_browser.new_page(viewport={"width": width, "height": 900})
    wide = []
    for kind in KINDS:
        page.goto(address + kind)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(kind)
    page.close()
    assert wide == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_no_other_host_and_has_no_errors(kind: str, address: str, watched: Callable[..., Any]) -> None:
    seen = watched()
    seen.page.goto(address + kind)
    seen.page.wait_for_load_state("networkidle")
    assert (seen.outside, seen.dialogs, seen.errors) == ([], [], [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_javascript(kind: str, address: str, watched: Callable[..., Any]) -> None:
    texts = []
    for script in (True, False):
        seen = watched(java_script_enabled=script)
        seen.page.goto(address + kind)
        visible = seen.page.locator("main").first.inner_text()
        texts.append({line.strip() for line in visible.splitlines() if line.strip()})
    with_script, without = texts
    assert without
    assert without - with_script == set() or kind in ("fees/", "calendar/", "calendar/2023-03/")


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_the_sample_says_so(kind: str, address: str, watched: Callable[..., Any]) -> None:
    seen = watched()
    seen.page.goto(address + kind)
    assert seen.page.get_by_text("示例数据").first.is_visible()
    assert seen.page.locator("h1").count() == 1
    assert seen.page.locator("html").get_attribute("lang") == "zh-CN"


@pytest.mark.parametrize("kind", ["", "fees/", "fees/2023-spring/notice/", "finance/2023-04/", "finance/2023/"])
def test_a_page_prints_on_a4(kind: str, address: str, watched: Callable[..., Any]) -> None:
    seen = watched(794, 1123)
    seen.page.goto(address + kind)
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate("document.documentElement.scrollWidth <= 794")
    assert seen.page.pdf(format="A4").startswith(b"%PDF")


def test_the_first_view_weighs_little(address: str, watched: Callable[..., Any]) -> None:
    """Bytes of the home page and all it loads, compressed as a web server would: under 70 KB."""
    import gzip

    seen = watched()
    sizes: list[int] = []
    seen.page.on("response", lambda response: sizes.append(len(gzip.compress(response.body(), 6))))
    seen.page.goto(address)
    seen.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) < 70_000
