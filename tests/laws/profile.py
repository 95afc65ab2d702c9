"""How hard the laws are tried: the same few examples every time, or ``MINGZHANG_LAWS=1000`` new ones of each."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

ASKED = int(os.environ.get("MINGZHANG_LAWS", "0"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def law(examples: int) -> settings:
    """Return the settings of a law that is tried on so many examples."""
    return settings(
        max_examples=ASKED or examples, derandomize=not ASKED, deadline=None, database=None, suppress_health_check=SLOW
    )
