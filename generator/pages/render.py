"""From a page to its markup, and from a page to another: rendering and relative links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment

from generator.pages.page import Page


def relative(target: str, url: str) -> str:
    """Return the address of `target` as a link from the page at `url`; both are relative to the site's root.

    A target may be a page (``fees/``), a file (``data/fees.csv``), the home page (empty) or end in ``#id``.
    """
    path, hash_, fragment = target.partition("#")
    ours, theirs = url.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(ours), len(theirs) - 1) and ours[shared] == theirs[shared]:
        shared += 1
    steps = "../" * (len(ours) - shared) + "/".join(theirs[shared:])
    if path == url and fragment:
        return hash_ + fragment
    return (steps or "./") + hash_ + fragment


def linker(url: str) -> Callable[[str], str]:
    """Return the function ``to`` that templates of the page at `url` link with."""

    def to(target: str) -> str:
        return relative(target, url)

    return to


def render(environment: Environment, page: Page, **more: Any) -> str:
    """Return the markup of a page's content, to be stamped into the frame of its section.

    The template sees the context as ``page``, the page itself as ``here`` and the link function as ``to``;
    ``more`` are added to these.
    """
    template = environment.get_template(page.template)
    return template.render(page=page.context, here=page, to=linker(page.url), **more)


def foot(environment: Environment, page: Page) -> str:
    """Return what stands below the content of every page of a school with a repository: where its data is changed, and
    how a mistake is reported."""
    return environment.get_template("pages/desk.html.j2").render(here=page, to=linker(page.url))
