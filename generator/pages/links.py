"""Where a place in `data/` can be seen and asked about on the web."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

from generator.problems import Place

Linker = Callable[[Place], str]


def source_links(repository: str, commit: str, email: str) -> tuple[Linker, Linker]:
    """Return how to link to a line of a file at a commit, and to the form that asks about it.

    ``repository`` is the address of the repository on the web; the links are empty where nothing is known.
    """
    repository = repository.rstrip("/")

    def source(place: Place) -> str:
        if not repository:
            return ""
        line = f"#L{place.line}" if place.line else ""
        return f"{repository}/blob/{commit or 'main'}/{quote(place.file)}{line}"

    def ask(place: Place) -> str:
        words = str(place)
        if repository.startswith("https://github.com/"):
            return f"{repository}/issues/new?{urlencode({'template': 'wrong-figure.yml', 'where': words})}"
        if email:
            return f"mailto:{quote(email, safe='@')}?{urlencode({'subject': words}, quote_via=quote)}"
        return ""

    return source, ask
