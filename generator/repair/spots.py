"""Where the values and names of a YAML text stand, to the character."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from generator.reading.collector import collector_paused
from generator.reading.limits import LIMITS
from generator.reading.yaml_reader import LOADER


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one value or name is written: from where to where in the text, and in which quotation marks, if any."""

    start: int
    end: int
    quote: str


def spots(text: str) -> dict[tuple[int, int], Spot]:
    """Return the values and names of a text that the reader has read, by line and column (from 1).

    Those over several lines are left out, and those in the form of blocks: nothing in them is mended.
    """
    found: dict[tuple[int, int], Spot] = {}
    count = 0
    try:
        with collector_paused():
            for event in yaml.parse(text, Loader=LOADER):
                count += 1
                if count > LIMITS.events:
                    break
                if not isinstance(event, yaml.ScalarEvent) or event.style in ("|", ">"):
                    continue
                start, end = event.start_mark, event.end_mark
                if start is None or end is None:
                    continue
                if start.line == end.line and end.index > start.index:
                    found[start.line + 1, start.column + 1] = Spot(start.index, end.index, event.style or "")
    except (yaml.YAMLError, ValueError, AttributeError, TypeError, LookupError, RecursionError, ArithmeticError):
        return {}
    return found


def rewritten(text: str, spot: Spot, value: str) -> str | None:
    """Return a value as it may stand in place of another, in the same quotation marks; None where it may not.

    An opening quotation mark that the spot does not name is one that the text has no end for.
    """
    if text[spot.start : spot.start + 1] in ("'", '"') and not spot.quote:
        return None
    if spot.quote:
        return None if spot.quote in value or "\\" in value else f"{spot.quote}{value}{spot.quote}"
    if value != value.strip() or any(sign in value for sign in ": #,[]{}\n\"'&*!|>%@`") or not value:
        return None
    return value
