"""The Jinja environment of the data pages: everything is escaped, nothing undefined passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import escape

from generator.locale import Language
from generator.pages.filters import filters, is_phone, is_weblink
from generator.problems import Place

TEMPLATES = Path(__file__).parent / "templates"
# select_autoescape() knows .html and .xml only; ours end in .j2, so the list is written out.
ESCAPED = ("html.j2", "svg.j2", "xml.j2", "html")

Linker = Callable[[Place], str]


def no_link(place: Place) -> str:
    """Return no address: what stands in when the repository of a school is not known."""
    return ""


def translators(language: Language) -> dict[str, Callable[..., str]]:
    """Return ``_``, ``gettext`` and ``ngettext`` for templates, with values named as in ``%(name)s``.

    Jinja's own i18n extension takes a translated text for markup, so that ``_(a cell of a table)`` would not be
    escaped. Here both the text and its values are escaped; each text is escaped once and kept.
    """
    known: dict[str, str] = {}

    def gettext(text: str, /, **values: object) -> str:
        words = known.get(text)
        if words is None:
            words = known[text] = escape(language.gettext(text))
        return words % values if "%" in words else words

    def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
        return escape(language.ngettext(one, many, num)) % {"num": num, **values}

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def environment(
    language: Language,
    template_folders: Mapping[str, Path],
    *,
    source_url: Linker = no_link,
    ask_url: Linker = no_link,
    cache: Path | None = None,
) -> Environment:
    """Return the environment for one language.

    ``template_folders`` gives each register's folder by its name, so that ``fees/term.html.j2`` is found;
    the shared parts are always there under ``pages/``. ``source_url`` and ``ask_url`` turn a place into the
    address of its line and of the form that asks about it (empty: none). ``cache`` keeps compiled templates.
    """
    folders = {"pages": TEMPLATES, **template_folders}
    result = Environment(
        loader=PrefixLoader({name: FileSystemLoader(folder) for name, folder in folders.items()}),
        autoescape=select_autoescape(ESCAPED, disabled_extensions=(), default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
        auto_reload=False,
        cache_size=-1,
    )
    result.filters.update(filters(language))
    del result.filters["safe"]
    result.tests.update(weblink=is_weblink, phone=is_phone)
    result.globals.update(translators(language), language=language.code, source_url=source_url, ask_url=ask_url)
    return result
