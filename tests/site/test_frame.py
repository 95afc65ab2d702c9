"""Frames: compiled once, the same at every depth, and equal to what MkDocs itself makes of a page."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import build
from generator.cli import main
from generator.pages.page import Page
from generator.site.frame import Compiled, FrameError, Frames, base_of, build_frames, compile_frame, input_hash
from generator.site.host import Job, Leaf, build_host, document_title
from generator.site.project import CHECKOUT, Project
from generator.site.sections import SECTIONS
from generator.site.slots import bind, slot, split
from generator.site.stamp import RenderedSite, StampError, output_path, stamp, stamp_site

NAME = "示例县<青禾>镇 & 中心小学校"
PROJECT = Project(CHECKOUT)
CONTENT = '<h1 id="top">页 &amp; 面</h1>\n<table><tr><td>2*3*4 &lt;b&gt; {{ x }}</td></tr></table>'
PAGES = (
    Page("", NAME, "home", "", None, "首页说明"),
    Page("fees/", "收费", "fees", "", None),
    Page("fees/2023-spring/F01/", "作业本费 <i>", "fees", "", None, 'a "quoted" text'),
    Page("finance/2023/03/", "2023年3月", "finance", "", None),
    Page("plan/2023-spring/", "计划", "plan", "", None),
    Page("calendar/2023-03/", "月历", "calendar", "", None),
    Page("findings/rules/FEE-01/", "FEE-01", "findings", "", None),
    Page("changes/", "更正", "changes", "", None),
    Page("data/", "数据", "data", "", None),
    Page("about/", "关于", "about", "", None),
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("frames")


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def frames(language: str, cache: Path) -> Frames:
    return build_frames(PROJECT, language, NAME, True, cache, short_name="青禾小学")


def leaf(page: Page) -> Leaf:
    return Leaf(f"{page.url}index.md", page.section, page.title, page.description, CONTENT)


@pytest.mark.parametrize("site_url", ["", "https://example.org/school/"])
def test_stamped_page_equals_the_page_that_mkdocs_builds_at_that_address(
    language: str, cache: Path, site_url: str
) -> None:
    leaves, code = tuple(leaf(page) for page in PAGES), "3f9a-21bc-77d0-e5f1-0a9b-1c2d-3e4f-5a6b"
    built = build_host(
        PROJECT, Job(language, True, NAME, "青禾小学", site_url, leaves=leaves, code=code, code_day="2023年8月18日")
    )
    frames = build_frames(
        PROJECT,
        language,
        NAME,
        True,
        cache,
        short_name="青禾小学",
        site_url=site_url,
        code=code,
        code_day="2023年8月18日",
    )
    for page in PAGES:
        assert stamp(page, CONTENT, frames).decode() == built.pop(output_path(page.url)).decode(), page.url
    assert dict(frames.files) == built


def test_links_of_a_stamped_page_lead_to_the_root(frames: Frames) -> None:
    html = stamp(PAGES[2], "", frames).decode()
    links = re.findall(r'(?:href|src)="([^"#]*)"', html)
    assert '<link rel="stylesheet" href="../../../assets/mingzhang.css">' in html
    assert {f"../../../{section.url}" for section in SECTIONS} <= set(links)
    assert all(link.startswith("../../../") for link in links)


def test_text_from_data_is_escaped_and_cannot_spell_a_slot(frames: Frames, cache: Path) -> None:
    hostile = "</title><script>alert(1)</script><!--slot:content--> {{ 7*7 }} \\1"
    html = frames["fees"].fill(url="fees/", title=hostile, description=hostile + '" onload="x', content="CONTENT")
    assert html.count("CONTENT") == 1
    assert "<script>alert" not in html
    assert '" onload="x' not in html
    assert "{{ 7*7 }}" in html
    named = build_frames(PROJECT, "zh", hostile, True, cache)["home"]
    html = named.fill(url="", title=hostile, description="", content="CONTENT")
    assert html.count("CONTENT") == 1
    assert "<script>alert" not in html


def test_every_page_has_what_all_pages_need(frames: Frames, language: str) -> None:
    pages = {page.url: stamp(page, "<h1>x</h1>", frames).decode() for page in PAGES}
    pages |= {path: content.decode() for path, content in frames.files.items() if path.endswith(".html")}
    assert {"404.html", "guide/index.html", "how-to-check/index.html"} <= pages.keys()
    for url, html in pages.items():
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}"' in html, url
        assert html.count("<h1") == 1, url
        assert html.count("<main") == 1, url
        assert html.count('id="content"') == 1, url
        assert 'href="#content"' in html, url
        assert ("示例数据" if language == "zh" else "Sample data") in html, url
        assert not re.search(r"<input|md-toggle|md-overlay|md-dialog|data-md-component=.(?:skip|announce)", html), url
        assert "slot:" not in html, url
        assert NAME not in html, url
        assert "示例县&lt;青禾&gt;镇 &amp; 中心小学校" in html, url


def test_the_section_of_a_page_is_marked(frames: Frames) -> None:
    for page in PAGES:
        html = stamp(page, "", frames).decode()
        (marked,) = re.findall(r'href="([^"]*)" aria-current', html)
        section = next(section for section in SECTIONS if section.key == page.section)
        assert marked == f"{base_of(page.url)}/{section.url}"
    assert 'href="../about/" aria-current' in frames.files["guide/index.html"].decode()


def test_nothing_is_asked_of_another_host_and_no_script_of_the_theme_is_left(frames: Frames) -> None:
    for path, content in frames.files.items():
        if path.startswith("pictures/"):
            assert content.startswith(b"\x89PNG\r\n"), path
            continue
        assert path.endswith((".html", ".css", ".js", ".svg")), path
        assert "assets/stylesheets" not in path
        text = content.decode()
        assert not re.search(r'(?:src|srcset)="(?:https?:)?//|url\(["\']?(?:https?:)?//|@import', text), path
    html = stamp(PAGES[0], "", frames).decode()
    assert not re.search(r'<link[^>]+href="(?:https?:)?//', html)
    assert re.findall(r"<script[^>]*>", html) == ["<script>"]


def test_first_view_leaves_most_of_its_70_kb_to_the_page(frames: Frames) -> None:
    page = stamp(PAGES[0], "", frames)
    assets = [content for path, content in frames.files.items() if path.startswith("assets/")]
    assert sum(len(gzip.compress(content, mtime=0)) for content in (page, *assets)) < 30_000


def test_warm_frames_are_equal_and_need_no_mkdocs(frames: Frames, language: str, cache: Path) -> None:
    again = build_frames(PROJECT, language, NAME, True, cache, short_name="青禾小学")
    assert again == frames
    program = (
        "import sys; from pathlib import Path; from generator.site.frame import build_frames;"
        "from generator.site.project import Project;"
        f"build_frames(Project(Path('.')), {language!r}, 'x', True, Path({str(cache)!r}));"
        "print([name for name in ('mkdocs', 'material', 'jinja2', 'babel', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_cold_builds_give_the_same_bytes(language: str, cache: Path, tmp_path: Path) -> None:
    build_frames(PROJECT, language, "x", True, tmp_path)
    (new,) = tmp_path.glob("*.json")
    assert new.read_bytes() == (cache / new.name).read_bytes()


def test_a_damaged_or_forbidden_cache_costs_only_time(frames: Frames, language: str, tmp_path: Path) -> None:
    build_frames(PROJECT, language, NAME, True, tmp_path, short_name="青禾小学")
    (kept,) = tmp_path.glob("*.json")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:1000])
    assert build_frames(PROJECT, language, NAME, True, tmp_path, short_name="青禾小学") == frames
    assert kept.read_bytes() == whole
    assert build_frames(PROJECT, language, NAME, True, kept / "no-folder", short_name="青禾小学") == frames


def test_a_changed_input_changes_the_key(tmp_path: Path) -> None:
    root = tmp_path / "school"
    (root / "docs/zh").mkdir(parents=True)
    shutil.copytree(CHECKOUT / "docs/en", root / "docs/en")
    shutil.copy(CHECKOUT / "mkdocs.yml", root)
    hand = root / "docs/zh/guide.md"
    hand.write_text("# 一\n", encoding="utf-8")
    project = Project(root)
    keys = [input_hash(project, "zh", True, ""), input_hash(project, "zh", False, "")]
    keys += [input_hash(project, "en", True, ""), input_hash(project, "zh", True, "https://example.org/")]
    hand.write_text("# 二\n", encoding="utf-8")
    keys.append(input_hash(project, "zh", True, ""))
    assert len(set(keys)) == 5
    assert input_hash(project, "zh", True, "") == keys[-1]


def test_a_foreign_school_brings_no_code(tmp_path: Path, sample: Path) -> None:
    shutil.copytree(sample / "data", tmp_path / "data")
    mark = tmp_path / "mark"
    (tmp_path / "hook.py").write_text(f"open({str(mark)!r}, 'w').close()\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nhooks: [hook.py]\n", encoding="utf-8")
    (tmp_path / "docs/zh").mkdir(parents=True)
    (tmp_path / "docs/zh/guide.md").write_text("# x\n\n<script>x</script>\n", encoding="utf-8")
    assert build(tmp_path, tmp_path / "site").published
    assert not mark.exists()
    assert "<script>x" not in (tmp_path / "site/guide/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / ".mingzhang").exists()


def test_a_frame_with_a_link_for_one_depth_is_refused() -> None:
    good = '<a href="<!--slot:base-->/fees/"></a><!--slot:title--><!--slot:description--><!--slot:content-->'
    assert compile_frame(good, "x")[1::2] == ("base", "title", "description", "content")
    for bad in ('<a href="../fees/"></a>', '<img src="x.png">', "&lt;!--slot:base-->", "<!--slot:title-->"):
        with pytest.raises(FrameError):
            compile_frame(good + bad, "x")


def test_an_unknown_section_is_named(frames: Frames) -> None:
    with pytest.raises(FrameError, match="'water'"):
        frames["water"]


def test_binding_is_filling_in_any_order() -> None:
    parts = split(f"a{slot('one')}b{slot('two')}c{slot('one')}d")
    assert bind(bind(parts, {"one": "1"}), {"two": "2"}) == bind(parts, {"two": "2", "one": "1"}) == ("a1b2c1d",)
    assert bind(parts, {"two": "<!--slot:one-->"}) == ("a", "one", "b<!--slot:one-->c", "one", "d")


def test_compiled_frames_survive_the_cache() -> None:
    compiled = Compiled({"home": ("a", "base", "b")}, {"x.html": ("é", "name", "")}, {"y.png": b"\xff\0"})
    assert Compiled.from_json(compiled.to_json()).bound("n<", "s") == compiled.bound("n<", "s")
    assert json.loads(compiled.to_json())["assets"] == {"y.png": "/wA="}


@pytest.mark.parametrize(
    ("url", "base", "path"),
    [("", ".", "index.html"), ("fees/", "..", "fees/index.html"), ("a/b/c/", "../../..", "a/b/c/index.html"),
     ("search.html", ".", "search.html"), ("a/b.html", "..", "a/b.html")],
)  # fmt: skip
def test_where_a_page_stands(url: str, base: str, path: str) -> None:
    assert base_of(url) == base
    assert output_path(url) == path


def test_the_title_names_page_and_school_once() -> None:
    assert document_title("收费", "青禾小学") == "收费 · 青禾小学"
    assert document_title("青禾小学", "青禾小学") == document_title("", "青禾小学") == "青禾小学"


def test_two_files_of_one_name_are_refused(frames: Frames, language: str) -> None:
    def site(*pages: Page, **files: bytes) -> RenderedSite:
        return RenderedSite([(page, "") for page in pages], files, language, NAME, True)

    whole = stamp_site(site(*PAGES), frames)
    assert set(whole) == {output_path(page.url) for page in PAGES} | set(frames.files) | {"SHA256SUMS"}
    for twice in (site(PAGES[1], PAGES[1]), site(Page("guide/", "", "about", "", None)), site(**{"404.html": b""})):
        with pytest.raises(StampError):
            stamp_site(twice, frames)


def test_templates_say_only_words_that_the_frame_has(frames: Frames) -> None:
    from generator.site.sections import FRAME_WORDS
    from generator.theme.words import WORDS

    theme = PROJECT.theme
    used = {word for path in theme.rglob("*.html") for _, word in
            re.findall(r"""(?:\bw|words)\[(["'])(.*?)\1\]""", path.read_text(encoding="utf-8"))}  # fmt: skip
    assert used
    assert used <= {*FRAME_WORDS, *WORDS}
    assert not [path for path in theme.rglob("*.html") if re.search(r"\|\s*safe\b", path.read_text(encoding="utf-8"))]


def test_every_word_of_the_frame_is_translated() -> None:
    from generator.locale import language as language_of
    from generator.site.sections import FRAME_WORDS
    from generator.theme.words import WORDS

    chinese = language_of("zh")
    words = (*FRAME_WORDS, *WORDS, *(section.title for section in SECTIONS))
    assert [word for word in words if chinese.gettext(word) == word] == []


@pytest.mark.parametrize(
    ("file", "content"),
    [("mkdocs.yml", b"site_name: ["), ("docs/zh/guide.md", b"\xff\xfe\xff"), ("mkdocs.yml", b"plugins: [x]")],
)
def test_what_mkdocs_cannot_read_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: str, content: bytes
) -> None:
    frame = tmp_path / "frame"
    shutil.copytree(CHECKOUT / "docs", frame / "docs")
    shutil.copy(CHECKOUT / "mkdocs.yml", frame)
    (frame / file).write_bytes(content)
    monkeypatch.setattr("generator.build.Project", lambda: Project(frame))
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path / "cache"))
    assert main(["build", "--root", str(CHECKOUT), "--out", str(tmp_path / "site")]) == 2
    assert "mingzhang: MkDocs 无法生成手写页面：" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
