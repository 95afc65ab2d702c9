"""The same pages for MkDocs with Material: what each page says as Markdown, with headings, lists, links and tables.

Charts, source links and classes are left out, which makes the pages lighter than ours.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from bench.measure import Cost, python, run
from generator.pages.page import Page

CONFIG = """\
site_name: {name}
docs_dir: docs
site_dir: site
theme:
  name: material
  language: zh
plugins: []
markdown_extensions: [tables]
nav: [{nav}]
validation:
  nav: {{omitted_files: ignore}}
  links: {{not_found: ignore, unrecognized_links: ignore, anchors: ignore, absolute_links: ignore}}
"""
SPACE = re.compile(r"\s+")
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "li", "dt", "dd", "caption", "summary", "figcaption", "label", "div")
SILENT = ("svg", "form", "script", "option", "select")


class Writer(HTMLParser):
    """Turns the markup of a page's content into Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.text = ""
        self.row: list[str] | None = None
        self.rows = 0
        self.silent = 0
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a row or a link."""
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS:
            self.flush()
            if tag[0] == "h":
                self.text = "#" * int(tag[1]) + " "
            elif tag == "li":
                self.text = "- "
        elif tag == "table":
            self.flush()
            self.rows = 0
        elif tag == "tr":
            self.flush()
            self.row = []
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
            self.text += "["

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in SILENT:
            self.silent -= 1
        elif tag == "a":
            path, hash_, rest = self.address.partition("#")
            self.text += f"]({path}{'index.md' if path.endswith('/') else ''}{hash_}{rest})"
        elif tag in ("td", "th") and self.row is not None:
            self.row.append(SPACE.sub(" ", self.text).strip().replace("|", "\\|"))
            self.text = ""
        elif tag == "tr" and self.row is not None:
            self.end_row(self.row)
        elif tag in BLOCKS:
            self.flush()
        elif tag == "table":
            self.lines.append("")

    def end_row(self, row: list[str]) -> None:
        """Write a row of a table; the first one is its header."""
        self.row = None
        self.lines.append(f"| {' | '.join(row)} |")
        if not self.rows:
            self.lines.append("|" + " --- |" * len(row))
        self.rows += 1

    def handle_data(self, data: str) -> None:
        """Take a text, with what Markdown would read as its own escaped."""
        if not self.silent:
            self.text += re.sub(r"([*_<`\[\]])", r"\\\1", data)

    def flush(self) -> None:
        """Write the block that is being read, unless it is part of a table's cell."""
        if self.row is not None:
            return
        if text := SPACE.sub(" ", self.text).strip():
            if text.startswith("- ") and self.lines[-2:-1] and self.lines[-2].startswith("- "):
                self.lines.pop()  # one list, not a list for each item
            self.lines += [text, ""]
        self.text = ""


def markdown(content: str) -> str:
    """Return the markup of a page's content as Markdown."""
    writer = Writer()
    writer.feed(content)
    writer.close()
    writer.flush()
    return "\n".join(writer.lines) + "\n"


def export(root: Path, name: str, pages: Iterable[tuple[Page, str]]) -> int:
    """Write the whole project of MkDocs into `root` and return the number of its pages."""
    shutil.rmtree(root, ignore_errors=True)
    count = 0
    sections: dict[str, str] = {}
    for page, content in pages:
        path = root / "docs" / page.url / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown(content), encoding="utf-8")
        sections.setdefault(page.section, f"{page.url}index.md")
        count += 1
    (root / "mkdocs.yml").write_text(CONFIG.format(name=name, nav=", ".join(sections.values())), encoding="utf-8")
    return count


def build(root: Path) -> Cost:
    """Let MkDocs build the project and return what it took."""
    shutil.rmtree(root / "site", ignore_errors=True)
    cost, _ = run(python("mkdocs", "build", "--quiet", "--config-file", root / "mkdocs.yml"))
    return cost
