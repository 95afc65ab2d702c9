"""The content policy: first in every page, with the hash of the very script that the page carries."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from generator.build import build
from generator.site.host import SCRIPT
from generator.site.policy import PolicyError, content_policy, for_preview, source_hash, squeezed
from generator.site.project import CHECKOUT, Project
from tests.browser.corpus import odd_links

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of the sample site by its path."""
    out = tmp_path_factory.mktemp("policy") / "site"
    assert build(CHECKOUT, out).published
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}


def test_every_page_begins_with_the_policy_and_it_names_the_one_script_of_the_page(pages: dict[str, str]) -> None:
    assert len(pages) > 50
    for path, html in pages.items():
        head = html.partition("<head>")[2]
        assert re.match(r'\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy"', head), path
        assert '<meta name="referrer" content="no-referrer">' in head, path
        (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        assert html.count("<script") == 1, path
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        (policy,) = META.findall(html)
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        assert directives == {
            "default-src": "'none'", "script-src": f"'sha256-{digest}'", "style-src": "'self'", "img-src": "'self'",
            "base-uri": "'none'", "form-action": "'none'", "require-trusted-types-for": "'script'",
            "trusted-types": "'none'",
        }, path  # fmt: skip


def test_no_page_needs_what_the_policy_forbids(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        body = html.partition("<body")[2]
        assert not re.search(r"<style|\sstyle=|\son[a-z]+\s*=|<iframe|<object|<embed|<base|javascript:", body), path


def test_a_script_is_squeezed_without_changing_what_it_says() -> None:
    script = '/* one\n   two */\n(function () {\n  "use strict";\n  go("/* here */"); // stays\n})();\n'
    assert squeezed(script) == '(function () {\n"use strict";\ngo("/* here */"); // stays\n})();'
    ours = (Project(CHECKOUT).theme / SCRIPT).read_text(encoding="utf-8")
    assert squeezed(ours).count("\n") > 60
    assert "/*" not in squeezed(ours)


@pytest.mark.parametrize("script", ["x('</SCRIPT>')", "x('<!--')", "x(`\n  y`)", "x\r\ny"])
def test_a_script_that_a_page_cannot_hold_is_refused(script: str) -> None:
    with pytest.raises(PolicyError):
        squeezed(script)


def test_the_policy_of_known_scripts() -> None:
    assert source_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert "script-src 'none';" in content_policy()
    assert f"script-src {source_hash('a')} {source_hash('b')};" in content_policy("a", "b")


def test_the_preview_adds_its_own_script_and_nothing_else(pages: dict[str, str]) -> None:
    before = META.findall(pages["index.html"])[0]
    after = META.findall(for_preview(pages["index.html"].encode()).decode())[0]
    assert after.replace("connect-src 'self'; ", "").replace("script-src 'self' ", "script-src ") == before
    assert after != before


def test_the_script_is_no_file_of_the_site(tmp_path: Path) -> None:
    build(CHECKOUT, tmp_path / "site")
    assert [path.name for path in tmp_path.rglob("*.js")] == []


def test_every_link_of_the_sample_leads_to_the_site_or_to_a_plain_host(pages: dict[str, str]) -> None:
    links = 0
    for path, page in pages.items():
        links += page.count("<a ")
        if path != "404.html":  # shown at any depth, so its links begin at the root
            assert odd_links(page.encode()) == [], path
    assert links > 1000
