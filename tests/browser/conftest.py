"""A built sample site behind a small server, and Debian's Chromium to look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from generator.build import build
from tests.browser.tools import ROOT, served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built sample site."""
    out = tmp_path_factory.mktemp("sample") / "site"
    assert build(ROOT, out).published
    return out


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the built sample site."""
    with served(site) as url:
        yield url


@dataclass
class Watched:
    """A page with what it did: dialogs that it opened, requests to other hosts, and errors in its console."""

    page: Page
    dialogs: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """A function that opens a new page, by its width and other options of the context, and watches it."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 390, height: int = 844, **options: object) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)  # type: ignore[arg-type]
        contexts.append(context)
        found = Watched(context.new_page())

        def on_request(request: Request) -> None:
            if not request.url.startswith(("http://127.0.0.1:", "data:", "about:")):
                found.outside.append(request.url)

        found.page.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
        found.page.on("request", on_request)
        found.page.on("console", lambda said: found.errors.append(said.text) if said.type == "error" else None)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        return found

    yield open_page
    for context in contexts:
        context.close()
