"""The command `verify`: what `verify.py` of every site does, and the site built once more to compare each byte."""

from __future__ import annotations

import argparse

from generator.cli.words import Command


def add(command: Command) -> None:
    """Add the command to the parser."""
    from generator.trust.verify import add_arguments

    verifying = command("verify", "核对一个网站：公开过的数字有没有被悄悄改动｜check a site for silent changes")
    add_arguments(verifying)
    verifying.set_defaults(run=verify)


def verify(given: argparse.Namespace) -> int:
    """Check a site, without SITE the one that was built in the school's folder; 1 where anything is wrong."""
    from generator.trust.verify import run

    given.site = given.site or str(given.out or given.root / "site")
    return run(given)
