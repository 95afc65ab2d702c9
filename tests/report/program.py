"""The program that posts reports, `.github/comment`, for tests: its modules, and a GitHub to talk to."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github" / "comment"
BOT = "github-actions[bot]"


def module(name: str) -> ModuleType:
    """Return one module of the program, which is no package."""
    spec = importlib.util.spec_from_file_location(f"comment_{name}", FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@dataclass
class GitHub:
    """As much of GitHub's API as the program asks: pull requests, comments, and the artifacts of one run."""

    repository: str = "qinghe/books"
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    artifacts: dict[str, bytes] = field(default_factory=dict)
    expired: bool = False
    busy: int = 0
    answered_and_lost: int = 0
    moved_to: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    api: str = ""

    def pull(self, number: int, sha: str, branch: str, repository: str = "") -> None:
        """Open a pull request."""
        head = {"sha": sha, "ref": branch, "repo": {"full_name": repository or self.repository}}
        self.pulls.append({"number": number, "head": head})

    def comment(self, body: str, login: str) -> None:
        """Let somebody comment."""
        self.comments.append({"id": len(self.comments) + 1, "body": body, "user": {"login": login}})

    def answer(self, method: str, path: str, query: dict[str, list[str]], given: Any) -> tuple[int, Any]:
        """Return status and answer to one question."""
        below = path.removeprefix(f"/repos/{self.repository}/")
        page = int(query.get("page", ["1"])[0])
        if (method, below) == ("GET", "pulls"):
            owner, _, branch = query["head"][0].partition(":")
            named = [p for p in self.pulls if p["head"]["ref"] == branch]
            found = [
                p for p in named if (p["head"]["repo"] or {"full_name": owner})["full_name"].split("/")[0] == owner
            ]
            return 200, found[100 * (page - 1) : 100 * page]
        if method == "GET" and re.fullmatch(r"pulls/\d+/files", below):
            return 200, self.files[100 * (page - 1) : 100 * page]
        if method == "GET" and re.fullmatch(r"actions/runs/\d+/artifacts", below):
            listed = [
                {"id": number, "name": name, "size_in_bytes": len(content), "expired": self.expired}
                for number, (name, content) in enumerate(self.artifacts.items(), 1)
                if name == query["name"][0]
            ]
            return 200, {"total_count": len(listed), "artifacts": listed}
        if method == "GET" and (match := re.fullmatch(r"actions/artifacts/(\d+)/zip", below)):
            return 302, self.moved_to or f"{self.api}/blob/{match[1]}"
        if method == "GET" and (match := re.fullmatch(r"issues/(\d+)/comments", below)):
            return 200, self.comments[100 * (page - 1) : 100 * page]
        if method == "POST" and re.fullmatch(r"issues/\d+/comments", below):
            self.comment(given["body"], BOT)
            return 201, self.comments[-1]
        if method == "PATCH" and (match := re.fullmatch(r"issues/comments/(\d+)", below)):
            self.comments[int(match[1]) - 1]["body"] = given["body"]
            return 200, self.comments[int(match[1]) - 1]
        return 404, {"message": "Not Found"}


@contextmanager
def served(github: GitHub) -> Iterator[GitHub]:
    """Serve a GitHub on this machine; its address is then its `api`."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            given = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            github.asked.append((self.command, self.path))
            github.tokens.append(self.headers.get("Authorization") or "")
            if match := re.fullmatch(r"/blob/(\d+)", parts.path):
                self.reply(200, list(github.artifacts.values())[int(match[1]) - 1])
            elif github.busy:
                github.busy -= 1
                self.reply(503, b"busy")
            else:
                read = json.loads(given) if given else None
                status, answer = github.answer(self.command, parts.path, parse_qs(parts.query), read)
                if self.command == "POST" and github.answered_and_lost:
                    github.answered_and_lost -= 1
                    self.reply(502, b"lost")
                elif status == 302:
                    self.reply(302, b"", answer)
                else:
                    self.reply(status, json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815  http.server calls them so

        def reply(self, status: int, content: bytes, place: str = "") -> None:
            self.send_response(status)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        github.api = f"http://127.0.0.1:{server.server_port}"
        yield github
        server.shutdown()
