"""A rule in words, for the terminal."""

from __future__ import annotations

from generator.locale import Language, Message
from generator.oversight.rule import Rule
from generator.problems import Severity


def severity_word(severity: Severity) -> Message:
    """Return what a severity means, as a message."""
    return {
        Severity.ERROR: Message("error: stops the build"),
        Severity.FINDING: Message("finding: published with its age"),
        Severity.WARNING: Message("warning: for the staff"),
        Severity.NOTE: Message("note"),
    }[severity]


def explanation(rule: Rule, words: Language) -> str:
    """Return the rule's page as plain text: what it checks, why, on what basis, how to put it right."""
    colon = "\uff1a" if words.code == "zh" else ": "
    unsure = words.say(Message(" (to be confirmed)"))
    parts = [
        ("What it checks", words.gettext(rule.checks)),
        ("Why", words.gettext(rule.reason)),
        ("Source", words.listing(d.label(words.code) + (unsure if d.unsure else "") for d in rule.source)),
        ("How to put it right", words.gettext(rule.fix)),
        ("Severity", words.say(severity_word(rule.severity))),
    ]
    lines = [f"{rule.code} {words.gettext(rule.title)}", *(f"{words.gettext(k)}{colon}{v}" for k, v in parts if v)]
    return "\n".join(lines)
