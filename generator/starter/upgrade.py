"""What changes for a school when it goes over to this version of the program, and going over to it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import __version__
from generator.build import Checked, check
from generator.locale import Language, Message
from generator.problems import Severity, as_json
from generator.site.project import CHECKOUT
from generator.starter.changed import Change, State, apply, changes, put
from generator.starter.older import CHANGES, NotComparable, Said, changes_at, is_ahead, is_known, said_by, unpacked
from generator.starter.pin import COMMIT, FILE, Pin, StarterError, as_text, own_commit, read_pin
from generator.starter.repository import sha256, shared_files
from generator.trust.facts import Facts, as_csv, facts
from generator.trust.facts import root as facts_root
from generator.trust.ledger import FILE as LEDGER
from generator.trust.ledger import WrongLedger, read_ledger

Problem = Mapping[str, Any]
"""A problem as `check --format json` prints it, by either version."""
CHINESE_LINE = re.compile(
    r"(?<=[\u3000-\u303f\uff01-\uff0f\uff1a-\uff1f])\n  |(?<=[\u4e00-\u9fff])\n  (?=[\u3000-\u9fff\uff00-\uffef])"
)
"""A line end after a Chinese mark, or between two Chinese words."""
KEY = ("file", "line", "column", "cell", "code", "severity")


@dataclass(frozen=True)
class Compared:
    """What the two versions say differently about the same data: problems that only one of them tells, how many both tell in
    other words, and the facts that only one of them states or that they state otherwise."""

    new: tuple[Problem, ...] = ()
    gone: tuple[Problem, ...] = ()
    reworded: int = 0
    facts: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True)
class News:
    """The entries of the list of changes that are new to a school, and the language that they are written in."""

    entries: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Upgrade:
    """Everything that changes: the two pins, the entries of the list of changes, what is said differently (None, with the
    reason in ``unknown``, where the older version is not at hand), whether the facts stay the same (None: not known), the
    errors of today, and the files of the repository; ``back`` says that the pinned version is the newer one."""

    old: Pin
    new: Pin
    news: News
    compared: Compared | None
    unknown: Message | None
    same_facts: bool | None
    errors: tuple[Problem, ...]
    retired: tuple[Problem, ...]
    files: tuple[Change, ...]
    back: bool
    language: Language

    @property
    def needs_a_person(self) -> bool:
        """Whether something has to be decided or mended by hand."""
        both = any(change.state is State.BOTH for change in self.files)
        return bool(both or self.errors or self.back or not self.same_facts)

    @property
    def nothing_changes(self) -> bool:
        """Whether the school is pinned to this very version and all files are as it has them."""
        return self.old.commit == self.new.commit and not self.files


def upgrade(
    root: Path,
    to: str | None = None,
    today: dt.date | None = None,
    ledger: Path | None = None,
    checkout: Path = CHECKOUT,
) -> Upgrade:
    """Return what changes for the school in a folder that goes over to this program; nothing is written.

    Raises `StarterError` where the school is pinned to nothing, or this program does not know its own commit.
    """
    old = read_pin(root)
    commit = _target(to)
    checked = check(root, today)
    words = checked.language
    said = Said(
        tuple(as_json(p, words) for p in checked.problems), facts(checked.books.data) if checked.books else None
    )
    compared, unknown = _compared(old, root, checked, said, checkout)
    wanted = shared_files(words, with_workflows=_has_workflows(root, old))
    new = Pin(old.generator, commit, __version__, {path: sha256(content) for path, content in wanted.items()})
    return Upgrade(
        old, new, news(old, words.code, checkout), compared, unknown, _same_facts(compared, ledger or root / LEDGER, said.facts),
        tuple(p for p in said.problems if p["severity"] == Severity.ERROR), tuple(p for p in said.problems if p["code"] == "retired"),
        changes(root, old.files, wanted), is_known(old.commit, checkout) and is_ahead(old.commit, commit, checkout), words,
    )  # fmt: skip


def write(root: Path, found: Upgrade) -> tuple[str, ...]:
    """Go over to the new version: write the files that the school did not change itself, and at last the pin."""
    done = apply(root, found.files)
    put(root, FILE, as_text(found.new, found.language).encode())
    return (*done, FILE)


def _target(to: str | None) -> str:
    own = own_commit()
    if to and not COMMIT.fullmatch(to):
        raise StarterError(Message("“{value}” is not a whole commit of 40 signs", value=to))
    if to and own and to != own:
        raise StarterError(
            Message("this program is commit {own}; to go over to {to}, run that one", own=own[:12], to=to[:12])
        )
    if not (to or own):
        raise StarterError(Message("this program does not know its own commit; say it with --to"))
    return to or own or ""


def _has_workflows(root: Path, old: Pin) -> bool:
    return any(path.startswith(".github/workflows/") for path in old.files) or (root / ".github/workflows").is_dir()


def _compared(
    old: Pin, root: Path, checked: Checked, said: Said, checkout: Path
) -> tuple[Compared | None, Message | None]:
    if old.commit == own_commit():
        return Compared(), None
    today = checked.books.today if checked.books else checked.commit.day
    if today is None:
        return None, Message("it is not known for which day the school is to be checked")
    try:
        with unpacked(old.commit, checkout) as program:
            return compare(said_by(program, root, today), said), None
    except NotComparable as failure:
        return None, failure.message


def compare(before: Said, after: Said) -> Compared:
    """Return what two versions say differently; the same of the same place in other words is only counted."""
    old, new = (
        _left(before.problems, after.problems, (*KEY, "message")),
        _left(after.problems, before.problems, (*KEY, "message")),
    )
    gone, more = _left(old, new, KEY), _left(new, old, KEY)
    return Compared(tuple(more), tuple(gone), len(new) - len(more), tuple(_facts(before.facts, after.facts)))


def _left(mine: Iterable[Problem], others: Iterable[Problem], names: tuple[str, ...]) -> list[Problem]:
    """Return the problems that have no counterpart among the others, each of which is counterpart to one."""
    waiting = Counter(tuple(other.get(name) for name in names) for other in others)
    left = []
    for problem in mine:
        key = tuple(problem.get(name) for name in names)
        if waiting[key]:
            waiting[key] -= 1
        else:
            left.append(problem)
    return left


def _facts(before: Facts | None, after: Facts | None) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each fact that is not the same, with what either version states."""
    if before is None or after is None:
        return
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield " ".join(name), before.get(name), after.get(name)


