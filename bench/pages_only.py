"""Our build without the downloads, feeds and archives, which the others do not make: ``python -m bench.pages_only ROOT OUT``.

All else is what `generator.build.build` does: read, check, every rule, every page, the frames, publish.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator import build


def no_files(*_: object) -> dict[str, bytes]:
    """Return no downloads."""
    return {}


def main(root: Path, out: Path) -> None:
    """Check the school in `root` and publish its pages, and nothing else, to `out`."""
    vars(build)["files"] = no_files
    if build.build(root, out).published is None:
        raise SystemExit("the school has errors")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
