"""The folder of a Hugo site that says the same as ours: frames as base layouts, our templates as Go templates, pages as data."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.hugo.marks import Marker, Part, parts
from bench.hugo.shapes import Shaper, escaped, finished, go
from generator.build import Checked
from generator.outputs.downloads import files
from generator.overview.pages import TEMPLATES as OVERVIEW
from generator.overview.pages import pages as overview_pages
from generator.pages.environment import environment
from generator.pages.links import desk_of
from generator.pages.page import Page
from generator.pages.render import render
from generator.registers.register import REGISTERS
from generator.site.frame import Frame, Frames, base_of
from generator.site.host import document_title

CONFIG = """\
baseURL = "https://example.org/"
title = "school"
defaultContentLanguage = "zh"
disableKinds = ["404", "home", "page404", "robotsTXT", "RSS", "section", "sitemap", "taxonomy", "term"]
disableHugoGeneratorInject = true
disablePathToLower = true
enableRobotsTXT = false
[markup.goldmark.renderer]
unsafe = false
"""
SLOTS = {
    "title": "{{ .Params.t }}",
    "description": "{{ .Params.m }}",
    "url": "{{ .Params.u | safeURL }}",
    "content": '{{ block "main" . }}{{ end }}',
}


@dataclass(frozen=True)
class Exported:
    """What was exported: how many pages, the share of their markup that Hugo gets finished, and the bytes of the data."""

    pages: int
    finished: float
    data_bytes: int


def site_pages(checked: Checked) -> tuple[Page, ...]:
    """Return every page of a school with its context, as `generator.build` makes them."""
    books = checked.books
    if books is None:
        raise ValueError("the school has no books")
    downloads = files(books, checked.commit)
    return (*overview_pages(books, checked.commit, downloads), *(page for r in REGISTERS for page in r.pages(books)))


def marked_pages(checked: Checked, pages: Iterable[Page], marker: Marker) -> list[tuple[Page, Part]]:
    """Return the pages rendered with marks."""
    books = checked.books
    if books is None:
        raise ValueError("the school has no books")
    term = books.current_term.id if books.current_term else ""
    desk = desk_of(books.data, checked.commit, books.language, term, books.today)
    templates = {register.name: register.templates for register in REGISTERS} | {"overview": OVERVIEW}
    env = environment(books.language, templates, source_url=desk.source, ask_url=desk.ask, desk=desk)
    marker.install(env)
    return [(page, parts(render(env, page))) for page in pages]


def export(root: Path, checked: Checked, frames: Frames, *, finished_values: bool = True) -> Exported:
    """Write the whole Hugo site into `root`.

    With `finished_values` amounts are formatted and words written out; without, Hugo does both, as our templates do.
    """
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    for path, content in frames.files.items():
        write(root / "static" / path, content.decode("utf-8") if path.endswith(".html") else content)
    for section, frame in frames.frames.items():
        write(root / "layouts" / section / "baseof.html", base_layout(frame))
    marker = Marker(raw=not finished_values)
    words: dict[str, str] | None = None if finished_values else {}
    marked = marked_pages(checked, site_pages(checked), marker)
    by_template: dict[tuple[str, str], list[tuple[Page, Part]]] = {}
    for page, part in marked:
        by_template.setdefault((page.section, page.template), []).append((page, part))
    done = total = size = 0
    for (section, template), some in by_template.items():
        layout = template.split(".")[0].replace("/", "-")
        shaper = Shaper(marker.sites, words)
        shape = shaper.shape([part.children for _, part in some])
        body = go(shape)
        write(
            root / "layouts" / section / f"{layout}.html",
            f'{{{{ define "main" }}}}{{{{ with .Params.d }}}}{body}{{{{ end }}}}{{{{ end }}}}\n',
        )
        for page, part in some:
            data = shaper.data(shape, part.children, {})
            done += finished(shape, data)
            total += len(part.flat)
            size += write(root / "content" / content_name(page), front_matter(page, layout, data, frames[section]))
    if words is not None:
        write(root / "i18n" / "zh.json", json.dumps(words, ensure_ascii=False))
    return Exported(len(marked), done / total, size)


def write(path: Path, content: str | bytes) -> int:
    """Write a file with its folders, and return its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    return path.write_bytes(raw)


def base_layout(frame: Frame) -> str:
    """Return a frame as a base layout."""
    out = []
    for text, name in zip(frame.parts[::2], (*frame.parts[1::2], ""), strict=True):
        out.append(escaped(text))
        if name == "base":
            out.append("{{ .Params.b | safeURL }}")
        elif name:
            out.append(SLOTS[name])
    return "".join(out)


def content_name(page: Page) -> str:
    """Return the name of a page's content file, flat, so that no page is a branch of another."""
    return (page.url.strip("/").replace("/", "--") or "index-of-all") + ".md"


def front_matter(page: Page, layout: str, data: dict[str, Any], frame: Frame) -> str:
    """Return the content file of a page: everything that it says, as front matter."""
    matter = {
        "url": f"/{page.url}", "type": page.section, "layout": layout,
        "t": document_title(page.title, frame.site_name), "m": page.description, "b": base_of(page.url), "u": page.url,
        "d": data or {"empty": True},
    }  # fmt: skip
    return json.dumps(matter, ensure_ascii=False, separators=(",", ":")) + "\n"
