"""Frames: what stands around a page's content, compiled once from what MkDocs built.

Of a frame nothing depends on the depth of the page, on the page or on the name of the school: all these
are slots. So frames are compiled once for a language, kept as JSON in a cache folder, and serve every page
of every school; MkDocs is imported only when one of the frame's own inputs has changed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from markupsafe import escape

from generator.kept import keep
from generator.site.host import FRAME_FOLDER, build_host, document_title, frame_job
from generator.site.project import PACKAGE, Project, cache_folder
from generator.site.slots import Parts, bind, split

ONCE = ("title", "description", "content")
LINK = re.compile(r'\b(?:href|src|action)="(?!<!--slot:base-->/|#|https?:|mailto:|tel:|data:)[^"]*"')
HOSTS = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "pymdown-extensions", "nh3")
KEPT = 8


class FrameError(Exception):
    """A frame that cannot serve pages at every depth: an override of the theme is at fault."""


@dataclass(frozen=True)
class Frame:
    """The frame of one section, for one school."""

    parts: Parts
    site_name: str
    _at: dict[str, Parts] = field(default_factory=dict, compare=False, repr=False)

    def fill(self, *, url: str, title: str, description: str, content: str) -> str:
        """Return the whole page at `url` (relative to the site's root); `content` is markup, all else is text."""
        base = base_of(url)
        if (parts := self._at.get(base)) is None:
            parts = self._at[base] = bind(self.parts, {"base": base})
        values = {
            "title": str(escape(document_title(title, self.site_name))),
            "description": str(escape(description)),
            "url": str(escape(quote(url))),
            "content": content,
        }
        return bind(parts, values)[0]


@dataclass(frozen=True)
class Frames:
    """One frame for each section by its key, and the finished files of the frame: style, script, icon,
    hand-written pages and `404.html`, by path."""

    frames: Mapping[str, Frame]
    files: Mapping[str, bytes]

    def __getitem__(self, section: str) -> Frame:
        if (frame := self.frames.get(section)) is None:
            raise FrameError(f"there is no section {section!r}; sections are {', '.join(self.frames)}")
        return frame


@dataclass(frozen=True)
class Compiled:
    """Frames and files before they are bound to a school: split at their slots, other files as bytes."""

    frames: dict[str, Parts]
    pages: dict[str, Parts]
    assets: dict[str, bytes]

    def bound(self, site_name: str, short_name: str, code: str = "", code_day: str = "") -> Frames:
        """Return the frames of the school with this name, and with the newest code of its ledger and its day."""
        values = {"name": site_name, "short": short_name, "code": code, "codeday": code_day}
        names = {name: str(escape(value)) for name, value in values.items()}
        frames = {key: Frame(bind(parts, names), site_name) for key, parts in self.frames.items()}
        pages = {path: bind(parts, names)[0].encode() for path, parts in self.pages.items()}
        return Frames(frames, pages | self.assets)

    def to_json(self) -> str:
        """Return the form in which it is kept in the cache."""
        assets = {path: base64.b64encode(content).decode("ascii") for path, content in self.assets.items()}
        return json.dumps({"frames": self.frames, "pages": self.pages, "assets": assets}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Compiled:
        """Return what `to_json` wrote."""
        kept = json.loads(text)
        assets = {path: base64.b64decode(content) for path, content in kept["assets"].items()}
        return cls(kept["frames"], kept["pages"], assets)


def base_of(url: str) -> str:
    """Return the way from the page at `url` to the root of the site, without a closing slash."""
    return "/".join([".."] * url.count("/")) or "."


def build_frames(
    project: Project, language: str, site_name: str, sample: bool, cache: Path | None = None, *,
    short_name: str = "", site_url: str = "", code: str = "", code_day: str = "",
) -> Frames:  # fmt: skip
    """Return the frames for a school, from the folder `cache` or else freshly built by MkDocs.

    Raises `FrameError`, and `ProjectError` also for a hand-written page that MkDocs cannot build.
    """
    cache = cache or cache_folder() / "frame"
    kept = cache / f"{input_hash(project, language, sample, site_url)}.json"
    try:
        compiled = Compiled.from_json(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError):  # not kept yet, or damaged
        compiled = compile_frames(build_host(project, frame_job(language, sample, site_url)))
        with suppress(OSError):  # a folder that may only be read is built from all the same, only slower
            keep(kept, compiled.to_json())
            forget_oldest(kept)
    return compiled.bound(site_name, short_name or site_name, code, code_day)


def compile_frames(files: Mapping[str, bytes]) -> Compiled:
    """Return what MkDocs built, taken apart: frame pages, hand-written pages and other files."""
    compiled = Compiled({}, {}, {})
    for path, content in files.items():
        if path.startswith(f"{FRAME_FOLDER}/"):
            compiled.frames[path.split("/")[1]] = compile_frame(content.decode(), path)
        elif path.endswith(".html"):
            compiled.pages[path] = split(content.decode())
        else:
            compiled.assets[path] = content
    return compiled


def compile_frame(html: str, name: str) -> Parts:
    """Return a frame page split at its slots, having made sure that it can stand at any depth."""
    parts = split(html)
    slots = parts[1::2]
    wrong = [slot for slot in ONCE if slots.count(slot) != 1]
    if wrong:
        raise FrameError(f"{name}: these slots must stand exactly once: {', '.join(wrong)}")
    if fixed := LINK.search(html):
        raise FrameError(f"{name}: {fixed.group()} holds at one depth only; use the filter url")
    if any("slot:" in text for text in parts[::2]):
        raise FrameError(f"{name}: a slot was escaped or cut")
    return parts


def forget_oldest(path: Path) -> None:
    """Leave the newest entries of the cache, and the one at `path`."""
    entries = sorted(path.parent.glob("*.json"), key=lambda entry: (entry != path, -entry.stat().st_mtime_ns))
    for old in entries[KEPT:]:
        old.unlink(missing_ok=True)


def input_hash(project: Project, language: str, sample: bool, site_url: str) -> str:
    """Return a hash of all that the frames are made from, by content and never by date."""
    total = hashlib.sha256(json.dumps([language, sample, site_url, *map(version, HOSTS)]).encode())
    total.update(project.config_file.read_bytes())
    for folder in (project.docs(language), project.theme, PACKAGE / "site", PACKAGE / "locale"):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()[:32]
