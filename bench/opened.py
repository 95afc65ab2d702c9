"""Our build with every file that it opens counted: ``python -m bench.opened COUNTY ROOT OUT`` prints the counts as JSON.

A count is the same on every machine and under any load, which a time is not.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(county: Path, root: Path, out: Path) -> None:
    """Build the school in `root` and count the files opened in its folder, in other schools' folders, and everywhere else."""
    paths: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            paths.append(os.fsdecode(arguments[0]))

    sys.addaudithook(hook)
    from generator.build import build

    built = build(root, out)
    inside = [path for path in map(Path, paths) if path.is_relative_to(county)]
    own = [path for path in inside if path.is_relative_to(root)]
    if built.published is None:
        raise SystemExit("the school has errors")
    print(json.dumps({"own": len(own), "others": len(inside) - len(own), "written": len(built.published.written)}))


if __name__ == "__main__":
    main(*(Path(argument).resolve() for argument in sys.argv[1:4]))
