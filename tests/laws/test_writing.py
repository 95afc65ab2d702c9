"""How the data is written never matters, and the facts root says exactly what the facts say."""

from __future__ import annotations

import csv
import random
from decimal import Decimal
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from generator.dataset import SHEETS
from generator.records import Sheet
from generator.trust.facts import Name, as_csv, facts, from_csv, root
from tests.laws.books import PLAIN, Style, put, school
from tests.laws.judge import Judge
from tests.laws.mutations import KINDS, Mutation
from tests.laws.oracle import SETTINGS, said
from tests.laws.profile import law


@cache
def changes(sheet: Sheet, kind: str) -> tuple[Mutation, ...]:
    return tuple(KINDS[kind](school(), sheet))


def shuffled(seed: int):
    def order(rows):
        return random.Random(seed).sample(rows, len(rows))

    return order


def numbers(seed: int):
    """Return a way of writing amounts: 12.50 is 12.5, and 12.00 is 12."""
    chance = random.Random(seed)

    def written(text: str) -> str:
        if "." not in text:
            return text
        short = f"{Decimal(text).normalize():f}"
        return chance.choice(
            [text, short, f"{Decimal(text):.2f}", f"{Decimal(text):.1f}" if short == text[:-1] else text]
        )

    return written


STYLES = st.builds(
    Style,
    yaml=st.booleans(),
    language=st.sampled_from(["zh", "en"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    blank=st.integers(0, 3),
    rows=st.integers(0, 99).map(shuffled),
    columns=st.integers(0, 99).map(shuffled),
    number=st.integers(0, 99).map(numbers),
)


@law(60)
@given(STYLES)
def test_how_it_is_written_never_matters(bench: Judge, style: Style) -> None:
    assert root(as_csv(facts(bench.loaded(school(), style)))) == root(as_csv(bench.base)), style


@law(20)
@given(STYLES, st.data())
def test_one_row_that_moves_its_place_never_matters(bench: Judge, style: Style, data) -> None:
    stem = data.draw(st.sampled_from([stem for stem, tree in school().items() if isinstance(tree, list)]))
    rows = data.draw(st.permutations(school()[stem]))
    assert facts(bench.loaded(put(school(), stem, (), rows), style)) == bench.base


@law(40)
@given(st.data())
def test_two_schools_have_one_root_exactly_when_they_say_the_same(bench: Judge, data) -> None:
    sheet, kind = data.draw(st.sampled_from(SHEETS)), data.draw(st.sampled_from(sorted(KINDS)))
    found = changes(sheet, kind) or (Mutation(school(), ""),)
    dataset, errors = bench.desk.read(data.draw(st.sampled_from(found)).books, PLAIN)
    if dataset is None or errors:
        return
    settings = {where for where in {*said(dataset), *bench.said} if where[-1] in {name for _, name in SETTINGS}}
    now, before = ({w: v for w, v in each.items() if w not in settings} for each in (said(dataset), bench.said))
    assert (root(as_csv(facts(dataset))) == root(as_csv(bench.base))) is (now == before)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1, max_size=12)
PIECES = st.lists(
    st.sampled_from([",", '"', "\n", " ", "'", "“", "，", "1", "a", "元", "=", "\u3000"]), min_size=1
).map("".join)
FACTS = st.dictionaries(st.builds(Name, WORDS, WORDS | PIECES, WORDS), WORDS | PIECES, max_size=6).map(
    lambda found: {name: found[name] for name in sorted(found)}
)


@law(150)
@given(FACTS)
def test_facts_come_back_from_their_file(found) -> None:
    assert from_csv(as_csv(found)) == found
    assert as_csv(from_csv(as_csv(found))) == as_csv(found)


@law(100)
@given(FACTS, FACTS)
def test_other_facts_have_another_root(one, other) -> None:
    assert (root(as_csv(one)) == root(as_csv(other))) is (one == other)


@law(60)
@given(FACTS.filter(bool), st.data())
def test_one_fact_moved_from_one_field_to_the_next_changes_the_root(found, data) -> None:
    name = data.draw(st.sampled_from(list(found)))
    rest = {other: value for other, value in found.items() if other != name}
    moved = {**rest, Name(name.table, name.record, f"{name.field},"): found[name]}
    assert root(as_csv({key: moved[key] for key in sorted(moved)})) != root(as_csv(found))
