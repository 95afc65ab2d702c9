"""The host that builds the frame: MkDocs with Material, and nothing else in the package knows it.

`build_host` runs MkDocs in a folder of its own and returns the files that it made. What MkDocs is to do is
a `Job`: the language, the words about the school, and the pages to add. With slots for values a job makes
frames; with real values it makes real pages, which is how the tests compare the two.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.locale import Message
from generator.locale import language as language_of
from generator.site.clean import allowed_meta, check_folder, clean
from generator.site.policy import content_policy, squeezed
from generator.site.project import Project, ProjectError
from generator.site.sections import GUIDES, HAND_PAGES, SECTIONS, frame_words
from generator.site.slots import slot

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as HostPage

JOB = "mingzhang_job"
FRAME_FOLDER = "_frame"
THEME_LANGUAGE = {"zh": "zh-CN", "en": "en"}
SCRIPT = "assets/mingzhang.js"
"""The frame's own script, below the theme: it is put into every page and not shipped as a file."""


@dataclass(frozen=True)
class Leaf:
    """One page that a job adds: where (``fees/index.md``), its section, title, description and content."""

    uri: str
    section: str
    title: str
    description: str
    content: str
    is_frame: bool = False


@dataclass(frozen=True)
class Job:
    """What MkDocs is to build; ``site_name``, ``short_name`` and ``code`` (of the ledger, with its day) may be slots.

    Pages that are ``guarded`` carry the content policy; only a live preview, which adds a script of its own, has none.
    """

    language: str
    sample: bool
    site_name: str
    short_name: str
    site_url: str = ""
    guarded: bool = True
    leaves: tuple[Leaf, ...] = ()
    code: str = ""
    code_day: str = ""


def frame_job(language: str, sample: bool, site_url: str = "", guarded: bool = True) -> Job:
    """Return the job that makes one frame for each section, with slots for all that a page or a school brings."""
    leaves = tuple(
        Leaf(f"{FRAME_FOLDER}/{section.key}.md", section.key, section.title, slot("description"), slot("content"), True)
        for section in SECTIONS
    )
    return Job(language, sample, slot("name"), slot("short"), site_url, guarded, leaves, slot("code"), slot("codeday"))


def document_title(title: str, site_name: str) -> str:
    """Return what the browser's tab says: the page, then the school, each once."""
    if not title or title == site_name:
        return site_name
    return (Markup if isinstance(site_name, Markup) else str)("{} · {}").format(title, site_name)


def build_host(project: Project, job: Job) -> dict[str, bytes]:
    """Run MkDocs for `job` in a temporary folder and return what it made, by path.

    Raises `ProjectError` with what MkDocs says where it cannot read its settings or a hand-written page.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with tempfile.TemporaryDirectory(prefix="mingzhang-frame-") as folder:
        try:
            config = load_config(str(project.config_file), site_dir=folder)
            config.extra[JOB] = job
            config.docs_dir = str(project.docs(job.language))
            build(config)
        except (MkDocsException, UnicodeError) as failure:
            reason = " ".join(str(failure).split())
            message = Message("MkDocs cannot build the hand-written pages: {reason}", reason=reason)
            raise ProjectError(message) from failure
        return read_tree(Path(folder))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path with forward slashes, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def configure(config: MkDocsConfig, job: Job) -> None:
    """Give MkDocs' settings the values of the job, and templates all they need in ``config.extra``."""
    check_folder(Path(config.docs_dir))
    language = language_of(job.language)
    script = squeezed(Path(config.theme.dirs[0], SCRIPT).read_text(encoding="utf-8"))
    config.site_name = job.site_name
    config.site_url = job.site_url or config.site_url
    config.theme.static_templates = {"404.html"}  # no sitemap: it would carry the day of the build
    config.theme["language"] = THEME_LANGUAGE[job.language]
    guides = {language.gettext("Guide for staff"): [f"{page}.md" for page in GUIDES]}
    config.nav = [{language.gettext("About"): [*(f"{page}.md" for page in HAND_PAGES), guides]}]
    config.extra |= {
        JOB: job,
        "language": job.language,
        "words": frame_words(language),
        "site_sections": [
            {"id": part.key, "title": language.gettext(part.title), "url": part.url, "main": part.main}
            for part in SECTIONS
        ],
        "check_url": "how-to-check/",
        "repository_url": config.repo_url,
        "sample": job.sample,
        "ledger_code": job.code,
        "ledger_day": job.code_day,
        "school": {"name": job.site_name, "short": job.short_name},
        "script": Markup(script),  # noqa: S704  ours, and squeezed() has made sure that a page can hold it
        "policy": Markup(content_policy(script)) if job.guarded else "",  # noqa: S704  words of ours and a hash
    }


