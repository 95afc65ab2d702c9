"""Builders as processes that can be watched, traced and killed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.torture import driver

CALLS = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "syncfs", "rename", "renameat", "renameat2", "link", "linkat",
    "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "symlink", "symlinkat", "ftruncate", "chmod", "fchmod",
    "fchmodat", "utimensat", "flock", "close", "sendfile", "copy_file_range",
)  # fmt: skip
"""Every system call by which a publication could change a disk, or learn of its failure."""


class Builder:
    """A process that waits for the numbers of the sites that it is to publish."""

    def __init__(self, out: Path, *options: str) -> None:
        command = [sys.executable, "-I", "-S", "-B", driver.__file__, str(out), *options]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True)

    def wait(self) -> None:
        """Wait until it has read all its code."""
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    def begin(self, *numbers: int) -> None:
        """Have it publish."""
        assert self.process.stdin
        self.process.stdin.write("".join(f"{number}\n" for number in numbers))
        self.process.stdin.close()

    def end(self) -> int:
        """Wait for it and return its exit code; what it said is then in `said`."""
        assert self.process.stdout
        self.said = self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(timeout=120)

    def stop(self) -> None:
        """Have it do nothing more."""
        self.process.kill()
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()
        self.end()

    def traced(self, number: int, injected: tuple[str, ...], log: Path) -> int:
        """Have it publish one site under strace with faults injected, and return its exit code."""
        self.wait()
        inject = [argument for fault in injected for argument in ("-e", f"inject={fault}")]
        strace = ["strace", "-o", str(log), "-p", str(self.process.pid), "-e", f"trace={','.join(CALLS)},newfstatat"]
        with subprocess.Popen([*strace, *inject], stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr
            said = tracer.stderr.readline()
            if "attached" not in said:
                self.stop()
                raise OSError(said)
            self.begin(number)
            return self.end()


def may_trace() -> bool:
    """Return whether strace is here and may look into another process."""
    if sys.platform != "linux" or not shutil.which("strace"):
        return False
    with tempfile.TemporaryDirectory() as place:
        try:
            return Builder(Path(place, "site")).traced(0, ("mkdir:error=EIO",), Path(place, "log")) == driver.FAILED
        except OSError:
            return False


def moments(log: Path) -> list[tuple[str, int]]:
    """Return every system call of a publication that writes: its name, and which one of that name it is."""
    seen: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if driver.END in line:
            break
        if match := re.match(r"(\w+)\(", line):
            name = match[1]
            seen[name] += 1
            if name in CALLS and (name != "openat" or re.search(r"O_CREAT|O_WRONLY|O_RDWR", line)):
                found.append((name, seen[name]))
    return found


def arrived(fault: str, code: int, log: Path) -> bool:
    """Return whether an injected fault met the process at all."""
    return code == -9 if "signal=KILL" in fault else f"{fault.partition(':')[0]}(" in injections(log)


def injections(log: Path) -> str:
    """Return the lines of a log that tell of an injected failure."""
    return "\n".join(line for line in log.read_text("utf-8", "replace").splitlines() if "(INJECTED)" in line)
