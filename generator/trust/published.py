"""What was published before this build: the ledger so far, and the facts that the guard compares with.

The ledger so far is the file `ledger.jsonl` in the school's folder, where the publishing workflow puts that of the live
site; without it, it is made again from the history of the main branch. The published facts are looked for where they
can be proved to be the ones that the ledger's last line names: in the live site's folder, or in git.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path

from generator.dataset import load
from generator.kept import code_hash, keep
from generator.locale import Message
from generator.problems import Place, Problem, Severity
from generator.trust.facts import Facts, facts, from_csv, root
from generator.trust.guard import is_sample
from generator.trust.history import Builds, HistoryError, Repository, Revision
from generator.trust.ledger import FILE, Entry, Ledger, State, WrongLedger, read_ledger, state_of

FACTS = "data/facts.csv"
SEARCHED = 200
"""So many commits are looked through for the state that the ledger names, newest first."""


@dataclass(frozen=True)
class Sources:
    """Where to look for what was published: the file of the ledger (default: in the school's folder), the folder of the
    live site, and a folder that keeps what was worked out of git's history."""

    ledger: Path | None = None
    site: Path | None = None
    cache: Path | None = None


@dataclass(frozen=True)
class Before:
    """What was published before: the ledger, the facts (None: nothing was, or nothing differs), and problems on the way."""

    ledger: Ledger = field(default_factory=Ledger)
    facts: Facts | None = None
    problems: tuple[Problem, ...] = ()


def before(school: Path, present: State, builds: Builds, sources: Sources) -> Before:
    """Return what was published before the state `present` of the school in a folder."""
    file = sources.ledger or school / FILE
    if not (sources.ledger or file.is_file()):
        repository = Repository(school)
        found = _from_history(repository, present, builds, sources.cache)
        # A look at the data may do without its history; a site that is published needs all of it.
        return replace(found, problems=tuple(_incomplete(repository))) if sources.site else found
    try:
        ledger = read_ledger(file.read_bytes())
    except WrongLedger as wrong:
        fix = Message("take the ledger of the live site as it is; never edit it")
        return Before(problems=(Problem(Place(file.name), "ledger", wrong.message, fix),))
    newest = ledger.newest
    if newest is None or newest.facts == present.facts or ledger.files == present.files:
        return Before(ledger)
    for known in (_in_git(school, newest, ledger.files), _on_site(newest, sources.site)):
        if known is not None:
            # A school that began with the sample's folder begins a ledger of its own.
            return Before() if is_sample(known) and not present.sample else Before(ledger, known)
    return Before(ledger, problems=(_not_found(newest, Repository(school), file.name),))


def _in_git(school: Path, newest: Entry, files: Mapping[str, str]) -> Facts | None:
    """Return the facts of the commit whose files have the hashes that the ledger names.

    They are worked out anew from those files, so that a later version of the program, which may see other facts in the
    same data, compares like with like.
    """
    repository = Repository(school)
    if repository.prefix is None:
        return None
    commits = [found] if newest.commit and (found := repository.commit(newest.commit)) else []
    commits += [revision.commit for revision in islice(repository.revisions("HEAD"), SEARCHED)]
    for commit in dict.fromkeys(commits):
        with suppress(HistoryError), repository.checkout(commit) as folder:
            dataset, _ = load(folder)
            if dataset is not None and {file.path: file.sha256 for file in dataset.files} == files:
                return facts(dataset)
    return None


def _on_site(newest: Entry, site: Path | None) -> Facts | None:
    """Return the facts that the folder of the live site offers, if they are those that the ledger names."""
    if site is None or not (site / FACTS).is_file():
        return None
    content = (site / FACTS).read_bytes()
    with suppress(ValueError):
        return from_csv(content) if root(content) == newest.facts else None
    return None


def _not_found(newest: Entry, repository: Repository, file: str) -> Problem:
    """Return what to say where the published state cannot be found."""
    named = {"date": newest.date, "code": newest.code}
    if repository.prefix is None:
        return Problem(
            Place(file, newest.seq), "ledger",
            Message("what was published on {date} (code {code}) is not here, so that changes cannot be told", **named),
            Message("work in the repository of the school, or give --base with the folder of the site"),
            Severity.WARNING,
        )  # fmt: skip
    if repository.is_shallow():
        fix = Message("fetch the whole history: git fetch --unshallow")
    else:
        fix = Message("put the commits back that were there then; a history that was published must not be rewritten")
    message = Message("what was published on {date} (code {code}) is not in the history of this repository", **named)
    return Problem(Place(file, newest.seq), "ledger", message, fix)


def _incomplete(repository: Repository) -> Iterator[Problem]:
    """Yield an error where a ledger made from history would lack entries, so that its codes would be wrong for ever."""
    if repository.is_shallow():
        yield Problem(
            Place("data"), "ledger", Message("only the newest commits are here, so the ledger would not be whole"),
            Message("fetch the whole history: git fetch --unshallow"),
        )  # fmt: skip
    if repository.is_refused():
        yield Problem(
            Place("data"), "ledger", Message("git will not read the history of this folder, so there would be no ledger"),
            Message("let git trust it: git config --global --add safe.directory {folder}",
                    folder=repository.root.resolve().as_posix()),
        )  # fmt: skip


def _from_history(repository: Repository, present: State, builds: Builds, cache: Path | None) -> Before:
    """Return the ledger as the main branch's history gives it, and the newest facts in it where they differ."""
    tip = repository.prefix is not None and (repository.published_branch or repository.commit("HEAD"))
    if not tip:
        return Before()
    ledger, last = Ledger(), None
    for revision in reversed(list(repository.revisions(repository.fork_point(tip) or tip))):
        state = _state(repository, revision, builds, cache)
        if state and (present.sample or not state.sample):
            ledger = ledger.followed_by(state, dt.date.fromisoformat(revision.day), revision.commit)
            last = revision
    if last is None or (ledger.newest and ledger.newest.facts == present.facts):
        return Before(ledger)
    with repository.checkout(last.commit) as folder:
        dataset, _ = load(folder)
    return Before(ledger, facts(dataset) if dataset else None)


def _state(repository: Repository, revision: Revision, builds: Builds, cache: Path | None) -> State | None:
    """Return the state that a commit published, or None where its data had errors.

    It is kept by the id of its tree and by the program, which may come to see other facts in the same data.
    """
    kept = cache / f"{revision.tree}-{_program()}.json" if cache else None
    if kept:
        with suppress(OSError, ValueError, TypeError, KeyError):
            return _unpacked(json.loads(kept.read_text(encoding="utf-8")))
    with repository.checkout(revision.commit) as folder:
        dataset = builds(folder)
    state = state_of(dataset) if dataset else None
    if kept:
        with suppress(OSError):
            keep(kept, json.dumps(state and asdict(state), ensure_ascii=False))
    return state


@cache
def _program() -> str:
    """Return the hash of the program's own sources."""
    return code_hash(Path(__file__).resolve().parents[1])[:16]


def _unpacked(kept: dict[str, object] | None) -> State | None:
    if kept is None:
        return None
    state = State(**kept)  # type: ignore[arg-type]
    return replace(
        state,
        corrections=tuple(state.corrections),
        records={table: tuple(keys) for table, keys in state.records.items()},
    )


@dataclass(frozen=True)
class Base:
    """Published facts with the name of where they come from: a commit, or a folder."""

    name: str
    facts: Facts


def base_facts(school: Path, base: str, builds: Builds) -> Base:
    """Return what was published at a base: a git revision, the folder of a school, or the folder of a site.

    A revision, or a folder that lies in a repository, stands for the newest of its states that built; where none ever
    did nothing was published. A folder that is named like a revision is not looked at. Raises `HistoryError` for a
    base that is none of these or has errors.
    """
    folder = Path(base)
    if past := past_of(school, base):
        with past[0].published(past[1], builds) as found:
            return Base(found[0].commit[:12], facts(found[2])) if found else Base(base, {})
    if (folder / FACTS).is_file():
        try:
            return Base(base, from_csv((folder / FACTS).read_bytes()))
        except ValueError as wrong:
            raise HistoryError(
                Message("{base} is not the folder of a site: {reason}", base=base, reason=wrong)
            ) from wrong
    if not (folder / "data").is_dir():
        raise HistoryError(Message("{base} is neither a revision nor a folder with data", base=base))
    if dataset := builds(folder):
        return Base(base, facts(dataset))
    raise HistoryError(Message("the data in {base} has errors, so it cannot have been published", base=base))


def past_of(school: Path, base: str) -> tuple[Repository, str] | None:
    """Return the repository and the commit that a base names; None for a site, and for a school outside of any repository."""
    repository, folder = Repository(school), Path(base)
    if tip := repository.commit(base):
        return repository, tip
    if (folder / FACTS).is_file() or not (folder / "data").is_dir():
        return None
    repository = Repository(folder)
    tip = repository.commit("HEAD")
    return (repository, tip) if tip and repository.tree(tip) else None
