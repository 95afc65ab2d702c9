"""A rewritten history is caught by a saved code, and days never go back."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.trust import verify as program
from generator.trust.ledger import NOTHING, Entry, Ledger, State, WrongLedger, read_ledger
from tests.laws.profile import law

DAY = dt.date(2023, 2, 1)
HASHES = st.integers(0, 2**64).map(lambda number: f"{number:064x}")
FILES = st.dictionaries(
    st.sampled_from(["data/school.yml", "data/terms/a/fees.csv", "data/收费.csv"]), HASHES, max_size=3
)
KEYS = st.lists(st.sampled_from(["a/F01", "a/F02", "a/F03", "b/F01"]), unique=True).map(
    lambda keys: tuple(sorted(keys))
)
STATES = st.builds(
    State, HASHES, FILES,
    st.lists(st.sampled_from(["C-001", "C-002", "C-003"]), unique=True).map(lambda ids: tuple(sorted(ids))),
    st.dictionaries(st.sampled_from(["fees", "lines"]), KEYS, max_size=2),
)  # fmt: skip
COMMITS = st.none() | st.integers(0, 2**99).map(lambda number: f"{number:040x}")
STEPS = st.tuples(STATES, st.integers(-400, 400), COMMITS)


def made(steps) -> Ledger:
    found, day = Ledger(), DAY
    for state, days, commit in steps:
        day += dt.timedelta(days)
        found = found.followed_by(state, day, commit)
    return found


LEDGERS = st.lists(STEPS, min_size=1, max_size=8).map(made)


def again(entries: list[Entry], start: int) -> Ledger:
    """Return a ledger whose chain somebody made anew from an entry on."""
    done = entries[:start]
    for entry in entries[start:]:
        previous = done[-1].hash if done else NOTHING
        day = max(entry.date, done[-1].date) if done else entry.date
        done.append(Entry(len(done) + 1, previous, day, entry.commit, entry.facts, entry.files, entry.corrections, entry.records))  # fmt: skip
    return Ledger(tuple(done))


def rewritten(ledger: Ledger, data) -> tuple[list[Entry], int]:
    """Return entries as somebody rewrote them, and the first that is not what it was."""
    entries, at = list(ledger.entries), data.draw(st.integers(0, len(ledger.entries) - 1))
    entry, way = entries[at], data.draw(st.sampled_from(["drop", "edit", "move", "insert", "date"]))
    if way == "drop":
        return [*entries[:at], *entries[at + 1 :]], at
    if way == "insert":
        return [
            *entries[:at],
            Entry(entry.seq, entry.previous, entry.date, None, "ab" * 32, {}, (), {}),
            *entries[at:],
        ], at
    if way == "move" and at + 1 < len(entries):
        return [*entries[:at], entries[at + 1], entry, *entries[at + 2 :]], at
    day = entry.date + dt.timedelta(1) if way == "date" else entry.date
    facts = entry.facts if way == "date" else f"{int(entry.facts, 16) ^ 1:064x}"
    entries[at] = Entry(
        entry.seq, entry.previous, day, entry.commit, facts, entry.files, entry.corrections, entry.records
    )
    return entries, at


def known(content: bytes, code: str) -> tuple[bool, bool]:
    """Whether the builder's reader, and the reader of the verifier for everybody, find a saved code in a ledger."""
    try:
        ours = any(entry.code == code for entry in read_ledger(content).entries)
    except WrongLedger:
        ours = False
    try:
        theirs = any(entry.sha256.startswith(program.digits_of(code)) for entry in program.entries_of(content))
    except program.Stop:
        theirs = False
    return ours, theirs


@law(150)
@given(LEDGERS)
def test_a_ledger_reads_as_it_was_written(ledger: Ledger) -> None:
    assert read_ledger(ledger.content) == ledger
    assert all(known(ledger.content, entry.code) == (True, True) for entry in ledger.entries)


@law(300)
@given(LEDGERS, st.data())
def test_rewriting_makes_it_no_ledger_or_loses_every_code_from_there_on(ledger: Ledger, data) -> None:
    entries, at = rewritten(ledger, data)
    crude = b"".join(entry.line + b"\n" for entry in entries)
    careful = again(entries, at).content
    for content in (crude, careful):
        for entry in ledger.entries[at:]:
            assert known(content, entry.code) == (False, False)
    assert all(known(careful, entry.code) == (True, True) for entry in ledger.entries[:at])


@law(20)
@given(LEDGERS, st.randoms(use_true_random=False))
def test_any_changed_byte_loses_the_newest_code(ledger: Ledger, chance: random.Random) -> None:
    """Fifty bytes of each of twenty ledgers: 1,000 changes for either reader."""
    content, code = ledger.content, ledger.entries[-1].code
    for _ in range(50):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        assert known(bytes(changed), code) == (False, False)


@law(150)
@given(LEDGERS, st.lists(STEPS, min_size=1, max_size=5))
def test_days_never_go_back_and_first_days_never_change(ledger: Ledger, steps) -> None:
    first = ledger.first_published()
    days = [entry.date for entry in ledger.entries]
    assert days == sorted(days)
    for state, days_, commit in steps:
        newest = ledger.newest
        assume(
            newest is None or (state.facts, state.files) != (newest.facts, ledger.files)
        )  # then its records are the same too
        ledger = ledger.followed_by(state, DAY + dt.timedelta(days_), commit)
        now = ledger.first_published()
        assert now.began == first.began
        assert first.days.items() <= now.days.items()
        assert all(first.began <= day <= ledger.entries[-1].date for day in now.days.values())
        for table, keys in state.records.items():
            assert all(now.day(table, key) is not None for key in keys)
        first = now


@pytest.mark.parametrize("number", [b"true", b"1.0"])
def test_a_number_that_only_equals_its_place_is_refused(number: bytes) -> None:
    line = made([(State("0" * 64, {}, (), {}), 0, None)]).content
    with pytest.raises(WrongLedger):
        read_ledger(line.replace(b'"seq":1', b'"seq":' + number))
