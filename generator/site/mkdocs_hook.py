"""The hook that `mkdocs.yml` names: it makes plain `mkdocs build` and `mkdocs serve` give the same site.

It is an entry point like the command line. When `generator.site.frame` runs MkDocs it hands over a job and
only frames are wanted; when a person runs MkDocs there is no job, so the hook has the data pages rendered
first (`generator.build.render_pages`), and stamps them into the frames after MkDocs is done.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

try:
    import generator
except ModuleNotFoundError:  # MkDocs was started from an environment in which this checkout is not installed
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import generator

from generator.locale import language
from generator.privacy.site import scan_site
from generator.problems import Severity, as_text
from generator.site import host
from generator.site.clean import check_folder
from generator.site.frame import compile_frames
from generator.site.host import FRAME_FOLDER, JOB
from generator.site.project import ProjectError
from generator.site.publish import MANIFEST, PublishError, manifest, publish
from generator.site.stamp import RenderedSite, stamp_site

RENDERED, OUT = "mingzhang_rendered", "mingzhang_out"
commands: list[str] = []
"""What MkDocs was started for, ``build`` or ``serve``: MkDocs says it once, before there is any setting."""

working: list[str] = []
"""The folders in which MkDocs works before the site is published, to be removed also when it fails."""


class Renderer(Protocol):
    """What the hook asks of `generator.build`: render the pages of the school in `root`, without a frame.

    ``today`` is the day of the site, or None for the day of the newest commit. Errors of data are in the
    result's ``problems``, not raised; with errors there need be no pages.
    """

    def render_pages(self, root: Path, today: dt.date | None) -> RenderedSite:
        """Return the rendered site."""


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is a live preview, whose own script the content policy would stop."""
    commands[:] = [command]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Settle language, name, words and sections, from the job or from the school's data."""
    job = config.extra.get(JOB)
    if job is None:
        root = Path(config.config_file_path).parent
        site = render(root)
        job = host.frame_job(site.language, site.sample, site.site_url, guarded=commands != ["serve"])
        config.extra[RENDERED] = site
        config.docs_dir = str(root / "docs" / site.language)
        if commands != ["serve"]:  # MkDocs empties its folder first: let that not be the live site
            config.extra[OUT] = config.site_dir
            config.site_dir = tempfile.mkdtemp(prefix="mingzhang-")
            working.append(config.site_dir)
        stop_on_foreign_files(config, site)
    host.configure(config, job)
    return config


def stop_on_foreign_files(config: MkDocsConfig, site: RenderedSite) -> None:
    """Have MkDocs stop with words, not with a traceback, where a file may not lie among the hand-written pages."""
    from mkdocs.exceptions import PluginError

    try:
        check_folder(Path(config.docs_dir))
    except ProjectError as refused:
        raise PluginError(language(site.language).say(refused.message)) from refused


def render(root: Path) -> RenderedSite:
    """Return the data pages of the school in `root`; with errors in its data MkDocs stops and says them."""
    from mkdocs.exceptions import PluginError

    from generator import build

    renderer: Renderer = build
    today = os.environ.get("MINGZHANG_TODAY")
    site = renderer.render_pages(root, dt.date.fromisoformat(today) if today else None)
    errors = [problem for problem in site.problems if problem.severity is Severity.ERROR]
    if errors:
        raise PluginError("\n".join(as_text(problem, language(site.language)) for problem in errors))
    return site


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Ship only what pages ask for, and add the frame pages."""
    host.choose_files(files, config, config.extra[JOB])
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Escape values and make links independent of depth."""
    host.prepare(env)
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Read of a page's front matter only what it may set, before MkDocs looks for a template there."""
    host.read_page(page)
    return markdown


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: object) -> Any:
    """Give each page its title, section and slots."""
    host.enter_page(context, page, config, config.extra[JOB])
    return context


def on_template_context(context: Any, template_name: str, config: MkDocsConfig) -> Any:
    """Give `404.html` the same words as a page."""
    host.enter_template(context, config)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take out what Material prints and we do not use."""
    return host.mend(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Take the same out of `404.html`."""
    return host.mend(output)


def on_post_build(config: MkDocsConfig) -> None:
    """In a plain build, turn the frame pages into frames and publish the finished site."""
    site: RenderedSite | None = config.extra.get(RENDERED)
    if site is None:
        return
    made = Path(config.site_dir)
    frames = compile_frames(host.read_tree(made)).bound(
        site.site_name, site.short_name or site.site_name, site.code, site.code_day
    )
    shutil.rmtree(made / FRAME_FOLDER)
    files = stamp_site(site, frames)
    if (out := config.extra.get(OUT)) is not None:
        stop_on_personal_data(files, Path(config.config_file_path).parent, site.language)
        put(Path(out), files, site.language)
        clear()
        return
    for path, content in (files | {MANIFEST: manifest(files)}).items():
        target = made / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def on_build_error(*, error: Exception) -> None:
    """Leave nothing behind when MkDocs fails."""
    clear()


def clear() -> None:
    """Remove the folders in which MkDocs worked."""
    while working:
        shutil.rmtree(working.pop(), ignore_errors=True)


def stop_on_personal_data(files: Mapping[str, bytes], root: Path, code: str) -> None:
    """Have MkDocs stop where the finished site holds personal data, and say where."""
    from mkdocs.exceptions import PluginError

    if alarms := scan_site(files, root, None):
        raise PluginError("\n".join(as_text(problem, language(code)) for problem in alarms))


def put(out: Path, files: Mapping[str, bytes], code: str) -> None:
    """Publish the site; where that is refused MkDocs stops and says why."""
    from mkdocs.exceptions import PluginError

    try:
        publish(out, files)
    except PublishError as refused:
        raise PluginError(language(code).say(refused.message)) from refused
    logging.getLogger("mkdocs.plugins.mingzhang").info("Site published in %s", out)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Rebuild the preview when data, hand-written pages, templates or words change."""
    root = Path(config.config_file_path).parent
    package = Path(generator.__file__).parent
    for folder in (root / "data", root / "docs", package):
        if folder.is_dir():
            server.watch(str(folder))
    return server
