"""Measuring: commands run in turn, each in a process of its own, and what their times come to."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = ("mingzhang", "pydantic", "jinja2", "hugo", "mkdocs", "mkdocs-material", "frictionless")


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds on the wall, and seconds of all processors together, which other load hardly changes."""

    seconds: float
    cpu: float


@dataclass
class Times:
    """What the runs of one contestant took."""

    name: str
    costs: list[Cost] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        """The seconds on the wall, run by run."""
        return [cost.seconds for cost in self.costs]

    @property
    def middle(self) -> float:
        """The median of the seconds on the wall."""
        return median(self.seconds)

    def row(self, base: Times | None = None) -> str:
        """Return a line of a Markdown table: name, median, spread, processor, runs, and how many times `base` it took."""
        low, high = min(self.seconds), max(self.seconds)
        ratio = f"{ratio_of(self, base):.2f}" if base else "1"
        cpu = median(cost.cpu for cost in self.costs)
        return (
            f"| {self.name} | {self.middle:.3f} | {low:.3f} to {high:.3f} | {cpu:.3f} | {len(self.costs)} | {ratio} |"
        )


HEAD = "| what | median, s | spread, s | processor, s | runs | times ours |\n| --- | ---: | ---: | ---: | ---: | ---: |"


def ratio_of(other: Times, ours: Times) -> float:
    """Return the median of the ratios of the paired runs; of the medians where the runs are not as many."""
    if len(other.costs) == len(ours.costs):
        return median(a / b for a, b in zip(other.seconds, ours.seconds, strict=True))
    return other.middle / ours.middle


def table(ours: Times, *others: Times) -> str:
    """Return a Markdown table of our times and those of others."""
    return "\n".join((HEAD, ours.row(), *(other.row(ours) for other in others)))


@dataclass(frozen=True)
class Verdict:
    """A target, what was measured, and whether it was met."""

    target: str
    measured: str
    met: bool

    @property
    def row(self) -> str:
        """A line of a Markdown table."""
        return f"| {self.target} | {self.measured} | {'yes' if self.met else '**no**'} |"


@dataclass(frozen=True)
class Measured:
    """What one part of the benchmark came to: its text and what it says of the targets."""

    text: str
    verdicts: tuple[Verdict, ...] = ()


def faster(target: str, other: Times, ours: Times, at_least: float) -> Verdict:
    """Return whether the other one took at least so many times as long as we did."""
    ratio = ratio_of(other, ours)
    return Verdict(target, f"{ratio:.2f} times", ratio >= at_least)


def run(command: Sequence[str | Path], cwd: Path | None = None) -> tuple[Cost, str]:
    """Run a command, return what it took and what it printed; raise with its words when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": ""}
    before, start = children(), time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    cost = Cost(time.perf_counter() - start, children() - before)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return cost, done.stdout


def children() -> float:
    """Return the seconds of processor that all finished children took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def python(module: str, *arguments: str | Path) -> tuple[str | Path, ...]:
    """Return the command that runs a module with the Python that we run on."""
    return (sys.executable, "-m", module, *arguments)


def answer(*command: str | Path) -> tuple[Cost, Any]:
    """Run a command that prints one JSON value in its last line; return what it took and the value."""
    cost, printed = run(command)
    return cost, json.loads(printed.strip().splitlines()[-1])


def in_turn(contestants: Mapping[str, Callable[[], Cost]], runs: int) -> dict[str, Times]:
    """Run each contestant `runs` times, one after the other in each round, every round beginning with another one."""
    times = {name: Times(name) for name in contestants}
    names = list(contestants)
    for at in range(runs):
        for name in names[at % len(names) :] + names[: at % len(names)]:
            times[name].costs.append(contestants[name]())
    return times


def machine() -> str:
    """Return what the numbers were measured on and with, naming no host and no path."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = os.getloadavg()[0] / (cores or 1)
    return (
        f"Python {platform.python_version()}, {versions}; {platform.system()} {platform.machine()}, {cores} cores; "
        f"processes waiting for each core when it began: {load:.1f}."
    )
