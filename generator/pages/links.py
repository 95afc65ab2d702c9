"""Where a place in `data/` can be seen and asked about on the web."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import quote

from generator.problems import Place

Linker = Callable[[Place], str]


def source_links(repository: str, commit: str, email: str) -> tuple[Linker, Linker]:
    """Return how to link to a line of a file at a commit, and to the form that asks about it.

    ``repository`` is the address of the repository on the web; the links are empty where nothing is known.
    """
    repository = repository.rstrip("/")
    tree = f"{repository}/blob/{commit or 'main'}/"
    form = f"{repository}/issues/new?template=wrong-figure.yml&where="
    mail = f"mailto:{quote(email, safe='@')}?subject="
    names = cache(quote)

    def source(place: Place) -> str:
        if not repository:
            return ""
        line = f"#L{place.line}" if place.line else ""
        return f"{tree}{names(place.file)}{line}"

    def ask(place: Place) -> str:
        start = form if repository.startswith("https://github.com/") else mail if email else ""
        words = f"%3A{place.line}%3A{place.column}" if place.line else ""
        cell = f"%20({place.cell})" if place.cell else ""
        return f"{start}{names(place.file)}{words}{cell}" if start else ""

    return source, ask
