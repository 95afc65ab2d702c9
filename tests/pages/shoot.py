"""Take pictures of the specimen: ``python -m tests.pages.shoot [zh|en]``; they lie in tests/actual/specimen/."""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

from tests.pages.specimen import FOLDER, main

CHROMIUM = "/usr/bin/chromium"
SIZES = ((360, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))


def shoot(code: str) -> None:
    """Write one picture for each size and scheme, and say whether anything scrolls sideways."""
    path = main(code)
    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM)
        for width, scheme in SIZES:
            page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(path.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            page.screenshot(path=FOLDER / f"{width}-{scheme}.png", full_page=True)
            sys.stdout.write(f"{width} {scheme}: content is {wide} wide\n")
        page.emulate_media(media="print")
        page.pdf(path=FOLDER / "a4.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    shoot(*(sys.argv[1:2] or ["zh"]))
