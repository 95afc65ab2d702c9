"""What may be published: plain paths, a start page, sums that agree; and the manifest of a site's files.

The manifest is how a later build tells our files from other people's. It holds sorted paths only: equal sites have
equal manifests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from generator.locale import Message
from generator.site.publish.errors import PublishError

MANIFEST = ".mingzhang-manifest"
HEADING = "# Files of this site, made by Mingzhang; the next build deletes those that it no longer makes."
START, SUMS = "index.html", "SHA256SUMS"


def manifest(paths: Iterable[str]) -> bytes:
    """Return the manifest of a site with these files."""
    return "\n".join((HEADING, *sorted(paths), "")).encode()


def listed(content: bytes) -> set[str]:
    """Return the files that a manifest names; what is no path inside of a site is left out."""
    lines = content.decode("utf-8", "replace").splitlines()
    return {line for line in lines if not line.startswith("#") and is_plain(line)}


def is_plain(path: str) -> bool:
    """Return whether `path` names a file below the site's folder on every system, and not our manifest."""
    parts = path.split("/")
    return path != MANIFEST and not any(part in ("", ".", "..") for part in parts) and not set(path) & set("\\:\0")


def check_contents(files: Mapping[str, bytes]) -> None:
    """Refuse files that are no whole site: a path outside, no start page, or a sum that does not agree."""
    for path in files:
        if not is_plain(path):
            raise PublishError(Message("“{path}” is not a path inside of the site", path=path))
    if not files.get(START):
        raise PublishError(Message("the site has no start page {path}; nothing was published", path=START))
    if SUMS in files and (wrong := wrong_sums(files)):
        raise PublishError(
            Message("{sums} does not agree with {path}; nothing was published", sums=SUMS, path=wrong[0])
        )


def wrong_sums(files: Mapping[str, bytes]) -> list[str]:
    """Return the paths that `SHA256SUMS` has wrong, leaves out or names in vain; dot files may be left out."""
    said: dict[str, str] = {}
    for line in files[SUMS].decode("utf-8", "replace").splitlines():
        digest, _, path = line.partition("  ")
        said[path] = digest
    unsaid = {
        path for path in files if path not in said and path != SUMS and not path.startswith(".") and "/." not in path
    }
    return sorted(
        unsaid | {path for path, digest in said.items() if path not in files or sha256(files[path]) != digest}
    )


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
