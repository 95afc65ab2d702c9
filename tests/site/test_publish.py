"""Publishing writes what differs, drops what we made and make no longer, and never harms what we did not make."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from generator.site.publish import MANIFEST, Published, PublishError, live, manifest, publish

START = {"index.html": b"home"}
SITE = START | {"fees/index.html": b"fees", "fees/2023/index.html": b"old", "404.html": b""}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_first_publication_writes_everything_and_the_second_nothing(tmp_path: Path) -> None:
    out = tmp_path / "new" / "site"
    assert publish(out, SITE) == Published(tuple(sorted(SITE)), (), ())
    assert tree(out) == SITE
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (out, *out.rglob("*"))}
    assert publish(out, SITE) == Published((), tuple(sorted(SITE)), ())
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (out, *out.rglob("*"))} == before


def test_only_what_differs_is_written_and_what_is_gone_is_deleted(out: Path) -> None:
    publish(out, SITE)
    after = {"index.html": b"home", "fees/index.html": b"FEES", "plan/index.html": b"plan", "404.html": b"x"}
    kept = (out / "index.html").stat()
    done = publish(out, after)
    assert done == Published(
        ("404.html", "fees/index.html", "plan/index.html"), ("index.html",), ("fees/2023/index.html",)
    )
    assert tree(out) == after
    assert not (out / "fees/2023").exists()
    assert (out / "index.html").stat().st_mtime_ns == kept.st_mtime_ns


def test_an_incremental_publication_equals_a_clean_one(tmp_path: Path) -> None:
    after = START | {"fees": b"a file where a folder was", "404.html/index.html": b"and the other way round"}
    publish(tmp_path / "one", SITE)
    publish(tmp_path / "one", after)
    publish(tmp_path / "two", dict(reversed(after.items())))
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == after
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [MANIFEST, "404.html", "fees", "index.html"]


def test_a_damaged_file_is_made_whole(out: Path) -> None:
    publish(out, SITE)
    (out / "index.html").write_bytes(b"HOME")
    (out / "fees/index.html").unlink()
    assert publish(out, SITE).written == ("fees/index.html", "index.html")
    assert tree(out) == SITE


def test_a_folder_that_is_not_ours_is_refused_untouched(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("ten years")
    with pytest.raises(PublishError):
        publish(home, SITE)
    with pytest.raises(PublishError):
        publish(home / "thesis.txt", SITE)
    assert tree(tmp_path) == {"home/thesis.txt": b"ten years"}
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_an_empty_folder_is_taken(out: Path) -> None:
    out.mkdir(mode=0o700)
    publish(out, SITE)
    assert tree(out) == SITE
    assert stat.S_IMODE(out.stat().st_mode) == 0o755


def test_other_people_s_files_in_our_folder_stay(out: Path) -> None:
    publish(out, SITE)
    (out / "CNAME").write_text("example.org")
    (out / "fees/2023/note.txt").write_text("mine")
    (out / ".git/refs").mkdir(parents=True)
    (out / ".git").chmod(0o700)
    (out / "link").symlink_to("nowhere")
    theirs = {path: os.lstat(out / path) for path in ("CNAME", "fees/2023/note.txt", "link")}
    publish(out, {"index.html": b"new"})
    assert tree(out) == {"index.html": b"new", "CNAME": b"example.org", "fees/2023/note.txt": b"mine"}
    assert (out / ".git/refs").is_dir()
    assert stat.S_IMODE((out / ".git").stat().st_mode) == 0o700
    assert (out / "link").readlink() == Path("nowhere")
    for path, before in theirs.items():
        assert (os.lstat(out / path).st_ino, os.lstat(out / path).st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    with pytest.raises(PublishError):
        publish(out, {"index.html": b"newer", "CNAME": b"ours"})
    assert (out / "index.html").read_bytes() == b"new"


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a//b", "a/./b", "", "a/", "a\\b", "C:x", "a\0b", MANIFEST])
def test_a_path_outside_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(PublishError):
        publish(tmp_path / "site", START | {path: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside, out = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"not yours")
    publish(out, START | {"fees/index.html": b"fees", "plan/index.html": b"plan", "a.html": b"a"})
    for name in ("fees/index.html", "plan/index.html", "a.html"):
        (out / name).unlink()
    (out / "fees").rmdir()
    (out / "fees").symlink_to(outside)
    (out / "a.html").symlink_to(outside / "index.html")
    with pytest.raises(PublishError):
        publish(out, START | {"fees/index.html": b"fees"})
    publish(out, START | {"a.html": b"a"})
    assert (out / "a.html").read_bytes() == b"a"
    assert not (out / "a.html").is_symlink()
    assert (out / "fees").is_symlink()
    assert tree(outside) == {"index.html": b"not yours"}


def test_a_workshop_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".site.mingzhang").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError):
        publish(tmp_path / "site", SITE)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_manifest_cannot_point_outside(tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("keep")
    out = tmp_path / "site"
    publish(out, SITE)
    (out / MANIFEST).write_bytes(manifest(["../keep.txt", str(tmp_path / "keep.txt"), *SITE]))
    assert publish(out, {"index.html": b"home"}).deleted == ("404.html", "fees/2023/index.html", "fees/index.html")
    assert (tmp_path / "keep.txt").exists()


def test_an_unchanged_site_costs_no_writing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = START | {f"p{n}/index.html": b"x" * 20_000 for n in range(50)}
    publish(out, files)
    for name in ("rename", "replace", "link", "unlink"):
        monkeypatch.delattr(os, name)
    monkeypatch.setattr(Path, "rename", None)
    monkeypatch.setattr("generator.site.publish.tree.write", None)
    assert len(publish(out, files, durable=False).unchanged) == 51


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    modes = []
    for name, umask in (("open", 0o000), ("closed", 0o077)):
        before = os.umask(umask)
        try:
            publish(tmp_path / name, SITE)
            publish(tmp_path / name, SITE | {"fees/index.html": b"new"})
        finally:
            os.umask(before)
        root = tmp_path / name
        modes.append({str(p.relative_to(root)): stat.S_IMODE(p.stat().st_mode) for p in (root, *root.rglob("*"))})
    assert modes[0] == modes[1]
    assert set(modes[0].values()) == {0o644, 0o755}


def test_a_file_that_changes_while_it_is_linked_is_noticed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(out, SITE)
    real = live.compare

    def and_then_somebody_edits(*arguments: object) -> object:
        difference = real(*arguments)  # type: ignore[arg-type]
        (out / "index.html").write_bytes(b"edited in place")
        return difference

    monkeypatch.setattr("generator.site.publish.compare", and_then_somebody_edits)
    with pytest.raises(PublishError, match="written as it should be"):
        publish(out, SITE | {"404.html": b"new"})
    monkeypatch.undo()
    assert tree(out) == SITE | {"index.html": b"edited in place"}
    publish(out, SITE)
    assert tree(out) == SITE
