"""The Pythons of this machine, each with an environment of its own that holds exactly what `requirements/site.txt` locks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".mingzhang" / "determinism"
OLDEST = (3, 11)
ASK = (
    "import sys, ensurepip, venv, platform;"
    "print(platform.python_implementation(), platform.python_version(), getattr(sys, '_base_executable', sys.executable))"
)


@dataclass(frozen=True)
class Python:
    """A Python that can build: its version, and the program in its environment."""

    version: str
    program: Path


def own() -> Python:
    """Return the Python that we run on."""
    return Python(".".join(map(str, sys.version_info[:3])), Path(sys.executable))


def candidates() -> Iterator[Path]:
    """Yield programs that may be Pythons: on the path, and where version managers keep theirs."""
    for folder in map(Path, os.get_exec_path()):
        yield from sorted(folder.glob("python3.1[0-9]"))
        yield folder / "python3"
    home = Path.home()
    managers = {
        "*/bin/python3": (
            Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions",
            home / ".local/share/uv/python",
            home / ".asdf/installs/python",
        )
    }
    for pattern, folders in managers.items():
        for folder in folders:
            yield from sorted(folder.glob(pattern))


def found() -> dict[str, Path]:
    """Return each version that is there and new enough, with the first program of that version."""
    versions: dict[str, Path] = {}
    for program in candidates():
        if not os.access(program, os.X_OK):
            continue
        done = subprocess.run([program, "-c", ASK], capture_output=True, text=True, check=False)
        kind, version, base = [*done.stdout.strip().split(" ", 2), "", "", ""][:3]
        if done.returncode or kind != "CPython" or tuple(map(int, version.split(".")[:2])) < OLDEST:
            continue
        versions.setdefault(version, Path(base))
    return dict(sorted(versions.items(), key=lambda item: [int(part) for part in item[0].split(".")[:2]]))


def prepared(say: Callable[[str], None]) -> list[Python]:
    """Return the Python that we run on and each other one for which an environment could be made; say which could not."""
    ready = [own()]
    if os.environ.get("READY"):
        say("READY is set, so that nothing is installed: only the Python at hand is tried.")
        return ready
    for version, program in found().items():
        if version == ready[0].version:
            continue
        folder = KEPT / f"python-{version}"
        env = {**os.environ, "VENV": str(folder), "PYTHON": str(program)}
        done = subprocess.run(
            ["sh", "requirements/setup", "site"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            say(f"Python {version} is there, but its environment could not be made ({reason}); it is left out.")
        else:
            ready.append(Python(version, folder / "bin" / "python"))
    return ready
