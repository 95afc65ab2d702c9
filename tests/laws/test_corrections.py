"""A correction covers the change that it tells, and no other; privacy covers no figure."""

from __future__ import annotations

import csv
import datetime as dt
import io
from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.dataset import SHEETS
from generator.records import titles
from generator.registers.corrections.records import Correction
from generator.trust.facts import facts
from generator.trust.guard import compare, guard
from generator.trust.untrue import untrue
from generator.trust.wording import heading
from tests.laws.books import Books, get, school
from tests.laws.judge import TODAY, Judge
from tests.laws.mutations import KINDS, Mutation
from tests.laws.profile import law

FIELDS = [title.name for title in titles(Correction)]
FIGURES = ["one fen", "sign turned", "choice changed", "day or month moved by one", "code taken from a list",
           "times ten or a hundred", "figures of two rows swapped"]  # fmt: skip


@cache
def changes(*kinds: str) -> tuple[Mutation, ...]:
    return tuple(change for sheet in SHEETS for kind in kinds or KINDS for change in KINDS[kind](school(), sheet))


def caught(bench: Judge, books: Books):
    """Return the changed school where the reader takes it and the guard stops it."""
    assume("corrections" in books)
    dataset, errors = bench.desk.read(books)
    assume(dataset is not None and not errors)
    assume(not dataset.school.sample)  # figures that were published cannot become a sample, whatever a correction says
    assume(guard(bench.base, dataset, TODAY))
    return dataset


def filled_in(printed: str) -> list[dict[str, str]]:
    """Return the rows that the guard prints, as somebody fills them in."""
    found = [dict(zip(FIELDS, row, strict=True)) for row in csv.reader(io.StringIO(printed, newline=""), strict=True)]
    return [{**row, "reason": "录入错误", "approved_by": "校长"} for row in found]


def with_rows(books: Books, added: list[dict[str, str]]) -> dict[str, object]:
    return {**books, "corrections": [*books["corrections"], *added]}


def complaints(bench: Judge, books: Books, base=None) -> list[str]:
    """Return everything that stops these books: errors of reading, of the guard, and corrections that are not true."""
    dataset, errors = bench.desk.read(books)
    if dataset is None or errors:
        return errors or ["no school"]
    found = [*guard(bench.base if base is None else base, dataset, TODAY), *untrue(dataset)]
    return [problem.code for problem in found]


@law(60)
@given(st.sampled_from(changes()))
def test_the_rows_that_the_guard_prints_cover_exactly_what_changed(bench: Judge, change: Mutation) -> None:
    dataset = caught(bench, change.books)
    told = filled_in("\n".join(compare(bench.base, dataset, TODAY).rows))
    assume(not any("\t" in row["new"] for row in told))  # a tab, which YAML may hold, fits into no table
    assert complaints(bench, with_rows(change.books, told)) == [], change.where
    for at in range(len(told)):
        assert complaints(bench, with_rows(change.books, told[:at] + told[at + 1 :])), "a row less covers less"


@law(100)
@given(st.sampled_from(changes()), st.data())
def test_a_row_that_says_something_else_does_not_cover(bench: Judge, change: Mutation, data) -> None:
    dataset = caught(bench, change.books)
    told = filled_in("\n".join(compare(bench.base, dataset, TODAY).rows))
    at, field = (
        data.draw(st.integers(0, len(told) - 1)),
        data.draw(st.sampled_from(["old", "new", "record", "field", "sheet"])),
    )
    row = told[at]
    others = {row["old"] + "1", row["new"] + "1", "另外", "1.00"} if field in ("old", "new") else {
        other[field] for other in told if other[field] != row[field]
    } | {"C-001", "2023-spring/F02", "2023/2023-02/30206", "amount", "note", "name", "fees", "lines"}  # fmt: skip
    wrong = {**row, field: data.draw(st.sampled_from(sorted(others - {row[field]})))}
    assume(not (field == "new" and wrong["new"] == row["old"]))
    assume(field != "field" or heading(row["sheet"], wrong["field"], "zh") != row["field"])  # not the same in English
    left = [*told[:at], wrong, *told[at + 1 :]]
    assert complaints(bench, with_rows(change.books, left)), (change.where, row, wrong)


@law(30)
@given(st.sampled_from(changes(*FIGURES, "one character")))
def test_a_correction_that_was_published_already_does_not_cover_again(bench: Judge, change: Mutation) -> None:
    dataset = caught(bench, change.books)
    told = with_rows(school(), filled_in("\n".join(compare(bench.base, dataset, TODAY).rows)))
    before, _ = bench.desk.read(told)
    assume(before is not None)
    published = facts(before)
    again = with_rows(change.books, told["corrections"][len(school()["corrections"]) :])
    assert complaints(bench, again, published)


@law(60)
@given(st.sampled_from(changes("one fen", "times ten or a hundred")), st.integers(1, 10**6), st.booleans())
def test_a_chain_of_corrections_covers_from_its_beginning_to_its_end(
    bench: Judge, change: Mutation, fen: int, whole: bool
) -> None:
    dataset = caught(bench, change.books)
    told = filled_in("\n".join(compare(bench.base, dataset, TODAY).rows))
    between = f"{fen // 100}.{fen % 100:02}"
    assume(len(told) == 1 and between not in (told[0]["old"], told[0]["new"]) and "." in told[0]["new"])
    later = {**told[0], "id": "C-900", "old": between, "date": (TODAY + dt.timedelta(1)).isoformat()}
    chain = [{**told[0], "new": between}, later if whole else {**later, "old": between + "9"}]
    assert bool(complaints(bench, with_rows(change.books, chain))) is not whole


@law(100)
@given(st.sampled_from(changes(*FIGURES)))
def test_privacy_covers_no_figure(bench: Judge, change: Mutation) -> None:
    told = filled_in("\n".join(compare(bench.base, caught(bench, change.books), TODAY).rows))
    private = [{**row, "kind": "隐私", "old": "", "new": ""} for row in told]
    assert complaints(bench, with_rows(change.books, private)), change.where


@law(40)
@given(st.sampled_from(changes("row deleted", "key renamed", "file deleted", "file emptied to its header")))
def test_privacy_hides_no_record_that_has_figures(bench: Judge, change: Mutation) -> None:
    dataset = caught(bench, change.books)
    now = facts(dataset)
    gone = {name for name in bench.base if name not in now}
    told = filled_in("\n".join(compare(bench.base, dataset, TODAY).rows))
    private = [{**row, "kind": "隐私", "old": "", "new": ""} for row in told]
    figures = {name for name in gone if name.field not in ("number", "hours")}
    assert complaints(bench, with_rows(change.books, private)) or not figures, change.where


def test_what_an_earlier_correction_quotes_is_a_figure_where_its_field_is_one(bench: Judge) -> None:
    for at, stopped in ((0, True), (1, False)):
        rows_ = [dict(row) for row in school()["corrections"]]
        rows_[at]["old"] = ""
        hidden = {"id": "C-003", "date": "2023-08-20", "sheet": "corrections", "record": rows_[at]["id"], "field": "old",
                  "old": "", "new": "", "kind": "隐私", "reason": "删除个人信息", "approved_by": "校长"}  # fmt: skip
        assert ("published" in complaints(bench, {**school(), "corrections": [*rows_, hidden]})) is stopped
        assert get(school()["corrections"], (at, "old"))
