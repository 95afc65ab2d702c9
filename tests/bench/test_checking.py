"""Both tools see the same rows and the same mistakes; how long they take is for `make bench`."""

from __future__ import annotations

import pytest

from bench import checking


@pytest.mark.parametrize(("spoilt", "wrong"), [(False, 0), (True, 20)])
def test_we_count_rows_and_mistakes(tmp_path, spoilt, wrong):
    path = tmp_path / "rows.csv"
    assert checking.write_rows(path, 2_000, spoilt) == wrong

    found = checking.ours(path)

    assert (found["rows"], found["wrong"]) == (2_000, wrong)


@pytest.mark.parametrize(("spoilt", "wrong"), [(False, 0), (True, 20)])
def test_frictionless_counts_the_same(tmp_path, spoilt, wrong):
    pytest.importorskip("frictionless", reason="make bench installs it")
    path = tmp_path / "rows.csv"
    checking.write_rows(path, 2_000, spoilt)

    found = checking.measured("frictionless", path)

    assert (found["rows"], found["wrong"]) == (2_000, wrong)
