"""The content policy of every page: what a browser may load and run, whatever has got into the markup.

It is the second wall. The first one escapes all that comes from data; should that fail once, the policy lets no
script run but the frame's own, which is known by its hash, and lets nothing be loaded from anywhere else.
The script stands in the page itself: see docs/decisions/0014-the-script-stands-in-the-page.md.
"""

from __future__ import annotations

import base64
import hashlib
import re

DIRECTIVES = (
    "default-src 'none'",
    "script-src {script}",
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
"""Frames, objects, fonts, media, workers, manifests, connections, style attributes and event handlers are allowed
nowhere: they fall under ``default-src`` or have no word here."""

UNSAFE = re.compile(r"</script|<!--|\r", re.IGNORECASE)
"""What would end a script in a page too early, or change its bytes on the way into the browser and so its hash."""


class PolicyError(Exception):
    """A script that cannot stand in a page as it is written."""


def source_hash(script: str) -> str:
    """Return what names `script` in a policy: its SHA-256, the way browsers compute it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def squeezed(script: str) -> str:
    """Return `script` without the comments that stand on lines of their own and without indentation: what a page carries.

    Raises `PolicyError` for a script that a page cannot hold.
    """
    text = re.sub(r"^[ \t]*/\*.*?\*/[ \t]*\n", "", script, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^[ \t]*//.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]+|[ \t]+$", "", text, flags=re.MULTILINE)
    if "`" in text or UNSAFE.search(text):
        raise PolicyError("the script of the frame holds a template text, </script, <!-- or a carriage return")
    return text.strip()


def content_policy(*scripts: str) -> str:
    """Return the policy of a page that holds exactly these inline scripts."""
    allowed = " ".join(map(source_hash, scripts)) or "'none'"
    return "; ".join(DIRECTIVES).format(script=allowed)


def for_preview(page: bytes) -> bytes:
    """Return a page for the preview on this machine, whose own script and its questions the policy would stop."""
    return page.replace(b"; script-src ", b"; connect-src 'self'; script-src 'self' ", 1)
