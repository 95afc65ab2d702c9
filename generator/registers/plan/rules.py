"""The plan register has no rules of its own: CAL-01, CAL-03 and CAL-04 look at plan and calendar together."""

from __future__ import annotations

from generator.oversight.rule import Rule

RULES: tuple[Rule, ...] = ()
