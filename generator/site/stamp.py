"""Stamping: the rendered content of each data page goes into the frame of its section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.outputs.sums import SUMS, sums
from generator.pages.page import Page
from generator.problems import Problem
from generator.site.frame import Frames


@dataclass(frozen=True)
class RenderedSite:
    """A school's site before it has a frame: each page with its content as markup, the other files by path,
    what the frame says about the school, the problems found in its data, and the newest code of its ledger with its day in words."""

    pages: Sequence[tuple[Page, str]]
    files: Mapping[str, bytes]
    language: str
    site_name: str
    sample: bool
    short_name: str = ""
    site_url: str = ""
    problems: Sequence[Problem] = field(default=())
    code: str = ""
    code_day: str = ""


class StampError(Exception):
    """Two parts of the program want to write the same file of the site."""


def output_path(url: str) -> str:
    """Return the file that answers for a page's address: ``fees/`` is ``fees/index.html``."""
    return f"{url}index.html" if url == "" or url.endswith("/") else url


def stamp(page: Page, content: str, frames: Frames) -> bytes:
    """Return the whole page: `content`, which is markup, in the frame of the page's section."""
    frame = frames[page.section]
    return frame.fill(url=page.url, title=page.title, description=page.description, content=content).encode()


def stamp_site(site: RenderedSite, frames: Frames) -> dict[str, bytes]:
    """Return every file of the finished site by path: the frame's own files, the pages, the downloads, and the list of
    their hashes."""
    files = dict(frames.files)
    pages = ((output_path(page.url), stamp(page, content, frames)) for page, content in site.pages)
    for path, content in (*pages, *site.files.items()):
        if path in files:
            raise StampError(f"two files of the site are both called {path}")
        files[path] = content
    return files | {SUMS: sums(files)}
