"""Plain MkDocs, with nothing but `mkdocs.yml`, gives the site that the command gives."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import pytest

import generator
from generator.locale import Message
from generator.pages.page import Page
from generator.problems import Place, Problem, Severity
from generator.site import host
from generator.site.frame import build_frames
from generator.site.host import read_tree
from generator.site.project import CHECKOUT, Project
from generator.site.publish import publish
from generator.site.stamp import RenderedSite, stamp_site

PAGES = [
    (Page("", "青禾小学", "home", "", None), "<h1>青禾小学</h1>"),
    (Page("fees/2023-spring/", "收费 <>", "fees", "", None, "说明"), "<h1>收费</h1>"),
]
SITE = RenderedSite(PAGES, {"data/fees.csv": b"id\r\n"}, "zh", "青禾小学", True)


class Preview:
    """What the hook needs of MkDocs' live server."""

    def __init__(self) -> None:
        self.watched: list[str] = []

    def watch(self, folder: str) -> None:
        self.watched.append(folder)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[RenderedSite]:
    sites = [SITE]
    build = ModuleType("generator.build")
    asked: list[tuple[Path, dt.date | None]] = []

    def render_pages(root: Path, today: dt.date | None) -> RenderedSite:
        asked.append((root, today))
        assert root == CHECKOUT
        return sites[-1]

    build.render_pages = render_pages  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "generator.build", build)
    monkeypatch.setattr(generator, "build", build, raising=False)
    return sites


def mkdocs(out: Path) -> dict[str, bytes]:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(CHECKOUT / "mkdocs.yml"), site_dir=str(out)))
    return read_tree(out)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_mkdocs_build_gives_the_same_files(tmp_path: Path, rendered: list[RenderedSite], language: str) -> None:
    site = RenderedSite(PAGES, SITE.files, language, "青禾小学", False, short_name="青禾")
    rendered.append(site)
    frames = build_frames(Project(CHECKOUT), language, "青禾小学", False, tmp_path / "cache", short_name="青禾")
    publish(tmp_path / "ours", stamp_site(site, frames))
    assert mkdocs(tmp_path / "mkdocs") == read_tree(tmp_path / "ours")


def test_mkdocs_build_can_be_followed_by_ours_in_the_same_folder(tmp_path: Path, rendered: list[RenderedSite]) -> None:
    mkdocs(tmp_path / "site")
    frames = build_frames(Project(CHECKOUT), "zh", "青禾小学", True, tmp_path / "cache")
    done = publish(tmp_path / "site", stamp_site(SITE, frames))
    assert (done.written, done.deleted) == ((), ())


def test_errors_in_the_data_stop_mkdocs_before_it_touches_the_site(
    tmp_path: Path, rendered: list[RenderedSite], caplog: pytest.LogCaptureFixture
) -> None:
    from mkdocs.exceptions import Abort

    mkdocs(tmp_path / "site")
    before = read_tree(tmp_path / "site")
    place = Place("data/school.yml", 3)
    wrong = Problem(place, "yaml", Message("x {y}", y=1))
    warned = Problem(place, "yaml", Message("only a warning"), severity=Severity.WARNING)
    rendered.append(RenderedSite([], {}, "zh", "", False, problems=(wrong, warned)))
    with pytest.raises(Abort):
        mkdocs(tmp_path / "site")
    assert "data/school.yml:3: error[yaml]: x 1" in caplog.text
    assert "only a warning" not in caplog.text
    assert read_tree(tmp_path / "site") == before


def test_mkdocs_that_fails_halfway_leaves_the_live_site(
    tmp_path: Path, rendered: list[RenderedSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    mkdocs(tmp_path / "site")
    before = read_tree(tmp_path / "site")
    monkeypatch.setattr(host, "mend", None)
    with pytest.raises(TypeError):
        mkdocs(tmp_path / "site")
    assert read_tree(tmp_path / "site") == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_mkdocs_never_clears_a_folder_that_is_not_ours(
    tmp_path: Path, rendered: list[RenderedSite], caplog: pytest.LogCaptureFixture
) -> None:
    from mkdocs.exceptions import Abort

    (tmp_path / "home").mkdir()
    (tmp_path / "home/thesis.txt").write_text("ten years")
    with pytest.raises(Abort):
        mkdocs(tmp_path / "home")
    assert read_tree(tmp_path / "home") == {"thesis.txt": b"ten years"}
    assert "里有不是明账生成的文件" in caplog.text


def test_the_day_may_be_given_by_the_environment(
    tmp_path: Path, rendered: list[RenderedSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGZHANG_TODAY", "2023-07-12")
    days: list[dt.date | None] = []
    build = generator.build  # type: ignore[attr-defined]
    render = build.render_pages

    def remember(root: Path, today: dt.date | None) -> RenderedSite:
        days.append(today)
        return render(root, today)

    monkeypatch.setattr(build, "render_pages", remember)
    mkdocs(tmp_path / "site")
    assert days == [dt.date(2023, 7, 12)]


def test_the_preview_follows_data_and_allows_its_own_script(tmp_path: Path, rendered: list[RenderedSite]) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(CHECKOUT / "mkdocs.yml"), site_dir=str(tmp_path))
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config, serve_url="http://127.0.0.1/")
        preview = Preview()
        config.plugins.on_serve(preview, config=config, builder=None)
        assert {str(CHECKOUT / "data"), str(CHECKOUT / "generator")} <= set(preview.watched)
        assert "Content-Security-Policy" not in (tmp_path / "index.html").read_text(encoding="utf-8")
    finally:
        config.plugins.on_startup(command="build", dirty=False)
    assert b"Content-Security-Policy" in mkdocs(tmp_path)["index.html"]
