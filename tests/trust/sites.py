"""A site to verify, made of the sample school without the frame: its downloads, a ledger of three lines, a home page."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from generator.build import check
from generator.dataset import Dataset
from generator.outputs.downloads import files as downloads
from generator.outputs.sums import SUMS, sums, verifier
from generator.oversight.books import Books
from generator.trust.facts import Facts, Name, as_csv, facts, root
from generator.trust.ledger import Ledger, State, state_of

ROOT = Path(__file__).resolve().parents[2]
Files = dict[str, bytes]
OLDER = "a" * 64
HOME = '<!doctype html><title>x</title><footer>核对码 <code class="ledger-code">{}</code></footer>'
PAGES = ("fees", "finance", "changes", "data")
FEES = "data/terms/2023-spring/fees.csv"


def books_of(root: Path) -> Books:
    """Return the checked books of the school in a folder."""
    books = check(root, dt.date(2023, 8, 20)).books
    assert books is not None
    return books


@cache
def sample() -> Books:
    """Return the books of the sample school."""
    return books_of(ROOT)


@cache
def good() -> Mapping[str, bytes]:
    """Return a site of the sample school that is as it should be."""
    return site_of(sample())


def codes() -> list[str]:
    """Return the code of each line of the good site's ledger."""
    return [entry.code for entry in ledger_of(sample().data).entries]


def facts_before(dataset: Dataset) -> Facts:
    """Return the facts as they were before the sample's corrections: their old values, and no corrections yet."""
    found = {name: value for name, value in facts(dataset).items() if name.table != "corrections"}
    for row in dataset.corrections:
        found[Name(row.sheet, row.record, row.field)] = row.old or ""
    return dict(sorted(found.items()))


def ledger_of(dataset: Dataset) -> Ledger:
    """Return a ledger of three lines: before the corrections, after them, and as it stands now with other fees."""
    now = state_of(dataset)
    files = dict(now.files) | {FEES: OLDER}
    first = State(root(as_csv(facts_before(dataset))), files, (), {"fees": now.records["fees"][:3]})
    second = State("b" * 64, files, now.corrections, now.records)
    days = (dt.date(2023, 3, 1), dt.date(2023, 5, 15), dt.date(2023, 8, 20))
    ledger = Ledger()
    for day, state in zip(days, (first, second, now), strict=True):
        ledger = ledger.followed_by(state, day, "c" * 40)
    return ledger


def site_of(books: Books) -> Files:
    """Return the files of a site that is as it should be."""
    ledger = ledger_of(books.data)
    made = {
        **downloads(books), "data/facts.csv": as_csv(facts(books.data)), "verify.py": verifier(),
        **{f"{name}/index.html": f"<!doctype html><title>{name}</title>".encode() for name in PAGES}, "images/\u56fe 1.svg": b"<svg/>",
    }  # fmt: skip
    return published(made, ledger.content)


def published(files: Mapping[str, bytes], ledger: bytes) -> Files:
    """Return files as somebody would publish them who can do everything but undo a code that was noted: with the
    code of this ledger in the footer, and the hashes of these files."""
    code = _code(ledger)
    made = {**files, "ledger.jsonl": ledger, "index.html": HOME.format(code).encode()}
    return made | {SUMS: sums(made)}


def _code(ledger: bytes) -> str:
    head = hashlib.sha256(ledger.split(b"\n")[-2]).hexdigest()
    return "-".join(head[at : at + 4] for at in range(0, 32, 4))


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write a site into a folder and return it."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and writes no log; ``answers`` may answer a path in another way."""

    answers: Mapping[str, Callable[[Quiet], None]] = {}

    def do_GET(self) -> None:
        answer = self.answers.get(self.path)
        if answer:
            answer(self)
        else:
            super().do_GET()

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def served(
    folder: Path, answers: Mapping[str, Callable[[Quiet], None]] | None = None, base: type[Quiet] = Quiet
) -> Iterator[str]:
    """Serve a folder on this machine and give the address."""
    handler = type("Handler", (base,), {"answers": answers or {}})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
