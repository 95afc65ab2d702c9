"""Takes all pictures anew, or those whose names begin with a given word."""

from __future__ import annotations

import sys

from tests.pictures.camera import camera
from tests.pictures.guides import GUIDES
from tests.pictures.walkthrough import walkthrough

PICTURES = {**GUIDES, "walkthrough": walkthrough}


def main(words: list[str]) -> int:
    """Take the pictures; each maker writes one or several, named like its key."""
    with camera() as taken:
        for name, make in PICTURES.items():
            if not words or name.startswith(tuple(words)):
                make(taken)
                print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
