"""Vehicle plates, and e-mail addresses that are not the school's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.privacy.wording.match import Kind
from generator.privacy.wording.normal import HAN_DIGITS
from generator.privacy.wording.regions import PLATES

_GAP = r"[ ·•・‧∙⋅.\-‐‑‒–—−_]{0,2}+"
_SIGN = f"[A-HJ-NP-Za-hj-np-z0-9{''.join(HAN_DIGITS)}]"
_plate = re.compile(
    rf"[{PLATES}]{_GAP}[A-HJ-NP-Za-hj-np-z]{_GAP}(?:{_SIGN}{_GAP}){{4,5}}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳{''.join(HAN_DIGITS)}](?![A-Za-z0-9])"
)
_at = re.compile(r"[ ]{0,2}+(?:@|[(\[{（【]\s?at\s?[)\]}）】])[ ]{0,2}+", re.IGNORECASE)
_local_backwards = re.compile(r"[A-Za-z0-9._%+\-]{1,64}")
_host = re.compile(r"(?:[A-Za-z0-9\-]{1,63}(?: ?[.。] ?)){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])")
LONGEST_LOCAL, LONGEST_HOST = 64, 200


def plates(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of vehicle plates: a province's character, a letter, and five or six signs with two digits at least."""
    if text.isascii():
        return
    for match in _plate.finditer(text):
        if sum(sign.isdecimal() or sign in HAN_DIGITS for sign in match[0]) >= 2:
            yield match.start(), match.end(), Kind.PLATE


def addresses(text: str, domains: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of e-mail addresses outside of `domains` and what lies below them."""
    own = tuple(domain.casefold().lstrip("@.") for domain in domains)
    for at in _at.finditer(text) if "@" in text or "at" in text.lower() else ():
        local = _local_backwards.match(text[max(0, at.start() - LONGEST_LOCAL) : at.start()][::-1])
        host = _host.match(text[at.end() : at.end() + LONGEST_HOST])
        if local is None or host is None:
            continue
        name = re.sub(r"\s", "", host[0]).replace("。", ".").casefold()
        if not any(name == domain or name.endswith(f".{domain}") for domain in own):
            yield at.start() - len(local[0]), at.end() + host.end(), Kind.EMAIL
