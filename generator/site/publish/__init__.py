"""Publishing: the live folder is the whole old site or the whole new one, whenever a build is stopped.

The new version is made beside the live one, checked, brought to the disk, and exchanged with it in one step.
``docs/decisions/0012-publish-by-exchange.md`` says why so.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.site.publish.contents import MANIFEST, check_contents, manifest
from generator.site.publish.disk import sync, sync_tree
from generator.site.publish.errors import PublishError, told_plainly
from generator.site.publish.live import compare, look, refuse_foreign
from generator.site.publish.switch import make_live
from generator.site.publish.tree import check, make, planned
from generator.site.publish.workshop import KEPT, Workshop

__all__ = ["KEPT", "MANIFEST", "PublishError", "Published", "manifest", "publish", "recover"]

WAIT = 60.0
"""How many seconds another builder of the same folder is waited for."""


@dataclass(frozen=True)
class Published:
    """What a publication did, as sorted paths."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    deleted: tuple[str, ...]


def publish(out: Path, files: Mapping[str, bytes], *, durable: bool = True, wait: float = WAIT) -> Published:
    """Make the folder `out` hold exactly `files` (by path with forward slashes) and other people's files, in one step.

    When it returns the site is live, and with `durable` on the disk. Raises `PublishError` otherwise: if `out` holds
    files but no manifest of ours, if a file or link of somebody else's stands in the way, if another builder is at
    work for longer than `wait` seconds, or if the disk fails. The live site is then what it was.
    """
    check_contents(files)
    root = out.resolve()
    with told_plainly(root):
        refuse_foreign(root)  # a folder that is not ours is refused before anything is made beside it
        shop = Workshop(root)
        with shop.open(wait):
            try:
                return _publish(shop, files, durable=durable)
            except BaseException:
                shop.give_up()
                raise


def recover(out: Path) -> None:
    """Finish or clear away what a killed builder of `out` left, should nobody be at work there now."""
    shop = Workshop(out.resolve())
    if any(shop.folder.glob("ready-*")):
        with suppress(PublishError), told_plainly(shop.root), shop.open(wait=0):
            pass


def _publish(shop: Workshop, files: Mapping[str, bytes], *, durable: bool) -> Published:
    live = look(shop.root)
    difference = compare(live, files)
    if not difference.same:
        shop.take_spare()
        make(shop.new, live, planned(live, files, difference.unchanged))
        check(shop.new, files)
    if durable:
        sync_tree(shop.root if difference.same else shop.new)
    if difference.same:
        if durable:
            sync(shop.root.parent)
    else:
        make_live(shop, first=live is None, durable=durable)
        shop.prune()
    return Published(difference.written, difference.unchanged, difference.deleted)
