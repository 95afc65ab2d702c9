"""What a page is, before it has any markup."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Place


@dataclass(frozen=True)
class Page:
    """One data page of the site.

    ``url`` is relative to the root of the site and ends with a slash (``fees/2023-spring/``; the home page
    is the empty string); ``section`` names the frame that it is stamped into; ``template`` is a path below a register's
    or the package's templates; ``context`` is a frozen dataclass that the template sees as ``page``;
    ``sources`` are the places in `data/` that the page is made from.
    """

    url: str
    title: str
    section: str
    template: str
    context: object
    description: str = ""
    sources: tuple[Place, ...] = ()
