"""Hostile text: every string of the public corpora is shown exactly as written, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.build import build
from generator.locale import language
from generator.problems import as_text
from generator.values.text import is_link
from tests.browser.corpus import (
    TITLES,
    accepted_strings,
    fee,
    hostile_school,
    hostile_strings,
    odd_links,
    refusals,
    table,
)
from tests.browser.tools import ROOT, served


def test_each_string_as_a_header_is_refused_with_a_reason() -> None:
    for string in hostile_strings():
        if string.strip() in ("", *TITLES):
            continue
        _, said = refusals(table([[*fee(1, "a", "b"), "x"]], [*TITLES, string]))
        assert any("error[" in line for line in said), string


@pytest.fixture(scope="module")
def accepted() -> tuple[str, ...]:
    """The strings that are taken as an item's name; each of the others is refused with a reason."""
    return accepted_strings()


def trimmed(string: str) -> str:
    return string.strip()


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a school whose fees, measures, events and names are the hostile strings."""
    root = hostile_school(tmp_path_factory.mktemp("hostile"))
    built = build(root, root / "site")
    assert built.published, [as_text(problem, language("zh")) for problem in built.checked.errors]
    return root / "site"


def test_most_strings_are_taken(accepted: tuple[str, ...]) -> None:
    strings = hostile_strings()
    assert len(strings) > 1000
    assert len(accepted) > len(strings) * 0.8


@pytest.mark.parametrize(("page", "marker"), [("fees/", "H"), ("calendar/2023-03/", "e")])
def test_each_string_is_shown_as_written(page: str, marker: str, hostile_site: Path, accepted: tuple[str, ...]) -> None:
    document = html.fromstring((hostile_site / page / "index.html").read_bytes().decode())
    missing = []
    for number, string in enumerate(accepted):
        (block,) = document.xpath(f"//*[@id='{marker}{number}']")
        shown = "".join(block.itertext())
        if " ".join(trimmed(string).split()) not in " ".join(shown.split()):
            missing.append((number, string, shown[:200]))
    assert missing == []


@pytest.mark.parametrize(
    "page", ["", "fees/", "fees/2023-spring/notice/", "calendar/2023-03/", "plan/", "findings/", "data/"]
)
def test_nothing_runs_and_nothing_is_asked_elsewhere(
    page: str, hostile_site: Path, watched: Callable[..., Any]
) -> None:
    with served(hostile_site) as url:
        seen = watched()
        seen.page.goto(url + page)
        seen.page.wait_for_load_state("networkidle")
        # What waits for a hand: hover and focus over everything that hostile text could have made.
        seen.page.evaluate("""() => document.querySelectorAll("main *").forEach(e => {
            for (const kind of ["mouseover", "focus", "click", "copy", "cut", "blur"])
                if (!e.closest("a, button, summary, select")) e.dispatchEvent(new Event(kind, {bubbles: false}));
        })""")
        seen.page.wait_for_timeout(200)
        made = seen.page.evaluate(
            "() => document.querySelectorAll('main script, main iframe, main object, main embed, main marquee, main img:not([src^=\"data:\"])').length"
        )
        assert (seen.dialogs, seen.outside, made) == ([], [], 0)


def test_every_link_of_the_hostile_site_leads_to_the_site_or_to_a_plain_host(hostile_site: Path) -> None:
    pages = sorted(hostile_site.rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        assert [
            link for link in odd_links(path.read_bytes()) if 'href="/' not in link or path.name != "404.html"
        ] == [], path


def test_each_string_as_a_link_is_refused_or_leads_to_a_plain_host(accepted: tuple[str, ...]) -> None:
    """No string of the corpora becomes an address that data could smuggle into a page."""
    header = [*TITLES, "依据链接"]
    taken = [
        string
        for string in hostile_strings()
        if refusals(table([[*fee(1, "a", "b"), string]], header))[0] and string.strip()
    ]
    assert all(is_link(string.strip()) for string in taken), taken
    assert len(taken) < 20


def test_each_string_as_a_title_is_escaped(accepted: tuple[str, ...], tmp_path: Path) -> None:
    from generator.site.frame import build_frames
    from generator.site.project import Project

    frames = build_frames(Project(ROOT), "zh", "学校", True, tmp_path / "cache")
    for string in accepted:
        text = frames["fees"].fill(url="fees/x/", title=string, description=string, content="<p>内容</p>")
        document = html.fromstring(text)
        assert " ".join(document.findtext(".//title").split()) == " ".join(f"{string} · 学校".split())
        assert document.xpath("string(//meta[@name='description']/@content)") == string.replace("\r\n", "\n").replace(
            "\r", "\n"
        )


def test_titles_do_not_run(accepted: tuple[str, ...], tmp_path: Path, watched: Callable[..., Any]) -> None:
    from generator.site.frame import build_frames
    from generator.site.project import Project

    frames = build_frames(Project(ROOT), "zh", "学校", True, tmp_path / "cache")
    out = tmp_path / "site"
    for path, content in frames.files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    for number, string in enumerate(accepted):
        folder = out / str(number)
        folder.mkdir()
        text = frames["fees"].fill(url=f"{number}/", title=string, description=string, content="<h1>x</h1>")
        (folder / "index.html").write_text(text, encoding="utf-8")
    with served(out) as url:
        seen = watched()
        for number in range(len(accepted)):
            seen.page.goto(f"{url}{number}/")
        assert (seen.dialogs, seen.outside) == ([], [])
