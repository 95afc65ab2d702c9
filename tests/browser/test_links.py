"""The site as files: valid HTML, and every internal link and anchor leads somewhere."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from lxml import html

from tests.browser.tools import HERE, executable, missing


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its path."""
    return {
        path.relative_to(site).as_posix(): html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))
    }


def test_every_link_and_anchor_resolves(site: Path, documents: dict[str, html.HtmlElement]) -> None:
    ids = {path: set(document.xpath("//@id")) for path, document in documents.items()}
    broken, checked = [], 0
    for path, document in documents.items():
        for link in document.xpath("//@href | //@src"):
            if link.startswith(("https:", "http:", "mailto:", "tel:", "data:", "webcal:")):
                continue
            checked += 1
            address, anchor = urldefrag(urljoin(f"/{path}", link))
            target = unquote(address).lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            if not (site / target).is_file():
                broken.append(f"{path}: {link}")
            elif anchor and target.endswith(".html") and unquote(anchor) not in ids[target]:
                broken.append(f"{path}: {link} (no such anchor)")
    assert broken == []
    assert checked > 1000


def test_every_page_can_be_reached_from_home(site: Path, documents: dict[str, html.HtmlElement]) -> None:
    reached, queue = {"index.html"}, ["index.html"]
    while queue:
        path = queue.pop()
        for link in documents[path].xpath("//a/@href"):
            target = unquote(urldefrag(urljoin(f"/{path}", link))[0]).lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            if target in documents and target not in reached:
                reached.add(target)
                queue.append(target)
    assert set(documents) - reached == {"404.html"}


def test_ids_are_unique_on_each_page(documents: dict[str, html.HtmlElement]) -> None:
    for path, document in documents.items():
        found = document.xpath("//@id")
        assert len(found) == len(set(found)), path


def test_links_to_elsewhere_are_secure(documents: dict[str, html.HtmlElement]) -> None:
    for path, document in documents.items():
        for link in document.xpath("//@href | //@src"):
            assert not link.startswith(("http:", "javascript:", "//")), (path, link)


def test_vnu_finds_no_error(site: Path) -> None:
    jar = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.is_file():
        missing("vnu-jar (tests/browser/node_modules)")
    java = executable("java")
    done = subprocess.run(
        [java, "-jar", str(jar), "--skip-non-html", "--errors-only", "--format", "json", str(site)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [f"{m['url'].rsplit('/site/', 1)[-1]}: {m['message']}" for m in json.loads(done.stderr)["messages"]]
    assert found == []
