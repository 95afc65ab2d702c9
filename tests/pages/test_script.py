"""The script in a real browser: palette, filters and their memory; and the page without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.specimen import main


@pytest.fixture(scope="module")
def address() -> str:
    return main("zh").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light")
    page.goto(address)
    yield page
    page.close()


def test_the_palette_is_chosen_and_remembered(page: Page) -> None:
    button = page.locator("[data-palette]")
    assert button.inner_text() == "深色"
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    button.click()
    assert button.inner_text() == "浅色"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


def test_a_choice_hides_what_does_not_match_and_is_remembered(page: Page) -> None:
    def shown() -> list[bool]:
        return [part.is_visible() for part in page.locator("#cases section").all()]

    assert shown() == [True, True]
    page.select_option("select[name=lodging]", "boarder")
    assert shown() == [False, True]
    page.reload()
    assert shown() == [False, True]
    page.select_option("select[name=lodging]", "")
    assert shown() == [True, True]


def test_a_word_stands_where_nothing_matches(page: Page) -> None:
    note = page.locator("[data-empty=cases]")
    assert not note.is_visible()
    page.evaluate("document.querySelector('select[name=lodging]').add(new Option('x', 'nobody'))")
    page.select_option("select[name=lodging]", "nobody")
    assert note.is_visible()


def test_without_the_script_everything_is_shown_and_no_dead_control(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    assert [part.is_visible() for part in page.locator("#cases section").all()] == [True, True]
    controls = page.locator("form, button").all()
    assert len(controls) >= 4
    assert not any(control.is_visible() for control in controls)
    context.close()


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
