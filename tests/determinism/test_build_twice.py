"""The same commit gives the same bytes; `make build-twice` tries many more surroundings, with every Python of the machine.

What is built is the newest commit, as there: what is not committed takes no part.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest

from tests.determinism.building import Bench, compared, reference
from tests.determinism.compare import Inventory, differences, files_of, inventory
from tests.determinism.faulty import FAULTS
from tests.determinism.places import Place, another_place, committed, first_place
from tests.determinism.pythons import own
from tests.determinism.surroundings import PLAIN, Surrounding, surroundings

QUICK = (("tr_TR", "ISO-8859-9"),)
"""A locale that is compiled in no time, with the letters that change case in another way and without Chinese ones."""
AT_ONCE = (
    "python -O", "TZ=Pacific/Kiritimati", "LC_ALL=C", "PYTHONHASHSEED=random", "umask 077", "folders listed in order 1",
    "clock: ten years ahead", "somebody else's home and settings of git", "SOURCE_DATE_EPOCH=1", "one processor",
    "zlib that packs otherwise", "another path, cold cache", "relative paths",
)  # fmt: skip
FAULTY = (str(Path(__file__).with_name("faulty.py")), "build")
SHOWN_BY = {
    "clock, as a date": "clock: ten years ahead",
    "clock, as seconds": "clock: ten years ahead",
    "clock, as text": "clock: the last second of 1999",
    "time zone": "TZ=Asia/Shanghai",
    "order of a folder": "folders listed in order reversed",
    "order of a pattern": "folders listed in order 1",
    "order of a set": "PYTHONHASHSEED=1",
    "character set": "LC_ALL=C",
    "path of the school": "another path, cloned as on Windows, other days of files",
    "path of the site": "the same once more",
    "path as it was typed": "relative paths",
    "home": "somebody else's home and settings of git",
    "user": "somebody else's home and settings of git",
    "processors": "one processor",
    "optimization": "python -O",
    "epoch of packagers": "SOURCE_DATE_EPOCH=1",
    "compression": "zlib that packs otherwise",
    "line ends": "another path, cloned as on Windows, other days of files",
    "day of a file": "another path, cloned as on Windows, other days of files",
    "what was there before": "over its own earlier site",
    "a file left over": "over another school's site",
    "cache": "the same once more",
    "mode of a file": "umask 077",
}
"""Which surrounding must show each fault of the builder in faulty.py."""


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Surrounding]:
    """Every surrounding of this machine with this Python, by name."""
    return {one.name: one for one in surroundings(tmp_path_factory.mktemp("ways"), [own()], QUICK)}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The sample school of the newest commit, in Chinese and in English, in two places."""
    work = tmp_path_factory.mktemp("build twice")
    first = first_place(work / "here", schools=("sample", "english"))
    return Bench(work, first, another_place(first, work / "另一个地方"), own(), ("sample", "english"))


def toy(work: Path, fault: str) -> Bench:
    """Return a bench on which a small builder with a fault builds a school that only names the fault."""

    def make(root: Path) -> None:
        (root / "data").mkdir(parents=True)
        (root / ".gitattributes").write_text("*.txt text\n", encoding="utf-8")
        for name in ("fault", "a.txt", "b.txt", "c.txt", "data/x.csv"):
            (root / name).write_text(f"{fault}\n", encoding="utf-8")

    first = Place(work / "here")
    committed(first.school("sample"), make)
    return Bench(work, first, another_place(first, work / "there"), own(), ("sample",), FAULTY)


@pytest.fixture(scope="module")
def wanted(bench: Bench) -> Mapping[str, Inventory]:
    """Both sites as built in the plain surrounding."""
    return reference(bench)


