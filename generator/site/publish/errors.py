"""Why a publication was refused or given up, in words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.locale import Message, Spoken

FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
FIXED = {errno.EBUSY, errno.EXDEV}


class PublishError(Spoken):
    """Nothing was published, or publishing would harm files that are not ours; ``message`` says which."""


@contextmanager
def told_plainly(root: Path) -> Iterator[None]:
    """Turn what the system says about the disk into a sentence that also says what became of the site."""
    try:
        yield
    except OSError as failure:
        raise PublishError(_sentence(root, failure)) from failure


def mounted(root: Path) -> Message:
    """Return what to say of a folder that cannot be switched because something is mounted there."""
    return Message(
        "{folder} is a mount point and cannot be switched in one step; choose a folder inside of it", folder=root
    )


def reason(failure: OSError) -> str:
    """Return the system's words and the file that they are about."""
    return f"{failure.strerror or failure}: {failure.filename or ''}".rstrip(": ")


def _sentence(root: Path, failure: OSError) -> Message:
    if failure.errno in FULL:
        return Message("The disk is full. Nothing was published; {folder} is as it was", folder=root)
    if failure.errno in FIXED:
        return mounted(root)
    if failure.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and root.parent == Path(failure.filename or "").parent:
        return Message(
            "The new site is made beside the old one, and in {parent} nothing may be written; choose a folder such as {inside}",
            parent=root.parent, inside=root / "site",
        )  # fmt: skip
    return Message("Nothing was published; {folder} is as it was: {reason}", folder=root, reason=reason(failure))
