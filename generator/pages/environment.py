"""The Jinja environment of the data pages: everything is escaped, nothing undefined passes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    nodes,
    select_autoescape,
)
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from generator import __version__
from generator.locale import Language
from generator.pages.filters import filters, is_phone, is_weblink
from generator.pages.links import NOWHERE, Desk
from generator.problems import Place

TEMPLATES = Path(__file__).parent / "templates"
# select_autoescape() knows .html and .xml only; ours end in .j2, so the list is written out.
ESCAPED = ("html.j2", "svg.j2", "xml.j2", "html")

Linker = Callable[[Place], str]


def no_link(place: Place) -> str:
    """Return no address: what stands in when the repository of a school is not known."""
    return ""


class SpokenEnvironment(Environment):
    """An environment that speaks one language: a text that stands alone in ``_("…")`` is put in when it is compiled."""

    spoken: Language

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        result: nodes.Template = _Speaker(self.spoken).visit(tree)
        return result


class _Speaker(NodeTransformer):
    """Replaces calls of ``_`` that have nothing but a text by the words, which are escaped like any other text."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  the name by which Jinja visits
        """Return the words instead of the call that asks for them."""
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]):
                words = self.language.gettext(text)
                return nodes.Const(words % {} if "%" in words else words, lineno=node.lineno)
        return self.generic_visit(node)


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


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates by name and content: wherever the program stands, they are the same."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template, without its path, which may hold what UTF-8 cannot spell."""
        return super().get_cache_key(name)


def environment(
    language: Language,
    template_folders: Mapping[str, Path],
    *,
    source_url: Linker = no_link,
    ask_url: Linker = no_link,
    desk: Desk = NOWHERE,
    cache: Path | None = None,
) -> Environment:
    """Return the environment for one language.

    ``template_folders`` gives each register's folder by its name, so that ``fees/term.html.j2`` is found;
    the shared parts are always there under ``pages/``. ``source_url`` and ``ask_url`` turn a place into the
    address of its line and of the form that asks about it (empty: none); ``desk`` says where staff change what they see.
    ``cache`` keeps compiled templates.
    """
    folders = {"pages": TEMPLATES, **template_folders}
    result = SpokenEnvironment(
        loader=PrefixLoader({name: FileSystemLoader(folder) for name, folder in folders.items()}),
        autoescape=select_autoescape(ESCAPED, disabled_extensions=(), default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=CompiledTemplates(str(kept_in(cache, language))) if cache else None,
        auto_reload=False,
        cache_size=-1,
    )
    result.spoken = language
    result.filters.update(filters(language))
    del result.filters["safe"]
    result.tests.update(weblink=is_weblink, phone=is_phone)
    result.globals.update(
        translators(language), language=language.code, source_url=source_url, ask_url=ask_url, desk=desk
    )
    return result


def kept_in(cache: Path, language: Language) -> Path:
    """Return the folder below `cache` for templates compiled with these words of this language, made if need be."""
    words = hashlib.sha256(repr((__version__, sorted(language.catalogue.items()))).encode()).hexdigest()[:16]
    folder = cache / f"{language.code}-{words}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
