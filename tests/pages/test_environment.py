"""The environment: everything escaped, nothing undefined, texts translated, links relative."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import TemplateAssertionError, UndefinedError

from generator.locale import Language, language
from generator.pages.environment import environment
from generator.pages.page import Page
from generator.pages.render import relative, render

HOSTILE = """<script>alert(1)</script>"'&{{ 7*7 }}"""
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;{{ 7*7 }}"


@dataclass(frozen=True)
class Context:
    text: str = HOSTILE


def rendered(folder: Path, source: str, name: str = "a.html.j2", url: str = "fees/2023/") -> str:
    (folder / name).write_text(source, encoding="utf-8")
    env = environment(language("zh"), {"x": folder})
    return render(env, Page(url, "T", "fees", f"x/{name}", Context()))


@pytest.mark.parametrize("name", ["a.html.j2", "a.svg.j2", "a.xml.j2", "a.html", "a.other"])
def test_every_template_is_escaped_whatever_its_suffix(tmp_path: Path, name: str) -> None:
    assert rendered(tmp_path, "{{ page.text }}", name) == ESCAPED


def test_translated_texts_and_their_values_are_escaped(tmp_path: Path) -> None:
    assert rendered(tmp_path, '{{ _("<i>%(x)s</i> 5%%", x=page.text) }}') == f"&lt;i&gt;{ESCAPED}&lt;/i&gt; 5%"


@pytest.mark.parametrize("call", ["_(page.text)", "gettext(page.text)", "ngettext(page.text, page.text, 2)"])
def test_a_text_of_the_data_is_escaped_even_where_it_is_taken_for_a_message(tmp_path: Path, call: str) -> None:
    assert rendered(tmp_path, f"{{{{ {call} }}}}") == ESCAPED


def test_words_come_from_the_catalogue(tmp_path: Path) -> None:
    assert rendered(tmp_path, '{{ _("not filled in") }}') == "未填"


def test_plurals_follow_the_number(tmp_path: Path) -> None:
    (tmp_path / "a.html.j2").write_text('{{ ngettext("%(num)s item", "%(num)s items", 2) }}', encoding="utf-8")
    page = Page("", "", "home", "x/a.html.j2", Context())
    assert render(environment(Language("en"), {"x": tmp_path}), page) == "2 items"
    chinese = Language("zh", plurals={"%(num)s item": ("%(num)s项",)})
    assert render(environment(chinese, {"x": tmp_path}), page) == "2项"


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ page.nothing }}", "{% if page.nothing %}x{% endif %}"])
def test_undefined_names_are_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, source)


def test_there_is_no_safe_filter(tmp_path: Path) -> None:
    with pytest.raises(TemplateAssertionError, match="safe"):
        rendered(tmp_path, "{{ page.text | safe }}")


@pytest.mark.parametrize(
    ("target", "url", "expected"),
    [
        ("fees/", "", "fees/"),
        ("", "", "./"),
        ("", "fees/2023/", "../../"),
        ("fees/2023/", "fees/2023/", "./"),
        ("fees/2022/", "fees/2023/", "../2022/"),
        ("fees/", "fees/2023/", "../"),
        ("data/fees.csv", "fees/2023/", "../../data/fees.csv"),
        ("fees/2023/#F01", "fees/2023/", "#F01"),
        ("fees/2022/#F01", "fees/2023/", "../2022/#F01"),
        ("fees/2023/list.csv", "fees/2023/", "list.csv"),
    ],
)
def test_links_are_relative_to_the_page(target: str, url: str, expected: str) -> None:
    assert relative(target, url) == expected


def test_compiled_templates_may_be_kept(tmp_path: Path) -> None:
    cache, folder = tmp_path / "cache", tmp_path / "t"
    cache.mkdir()
    folder.mkdir()
    (folder / "a.html.j2").write_text("{{ here.title }}", encoding="utf-8")
    page = Page("", "T", "home", "x/a.html.j2", Context())
    for _ in range(2):
        assert render(environment(language("en"), {"x": folder}, cache=cache), page) == "T"
    assert list(cache.iterdir())
