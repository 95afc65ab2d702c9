"""Parts and charts as markup: hostile text is shown as written, states have words, links only where they may be."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zlib
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from generator.locale import language
from generator.pages.charts import Counts, Month, budget_bars, flow, history, months, progress, sparkline
from generator.pages.environment import environment
from generator.pages.page import Page
from generator.pages.parts import Entry, Link, Tile, Tone
from generator.pages.render import render
from generator.problems import Place
from tests.pages.specimen import content
from tests.pages.views import specimen

D = Decimal
EVIL = "<img src=x onerror=alert(1)>\"'&lt;"
SHOWN = "&lt;img src=x onerror=alert(1)&gt;&#34;&#39;&amp;lt;"
IMPORT = '{% import "pages/parts.html.j2" as parts %}'


@dataclass(frozen=True)
class Context:
    value: object = None


def part(tmp_path: Path, source: str, value: object = None, url: str = "") -> str:
    (tmp_path / "a.html.j2").write_text(IMPORT + source, encoding="utf-8")
    env = environment(language("zh"), {"x": tmp_path}, source_url=lambda _: url, ask_url=lambda _: url)
    return render(env, Page("fees/", "T", "fees", "x/a.html.j2", Context(value)))


@pytest.mark.parametrize(
    "source",
    [
        "{{ parts.state('late', page.value) }}",
        "{{ parts.text(page.value) }}",
        "{{ parts.outside(page.value, page.value) }}",
        "{{ parts.phone(page.value) }}",
        "{{ parts.meter(0, page.value) }}",
        "{{ parts.downloads([], to, page.value) }}",
        "{% call parts.notice('late', page.value) %}x{% endcall %}",
        "{% call parts.empty(page.value) %}x{% endcall %}",
    ],
)
def test_hostile_text_is_shown_as_written(tmp_path: Path, source: str) -> None:
    found = part(tmp_path, source, EVIL)
    assert SHOWN in found
    assert "<img" not in found


def test_hostile_views_are_shown_as_written(tmp_path: Path) -> None:
    place = Place(EVIL, 1)
    source = (
        "{{ parts.band([page.value[0]], to) }}{{ parts.timeline([page.value[1]], to) }}"
        "{{ parts.gap_list('', [page.value[1]], to) }}{{ parts.picker('', [page.value[2]], to) }}"
        "{{ parts.breadcrumb([page.value[2]], to) }}{{ parts.downloads([page.value[2]], to) }}"
    )
    views = (
        Tile(EVIL, EVIL, EVIL, EVIL, EVIL, Tone.LATE, EVIL),
        Entry(EVIL, None, EVIL, Tone.LATE, EVIL, place),
        Link(EVIL, EVIL, note=EVIL),
    )
    found = part(tmp_path, source, views, "https://example.org/" + "x")
    assert found.count(SHOWN) > 15
    assert "<img" not in found


def test_hostile_names_in_charts_are_shown_as_written(tmp_path: Path) -> None:
    words = language("zh")
    pairs = [(EVIL, D(1))]
    pictures = (
        flow(pairs, pairs, words, title=EVIL),
        budget_bars([(EVIL, None, D(1))], words, title=EVIL),
        months([Month(EVIL, D(1), D(1), D(1))], words, title=EVIL),
        history(pairs, words, title=EVIL),
        progress([(EVIL, Counts(1, 0, 0, 0))], words, title=EVIL),
        sparkline(pairs, words),
    )
    source = '{% import "pages/charts.html.j2" as charts %}' + "".join(
        f"{{{{ charts.{name}(page.value[{index}], 'c{index}') }}}}"
        for index, name in enumerate(("flow", "budget", "months", "history", "progress", "sparkline"))
    )
    found = part(tmp_path, source, pictures)
    assert SHOWN in found
    assert "<img" not in found


@pytest.mark.parametrize("tone", list(Tone))
def test_a_state_has_its_word_and_its_own_shape(tmp_path: Path, tone: Tone) -> None:
    assert part(tmp_path, "{{ parts.state(page.value, '字') }}", tone) == f'<span class="state state-{tone}">字</span>'


def test_amounts(tmp_path: Path) -> None:
    source = "{{ parts.amount(page.value) }}"
    assert part(tmp_path, source, D(-5)) == '<data class="amount negative" value="-5">−5.00</data>'
    assert part(tmp_path, source, D(1000)) == '<data class="amount" value="1000">1,000.00</data>'
    assert part(tmp_path, source, None) == '<span class="unfilled">未填</span>'


def test_source_is_plain_text_while_the_repository_is_unknown(tmp_path: Path) -> None:
    at = Place("data/a.csv", 3)
    assert part(tmp_path, "{{ parts.trace(page.value) }}", at) == (
        '<span class="trace"><span class="source" title="data/a.csv:3">a.csv 第3行</span></span>'
    )
    assert 'href="https://example.org/a#L3"' in part(
        tmp_path, "{{ parts.trace(page.value) }}", at, "https://example.org/a#L3"
    )


def test_a_script_never_becomes_a_link(tmp_path: Path) -> None:
    at = Place("data/a.csv", 3)
    assert "href" not in part(tmp_path, "{{ parts.trace(page.value) }}", at, "javascript:alert(1)")
    assert "href" not in part(tmp_path, "{{ parts.outside('x', page.value) }}", "javascript:alert(1)")


def test_gap_list_of_nothing_is_nothing(tmp_path: Path) -> None:
    assert part(tmp_path, "{{ parts.gap_list('缺', [], to) }}").strip() == ""


@pytest.mark.parametrize("code", ["zh", "en"])
def test_ids_on_a_page_are_unique_and_charts_are_named(code: str) -> None:
    _, markup = content(language(code))
    ids = re.findall(r'\bid="([^"]*)"', markup)
    assert len(ids) == len(set(ids))
    for named in re.findall(r'aria-labelledby="([^"]*)"', markup):
        assert set(named.split()) <= set(ids)


def pictures(markup: str) -> list[str]:
    """Return each outermost picture of the page."""
    found, depth, start = [], 0, 0
    for tag in re.finditer(r"<svg\b|</svg>", markup):
        if tag[0] == "<svg":
            start = tag.start() if depth == 0 else start
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                found.append(markup[start : tag.end()])
    return found


def test_each_picture_is_well_formed_and_small() -> None:
    found = [picture for picture in pictures(content(language("zh"))[1]) if 'role="img"' in picture]
    assert len(found) == 7
    for picture in found:
        ET.fromstring(picture)
        assert not re.search(r"NaN|Infinity|E\+|None", picture)
        assert len(zlib.compress(picture.encode(), 9)) < 1500


def test_the_specimen_uses_every_view() -> None:
    view = specimen(language("en"))
    assert all(getattr(view, field.name) is not None for field in fields(view))
    assert replace(view.tiles[0], answer="1").answer == "1"
