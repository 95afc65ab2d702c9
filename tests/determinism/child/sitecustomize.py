"""Python imports this by itself when its folder is on the path: it changes what a build can see of the machine around it.

    SURROUNDING_ORDER    `reversed`, or a number to shuffle by: the order in which folders list what is in them
    SURROUNDING_CLOCK    seconds since 1970 at which the clock starts
    SURROUNDING_CPUS     how many processors there seem to be
    SURROUNDING_DEFLATE  when set: a zlib that packs the same content into other bytes, as zlib-ng does

The types stay the real ones: their methods are changed in place, so that compiled modules meet them too.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class Scanned:
    """What `os.scandir` gives: an iterator that is closed at the end of a with block."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self.entries = iter(entries)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self.entries)

    def __enter__(self) -> Scanned:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        """Nothing is open: all entries were read at once."""


def change_order(how: str) -> None:
    """Let every listing of a folder come in another order; `pathlib`, `glob` and `os.walk` ask through these two."""
    chance = random.Random(how)
    scandir, listdir = os.scandir, os.listdir

    def mixed(entries: Iterable[Any]) -> list[Any]:
        found = sorted(entries, key=lambda entry: os.fsencode(getattr(entry, "name", entry)), reverse=True)
        if how != "reversed":
            chance.shuffle(found)
        return found

    def scanned(*path: Any) -> Scanned:
        with scandir(*path) as entries:
            return Scanned(mixed(entries))

    os.scandir = scanned  # type: ignore[assignment]
    os.listdir = lambda *path: mixed(listdir(*path))  # type: ignore[assignment]
    for name, kind in (("glob", "_StringGlobber"), ("pathlib", "_NormalAccessor")):
        keeper = getattr(sys.modules.get(name), kind, None)
        if hasattr(keeper, "scandir"):  # a module that was imported earlier keeps a function of its own
            keeper.scandir = staticmethod(scanned)  # type: ignore[union-attr]


def change_clock(start: float) -> None:
    """Let the clock run from `start` on, for whoever asks `time` or `datetime`."""
    import time

    now = time.time
    moved = start - now()
    real = {name: getattr(time, name) for name in ("time_ns", "gmtime", "localtime", "ctime", "asctime", "strftime")}

    def at(seconds: float | None = None) -> float:
        return now() + moved if seconds is None else seconds

    vars(time).update(
        time=lambda: now() + moved,
        time_ns=lambda: real["time_ns"]() + int(moved * 1e9),
        gmtime=lambda seconds=None: real["gmtime"](at(seconds)),
        localtime=lambda seconds=None: real["localtime"](at(seconds)),
        ctime=lambda seconds=None: real["ctime"](at(seconds)),
        asctime=lambda when=None: real["asctime"](when or real["localtime"](at())),
        strftime=lambda form, when=None: real["strftime"](form, when or real["localtime"](at())),
    )
    _change_days(at)


def _change_days(at: Callable[[], float]) -> None:
    """Give `date` and `datetime`, which are compiled, methods that ask the moved clock."""
    import ctypes
    import datetime as dt
    import gc

    def into(kind: type, **methods: Callable[..., Any]) -> None:
        inside: dict[str, Any] = gc.get_referents(kind.__dict__)[0]
        inside.update({name: classmethod(method) for name, method in methods.items()})
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))

    into(dt.date, today=lambda kind: kind.fromtimestamp(at()))
    into(
        dt.datetime,
        today=lambda kind: kind.fromtimestamp(at()),
        now=lambda kind, tz=None: kind.fromtimestamp(at(), tz),
        utcnow=lambda kind: kind.fromtimestamp(at(), dt.UTC).replace(tzinfo=None),
    )
    moved = dt.datetime.now(dt.UTC).timestamp() - at()
    if abs(moved) > 60 or dt.date.today() != dt.date.fromtimestamp(at()):  # noqa: DTZ011, DTZ012
        sys.exit("the clock could not be moved")


def change_deflate() -> None:
    """Let zlib choose less memory than asked for: another stream for the same content."""
    import zlib

    real = zlib.compressobj

    def less(level: int = -1, method: int = zlib.DEFLATED, wbits: int = 15, *_: int, **__: int) -> Any:
        return real(level, method, wbits, 1)

    zlib.compressobj = less  # type: ignore[assignment]


if how := os.environ.get("SURROUNDING_ORDER"):
    change_order(how)
if start := os.environ.get("SURROUNDING_CLOCK"):
    change_clock(float(start))
if cpus := os.environ.get("SURROUNDING_CPUS"):
    os.cpu_count = lambda: int(cpus)
if os.environ.get("SURROUNDING_DEFLATE"):
    change_deflate()
