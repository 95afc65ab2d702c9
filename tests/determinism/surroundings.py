"""The surroundings in which the same commit must give the same bytes; each is one difference from the plain one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.determinism.pythons import Python

CHILD = Path(__file__).resolve().parent / "child"
ZONES = ("Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago")
LOCALES = (
    ("zh_CN", "UTF-8"), ("zh_CN", "GB18030"), ("zh_TW", "BIG5"), ("tr_TR", "UTF-8"), ("tr_TR", "ISO-8859-9"),
    ("de_DE", "ISO-8859-1"), ("ar_SA", "UTF-8"),
)  # fmt: skip
"""Languages with other digits, letters, decimal signs or character sets than those of C."""
UMASKS = (0o000, 0o002, 0o027, 0o077)
CLOCKS = (
    ("ten years ahead", 2_100_000_000),
    ("the last second of 1999", 946_684_799),
    ("past 2038", 2_240_000_000),
)
ORDERS = ("reversed", "1", "2", "3")
STRANGE_GIT = """\
[core]
    quotePath = false
    abbrev = 40
    pager = false
    ignoreCase = true
[log]
    showSignature = true
    date = relative
    decorate = full
    follow = true
    diffMerges = on
[i18n]
    logOutputEncoding = GB18030
[diff]
    renames = copies
    noprefix = true
    mnemonicPrefix = true
    external = false
    orderFile = /dev/null
[color]
    ui = always
[format]
    pretty = fuller
[status]
    showUntrackedFiles = no
"""


@dataclass(frozen=True)
class Surrounding:
    """How one build is run. Empty values mean: as in the plain surrounding."""

    name: str
    env: Mapping[str, str] = field(default_factory=dict)
    python: Python | None = None
    flags: tuple[str, ...] = ()
    umask: int = 0o022
    elsewhere: bool = False
    """In another clone at another path."""
    cold: bool = False
    """With an empty cache of its own."""
    over: str = ""
    """What already stands where the site goes: the site of this school."""
    relative: bool = False
    """Started in the school's folder, with relative paths."""
    inherits: bool = False
    """With all variables of whoever started this."""
    one_processor: bool = False

    def also(self, other: Surrounding) -> Surrounding:
        """Return this surrounding with all that is different in the other one."""
        return replace(
            self, name=f"{self.name}; {other.name}", env={**self.env, **other.env}, python=other.python or self.python,
            flags=self.flags + other.flags, umask=self.umask if other.umask == PLAIN.umask else other.umask,
            elsewhere=self.elsewhere or other.elsewhere, cold=self.cold or other.cold, over=self.over or other.over,
            relative=self.relative or other.relative, inherits=self.inherits or other.inherits,
            one_processor=self.one_processor or other.one_processor,
        )  # fmt: skip


PLAIN = Surrounding("plain: UTC, C.UTF-8, seed 0, umask 022")


def surroundings(
    work: Path, pythons: Sequence[Python], locales: Sequence[tuple[str, str]] = LOCALES
) -> list[Surrounding]:
    """Return every surrounding that this machine allows for; `work` is where locales and homes are made."""
    single = [
        Surrounding("the same once more"),
        *of_pythons(pythons),
        *(Surrounding(f"TZ={zone}", {"TZ": zone}) for zone in ZONES),
        *of_locales(work / "locales", locales),
        *(Surrounding(f"PYTHONHASHSEED={seed}", {"PYTHONHASHSEED": seed}) for seed in ("1", "4294967295", "random")),
        *(Surrounding(f"umask {umask:03o}", umask=umask) for umask in UMASKS),
        *(Surrounding(f"folders listed in order {how}", {"SURROUNDING_ORDER": how}) for how in ORDERS),
        *(Surrounding(f"clock: {name}", {"SURROUNDING_CLOCK": str(at)}) for name, at in CLOCKS),
        *of_machine(work),
    ]
    return [*single, *combined(single)]


