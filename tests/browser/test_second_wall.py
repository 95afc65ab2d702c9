"""The second wall: with escaping and cleaning switched off on purpose, the content policy alone stops every script.

Each test prints its counts (`pytest -s`). The same pages without the policy show that these tests can fail.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.build import build
from generator.site import frame, host
from generator.site.frame import Frames, build_frames
from generator.site.project import Project
from tests.browser.corpus import hostile_school, hostile_strings
from tests.browser.tools import KINDS, ROOT, served
from tests.browser.visits import WATCH, Visits, visit
from tests.site.hostile_markdown import PAGES, project

META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def tell(what: str, seen: Visits) -> None:
    """Print what came of one visit; `pytest -s` shows it."""
    sys.stdout.write(f"\n{what}: {seen}\n")


def write(out: Path, files: Mapping[str, bytes], guarded: bool) -> None:
    """Write a site, and where it is not to be guarded, without its policy."""
    for path, content in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        bare = path.endswith(".html") and not guarded
        (out / path).write_bytes(META.sub("", content.decode()).encode() if bare else content)


@pytest.fixture(scope="module")
def strings() -> list[str]:
    """Every string of the corpora that could do anything at all in markup."""
    return [text for text in hostile_strings() if "<" in text or re.search(r"[\"']|script|data:|on\w+=", text)]


@pytest.fixture
def unescaped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The generator with every escape switched off."""
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("generator.pages.environment.select_autoescape", lambda *_, **__: False)
    monkeypatch.setattr("generator.pages.environment.escape", str)
    monkeypatch.setattr(frame, "escape", str)


def naked_page(frames: Frames, number: int, text: str) -> bytes:
    """Return a page on which `text` stands unescaped where the frame and the templates put data."""
    content = (
        f'<h1>x</h1><p title="{text}"><a href="{text}">x</a></p><p>{text}</p><table><tr><td>{text}</td></tr></table>'
    )
    return (
        frames["fees"].fill(url=f"{number}/", title=text, description=text, content=content).encode("utf-8", "replace")
    )


def corpus(strings: list[str], tmp_path: Path, guarded: bool) -> tuple[Path, list[str]]:
    """Write one page for each string and return their folder and addresses."""
    frames = build_frames(Project(ROOT), "zh", "学校", False)
    pages = {f"{number}/index.html": naked_page(frames, number, text) for number, text in enumerate(strings)}
    write(tmp_path / "site", {**frames.files, **pages}, guarded)
    return tmp_path / "site", [f"{number}/" for number in range(len(strings))]


@pytest.mark.usefixtures("unescaped")
def test_no_string_of_the_corpora_runs_where_nothing_is_escaped(
    strings: list[str], tmp_path: Path, browser: Browser
) -> None:
    out, paths = corpus(strings, tmp_path, guarded=True)
    with served(out) as url:
        seen = visit(browser, url, out, paths)
    tell("corpora, escaping off, policy on", seen)
    assert seen.pages == len(strings) > 500
    assert (seen.dialogs, seen.outside, seen.left) == ([], [], [])
    assert "window taken" not in seen.stopped
    assert sum(seen.stopped.values()) > 500


@pytest.mark.usefixtures("unescaped")
def test_without_the_policy_the_same_strings_run(strings: list[str], tmp_path: Path, browser: Browser) -> None:
    some = strings[::8]
    out, paths = corpus(some, tmp_path, guarded=False)
    with served(out) as url:
        seen = visit(browser, url, out, paths)
    tell("corpora, escaping off, policy off, every eighth", seen)
    assert len(seen.dialogs) > 50
    assert len(seen.outside) + len(seen.left) > 5


@pytest.mark.usefixtures("unescaped")
def test_a_whole_site_of_hostile_data_runs_nothing_where_nothing_is_escaped(tmp_path: Path, browser: Browser) -> None:
    root = hostile_school(tmp_path / "school")
    assert build(root, root / "site").published
    assert "<script>alert" in (root / "site/fees/index.html").read_text(encoding="utf-8")
    counts = []
    for guarded in (True, False):
        out = tmp_path / f"site-{guarded}"
        found = {
            path.relative_to(root / "site").as_posix(): path.read_bytes()
            for path in (root / "site").rglob("*")
            if path.is_file()
        }
        write(out, found, guarded)
        with served(out) as url:
            counts.append(visit(browser, url, out, KINDS))
        tell(f"site, escaping off, policy {'on' if guarded else 'off'}", counts[-1])
    on, off = counts
    assert (on.dialogs, on.outside, on.left) == ([], [], [])
    assert "window taken" not in on.stopped
    assert len(off.dialogs) > 0


@pytest.mark.parametrize("cleaned", [True, False])
@pytest.mark.parametrize("guarded", [True, False])
def test_hostile_markdown(
    cleaned: bool, guarded: bool, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either wall alone keeps 130 and more hostile Markdown pages from running; without both they run."""
    if not cleaned:
        monkeypatch.setattr(host, "clean", str)
    frames = build_frames(project(tmp_path), "zh", "学校", False, tmp_path / "cache")
    write(tmp_path / "site", frames.files, guarded)
    with served(tmp_path / "site") as url:
        seen = visit(browser, url, tmp_path / "site", [f"{name}/" for name in PAGES])
    tell(f"Markdown, cleaning {'on' if cleaned else 'off'}, policy {'on' if guarded else 'off'}", seen)
    assert seen.pages == len(PAGES) >= 130
    if cleaned:
        assert (seen.dialogs, seen.outside, seen.left, seen.stopped) == ([], [], [], {})
    elif guarded:
        # A page may still leave by <meta http-equiv="refresh">: no policy in a page stops that, cleaning does.
        assert (seen.dialogs, seen.outside) == ([], [])
        assert len(seen.left) < 5
        assert "window taken" not in seen.stopped
        assert sum(seen.stopped.values()) > 50
    else:
        assert len(seen.dialogs) > 50
        assert len(seen.outside) > 10


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "404.html"])
def test_a_page_opened_from_a_disk_is_whole_and_nothing_of_it_is_stopped(
    kind: str, site: Path, browser: Browser
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
    page.add_init_script(WATCH)
    page.goto((site / kind / "index.html").as_uri())
    assert page.evaluate("window.stopped || []") == []
    assert errors == []
    assert page.locator("[data-palette]").is_visible()  # the script ran
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("document.querySelector('a.school').href").endswith("/index.html")
    page.close()
