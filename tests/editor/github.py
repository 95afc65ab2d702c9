"""A GitHub for one repository that answers what Sveltia CMS asks of it, and remembers what was proposed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from playwright.sync_api import Route

API = "https://api.github.com"
HEAD, NEXT = "c" * 40, "d" * 40
DAY = "2026-01-01T00:00:00Z"
OPEN = {"access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*"}


def blob(text: str) -> str:
    """The name that git gives a text."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class GitHub:
    """The repository ``example/school`` with its files on `main`; nothing of what it answers comes from the network."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.blobs = {blob(text): text for text in files.values()}
        self.branches: list[str] = []
        self.commits: list[tuple[str, dict[str, str]]] = []
        self.requests: list[dict[str, Any]] = []
        self.unknown: list[str] = []

    def answer(self, route: Route) -> None:
        """Answer one request."""
        request = route.request
        path = request.url.removeprefix(API).partition("?")[0]
        body = json.loads(request.post_data) if request.post_data else {}
        if request.method == "OPTIONS":
            route.fulfill(status=204, headers=OPEN)
            return
        found = self.graph(body) if path == "/graphql" else self.rest(request.method, path, body)
        if found is None:
            self.unknown.append(f"{request.method} {path}")
        route.fulfill(status=404 if found is None else 200, json=found or {}, headers=OPEN)

    def rest(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """Answer in the older of GitHub's two languages."""
        if path == "/user":
            return {"id": 1, "login": "clerk", "name": "Clerk", "email": "", "avatar_url": "data:,"}
        if path.startswith("/repos/example/school/collaborators/"):
            return {}
        if path.startswith("/repos/example/school/git/trees/"):
            listed = [
                {"type": "blob", "path": p, "sha": blob(t), "size": len(t.encode())} for p, t in self.files.items()
            ]
            return {"tree": listed, "truncated": False}
        if method == "POST" and path == "/repos/example/school/pulls":
            self.requests.append(body)
            return {
                "id": 1, "node_id": "PR_1", "number": 7, "title": body["title"], "html_url": "", "draft": body["draft"],
                "head": {"ref": body["head"], "sha": NEXT}, "created_at": DAY, "updated_at": DAY, "labels": [],
                "user": {"login": "clerk", "avatar_url": "data:,", "id": 1},
            }  # fmt: skip
        if method == "POST" and path.endswith("/labels"):
            return [{"name": name} for name in body.get("labels", [])]
        return None

    def graph(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Answer in the newer one."""
        query, given = body["query"], body.get("variables", {})
        if "createRef(" in query:
            self.branches.append(given["input"]["name"])
            return {"data": {"createRef": {"ref": {"id": "REF", "name": given["input"]["name"]}}}}
        if "createCommitOnBranch(" in query:
            return {"data": {"createCommitOnBranch": {"commit": self.commit(given["input"])}}}
        if "fork: repository" in query:
            return {"data": {"fork": {"id": "R_1"}, "base": {"ref": {"target": {"oid": HEAD}}}}}
        node = {"author": {"name": "", "email": "", "user": None}, "committedDate": DAY, "oid": HEAD, "message": ""}
        branch = {"target": {"oid": HEAD, "history": {"nodes": [node]}}}
        repository: dict[str, Any] = {
            "ref": branch,
            "pullRequests": {"nodes": []},
            "defaultBranchRef": {"name": "main"},
        }
        repository |= dict.fromkeys(re.findall(r"(commit_\d+):", query), branch)
        for name, sha in re.findall(r'(\w+): object\(oid: "(\w+)"\)', query):
            repository[name] = {"text": self.blobs[sha], "isTruncated": False}
        return {"data": {"repository": repository}}

    def commit(self, given: dict[str, Any]) -> dict[str, Any]:
        """Remember a commit."""
        added = given["fileChanges"]["additions"]
        texts = {one["path"]: base64.b64decode(one["contents"]).decode() for one in added}
        self.commits.append((given["branch"]["branchName"], texts))
        names = {f"file_{number}": {"oid": blob(text)} for number, text in enumerate(texts.values())}
        return {"oid": NEXT, "committedDate": DAY, **names}