def of_pythons(pythons: Sequence[Python]) -> Iterator[Surrounding]:
    """Yield each other Python, with the cache of the first one and with none, and the ways to start one."""
    for python in pythons[1:]:
        yield Surrounding(f"Python {python.version}, the first one's cache", python=python)
        yield Surrounding(f"Python {python.version}, cold", python=python, cold=True)
    for flag in ("-O", "-OO", "-B", "-X dev", "-X utf8"):
        yield Surrounding(f"python {flag}", flags=tuple(flag.split()))


def of_locales(folder: Path, locales: Sequence[tuple[str, str]]) -> Iterator[Surrounding]:
    """Yield the locales that the C library has, and those that can be compiled here."""
    strict = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for name in ("C", "POSIX"):
        yield Surrounding(f"LC_ALL={name}", {**strict, "LC_ALL": name, "LANG": name})
    if not shutil.which("localedef"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for language, charset in locales:
        name = f"{language}.{charset}"
        command = ["localedef", "--no-archive", "-i", language, "-f", charset, str(folder / name)]
        if subprocess.run(command, capture_output=True, check=False).returncode > 1 or not (folder / name).is_dir():
            continue
        spoken = {"LC_ALL": name, "LANG": name, "LANGUAGE": language}
        yield Surrounding(f"LC_ALL={name}", {**strict, **spoken, "LOCPATH": str(folder)})


def of_machine(work: Path) -> Iterator[Surrounding]:
    """Yield what else differs from machine to machine, and from one run to the next."""
    home = work / "homes" / "张老师"
    home.mkdir(parents=True, exist_ok=True)
    (home / ".gitconfig").write_text(STRANGE_GIT, encoding="utf-8")
    user = {"HOME": str(home), **dict.fromkeys(("USER", "LOGNAME", "USERNAME"), "zhang")}
    yield Surrounding("somebody else's home and settings of git", user)
    yield Surrounding("all variables of whoever runs this", inherits=True)
    yield Surrounding("SOURCE_DATE_EPOCH=1", {"SOURCE_DATE_EPOCH": "1"})
    yield Surrounding("no zones of the system", {"PYTHONTZPATH": ""})
    yield Surrounding("another allocator", {"PYTHONMALLOC": "malloc"})
    yield Surrounding("one processor", {"SURROUNDING_CPUS": "1"}, one_processor=True)
    yield Surrounding("eight processors", {"SURROUNDING_CPUS": "8"})
    yield Surrounding("zlib that packs otherwise", {"SURROUNDING_DEFLATE": "1"})
    yield Surrounding("no bytecode written", {"PYTHONDONTWRITEBYTECODE": "1"}, cold=True)
    yield Surrounding("cold cache", cold=True)
    yield Surrounding("another path, cloned as on Windows, other days of files", elsewhere=True)
    yield Surrounding("another path, cold cache", elsewhere=True, cold=True)
    yield Surrounding("relative paths", relative=True)
    yield Surrounding("over its own earlier site", over="same")
    yield Surrounding("over another school's site", over="other")


def combined(single: Sequence[Surrounding]) -> Iterator[Surrounding]:
    """Yield surroundings in which many things differ at once, walking through the single ones at different strides."""
    for number, stride in enumerate((3, 5, 7), 1):
        whole = PLAIN
        for one in single[number::stride]:
            whole = whole.also(one)
        yield replace(whole, name=f"mixture {number}: {len(single[number::stride])} of the above at once")


def environment(one: Surrounding, program: Path, cache: Path, home: Path) -> dict[str, str]:
    """Return all variables of a build in this surrounding."""
    base = dict(os.environ) if one.inherits else {"PATH": os.environ.get("PATH", os.defpath)}
    plain = {
        "HOME": str(home), "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
    }  # fmt: skip
    ours = {"PYTHONPATH": os.pathsep.join((str(CHILD), str(program))), "MINGZHANG_CACHE": str(cache)}
    return base | ({} if one.inherits else plain) | dict(one.env) | ours
