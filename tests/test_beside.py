"""Work beside the first process gives the same result as work in it."""

from __future__ import annotations

import os
import threading

import pytest

from generator.beside import beside


def test_the_result_comes_from_another_process_where_one_can_be_split() -> None:
    alone = threading.active_count() == 1 and (os.cpu_count() or 1) > 1
    result = beside(os.getpid)()
    assert (result != os.getpid()) == alone


def test_what_it_raises_is_raised_here() -> None:
    def work() -> int:
        raise FileNotFoundError(2, "no such file", "data/x.csv")

    with pytest.raises(FileNotFoundError, match="no such file"):
        beside(work)()


def test_where_threads_run_no_process_is_split() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert beside(os.getpid)() == os.getpid()
    finally:
        stop.set()
        other.join()


def test_a_large_result_passes() -> None:
    assert beside(lambda: b"x" * 5_000_000)() == b"x" * 5_000_000
