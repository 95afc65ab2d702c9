"""Write a page with every part and chart, to look at: ``python -m tests.pages.specimen [zh|en]``.

The frame is a stand-in that renders the real partials of the header and the footer, so that the look can be judged
without building a site.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader

from generator.locale import Language, language
from generator.pages.environment import environment
from generator.pages.page import Page
from generator.pages.render import linker, render
from generator.problems import Place
from generator.theme.words import WORDS
from tests.pages.views import specimen

HERE = Path(__file__).parent
THEME = Path(__file__).parents[2] / "generator" / "theme"
FOLDER = HERE.parent / "actual" / "specimen"
SECTIONS = {
    "home": "首页", "fees": "收费", "finance": "财务", "plan": "计划", "calendar": "日历",
    "findings": "问题", "changes": "变更", "data": "数据", "about": "关于",
}  # fmt: skip
MAIN = ("home", "fees", "finance", "calendar")


def source_url(at: Place) -> str:
    """Return a made-up address of a line."""
    return f"https://example.org/blob/1a2b3c4/{at.file}#L{at.line}"


def ask_url(at: Place) -> str:
    """Return a made-up address to ask at."""
    return "mailto:ask@example.org"


def content(words: Language) -> tuple[Page, str]:
    """Return the specimen page and its markup."""
    env = environment(words, {"tests": HERE}, source_url=source_url, ask_url=ask_url)
    page = Page("finance/2023-03/", "Specimen", "finance", "tests/specimen.html.j2", specimen(words))
    return page, render(env, page)


def frame(markup: str, page: Page, words: Language) -> str:
    """Return the content in a stand-in for the frame, with the real partials."""
    to = linker(page.url)
    extra = SimpleNamespace(
        words={word: words.gettext(word) for word in WORDS},
        sample=True,
        site_sections=[
            SimpleNamespace(id=key, title=title, url="" if key == "home" else f"{key}/", main=key in MAIN)
            for key, title in SECTIONS.items()
        ],
        check_url="about/check/",
        built="2023-07-12 · 1a2b3c4",
        repository_url="https://example.org/",
        report_url="",
        school=SimpleNamespace(name="示例县青禾镇中心小学校", short="青禾镇中心小学", supervisor="示例县教育和体育局"),
    )
    host = Environment(loader=FileSystemLoader([HERE, THEME]), autoescape=True)
    host.filters["url"] = lambda target: to("" if target == "." else target)
    view = SimpleNamespace(meta={"section": page.section, "frame": True}, title=page.title)
    config = SimpleNamespace(extra=extra)
    template = host.get_template("specimen_frame.html")
    return template.render(content=markup, page=view, config=config, language=words.code, nav=None)


def main(code: str = "zh") -> Path:
    """Write the specimen below ``tests/actual`` and return its path."""
    words = language(code)
    page, markup = content(words)
    path = FOLDER / page.url / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(THEME / "assets", FOLDER / "assets", dirs_exist_ok=True)
    path.write_text(frame(markup, page, words), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:2])}\n")
