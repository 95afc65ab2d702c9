"""Publishing touches what differs, deletes what we made, and never harms what we did not make."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.site.publish import MANIFEST, Published, PublishError, manifest, publish

SITE = {"index.html": b"home", "fees/index.html": b"fees", "fees/2023/index.html": b"old", "404.html": b""}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_first_publication_writes_everything_and_the_second_nothing(tmp_path: Path) -> None:
    out = tmp_path / "new" / "site"
    assert publish(out, SITE) == Published(tuple(sorted(SITE)), (), ())
    assert tree(out) == SITE
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert publish(out, SITE) == Published((), tuple(sorted(SITE)), ())
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_only_what_differs_is_written_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    after = {"index.html": b"home", "fees/index.html": b"FEES", "plan/index.html": b"plan", "404.html": b"x"}
    done = publish(tmp_path, after)
    assert done == Published(
        ("404.html", "fees/index.html", "plan/index.html"), ("index.html",), ("fees/2023/index.html",)
    )
    assert tree(tmp_path) == after
    assert not (tmp_path / "fees/2023").exists()


def test_an_incremental_publication_equals_a_clean_one(tmp_path: Path) -> None:
    after = {"fees": b"a file where a folder was", "index.html": b"", "404.html/index.html": b"and the other way round"}
    publish(tmp_path / "one", SITE)
    publish(tmp_path / "one", after)
    publish(tmp_path / "two", dict(reversed(after.items())))
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == after
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [MANIFEST, "404.html", "fees", "index.html"]


def test_a_damaged_file_is_made_whole(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "index.html").write_bytes(b"HOME")
    (tmp_path / "fees/index.html").unlink()
    assert publish(tmp_path, SITE).written == ("fees/index.html", "index.html")
    assert tree(tmp_path) == SITE


def test_a_folder_that_is_not_ours_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years")
    with pytest.raises(PublishError):
        publish(tmp_path, SITE)
    assert tree(tmp_path) == {"thesis.txt": b"ten years"}
    with pytest.raises(PublishError):
        publish(tmp_path / "thesis.txt", SITE)


def test_other_people_s_files_in_our_folder_stay(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "fees/2023/note.txt").write_text("mine")
    publish(tmp_path, {"index.html": b"new"})
    assert tree(tmp_path) == {"index.html": b"new", "CNAME": b"example.org", "fees/2023/note.txt": b"mine"}
    with pytest.raises(PublishError):
        publish(tmp_path, {"index.html": b"newer", "CNAME": b"ours"})
    assert (tmp_path / "index.html").read_bytes() == b"new"


def test_an_interrupted_publication_can_be_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, SITE)
    replaced: list[Path] = []
    real = Path.replace

    def stop(self: Path, target: Path) -> Path:
        if len(replaced) == 3:
            raise OSError("no space left")
        replaced.append(target)
        return real(self, target)

    after = {f"{n}.html": b"x" for n in range(9)}
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(OSError, match="no space"):
        publish(tmp_path, after)
    monkeypatch.undo()
    assert len(tree(tmp_path)) < len(after)
    publish(tmp_path, after)
    assert {name: content for name, content in tree(tmp_path).items() if not name.startswith(".")} == after


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a//b", "a/./b", "", "a/", "a\\b", "C:x", "a\0b", MANIFEST])
def test_a_path_outside_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(PublishError):
        publish(tmp_path / "site", {path: b"x"})
    assert tree(tmp_path) == {}


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside, out = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"not yours")
    publish(out, {"fees/index.html": b"fees", "plan/index.html": b"plan", "a.html": b"a"})
    for name in ("fees/index.html", "plan/index.html", "a.html"):
        (out / name).unlink()
    (out / "fees").rmdir()
    (out / "fees").symlink_to(outside)
    (out / "a.html").symlink_to(outside / "index.html")
    with pytest.raises(PublishError):
        publish(out, {"fees/index.html": b"fees"})
    publish(out, {"a.html": b"a"})
    assert (out / "a.html").read_bytes() == b"a"
    assert not (out / "a.html").is_symlink()
    assert tree(outside) == {"index.html": b"not yours"}


def test_a_manifest_cannot_point_outside(tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("keep")
    out = tmp_path / "site"
    publish(out, SITE)
    (out / MANIFEST).write_bytes(manifest(["../keep.txt", str(tmp_path / "keep.txt"), *SITE]))
    assert publish(out, {"index.html": b"home"}).deleted == ("404.html", "fees/2023/index.html", "fees/index.html")
    assert (tmp_path / "keep.txt").exists()


def test_an_unchanged_site_costs_no_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"p{n}/index.html": b"x" * 20_000 for n in range(50)}
    publish(tmp_path, files)
    monkeypatch.setattr(Path, "replace", None)
    monkeypatch.setattr(os, "unlink", None)
    assert len(publish(tmp_path, files).unchanged) == 50
