"""Visiting many pages that may be hostile, touching everything on them, and counting what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Request
from playwright.sync_api import Error as BrowserError

from tests.browser.tools import FLAGS, NAMES, executable

TOGETHER = 16
"""So many pages are opened at once, each in a frame of its own: a frame obeys the policy of the page that it shows."""

HARNESS = "together.html"

WATCH = """addEventListener("securitypolicyviolation", event => {
    window.stopped = (window.stopped || []).concat(event.effectiveDirective);
});"""

OPEN = """paths => Promise.all(paths.map(path => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.src = path;
    frame.addEventListener("load", () => done(), {once: true});
    setTimeout(done, 8000);
    document.body.append(frame);
})))"""

TOUCH = """async () => {
    const kinds = ["mouseover", "mouseenter", "pointerover", "mousemove", "focus", "blur", "click", "copy", "toggle",
                   "error", "load", "wheel", "drag", "keydown", "animationstart", "begin"];
    const program = /^\\W*j\\s*a\\s*v\\s*a\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t|^\\W*data:/i;
    const reachable = frame => { try { return frame.contentDocument; } catch { return null; } };
    const frames = [...document.querySelectorAll("body > iframe")];
    for (const inside of frames.map(reachable)) {
        for (const element of inside ? inside.querySelectorAll("body *") : []) {
            if (element.closest("header, footer, nav")) continue;
            for (const kind of kinds) element.dispatchEvent(new Event(kind, {cancelable: true}));
            for (const name of ["href", "xlink:href", "action", "formaction"])
                if (program.test(element.getAttribute(name) || "") && element.click) element.click();
        }
    }
    await new Promise(done => setTimeout(done, 100));
    return frames.filter(reachable).flatMap(frame => frame.contentWindow.stopped || []);
}"""
"""What a hand could do to everything that the pages hold, and a click on each address that is a program."""


@dataclass
class Visits:
    """What the visited pages did: dialogs they opened, what they asked of other hosts, whether they left for another host
    of themselves, and what the policy stopped."""

    pages: int = 0
    dialogs: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    stopped: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        stopped = ", ".join(f"{name} {count}" for name, count in sorted(self.stopped.items())) or "nothing"
        return (
            f"{self.pages} pages: {len(self.dialogs)} dialogs, {len(self.outside)} requests to other hosts, "
            f"{len(self.left)} pages left for another host; the policy stopped {stopped}"
        )


@contextmanager
def cut_off(browser: Browser) -> Iterator[Browser]:
    """Give a browser of the same kind that finds no host but this machine."""
    flags = [*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    own = browser.browser_type.launch(executable_path=executable(*NAMES), args=flags)
    try:
        yield own
    finally:
        with suppress(BrowserError):  # gone already
            own.close()


def watch(context: BrowserContext, seen: Visits, root: str) -> None:
    """Have `seen` count what pages of a context ask of other hosts, but not what the policy stops in the browser."""

    def on_request(request: Request) -> None:
        if request.url.startswith(("http", "ws")) and not request.url.startswith(root):
            (seen.left if request.is_navigation_request() else seen.outside).append(request.url)

    def on_failure(request: Request) -> None:
        if "csp" in (request.failure or "").lower():
            for found in (seen.left, seen.outside):
                if request.url in found:
                    found.remove(request.url)

    context.add_init_script(WATCH)
    context.on("request", on_request)
    context.on("requestfailed", on_failure)


def visit(browser: Browser, root: str, folder: Path, paths: Sequence[str]) -> Visits:
    """Open each page of `folder`, which is served at `root`, and touch all that is on it."""
    (folder / HARNESS).write_text("<!doctype html><title>x</title><body></body>", encoding="utf-8")
    seen = Visits()
    batches = [list(paths[at : at + TOGETHER]) for at in range(0, len(paths), TOGETHER)]
    while batches:
        with cut_off(browser) as own:
            context = own.new_context(locale="zh-CN")
            watch(context, seen, root)
            try:
                while batches:
                    touch(context, root, batches.pop(0), seen)
            except BrowserError:  # a page took the window or the whole browser away: the rest gets a new one
                seen.stopped["window taken"] += 1
    return seen


def touch(context: BrowserContext, root: str, paths: list[str], seen: Visits) -> None:
    """Open some pages beside each other, touch all that is on them, and close all that they opened."""
    seen.pages += len(paths)
    page = context.new_page()
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(root + HARNESS)
    page.evaluate(OPEN, paths)
    seen.stopped.update(page.evaluate(TOUCH))
    for old in context.pages:
        old.close()
