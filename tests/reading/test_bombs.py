"""Files that are made to cost as much as they can are refused at once, in little memory: `tests/reading/bombs.py`."""

import json
import subprocess
import sys

import pytest

from generator.reading import LIMITS, read_csv, read_yaml
from tests.reading.bombs import BYTES, COLUMNS, CSV, HEADERS, NUMBERS, YAML, all_bombs

QUICK = {"YAML": 0.2, "CSV": 0.6, "number": 0.2, "archive": 0.6}
"""Seconds of processor time in which each kind is refused."""

PATIENT = 3
"""Other programs on the same machine make every second longer; more than so many times is the reader's own fault."""

HARMLESS = {"YAML: keys at their longest", "YAML: a long comment", "YAML: a number of 400 digits", "YAML: an exponent"}
"""Large or strange, and yet valid: they are read, as quickly as the others are refused."""


@pytest.fixture(scope="module")
def results():
    done = subprocess.run([sys.executable, "-m", "tests.reading.bombs"], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for kind, limit in QUICK.items():
        seconds = [one["seconds"] for one in found if one["name"].startswith(kind)]
        over = sum(1 for second in seconds if second > limit)
        sys.stdout.write(f"\n{kind}: {len(seconds)} bombs, slowest {max(seconds):.3f} s, {over} over {limit} s")
    return {one["name"]: one for one in found}


def test_every_bomb_goes_off(results):
    assert list(results) == list(all_bombs())
    assert len(YAML) >= 60
    assert len(CSV) + len(HEADERS) >= 30
    assert len(NUMBERS) + len(BYTES) >= 20


@pytest.mark.parametrize("name", all_bombs())
def test_a_bomb_is_refused_in_little_time_and_memory(results, name):
    result = results[name]
    assert result["memory"] == "enough"
    assert bool(result["codes"]) is (name not in HARMLESS)
    assert result["seconds"] < QUICK[name.partition(":")[0]] * PATIENT


def test_most_bombs_are_refused_within_the_time_that_we_promise(results):
    """All of them, on a machine that does nothing else; a few may be hit by what runs beside."""
    slow = [name for name, one in results.items() if one["seconds"] > QUICK[name.partition(":")[0]]]
    assert len(slow) <= len(results) // 20, slow


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("laughs", {"yaml-alias"}), ("an anchor that holds itself", {"yaml-alias"}), ("merging without an alias", {"yaml-alias"}),
        ("a tag of Python", {"yaml-tag"}), ("a long tag of Python", {"yaml-tag"}), ("a declared tag", {"yaml-tag"}),
        ("many declared tags", {"yaml-tag"}), ("brackets", {"yaml-depth"}), ("lists in lists", {"yaml-depth"}),
        ("keys of keys", {"yaml-key"}), ("many documents", {"limit"}), ("items in flow", {"limit"}), ("comments", {"limit"}),
        ("a long plain text", {"limit"}), ("escaped zeros", {"character", "limit"}),
    ],
)  # fmt: skip
def test_the_reason_is_the_right_one(name, codes):
    _, problems = read_yaml(YAML[name].encode(), "x.yml")
    assert {problem.code for problem in problems} == codes
    assert len(problems) <= (LIMITS.problems_of_a_kind + 1) * len(codes)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("quotes", {"limit"}), ("stray quotes", {"limit"}), ("columns", {"limit"}), ("columns in every row", {"row"}),
        ("rows", {"limit"}), ("one open quote", {"quote", "limit"}), ("controls in many cells", {"character"}),
    ],
)  # fmt: skip
def test_the_reason_of_a_table_is_the_right_one(name, codes):
    _, problems = read_csv(b"a,b,c\n" + CSV[name].encode(), "x.csv", COLUMNS)
    assert {problem.code for problem in problems} == codes
    assert len(problems) <= (LIMITS.problems_of_a_kind + 1) * len(codes)


def test_a_header_of_many_columns_is_refused_before_its_titles_are_compared():
    table, problems = read_csv(b"a," * 61 + b"b\n1\n", "x.csv", COLUMNS)
    assert table is None
    assert [(problem.code, problem.place.column) for problem in problems] == [("limit", 121)]


def test_a_text_of_nothing_but_refused_characters_is_not_read_on():
    data = b"a,b,c\n" + b"\x01,\x02,\x03\n" * (LIMITS.refused_characters // 3)
    assert read_csv(data, "x.csv", COLUMNS)[0] is not None
    assert read_csv(data + b"\x01\n" * 9, "x.csv", COLUMNS)[0] is None