def choose_files(files: Files, config: MkDocsConfig, job: Job) -> None:
    """Drop what the theme would ship and no page asks for, and add the job's pages."""
    from mkdocs.structure.files import File

    ours = config.theme.dirs[0]
    for file in list(files):
        if file.src_dir in config.theme.dirs and (file.src_dir != ours or file.src_uri == SCRIPT):
            files.remove(file)
    for leaf in job.leaves:
        files.append(File.generated(config, leaf.uri, content=f"<!-- {leaf.section} -->\n"))


def prepare(env: Environment) -> None:
    """Make templates escape values, and every ``| url`` go by way of the root, so that it is the same at any depth."""
    from jinja2 import pass_context

    @pass_context
    def url(context: Context, path: str) -> str:
        if path.startswith(("https://", "http://", "mailto:", "tel:", "#")):
            return path
        return Markup("{}/{}").format(context["base_url"], "" if path == "." else path)

    env.autoescape = True
    env.trim_blocks = env.lstrip_blocks = True
    env.filters["url"] = url


UNUSED = re.compile(
    r'\s*<input class="md-toggle" data-md-toggle="(?:drawer|search)"[^>]*>'
    r'|\s*<label class="md-overlay"[^>]*></label>'
    r'|\s*<div data-md-component="skip">(?:\s*<a [^>]*class="md-skip">[^<]*</a>)?\s*</div>'
    r'|\s*<div data-md-component="announce">\s*</div>'
    r'|\s*<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
)
"""Parts of Material's base.html outside of any block, for a drawer, search and dialogs that we do not have, and a
second way to skip; the toggles are also unnamed and carry an attribute that HTML does not allow there."""


def mend(html: str) -> str:
    """Return a finished page without the theme's unused parts."""
    return UNUSED.sub("", html)


def read_page(page: HostPage) -> None:
    """Take from the front matter of a hand-written page no more than its title and description."""
    page.meta = allowed_meta(page.meta)


def enter_page(context: Any, page: HostPage, config: MkDocsConfig, job: Job) -> None:
    """Give the template what differs from page to page."""
    leaf = next((leaf for leaf in job.leaves if leaf.uri == page.file.src_uri), None)
    if leaf is None:  # a hand-written page
        page.meta.setdefault("section", "about")
        page.content = Markup(clean(page.content or ""))  # noqa: S704  cleaned
        fill(context, config, page.title or "", page.meta.get("description", ""), page.url)
        return
    page.meta = {"section": leaf.section, "title": leaf.title, "frame": True}
    page.content = Markup(leaf.content)  # noqa: S704  a slot, or a page that our own templates escaped
    fill(context, config, leaf.title, leaf.description, page.url)
    if leaf.is_frame:
        context["base_url"] = slot("base")
        context["document_title"] = slot("title")
        context["canonical"] = config.site_url and Markup("{}{}").format(config.site_url, slot("url"))


def enter_template(context: Any, config: MkDocsConfig) -> None:
    """Give `404.html`, which has no page, what main.html reads."""
    context["base_url"] = context["base_url"].rstrip("/")
    context["page"] = {"meta": {"section": "", "frame": True}, "content": "", "title": "", "url": ""}
    fill(context, config, config.extra["words"]["There is no page at this address"], "", "")
    context["canonical"] = ""


def fill(context: Any, config: MkDocsConfig, title: str, description: str, url: str) -> None:
    """Set the values of a page that main.html prints outside of the content."""
    context["document_title"] = document_title(title, config.site_name)
    context["description"] = description
    context["canonical"] = config.site_url and f"{config.site_url}{'' if url == './' else url}"
