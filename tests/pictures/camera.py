"""Takes pictures of pages, of what a command printed, and of a report as a code host shows it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.tools import FLAGS, NAMES, executable

COLOURS = 64
"""So many colours a picture has: enough for flat pages, and a fifth of the bytes."""
SHEET = """
body { margin: 0; padding: 20px 24px; background: #fff; color: #1f2328; line-height: 1.6;
  font: 15px/1.6 "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
h2, h3 { line-height: 1.3; margin: 16px 0 8px; } h2 { font-size: 20px; } h3 { font-size: 17px; }
table { border-collapse: collapse; margin: 8px 0; font-size: 14px; } th, td { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left; }
code, pre { font-family: "Noto Sans Mono CJK SC", monospace; font-size: 13px; background: #f3f5f7; border-radius: 4px; }
code { padding: 1px 5px; } pre { padding: 12px; overflow: hidden; white-space: pre-wrap; overflow-wrap: anywhere; } pre code { padding: 0; }
a { color: #0b6b50; } summary { cursor: default; font-weight: 600; margin: 8px 0; } p, ul, ol { margin: 8px 0; }
.sheet th { background: #eef1ef; color: #5b6660; font-weight: 400; text-align: center; } .sheet td { white-space: nowrap; }
.terminal { background: #14201c; color: #e6efe9; margin: -20px -24px; padding: 18px 22px; border-radius: 0; }
"""
SIGNS = {
    "❌": '<b style="color:#b3261e">✕</b>',
    "✅": '<b style="color:#0b6b50">✓</b>',
    "🟡": '<b style="color:#b7791f">●</b>',
}
"""Coloured signs for which this machine may have no font."""
MARK = """(element, label) => {
  element.style.outline = '3px solid #c2410c'; element.style.outlineOffset = '3px'; element.style.borderRadius = '4px';
}"""


class Camera:
    """A browser that writes pictures as small PNG files."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @contextmanager
    def page(self, address: str, width: int = 390, height: int = 760) -> Iterator[Page]:
        """Open a page to do something on before it is taken."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light"
        )
        page = context.new_page()
        try:
            page.goto(address)
            yield page
        finally:
            context.close()

    def shoot(
        self, address: str, out: Path, *, width: int = 390, height: int = 760, selector: str | None = None,
        marks: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Write a picture of the page at an address: of its first screen, or of one element with its surroundings.

        ``marks`` are selectors of what the reader should look at, drawn with a frame around it.
        """
        with self.page(address, width, height) as page:
            self.take(page, out, selector=selector, marks=marks)

    def take(self, page: Page, out: Path, *, selector: str | None = None, marks: Sequence[str] = ()) -> None:
        """Write a picture of a page that is open."""
        for mark in marks:
            page.locator(mark).first.evaluate(MARK, "")
        if selector is None and marks:
            page.locator(marks[0]).first.scroll_into_view_if_needed()
        shown = page.locator(selector).first.screenshot() if selector else page.screenshot()
        write(shown, out)

    def say(self, text: str, out: Path, *, width: int = 860) -> None:
        """Write a picture of what a command printed."""
        self.paper(f'<pre class="terminal">{escape(text)}</pre>', out, width)

    def report(
        self, markdown: str, out: Path, *, width: int = 760, height: int | None = None, unfolded: bool = False
    ) -> None:
        """Write a picture of a text in Markdown as a code host would show it; ``height`` cuts off what is below.

        With ``unfolded`` the first folded part is open, as after a click.
        """
        markup = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown)
        for sign, drawn in SIGNS.items():
            markup = markup.replace(sign, drawn)
        if unfolded:
            markup = markup.replace("<details>", "<details open>", 1)
        self.paper(markup, out, width, height)

    def paper(self, markup: str, out: Path, width: int, height: int | None = None) -> None:
        """Write a picture of markup of our own on white paper."""
        context = self.browser.new_context(viewport={"width": width, "height": height or 300}, offline=True)
        page = context.new_page()
        page.set_content(f"<!doctype html><meta charset=utf-8><style>{SHEET}</style><body>{markup}")
        write(page.screenshot(full_page=height is None), out)
        context.close()


def write(png: bytes, out: Path) -> None:
    """Write a picture with few colours and without anything beside them."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out.parent.mkdir(parents=True, exist_ok=True)
    image.save(out, "PNG", optimize=True)


@contextmanager
def camera() -> Iterator[Camera]:
    """Start the browser that takes the pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(*NAMES), args=FLAGS)
        yield Camera(browser)
        browser.close()