def _same_facts(compared: Compared | None, ledger: Path, stated: Facts | None) -> bool | None:
    """Return whether this version states what was stated before, by the older one or by the newest entry of a ledger."""
    if stated is None:
        return None
    if compared is not None:
        return not compared.facts
    try:
        newest = read_ledger(ledger.read_bytes()).newest
    except (OSError, WrongLedger):
        return None
    return newest.facts == facts_root(as_csv(stated)) if newest else None


def news(old: Pin, language: str, checkout: Path = CHECKOUT) -> News:
    """Return the entries of the list of changes that the older version did not have yet, newest first.

    They are in the language of the school, and in English where this program or the older one has no list in that language:
    two lists tell what is new only if they are in the same one.
    """
    listed = is_known(old.commit, checkout)
    before = changes_at(old.commit, language, checkout) if listed else None
    if language != "en" and (not (checkout / CHANGES[language]).is_file() or (listed and before is None)):
        return news(old, "en", checkout)
    path = checkout / CHANGES[language]
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return News(tuple(_entries(text, before, old.version)), language)


def _entries(text: str, before: str | None, version: str) -> Iterator[str]:
    """Yield the entries that were not in the older list; where that is not known, those above the section of its version."""
    known = set(bullets(before)) if before is not None else set()
    for name, section in sections(text):
        if before is None and name == version:
            return
        yield from (bullet for bullet in bullets(section) if bullet not in known)


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield each version that a list of changes names in a heading, and what stands below it."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        yield re.split(r"[\s,，]", section, maxsplit=1)[0], section


def bullets(text: str) -> Iterator[str]:
    """Yield the entries of a list of changes, each on one line; Chinese lines join without a space."""
    for found in re.finditer(r"^- .*(?:\n  .*)*", text, flags=re.MULTILINE):
        yield " ".join(CHINESE_LINE.sub("", found[0]).split())[2:]
