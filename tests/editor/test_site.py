"""A site with forms: the links to them, the bundle as it is published, and what a rebuild says of it."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from generator.cli.verify import rebuilt
from generator.editor.page import bundle
from generator.site.project import cache_folder
from generator.trust.verify import site_at
from tests.browser.tools import ROOT

LOADERS = (b"unpkg.com", b"jsdelivr", b"fonts.googleapis", b"fonts.gstatic")


def test_the_form_of_a_file_is_linked_where_its_figures_are_shown(site: Path) -> None:
    page = (site / "fees" / "2023-spring" / "index.html").read_text("utf-8")
    assert 'href="../../edit/#/collections/terms-2023-spring/entries/fees"' in page
    assert "edit/#" not in (site / "index.html").read_text("utf-8").split('class="desk')[0]


def test_all_files_of_the_forms_are_in_the_list_of_hashes(site: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in (site / "SHA256SUMS").read_text("utf-8").splitlines())
    files = [path for path in (site / "edit").rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert sums[path.relative_to(site).as_posix()] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_bundle_names_no_server_of_programs_or_fonts(site: Path) -> None:
    scripts = {path.name: path.read_bytes() for path in (site / "edit").glob("*.js")}
    assert scripts
    for name, content in scripts.items():
        for loader in LOADERS:
            assert loader not in content, f"{name} names {loader!r}"
    assert (site / "edit" / "sveltia-cms.LICENSE.txt").read_text("utf-8").startswith("MIT License")


def test_nothing_is_bundled_again_while_nothing_has_changed(bundled: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in bundled.rglob("*")}
    done = subprocess.run(
        ["sh", ROOT / "generator" / "editor" / "make"], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    assert {path: path.stat().st_mtime_ns for path in bundled.rglob("*")} == before


def test_two_bundles_are_the_same(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path))
    subprocess.run(["sh", ROOT / "generator" / "editor" / "make"], check=True, timeout=300)
    assert cache_folder() == tmp_path
    assert dict(bundle(tmp_path / "editor")) == dict(bundle(bundled))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["editor"]


def test_a_rebuild_gives_the_same_site_with_forms(site: Path, kept: Path) -> None:
    told = list(rebuilt(site_at(str(site)), kept, [], []))
    assert [one.state for one in told] == ["ok"], told


def test_a_rebuild_without_the_bundle_says_what_is_missing(
    site: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGZHANG_CACHE", str(tmp_path))
    told = list(rebuilt(site_at(str(site)), kept, [], []))
    assert [one.state for one in told] == ["unknown"]
    assert "make editor" in told[0].zh
