"""Prints how much personal data the detector finds and how often it is wrong: ``python -m tests.privacy.measure``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable

from generator.privacy.wording.detect import Match, found
from tests.privacy.generate import Case, negatives, positives

DOMAINS = ("school.example",)


def hit(case: Case, matches: Iterable[Match]) -> bool:
    """Whether what a case hides was found as its kind, and nothing of it stays outside of the span."""
    kind = case.kind.removesuffix(" of 15 digits")
    return any(
        match.kind.en == kind and (kind.startswith("name") or match.content == content(case)) for match in matches
    )


def content(case: Case) -> str:
    """What the detector should have read."""
    return case.secret.casefold() if case.kind == "e-mail address" else case.secret


def misses(count: int, seed: int = 1) -> tuple[Counter[tuple[str, str]], list[Case]]:
    """Return how many cases there were of each kind and disguise, and those that were not found."""
    tried: Counter[tuple[str, str]] = Counter()
    missed = []
    for case in positives(count, seed):
        tried[case.kind, case.disguise] += 1
        if not hit(case, found(case.text, domains=DOMAINS)):
            missed.append(case)
    return tried, missed


def alarms(count: int, seed: int = 2) -> tuple[Counter[str], list[tuple[Case, list[Match]]]]:
    """Return how many harmless texts of each kind there were, and those that raised an alarm."""
    tried: Counter[str] = Counter()
    wrong = []
    for case in negatives(count, seed):
        tried[case.kind] += 1
        if matches := found(case.text, domains=DOMAINS):
            wrong.append((case, matches))
    return tried, wrong


def main() -> int:
    """Print the tables; the exit code says whether recall and alarms are as promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write = sys.stdout.write
    began = time.perf_counter()
    tried, missed = misses(arguments.count, arguments.seed)
    lost = Counter((case.kind, case.disguise) for case in missed)
    for pair, number in tried.items():
        write(f"{pair[0]:26} {pair[1]:30} {number - lost[pair]:5} of {number:5} found\n")
    for case in missed:
        write(f"MISSED {case.kind}, {case.disguise}: {case.text!r}\n")
    harmless, wrong = alarms(arguments.count, arguments.seed + 1)
    for kind, number in harmless.items():
        write(f"{kind:26} {sum(case.kind == kind for case, _ in wrong):5} of {number:5} raised an alarm\n")
    for case, matches in wrong:
        write(f"ALARM {case.kind}: {case.text!r} {[(match.kind.en, match.text) for match in matches]}\n")
    total = sum(tried.values())
    write(f"recall {total - len(missed)} of {total} = {1 - len(missed) / total:.4%}; ")
    write(f"false alarms {len(wrong)} of {sum(harmless.values())}; {time.perf_counter() - began:.1f} s\n")
    return int(len(missed) > total // 1000 or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
