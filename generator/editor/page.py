"""The files of ``edit/``: the page, its configuration, and the bundle as `make editor` left it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generator.dataset import Dataset
from generator.editor.config import LOCALES, api_of, configuration, host_of
from generator.locale import Language

FOLDER = "edit"
MAIN = "main.txt"
"""The file of the bundle that names its first script."""
TEMPLATES = Path(__file__).parent / "templates"


def policy_of(api: str) -> str:
    """Return the content policy of the page: scripts and fonts of this site, and questions to nobody but the code host.

    Sveltia CMS writes its styles itself, so styles may stand in the page; a script may not.
    """
    return "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self'",
        "img-src 'self' data: blob:", "media-src 'self' blob:", f"connect-src 'self' blob: data: {api}",
        "base-uri 'none'", "form-action 'none'", "object-src 'none'",
    ))  # fmt: skip


@cache
def bundle(folder: Path) -> Mapping[str, bytes]:
    """Return the files of the bundle by path, or nothing where it has not been built."""
    if not (folder / MAIN).is_file():
        return {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def site_files(
    dataset: Dataset, language: Language, bundled: Mapping[str, bytes], folder: str = ""
) -> dict[str, bytes]:
    """Return the page and its configuration, which hold data of the school; nothing without a bundle or a repository."""
    if not bundled or not host_of(dataset.school):
        return {}
    config = json.dumps(configuration(dataset, language, folder), ensure_ascii=False, separators=(",", ":"))
    return {
        f"{FOLDER}/index.html": _page(dataset, language, bundled[MAIN].decode().strip()).encode(),
        f"{FOLDER}/config.json": config.encode(),
    }


def program_files(bundled: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the program of the forms as files of the site: no byte of them comes from the school."""
    return {f"{FOLDER}/{path}": content for path, content in bundled.items() if path != MAIN}


def _page(dataset: Dataset, language: Language, script: str) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    title = f"{dataset.school.name} · {language.gettext('Change data')}"
    return env.get_template("edit.html.j2").render(
        _=language.gettext, locale=LOCALES[language.code], policy=policy_of(api_of(dataset.school)),
        title=title, script=script,
    )  # fmt: skip
