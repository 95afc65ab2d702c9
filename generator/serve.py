"""A live preview on this machine: follows `data/`, builds again, and has open pages reload."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.build import build
from generator.locale import Message
from generator.problems import as_text
from generator.site.policy import for_preview

INTERVAL = 0.4
LIVE = """(() => {
  let seen = null;
  const box = document.createElement("pre");
  box.id = "live-problems";
  box.hidden = true;
  document.body.prepend(box);
  setInterval(async () => {
    const state = await (await fetch("/_live.json", {cache: "no-store"})).json();
    if (seen !== null && state.version !== seen) location.reload();
    seen = state.version;
    box.textContent = state.problems.join("\\n");
    box.hidden = !state.problems.length;
  }, 700);
})();
"""


class Preview:
    """The state of the preview: a number that grows with each good build, and the errors of the last one."""

    def __init__(self, root: Path, out: Path, today: dt.date | None) -> None:
        self.root = root
        self.out = out
        self.today = today
        self.version = 0
        self.problems: list[str] = []

    def stamp(self) -> list[tuple[str, int, int]]:
        """Return what tells one state of `data/` from another: every file with its size and time."""
        found = []
        for path in sorted((self.root / "data").rglob("*")):
            try:
                state = path.stat()
            except FileNotFoundError:  # deleted between listing and looking
                continue
            found.append((str(path), state.st_size, state.st_mtime_ns))
        return found

    def build(self) -> None:
        """Build once and say what came of it."""
        built = build(self.root, self.out, self.today, durable=False)
        words = built.checked.language
        self.problems = [as_text(problem, words) for problem in built.checked.errors]
        for line in self.problems:
            print(line, flush=True)
        if built.published:
            self.version += 1
            print(words.say(Message("Built: files changed {count}.", count=len(built.published.written))), flush=True)

    def follow(self) -> None:
        """Build again whenever `data/` has changed, for ever."""
        seen = self.stamp()
        while True:
            time.sleep(INTERVAL)
            now = self.stamp()
            if now != seen:
                seen = now
                self.build()


class Handler(SimpleHTTPRequestHandler):
    """Serves the site's files, with the small script that reloads a page added to each page."""

    def __init__(self, *arguments: object, preview: Preview) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.out))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer for the state, the script, a page, or any file."""
        if self.path == "/_live.json":
            state = {"version": self.preview.version, "problems": self.preview.problems}
            self.answer(json.dumps(state, ensure_ascii=False).encode(), "application/json")
        elif self.path == "/_live.js":
            self.answer(LIVE.encode(), "text/javascript")
        elif (page := self.page()) is not None:
            self.answer(for_preview(page).replace(b"</body>", b'<script src="/_live.js"></script></body>'), "text/html")
        else:
            super().do_GET()

    def page(self) -> bytes | None:
        """Return the page at the requested address, or None when there is no such page."""
        path = Path(self.translate_path(self.path))
        index = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        return index.read_bytes() if index.suffix == ".html" and index.is_file() else None

    def answer(self, content: bytes, kind: str) -> None:
        """Send one whole answer that is never kept."""
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, form: str, *arguments: object) -> None:
        """Keep the terminal for problems."""


def serve(root: Path, today: dt.date | None, port: int) -> int:
    """Show the site of the school in `root` on this machine until interrupted; raises OSError when the port is taken."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        preview = Preview(root, Path(folder) / "site", today)
        preview.out.mkdir()
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, preview=preview))
        preview.build()
        threading.Thread(target=preview.follow, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()
    return 0
