"""Work in a second process, where the system can split one."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Start `work` in a process of its own and return the function that waits for its result, or raises what it raised.

    The result must be picklable. Where a process cannot be split safely (Windows, or other threads are running), or there
    is one processor only, the work is done in this process when its result is asked for.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1 or (os.cpu_count() or 1) < 2:
        return work
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "wb") as file:
            pickle.dump(_outcome(work), file, pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    os.close(writer)

    def result() -> T:
        with os.fdopen(reader, "rb") as file:
            value, failure = pickle.load(file)  # noqa: S301  our own child wrote it
        os.waitpid(child, 0)
        if failure is not None:
            raise failure
        return value  # type: ignore[no-any-return]

    return result


def _outcome(work: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """Return what the work gives, or what it raises."""
    try:
        return work(), None
    except Exception as failure:  # noqa: BLE001  it is raised again where the result is asked for
        return None, failure
