"""What is asked of GitHub, by the address in GITHUB_API_URL and no other."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

Answer = TypeVar("Answer")
LARGEST_ANSWER = 20_000_000
MOST_PAGES = 30
BUSY = (429, 500, 502, 503, 504)
MOVED = (301, 302, 303, 307, 308)


class Failure(Exception):
    """What GitHub did not do; its text says so in Chinese and English."""


class Unsure(Failure):
    """GitHub did not answer, or was busy: it may have done what was asked, or may do it another time."""


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the token must not go where an answer points to."""

    def redirect_request(self, *_: Any) -> None:
        """Return no new request."""


@dataclass(frozen=True)
class Server:
    """GitHub's API for one repository, asked with the token of this run."""

    api: str
    repository: str
    token: str
    wait: float = 2.0
    opener: urllib.request.OpenerDirector = field(default_factory=lambda: urllib.request.build_opener(Stay))

    def ask(self, path: str, method: str = "GET", given: Any = None) -> Any:
        """Return what one question is answered, once; `path` stands below the repository."""
        body = None if given is None else json.dumps(given).encode()
        status, _, answer = self._fetch(f"{self.api}/repos/{self.repository}/{path}", LARGEST_ANSWER, method, body)
        if status not in (200, 201):
            raise Failure(f"GitHub 回答 {status} / GitHub answered {status}: {method} {path.partition('?')[0]}")
        try:
            return json.loads(answer)
        except ValueError as failure:
            raise Unsure("GitHub 的回答读不懂 / GitHub's answer cannot be read") from failure

    def pages(self, path: str) -> Iterator[Any]:
        """Yield every item of a list, page by page."""
        for page in range(1, MOST_PAGES + 1):
            address = f"{path}{'&' if '?' in path else '?'}per_page=100&page={page}"
            items = self.again(lambda address=address: self.ask(address))  # type: ignore[misc]
            yield from items
            if len(items) < 100:
                return

    def archive(self, id_: int, largest: int) -> bytes:
        """Return an artifact's archive. The API points to where it lies; that place is not shown the token."""
        address = f"{self.api}/repos/{self.repository}/actions/artifacts/{id_}/zip"
        status, place, content = self._fetch(address, largest)
        if status in MOVED:
            same = urlsplit(place)[:2] == urlsplit(self.api)[:2]
            if not (place.startswith("https://") or same):
                raise Failure("报告的地址不对 / The report lies at an address that is not allowed")
            status, _, content = self._fetch(place, largest, token=False)
        if status != 200:
            raise Failure(f"取不到报告 / The report cannot be fetched: {status}")
        return content

    def again(self, action: Callable[[], Answer]) -> Answer:
        """Do something that may be done twice, up to four times while GitHub is busy."""
        for attempt in range(3):
            try:
                return action()
            except Unsure:
                time.sleep(self.wait * 2**attempt)
        return action()

    def _fetch(
        self, address: str, largest: int, method: str = "GET", body: bytes | None = None, *, token: bool = True
    ) -> tuple[int, str, bytes]:
        """Return status, redirection and content of an answer; raises `Unsure` when it may go better another time."""
        headers = {"User-Agent": "mingzhang", "Accept": "application/vnd.github+json"}
        headers |= {"Authorization": f"Bearer {self.token}"} if token else {}
        headers |= {"Content-Type": "application/json"} if body else {}
        request = urllib.request.Request(address, body, headers, method=method)
        try:
            with self.opener.open(request, timeout=30) as answer:
                content: bytes = answer.read(largest + 1)
                status, place = answer.status, ""
        except urllib.error.HTTPError as refusal:
            if refusal.code in BUSY or (refusal.code == 403 and refusal.headers.get("Retry-After")):
                raise Unsure(f"GitHub 正忙 / GitHub is busy: {refusal.code}") from refusal
            return refusal.code, refusal.headers.get("Location", ""), b""
        except OSError as failure:
            raise Unsure("连不上 GitHub / GitHub cannot be reached") from failure
        if len(content) > largest:
            raise Failure("回答太大 / The answer is too large")
        return status, place, content
