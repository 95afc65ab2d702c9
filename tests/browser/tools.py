"""What the browser tests share: where the tools are, and a small server."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
KINDS = (
    "", "fees/", "fees/2023-spring/notice/", "finance/", "finance/2023-04/", "finance/2023/", "plan/", "calendar/",
    "calendar/2023-03/", "findings/", "rules/", "rules/FEE-01/", "rules/FIN-06/", "changes/", "data/", "data/dictionary/",
    "about/", "how-to-check/", "verify/", "guide/", "guide/fee/", "404.html",
)  # fmt: skip
"""One page of each kind."""


def missing(what: str) -> NoReturn:
    """Skip, saying why; in CI a missing tool is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; `sh tests/setup` installs it")
    pytest.skip(f"{what} is missing; `make test` installs it where it may")


def executable(*names: str) -> str:
    """Return the path of the first of these programs that there is."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing(names[0])


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