def test_two_builds_have_the_same_bytes(
    bench: Bench, wanted: Mapping[str, Inventory], ways: dict[str, Surrounding]
) -> None:
    assert min(len(site) for site in wanted.values()) > 100
    everything = reduce(Surrounding.also, (ways[name] for name in AT_ONCE))
    row = compared(bench, everything, wanted, 0)
    assert row.verdict == "equal"
    assert row.files == sum(len(files_of(site)) for site in wanted.values())


def test_one_other_sign_in_a_page_is_found(bench: Bench, wanted: Mapping[str, Inventory]) -> None:
    page = bench.second.program / "docs" / "en" / "guide.md"
    page.write_text(page.read_text(encoding="utf-8") + "!", encoding="utf-8")
    row = compared(replace(bench, schools=("english",)), Surrounding("one sign more", elsewhere=True), wanted, 1)
    assert "guide/index.html" in {found.path for _, found in row.differences}


@pytest.mark.parametrize("fault", list(SHOWN_BY))
def test_each_fault_is_shown_by_its_surrounding(fault: str, tmp_path: Path, ways: dict[str, Surrounding]) -> None:
    bench = toy(tmp_path, fault)
    row = compared(bench, ways[SHOWN_BY[fault]], reference(bench), 0)
    assert row.differences, fault
    assert "no build" not in row.verdict


def test_every_fault_has_its_surrounding() -> None:
    assert FAULTS.keys() - SHOWN_BY.keys() == {"none", "version of Python"}


def test_a_builder_without_fault_is_equal_everywhere(tmp_path: Path, ways: dict[str, Surrounding]) -> None:
    bench = toy(tmp_path, "none")
    site = reference(bench)
    verdicts = {name: compared(bench, one, site, at).verdict for at, (name, one) in enumerate(ways.items())}
    assert set(verdicts.values()) == {"equal"}, verdicts


def test_a_builder_that_fails_is_told(tmp_path: Path) -> None:
    bench = toy(tmp_path, "none")
    site = reference(bench)
    (bench.first.school("sample") / "fault").unlink()
    row = compared(bench, PLAIN, site, 0)
    assert row.files == 0
    assert "no build: exit 1" in row.verdict


@pytest.mark.parametrize("change", ["byte", "shorter", "longer", "missing", "more", "mode", "folder", "link"])
def test_each_kind_of_difference_is_told_with_its_place(change: str, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    (one / "below").mkdir(parents=True)
    (one / "below" / "page.html").write_text("<p>450.00</p>", encoding="utf-8")
    (one / "below" / "empty").mkdir()
    shutil.copytree(one, two)
    page = two / "below" / "page.html"
    match change:
        case "byte":
            page.write_text("<p>480.00</p>", encoding="utf-8")
        case "shorter":
            page.write_text("<p>450.00</p", encoding="utf-8")
        case "longer":
            page.write_text("<p>450.00</p>\n", encoding="utf-8")
        case "missing":
            page.unlink()
        case "more":
            (two / ".hidden").touch()
        case "mode":
            page.chmod(0o600)
        case "folder":
            (two / "below" / "empty").rmdir()
        case "link":
            page.rename(two / "elsewhere.html")
            page.symlink_to("../elsewhere.html")
    told = [str(difference) for difference in differences(inventory(one), inventory(two))]
    places = {
        "byte": "below/page.html: byte 4 of 13: '<p>480.00</p>' instead of '<p>450.00</p>'",
        "shorter": "below/page.html: byte 12 of 13: '<p>450.00</p' instead of '<p>450.00</p>'",
        "longer": "below/page.html: byte 13 of 13: '<p>450.00</p>\\n' instead of '<p>450.00</p>'",
        "missing": "below/page.html: missing",
        "more": ".hidden: only here",
        "mode": "below/page.html: mode 0600 instead of 0644",
        "folder": "below/empty: missing",
        "link": "below/page.html: byte 0 of 13: 'link to ../elsewhere",
    }
    assert any(difference.startswith(places[change]) for difference in told)
    assert differences(inventory(one), inventory(one)) == []
