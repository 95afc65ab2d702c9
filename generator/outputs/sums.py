"""What makes a site checkable: the stand-alone verifier, and the hash of every file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

SUMS = "SHA256SUMS"
VERIFIER = "verify.py"


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return `SHA256SUMS` of a finished site, as ``sha256sum -c`` reads it: each file but itself and dot files, sorted."""
    named = sorted(path for path in files if path != SUMS and not any(p.startswith(".") for p in path.split("/")))
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in named).encode()


def verifier() -> bytes:
    """Return `verify.py` as the site offers it: the program of `generator/trust/`, byte for byte."""
    return (Path(__file__).parents[1] / "trust" / "verify.py").read_bytes()
