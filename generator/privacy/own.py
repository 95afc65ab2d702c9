"""What is the school's own and public on purpose: its mail domain, and the mail address that it states."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dataset import load_file
from generator.privacy.wording.detect import Match, found
from generator.registers.school.records import SHEETS, School

SCHOOL = "data/school.yml"
SHARED = frozenset({
    "126.com", "139.com", "163.com", "189.cn", "21cn.com", "aliyun.com", "foxmail.com", "gmail.com", "hotmail.com", "icloud.com",
    "live.cn", "live.com", "msn.com", "outlook.com", "qq.com", "sina.cn", "sina.com", "sohu.com", "tom.com", "vip.163.com",
    "vip.qq.com", "vip.sina.com", "wo.cn", "yeah.net", "yahoo.com",
})  # fmt: skip
"""Domains in which everybody has an address: a school's own address there does not make the others its own."""


@dataclass(frozen=True)
class Own:
    """The domains of a school, and the one address that it gives as its own."""

    domains: tuple[str, ...] = ()
    address: str = ""

    def matches(self, text: str) -> list[Match]:
        """Return what looks personal in a text and is not the school's own."""
        return [match for match in found(text, domains=self.domains) if not self._states(match)]

    def masked(self, text: str) -> str:
        """Return a text with everything personal in it masked."""
        for match in reversed(self.matches(text)):
            text = text[: match.start] + match.masked + text[match.end :]
        return text

    def _states(self, match: Match) -> bool:
        """Return whether this is the address that the school itself states as its own."""
        return bool(self.address) and match.text.strip().casefold() == self.address


def own_of(data: bytes | None) -> Own:
    """Return what `school.yml` states as the school's own; nothing where it cannot be read."""
    if data is None:
        return Own()
    records, _ = load_file(data, SCHOOL, SHEETS[0], {})
    return next((own_school(record) for record in records if isinstance(record, School)), Own())


def own_school(school: School) -> Own:
    """Return what is a school's own: the domain of its website and of its address, unless others have it too."""
    address = (school.email or "").strip().casefold()
    host = (
        (school.url or "").removeprefix("https://").partition("/")[0].partition(":")[0].casefold().removeprefix("www.")
    )
    domains = dict.fromkeys(domain for domain in (host, address.rpartition("@")[2]) if "." in domain)
    return Own(tuple(domain for domain in domains if domain not in SHARED), address)
