"""The pin: the small file of a school's repository that names the version of the program which judges and builds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.commit import git
from generator.locale import Language, Message, Spoken
from generator.site.project import CHECKOUT
from generator.values.refusal import Refused

FILE = ".mingzhang.yml"
LONGEST = 100_000
# The script that fetches the program, files/github/generator, holds the same two patterns.
ADDRESS = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9_][A-Za-z0-9._-]*)+", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,39}", re.ASCII)
_SECURE_SHELL = re.compile(r"(?:ssh://)?git@([A-Za-z0-9.-]+)[:/](.+)", re.ASCII)
_NEVER = frozenset({"", ".", "..", ".git"})
_WRITTEN = re.compile(r"  ([A-Za-z0-9._][A-Za-z0-9._/-]*): ([0-9a-f]{64})", re.ASCII)


class StarterError(Spoken):
    """What keeps a school from being made or upgraded; ``message`` says it."""


@dataclass(frozen=True)
class Pin:
    """Where the program is fetched from, at which commit, of which version, and the hash of each file that it wrote."""

    generator: str
    commit: str
    version: str
    files: Mapping[str, str] = field(default_factory=dict)


def as_text(pin: Pin, words: Language) -> str:
    """Return the file as it is written."""
    about = (
        Message("Which version of Mingzhang judges and builds this school: read by .github/generator."),
        Message("To change it, run `mingzhang upgrade` of the newer version; it says first what changes."),
    )
    written = Message(
        "The files that Mingzhang wrote, with their SHA-256, so that an upgrade knows which are your own by now."
    )
    return "\n".join([
        *(f"# {words.say(line)}" for line in about),
        f"generator: {pin.generator}", f"commit: {pin.commit}", f"version: {pin.version}",
        f"# {words.say(written)}", "files:", *(f"  {path}: {pin.files[path]}" for path in sorted(pin.files)), "",
    ])  # fmt: skip


def read_pin(root: Path) -> Pin:
    """Return the pin of the school in a folder; raises `StarterError` where there is none, or one that is not plain."""
    file = root / FILE
    try:
        lines = file.read_bytes()[:LONGEST].decode().splitlines()
    except FileNotFoundError:
        raise StarterError(
            Message("there is no {file} here, so this school is pinned to no version", file=FILE)
        ) from None
    except (OSError, UnicodeDecodeError) as failure:
        raise StarterError(Message("{file} cannot be read", file=FILE)) from failure
    found: dict[str, str] = {}
    files: dict[str, str] = {}
    for line in filter(None, (line.rstrip() for line in lines)):
        name, _, value = line.partition(": ")
        if (written := _WRITTEN.fullmatch(line)) and _may_be_ours(written[1]):
            files[written[1]] = written[2]
        elif name in ("generator", "commit", "version") and name not in found:
            found[name] = value
        elif not line.startswith("#") and line != "files:":
            raise StarterError(
                Message("{file} holds a line that does not belong there: {line}", file=FILE, line=line[:80])
            )
    for name, pattern in (("generator", ADDRESS), ("commit", COMMIT), ("version", VERSION)):
        if not pattern.fullmatch(found.get(name, "")):
            raise StarterError(Message("{file} has no right “{name}”", file=FILE, name=name))
    return Pin(found["generator"], found["commit"], found["version"], files)


def _may_be_ours(path: str) -> bool:
    """Whether Mingzhang may have written a file: an upgrade takes away those that it does not need any more, and so must
    never take data, what git keeps for itself, or what lies elsewhere."""
    parts = path.casefold().split("/")
    return parts[0] != "data" and not _NEVER & set(parts)


def parse_generator(text: str) -> tuple[str, str]:
    """Return address and commit of ``URL@COMMIT``; the commit may be left out where this program knows its own.

    Raises `Refused`.
    """
    address, _, commit = text.strip().rpartition("@") if "@" in text else (text.strip(), "", "")
    address = address.removesuffix("/").removesuffix(".git")
    commit = commit or own_commit() or ""
    if not ADDRESS.fullmatch(address):
        fix = Message("write the address of the repository and the commit, such as {example}", example=EXAMPLE)
        raise Refused(
            "generator", Message("“{value}” is not the https address of a git repository", value=address), fix
        )
    if not COMMIT.fullmatch(commit):
        fix = Message(
            "add the whole commit, 40 signs, behind an @: `git rev-parse HEAD` in the folder of Mingzhang says it"
        )
        raise Refused("generator", Message("it is not known which commit of Mingzhang is meant"), fix)
    return address, commit


EXAMPLE = "https://github.com/OWNER/mingzhang@0123456789abcdef0123456789abcdef01234567"


def _said(*arguments: str) -> str:
    """Return what git says about the checkout that this program runs from, or nothing where it runs from none."""
    done = git(CHECKOUT, *arguments)
    return done.stdout.decode("utf-8", "replace").strip() if done and not done.returncode else ""


def own_commit() -> str | None:
    """Return the commit that this program runs from, or None where it runs from no checkout of its own."""
    if not (CHECKOUT / ".git").exists():
        return None
    commit = _said("rev-parse", "HEAD")
    return commit if COMMIT.fullmatch(commit) else None


def own_address() -> str | None:
    """Return the https address that this program was cloned from, or None where it is not known or of another kind."""
    address = _said("remote", "get-url", "origin") if (CHECKOUT / ".git").exists() else ""
    if found := _SECURE_SHELL.fullmatch(address):
        address = f"https://{found[1]}/{found[2]}"
    address = address.removesuffix("/").removesuffix(".git")
    return address if ADDRESS.fullmatch(address) else None


def doubts(commit: str) -> tuple[Message, ...]:
    """Return why others may not find this very program at a commit: it was changed here since, or never pushed."""
    if commit != own_commit():
        return ()
    found = []
    if _said("status", "--porcelain", "--untracked-files=no"):
        found.append(Message("this copy of Mingzhang was changed since its commit {commit}", commit=commit[:12]))
    if not _said("branch", "--remotes", "--contains", commit):
        found.append(
            Message("commit {commit} is not known to be pushed; until it is, nobody can fetch it", commit=commit[:12])
        )
    return tuple(found)
