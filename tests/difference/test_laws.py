"""Laws of differences: every fact that differs is told exactly once, and what is the same is not told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.dataset import Dataset, load
from generator.difference.base import Base
from generator.difference.figures import Figures, figures
from generator.trust.facts import Facts, Name, facts
from tests.conftest import ROOT

VALUES = ["", "1.00", "2023-02-13", "done", "running", "not started", "yes", "词"]


@pytest.fixture(scope="module")
def school() -> Dataset:
    """The sample school's registers."""
    dataset, _ = load(ROOT)
    assert dataset
    return dataset


def names() -> list[Name]:
    dataset, _ = load(ROOT)
    assert dataset
    found = list(facts(dataset))
    extra = [Name("fees", "2023-spring/F99", "item"), Name("fees", "2023-spring/F99", "amount"), Name("plan", "2024/A/m1", "status"),
             Name("corrections", "C-099", "reason"), Name("fees", "2023-spring/F03", "times")]  # fmt: skip
    return [*found[::17], *(name for name in found if name.field == "status"), *extra]


def altered(base: Facts, edits: dict[Name, str]) -> Facts:
    """Return facts with other values; an empty one is none."""
    mixed = {**base, **edits}
    return {name: mixed[name] for name in sorted(mixed) if mixed[name]}


def every_fact(found: Figures) -> Iterator[tuple[Name, str, str]]:
    """Yield every fact that differs with its values before and now, as the other parts of `Figures` hold them."""
    for each in (*found.changed, *found.filled, *found.moved):
        yield each.name, each.old, each.new
    for row in (*found.added, *found.corrections):
        yield from ((Name(row.table, row.record, field), "", value) for field, value in row.values.items())
    for row in (*found.gone, *found.unread):
        yield from ((Name(row.table, row.record, field), value, "") for field, value in row.values.items())


edits = st.dictionaries(st.sampled_from(names()), st.sampled_from(VALUES), max_size=12)


@settings(deadline=None, max_examples=60)
@given(before=edits, after=edits)
def test_every_fact_that_differs_is_told_exactly_once(
    school: Dataset, before: dict[Name, str], after: dict[Name, str]
) -> None:
    own = facts(school)
    base, head = altered(own, before), altered(own, after)
    told = list(every_fact(figures(Base("base", facts=base), school, head)))
    expected = {
        (name, base.get(name, ""), head.get(name, "")) for name in {**base, **head} if base.get(name) != head.get(name)
    }
    assert Counter(told) == Counter(expected)


def test_nothing_is_told_of_what_is_the_same(school: Dataset) -> None:
    own = facts(school)
    assert not figures(Base("base", facts=own), school, own)
