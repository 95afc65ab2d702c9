"""The locks hold every version and hash, and nothing of the machine that wrote them."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("site", "xlsx", "test", "bench", "lock")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")

locks = pytest.mark.parametrize("purpose", LOCKS)


def read(purpose: str) -> str:
    return (ROOT / "requirements" / f"{purpose}.txt").read_text("utf-8")


def pins(purpose: str) -> dict[str, str]:
    found = (PIN.match(line) for line in read(purpose).splitlines())
    return {match["name"]: match["version"] for match in found if match}


def named(requirements: list[str]) -> set[str]:
    """The packages that requirement lines ask for, by their normal names."""
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements if not line.startswith(("#", "-")))
    return {re.sub(r"[._]", "-", match[0]).lower() for match in names if match}


@locks
def test_every_requirement_is_pinned_and_hashed(purpose: str) -> None:
    lines = [line for line in read(purpose).splitlines() if not line.lstrip().startswith("#")]
    assert lines
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert PIN.match(line) or HASH.match(line), line
        if line.endswith("\\"):
            assert HASH.match(following), f"{line} has no hash"


@locks
def test_a_lock_names_no_index_and_no_folder_of_a_machine(purpose: str) -> None:
    text = read(purpose)
    assert "://" not in text
    assert not re.search(r"--(index|extra-index|find-links|trusted-host)|(^|\s)/\w", text)


@pytest.mark.parametrize(("below", "above"), [("site", "xlsx"), ("xlsx", "test"), ("site", "bench")])
def test_tests_and_benchmarks_run_the_versions_of_the_site(below: str, above: str) -> None:
    upper = pins(above)
    assert {name: upper.get(name) for name in pins(below)} == pins(below)


def test_what_tests_and_benchmarks_share_is_equal() -> None:
    test, bench = pins("test"), pins("bench")
    assert {name: bench[name] for name in bench if name in test} == {name: test[name] for name in test if name in bench}


@locks
def test_all_that_is_asked_for_is_locked(purpose: str) -> None:
    asked = named((ROOT / "requirements" / f"{purpose}.in").read_text("utf-8").splitlines())
    if purpose != "lock":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        asked |= named(project["dependencies"])
        if purpose in ("xlsx", "test"):
            asked |= named(project["optional-dependencies"]["xlsx"])
    assert asked <= set(pins(purpose))


@pytest.mark.parametrize("folder", ["tests/browser", "generator/editor"])
def test_npm_packages_are_locked_without_an_address(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)  # where its authors take gifts
    text = json.dumps(lock)
    assert "://" not in text
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
