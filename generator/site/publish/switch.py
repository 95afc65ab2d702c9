"""The switch from the live version to the new one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from generator.locale import Message
from generator.site.publish.disk import exchange, sync
from generator.site.publish.errors import PublishError, reason
from generator.site.publish.workshop import Workshop


def make_live(shop: Workshop, *, first: bool, durable: bool) -> None:
    """Make the finished version in the workshop live and keep the earlier one; raises OSError with nothing changed.

    When `durable`, return only after the disk has confirmed it.
    """
    ready = shop.ready()
    if first:
        if sys.platform == "win32" and shop.root.exists():
            shop.root.rmdir()
        ready.rename(shop.root)  # also onto an empty folder
    elif not exchange(ready, shop.root):
        _two_renames(ready, shop)
    if durable:
        _confirm(shop)
    if os.path.lexists(ready):
        with suppress(OSError):  # the next build keeps it
            ready.rename(shop.next_version)


def _two_renames(ready: Path, shop: Workshop) -> None:
    """Switch where folders cannot be exchanged: for a moment there is no site, and a kill then leaves none.

    The version that is ready tells the next build to finish it.
    """
    kept = shop.next_version
    shop.root.rename(kept)
    try:
        ready.rename(shop.root)
    except BaseException:
        if not os.path.lexists(shop.root):
            kept.rename(shop.root)
        raise


def _confirm(shop: Workshop) -> None:
    """Wait until the disk has the switch; a failure here comes after it."""
    try:
        sync(shop.root.parent)
        sync(shop.folder)
    except OSError as failure:
        raise PublishError(
            Message(
                "The new site is in {folder}, but the disk has not confirmed it ({reason}); build again",
                folder=shop.root, reason=reason(failure),
            )
        ) from failure  # fmt: skip
