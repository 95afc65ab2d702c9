"""The rules of the school register."""

from __future__ import annotations

from generator.oversight.rule import Rule

RULES: tuple[Rule, ...] = ()
