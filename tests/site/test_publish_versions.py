"""Versions are switched in one step, the last five are kept, and what a killed builder left blocks nobody."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.site import publish as publishing
from generator.site.publish import KEPT, MANIFEST, PublishError, disk, publish, recover, switch
from generator.site.publish.workshop import Workshop

OLD = {"index.html": b"old", "fees/index.html": b"fees"}
NEW = {"index.html": b"new", "fees/index.html": b"fees", "plan.html": b"plan"}


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    publish(tmp_path / "site", OLD)
    return tmp_path / "site"


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch, "exchange", lambda one, other: False)


def workshop(out: Path) -> list[str]:
    return sorted(
        path.name for path in Workshop(out).folder.iterdir() if path.name not in ("lock", ".gitignore", "spare")
    )


def test_the_last_five_versions_are_kept(out: Path) -> None:
    sites = [{"index.html": f"{number}".encode()} for number in range(9)]
    for site in sites:
        publish(out, site)
    versions = Workshop(out).versions
    assert [tree(path) for path in versions] == sites[8 - KEPT : 8]
    assert workshop(out) == [f"{number:06}" for number in range(5, 10)]


def test_a_kept_version_can_be_put_back_by_hand(out: Path, tmp_path: Path) -> None:
    publish(out, NEW)
    out.rename(tmp_path / "wrong")
    Workshop(out).versions[-1].rename(out)
    assert tree(out) == OLD
    publish(out, NEW)
    assert tree(out) == NEW


def test_an_identical_site_is_not_switched(out: Path) -> None:
    before = out.stat().st_ino
    publish(out, OLD)
    assert (out.stat().st_ino, workshop(out)) == (before, [])


def test_a_kept_version_shares_files_and_is_never_written(out: Path) -> None:
    publish(out, NEW)
    publish(out, OLD | {"fees/index.html": b"FEES"})
    assert tree(Workshop(out).versions[-1]) == NEW
    assert tree(Workshop(out).versions[0]) == OLD
    assert Workshop(out).versions[0].joinpath("fees/index.html").stat().st_nlink == 2


def test_two_renames_where_folders_cannot_be_exchanged(out: Path, no_exchange: None) -> None:
    publish(out, NEW)
    assert tree(out) == NEW
    assert tree(Workshop(out).versions[0]) == OLD


def test_the_second_rename_fails_and_the_old_site_comes_back(
    out: Path, no_exchange: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def stop(self: Path, target: Path) -> Path:
        if target == out and self.name.startswith("ready-"):
            raise OSError(errno.EIO, "Input/output error", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(PublishError, match="is as it was"):
        publish(out, NEW)
    assert (tree(out), workshop(out)) == (OLD, [])


def test_a_switch_stopped_between_two_renames_is_finished_at_the_next_start(out: Path) -> None:
    shop = Workshop(out)
    publish(out, NEW)
    ready = shop.folder / f"ready-{out.stat().st_ino}"
    out.rename(ready)
    assert not out.exists()
    recover(out)
    assert (tree(out), workshop(out)) == (NEW, ["000001"])


def test_what_killed_builders_leave_is_cleared_away(out: Path) -> None:
    shop = Workshop(out)
    publish(out, NEW)
    for name in ("new", "old"):
        (shop.folder / name / "below").mkdir(parents=True)
        (shop.folder / name / "below").chmod(0)
    unused = shop.folder / "x"
    unused.mkdir()
    unused.rename(shop.folder / f"ready-{unused.stat().st_ino}")
    (shop.folder / "ready-1").mkdir()
    (shop.folder / "ready-1" / "index.html").write_bytes(b"was live when its builder was killed")
    publish(out, NEW)
    assert workshop(out) == ["000001", "000002"]
    assert tree(shop.versions[-1]) == {"index.html": b"was live when its builder was killed"}


def test_a_version_that_was_half_removed_never_becomes_the_site(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two faults: the switch of a first publication fails, and its builder is killed while it clears away."""
    first = tmp_path / "first"
    real = Path.rename

    def no_switch(self: Path, target: Path) -> Path:
        if target == first:
            raise OSError(errno.EIO, "Input/output error", str(self))
        return real(self, target)

    def killed(tree: Path) -> None:
        (tree / MANIFEST).unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", no_switch)
    monkeypatch.setattr("generator.site.publish.workshop.remove", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(first, NEW)
    monkeypatch.undo()
    recover(first)
    assert not first.exists()
    publish(first, NEW)
    assert (tree(first), workshop(first)) == (NEW, [])


def test_a_lock_that_cannot_be_closed_does_not_make_a_done_publication_undone(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Workshop(out).folder / "lock"
    real = os.close

    def broken(handle: int) -> None:
        is_lock = os.path.samestat(os.fstat(handle), lock.stat())
        real(handle)
        if is_lock:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "close", broken)
    assert publish(out, NEW).written == ("index.html", "plan.html")


def test_a_failed_build_makes_room_at_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr("generator.site.publish.tree.write", full)
    with pytest.raises(PublishError, match="disk is full"):
        publish(out, NEW)
    assert (tree(out), workshop(out)) == (OLD, [])


def test_an_unconfirmed_switch_is_never_called_done(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> None:
        raise OSError(errno.EIO, "Input/output error", str(path))

    monkeypatch.setattr(switch, "sync", broken)
    with pytest.raises(PublishError, match="has not confirmed"):
        publish(out, NEW)
    assert tree(out) == NEW
    monkeypatch.undo()
    publish(out, NEW)
    assert (tree(out), workshop(out)) == (NEW, ["000001"])


@pytest.fixture
def busy(out: Path) -> Iterator[int]:
    """Another process that holds the lock; its number."""
    code = "import fcntl, sys; f = open(sys.argv[1], 'r+'); fcntl.flock(f, 2); print('held', flush=True); input()"
    lock = Workshop(out).folder / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", code, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        lock.write_text(f"{holder.pid}\n")
        yield holder.pid
        holder.kill()


def test_a_second_builder_waits_and_then_says_who_builds(out: Path, busy: int) -> None:
    with pytest.raises(PublishError) as refused:
        publish(out, NEW, wait=0.1)
    assert refused.value.message.values == {"who": str(busy), "folder": out, "seconds": 0}
    recover(out)
    assert tree(out) == OLD


def test_a_site_without_start_page_or_with_wrong_sums_is_refused(out: Path) -> None:
    good = {**NEW, "fees/.hidden": b""}
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in sorted(NEW.items())]
    publish(out, good | {"SHA256SUMS": "\n".join(lines).encode()})
    for wrong in (
        {"fees/index.html": b"fees"},
        {"index.html": b""},
        NEW | {"SHA256SUMS": "\n".join(lines[1:]).encode()},
        NEW | {"SHA256SUMS": "\n".join((*lines, f"{'0' * 64}  gone.html")).encode()},
        NEW | {"SHA256SUMS": "\n".join(lines).encode(), "index.html": b"newer"},
    ):
        with pytest.raises(PublishError, match="nothing was published"):
            publish(out, wrong)
    assert tree(out)["index.html"] == b"new"


def test_a_mount_point_is_refused(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: path == out)
    with pytest.raises(PublishError, match="mount point"):
        publish(out, NEW)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_parent_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(PublishError, match="nothing may be written"):
        publish(tmp_path / "closed" / "site", NEW)


def test_where_links_are_not_possible_files_are_copied_with_their_time(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*arguments: object, **named: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    (out / "CNAME").write_text("example.org")
    before = (out / "fees/index.html").stat()
    monkeypatch.setattr(os, "link", no)
    publish(out, NEW)
    after = (out / "fees/index.html").stat()
    assert (after.st_mtime_ns, after.st_ino != before.st_ino) == (before.st_mtime_ns, True)
    assert tree(out) == NEW | {"CNAME": b"example.org"}


def test_without_syncfs_every_file_is_waited_for(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(disk, "_library", lambda: None)
    monkeypatch.setattr(disk, "sync", lambda path: synced.append(path.name))
    monkeypatch.setattr(switch, "sync", lambda path: None)
    publish(out, NEW)
    assert sorted(synced) == [MANIFEST, "fees", "index.html", "index.html", "new", "plan.html"]
    synced.clear()
    publish(out, OLD, durable=False)
    assert synced == []
    assert publishing.WAIT > 1
