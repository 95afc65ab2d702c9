"""No change of a published register is silent, whoever makes it and however it is written."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dataset import SHEETS
from generator.records import Sheet, nested
from generator.trust.facts import values
from tests.laws.books import LISTS, PLAIN, fields, records, school, stems
from tests.laws.judge import CAUGHT, DECLARED, REFUSED, SAME, Judge
from tests.laws.mutations import KINDS, Mutation
from tests.laws.oracle import SETTINGS, STEPS, said
from tests.laws.profile import law

STYLES = st.sampled_from([PLAIN, LISTS])


@cache
def changes(sheet: Sheet, kind: str) -> tuple[Mutation, ...]:
    return tuple(KINDS[kind](school(), sheet))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_field_of_every_register_is_filled_in_somewhere(sheet: Sheet) -> None:
    filled, known = set(), set()
    for stem in stems(sheet, school()):
        for path, model in records(sheet.record, school()[stem]):
            row = school()[stem]
            for part in path:
                row = row[part]
            filled |= {(model, name) for name, value in row.items() if value}
    models = {sheet.record, *(inner for f in sheet.record.model_fields.values() if (inner := nested(f)))}
    models |= {inner for model in list(models) for f in model.model_fields.values() if (inner := nested(f))}
    known = {(model, title.name) for model in models for title in fields(model)}
    assert filled == known


def test_what_needs_no_correction_is_declared_and_this_is_all_of_it() -> None:
    settings = ("branch", "forge", "language", "sample_date")
    assert sorted(SETTINGS) == [("school", name) for name in settings]
    assert STEPS == {("plan", "status"): ("not started", "running", "done")}


def test_every_record_states_something(bench: Judge) -> None:
    """A record of nothing but a key could go without a trace."""
    for file in bench.published.files:
        assert all(list(values(record)) for record in file.records)
    assert len(said(bench.published)) == len(bench.said)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_change_is_silent(sheet: Sheet, kind: str, bench: Judge) -> None:
    if not changes(sheet, kind):
        return

    @law(3)
    @given(st.sampled_from(changes(sheet, kind)), STYLES)
    def holds(change, style) -> None:
        assert bench.verdict(change.books, style) in (CAUGHT, REFUSED, SAME, DECLARED), change.where

    holds()


@law(60)
@given(st.data())
def test_no_two_changes_hide_each_other(bench: Judge, data) -> None:
    books = school()
    for _ in range(data.draw(st.integers(2, 4))):
        found = [change.books for change in _of(books, data)]
        books = data.draw(st.sampled_from(found)) if found else books
    assert bench.verdict(books, data.draw(STYLES)) in (CAUGHT, REFUSED, SAME, DECLARED)


def _of(books, data):
    sheet = data.draw(st.sampled_from(SHEETS))
    kind = data.draw(st.sampled_from(["one fen", "one character", "row deleted", "cell emptied", "key renamed",
                                      "choice changed", "figures of two rows swapped", "code taken from a list"]))  # fmt: skip
    return list(KINDS[kind](books, sheet))
