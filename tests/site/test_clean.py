"""Hand-written pages: hostile Markdown, built by MkDocs, leaves nothing that could run, load, cover or break the frame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from generator.site.clean import ATTRIBUTES, CLASSES, ELEMENTS, allowed_meta, clean, is_link
from generator.site.frame import Frames, build_frames
from generator.site.project import ProjectError
from tests.site.hostile_markdown import PAGES, project

MAIN = re.compile(r'<article class="md-content__inner md-typeset">(.*)</article>', re.DOTALL)


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    root = tmp_path_factory.mktemp("markdown")
    return build_frames(project(root), "zh", "青禾小学", False, root / "cache")


@pytest.fixture(scope="module")
def pages(frames: Frames) -> dict[str, str]:
    """Each hostile page as built, by its name."""
    return {name: frames.files[f"{name}/index.html"].decode() for name in PAGES}


def test_the_list_is_long() -> None:
    assert len(PAGES) >= 130


def test_every_page_is_whole_and_spells_no_slot(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert page.rstrip().endswith("</html>"), name
        (main,) = MAIN.findall(page)
        assert page.count("<main") == page.count("</main>") == page.count("<body") == 1, name
        assert page.count('<footer class="colophon">') == page.count('<a class="school"') == 1, name
        assert "<!--slot" not in page, name
        assert "<!--" not in main, name


def test_only_what_is_listed_stays(pages: dict[str, str]) -> None:
    kept: set[str] = set()
    for name, page in pages.items():
        (main,) = MAIN.findall(page)
        for element in html.fragment_fromstring(main, create_parent="article").iterdescendants():
            assert element.tag in ELEMENTS, name
            kept.add(element.tag)
            for attribute, value in element.items():
                allowed = (
                    ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, set()) | ({"rel"} if element.tag == "a" else set())
                )
                assert attribute in allowed, (name, attribute)
                if attribute == "class":
                    assert set(value.split()) <= CLASSES, name
                if attribute == "id":
                    assert value not in ("content", "sections"), name
                if attribute in ("href", "src"):
                    assert is_link(value), (name, value)
    assert len(kept) > 12


def test_one_script_and_it_is_ours(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert page.count("<script") == 1, name
        head, _, body = page.partition("</head>")
        assert "http-equiv=refresh" not in body, name
        assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', body)), name
        assert head.count("<title>") == 1, name


def test_front_matter_sets_no_template_and_no_section(pages: dict[str, str]) -> None:
    assert allowed_meta({"title": "x", "template": "base.html", "description": ["y"], "frame": True}) == {"title": "x"}
    for name in PAGES:
        if name.startswith("front"):
            assert 'href="../about/" aria-current="true"' in pages[name], name
            assert "assets/stylesheets" not in pages[name], name


def test_what_our_pages_use_is_kept(frames: Frames) -> None:
    guide = frames.files["guide/index.html"].decode()
    for markup in ('<h2 id="', "<table>", "<code>", "<li>", "<strong>", '<a href="'):
        assert markup in guide
    kept = (
        '<h1 id="填报">一</h1><div class="admonition note"><p class="admonition-title">注</p></div><pre><code>a &lt; b</code></pre>'
        '<table><thead><tr><th class="n">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
        '<ol start="3"><li>x</li></ol><img alt="x" src="a.png"><p class="lead">x</p>'
    )
    assert clean(kept) == kept
    assert clean('<table><tr><td style="text-align: right;">1</td></tr></table>').count('class="n"') == 1
    assert clean('<a href="https://example.org/">x</a>') == (
        '<a href="https://example.org/" rel="noopener noreferrer">x</a>'
    )


def test_cleaning_twice_changes_nothing(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        (main,) = MAIN.findall(page)
        once = clean(main)
        assert clean(once) == once, name


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org/a?b=c#d", True), ("../fees/#a", True), ("#a", True), ("mailto:a@example.org", True),
        ("tel:+86-371-1234567", True), ("https://xn--fiqs8s.example/", True), ("", True),
        ("http://example.org/", False), ("HTTPS://example.org/", False), ("//example.org/", False), ("/x", False),
        ("https://a@example.org/", False), ("https://exаmple.org/", False), ("https://example", False),
        ("https://example.org:81/", False), ("https://example.org:x/", False), ("https://[::1/", False),
        ("javascript:alert(1)", False), ("java\nscript:alert(1)", False), ("data:text/html,x", False),
        ("mailto:a@example.org?body=x", False), ("tel:*#06#", False), ("\\\\example.org", False), ("x:y", False),
    ],
)  # fmt: skip
def test_where_a_page_may_link(link: str, kept: bool) -> None:
    assert is_link(link) is kept


@pytest.mark.parametrize(
    "name", ["x.html", "x.svg", "x.js", "x.css", "x.pdf", "assets/mingzhang.css", "_frame/fees.md", "x\u202e.md"]
)
def test_only_markdown_and_pictures_lie_among_the_pages(tmp_path: Path, name: str) -> None:
    own = project(tmp_path, {})
    path = tmp_path / "docs/zh" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    with pytest.raises(ProjectError) as refused:
        build_frames(own, "zh", "x", False, tmp_path / "cache")
    assert "hand-written" in refused.value.message.text
    assert "\u202e" not in str(refused.value.message.values)


@pytest.mark.parametrize("target", ["/etc/passwd", "/", ".", "nowhere", "guide.md"])
def test_links_among_the_pages_are_refused_and_never_followed(tmp_path: Path, target: str) -> None:
    own = project(tmp_path, {})
    (tmp_path / "docs/zh/extra.md").symlink_to(target)
    with pytest.raises(ProjectError) as refused:
        build_frames(own, "zh", "x", False, tmp_path / "cache")
    assert "link" in refused.value.message.text


def test_a_picture_is_shown(tmp_path: Path) -> None:
    own = project(tmp_path, {"shown": "# x\n\n![甲](a.png)\n"})
    (tmp_path / "docs/zh/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    files = build_frames(own, "zh", "x", False, tmp_path / "cache").files
    assert '<img alt="甲" src="../a.png">' in files["shown/index.html"].decode()
    assert "a.png" in files


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ('<img src="a.png" alt="甲" width="390" height="300" loading="lazy">', True),
        ('<img src="a.png" alt="甲" loading="eager">', False),
        ('<img src="a.png" alt="甲" loading="lazy onerror=alert(1)">', False),
        ('<p loading="lazy">甲</p>', False),
    ],
)
def test_a_picture_may_wait_until_it_is_seen_and_nothing_else_may_say_when_to_load(markup: str, kept: bool) -> None:
    assert ("loading" in clean(markup)) is kept
    assert (clean(markup) == markup) is kept
