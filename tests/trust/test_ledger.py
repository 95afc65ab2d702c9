"""The ledger: one line a published state, a chain that shows any later change, and days that nobody types."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest

from generator.dataset import load
from generator.trust.ledger import NOTHING, Entry, Ledger, State, WrongLedger, read_ledger, state_of
from tests.conftest import ROOT

SAMPLE = (ROOT / "ledger.jsonl").read_bytes()


def entry_with(code: str, entries: tuple[Entry, ...]) -> Entry | None:
    """Return the entry that a noted code names."""
    return next((entry for entry in entries if entry.code == code), None)


def state(number: int, **records: tuple[str, ...]) -> State:
    return State(f"{number:064x}", {"data/school.yml": f"{number:064x}"}, (), records)


def test_a_line_says_what_is_new_and_names_the_line_before() -> None:
    first = Ledger().followed_by(state(1, fees=("a/F01",)), dt.date(2023, 2, 10), "c" * 40)
    second = first.followed_by(state(2, fees=("a/F01", "a/F02")), dt.date(2023, 3, 1), None)
    assert first.entries[0].previous == NOTHING
    assert second.entries[1].previous == first.entries[0].hash
    assert second.entries[1].records == {"fees": ("a/F02",)}
    assert json.loads(second.content.splitlines()[1]) == {
        "seq": 2, "previous": first.entries[0].hash, "date": "2023-03-01", "commit": None, "facts": f"{2:064x}",
        "files": {"data/school.yml": f"{2:064x}"}, "corrections": [], "records": {"fees": ["a/F02"]},
    }  # fmt: skip


def test_a_state_that_is_published_already_adds_no_line() -> None:
    first = Ledger().followed_by(state(1), dt.date(2023, 2, 10), None)
    assert first.followed_by(state(1), dt.date(2024, 1, 1), "c" * 40) is first


def test_what_is_published_later_is_never_older() -> None:
    first = Ledger().followed_by(state(1, fees=("a/F01",)), dt.date(2023, 2, 10), None)
    second = first.followed_by(state(2, fees=("a/F02",)), dt.date(2023, 1, 1), None)
    assert second.first_published().day("fees", "a/F02") == dt.date(2023, 2, 10)


def test_a_file_that_is_gone_is_told() -> None:
    first = Ledger().followed_by(state(1), dt.date(2023, 2, 10), None)
    second = first.followed_by(State("0" * 64, {}, (), {}), dt.date(2023, 2, 11), None)
    assert second.entries[1].files == {"data/school.yml": None}
    assert second.files == {}


def test_the_first_day_stays_when_a_record_comes_back() -> None:
    made = Ledger().followed_by(state(1, fees=("a/F01",)), dt.date(2023, 2, 10), None)
    made = made.followed_by(state(2), dt.date(2023, 3, 1), None)
    made = made.followed_by(state(3, fees=("a/F01",)), dt.date(2023, 4, 1), None)
    assert made.first_published().day("fees", "a/F01") == dt.date(2023, 2, 10)


def test_the_sample_ledger_reads_and_writes_the_same() -> None:
    assert read_ledger(SAMPLE).content == SAMPLE


def test_the_sample_says_when_each_statement_was_first_published() -> None:
    first = read_ledger(SAMPLE).first_published()
    assert first.began == dt.date(2023, 2, 10)
    assert first.day("statements", "2023/2023-05") == dt.date(2023, 6, 20)
    assert first.day("statements", "2023/2023-08") is None


def test_no_words_of_people_are_kept_for_ever() -> None:
    dataset, _ = load(ROOT)
    assert dataset
    assert "balance" not in state_of(dataset).records, "its key is a text"
    assert not any("电话" in key or "hotline" in key for keys in state_of(dataset).records.values() for key in keys)


def test_a_thousand_changes_of_one_byte_are_all_caught() -> None:
    """Each of 1,000 changed bytes either makes the file no ledger, or changes the code that somebody noted."""
    code = read_ledger(SAMPLE).entries[-1].code
    chance = random.Random(20230820)
    for _ in range(1000):
        at = chance.randrange(len(SAMPLE))
        other = chance.choice([byte for byte in range(256) if byte != SAMPLE[at]])
        changed = SAMPLE[:at] + bytes([other]) + SAMPLE[at + 1 :]
        try:
            read = read_ledger(changed)
        except WrongLedger:
            continue
        assert entry_with(code, read.entries) is None


@pytest.mark.parametrize("cut", [1, 100, 2000])
def test_a_ledger_that_was_cut_or_mixed_is_refused(cut: int) -> None:
    lines = SAMPLE.splitlines(keepends=True)
    for content in (SAMPLE[:-cut], b"".join(lines[1:]), b"".join([lines[1], lines[0], *lines[2:]]), SAMPLE + lines[-1]):
        with pytest.raises(WrongLedger):
            read_ledger(content)


def test_a_ledger_cut_at_a_line_is_caught_by_a_saved_code() -> None:
    shorter = read_ledger(b"".join(SAMPLE.splitlines(keepends=True)[:-1]))
    assert entry_with(read_ledger(SAMPLE).entries[-1].code, shorter.entries) is None


def test_the_code_is_half_of_the_hash() -> None:
    entry = read_ledger(SAMPLE).entries[4]
    assert entry.code.replace("-", "") == entry.hash[:32]
    assert entry.code.count("-") == 7
