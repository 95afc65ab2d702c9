"""``python -m tests.laws``: every change of every kind in every register, written as tables and as lists; prints counts.

Ends with 1 when a change is silent. The laws themselves are the tests beside this file.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from generator.dataset import SHEETS
from tests.laws.books import LISTS, PLAIN, school
from tests.laws.judge import CAUGHT, DECLARED, REFUSED, SAME, SILENT, judge
from tests.laws.mutations import KINDS


def main() -> int:
    """Try everything, print a row for each register and kind, and return the exit code."""
    start, total = time.perf_counter(), Counter[str]()
    sys.stdout.write(f"{'register':13}{'change':37}{'tried':>7}{CAUGHT:>8}{REFUSED:>9}{SAME:>6}{DECLARED:>10}\n")
    with judge() as bench:
        for sheet in SHEETS:
            for kind, changes in KINDS.items():
                found = Counter[str]()
                for change in changes(school(), sheet):
                    for style in (PLAIN,) if sheet.document else (PLAIN, LISTS):
                        verdict = bench.verdict(change.books, style)
                        found[verdict] += 1
                        if verdict == SILENT:
                            sys.stdout.write(f"  SILENT: {sheet.name}: {kind}: {change.where}\n")
                total += found
                row = f"{sheet.name:13}{kind:37}{found.total():>7}{found[CAUGHT]:>8}{found[REFUSED]:>9}{found[SAME]:>6}"
                sys.stdout.write(f"{row}{found[DECLARED]:>10}\n")
                sys.stdout.flush()
    counted = ", ".join(f"{total[name]} {name}" for name in (CAUGHT, REFUSED, SAME, DECLARED, SILENT))
    sys.stdout.write(f"{total.total()} changes: {counted}; {time.perf_counter() - start:.0f} s\n")
    return 1 if total[SILENT] else 0


if __name__ == "__main__":
    sys.exit(main())
