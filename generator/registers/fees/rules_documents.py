"""The rule about document numbers (文号): 机关代字〔年份〕序号号, plausible, and cited the same way everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.locale import N_, Message
from generator.oversight.review import Review
from generator.oversight.rule import Hit, Rule
from generator.problems import Place, Severity
from generator.registers.fees.records import FeeItem
from generator.registers.fees.rules_common import POSTING, PRINTED_TABLES, Entry, entries

OPENING, CLOSING = "〔[［【(（<〈", "〕]］】)）>〉"
CITATION = re.compile(
    rf"(?P<agency>[\u4e00-\u9fff]*)(?P<open>[{re.escape(OPENING)}]?)\s*(?P<year>\d{{4}})(?P<year_word>年?)\s*(?P<close>[{re.escape(CLOSING)}]?)"
    r"\s*(?P<ordinal>第?)\s*(?P<number>\d*)\s*(?P<hao>号?)",
    re.ASCII,
)
ROUND = "(（)）<〈>〉"
LEADING = re.compile("^(依据|根据|按照|参照|执行|按|见|依)")
FORM = "机关代字〔2022〕31号"


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number as it is written, and what it is made of; empty where a part is missing."""

    text: str
    agency: str
    year: str
    number: str

    @property
    def formal(self) -> str:
        """The number in the official form."""
        return f"{self.agency}〔{self.year}〕{self.number}号"

    @property
    def well_formed(self) -> bool:
        """Whether it is written in the official form, with all its parts."""
        return bool(self.agency and self.number) and not self.number.startswith("0") and self.text == self.formal


def citations(text: str) -> list[Citation]:
    """Return what looks like a document number in a basis; a law's title or a plain date is none.

    Square brackets of any kind make it one; round ones only when 号 follows, for （2023年） may be a plain remark.
    """
    found = []
    for match in CITATION.finditer(text):
        brackets = match["open"] + match["close"]
        if not brackets or (all(sign in ROUND for sign in brackets) and not match["hao"]):
            continue
        lead = LEADING.match(match["agency"])
        cut = lead.end() if lead else 0
        found.append(Citation(match[0][cut:].strip(), match["agency"][cut:], match["year"], match["number"]))
    return found


def numbers_hold(review: Review) -> Iterator[Hit]:
    """Yield each charged item whose document number is malformed, too new, or cited otherwise elsewhere."""
    known = [(entry, citation) for entry in entries(review) for citation in citations(entry.item.basis or "")]
    by_number: dict[tuple[str, str], list[tuple[Entry, Citation]]] = {}
    for entry, citation in known:
        by_number.setdefault((citation.agency, citation.number), []).append((entry, citation))
    told: set[str] = set()
    for entry, citation in known:
        others = by_number[citation.agency, citation.number]
        hit = _malformed(entry, citation, others) or _too_new(entry, citation) or _other_year(entry, citation, others)
        if hit and entry.item.key not in told:
            told.add(entry.item.key)
            yield hit


def _malformed(entry: Entry, citation: Citation, others: Sequence[tuple[Entry, Citation]]) -> Hit | None:
    """Return a hit for a number that is not in the official form, with the place where it is."""
    if citation.well_formed:
        return None
    twin = next((e for e, c in others if c.year == citation.year and c.well_formed), None)
    whole = citation.agency and citation.number
    fix = (
        Message("write {meant}", meant=citation.formal)
        if whole
        else Message("write it in full, such as {form}", form=FORM)
    )
    message = Message("“{value}” is not a complete document number", value=citation.text)
    related = (twin.item.place("basis"),) if twin else ()
    return _hit(entry, message, fix, citation, related)


def _too_new(entry: Entry, citation: Citation) -> Hit | None:
    """Return a hit for a document that is newer than the fee that it is the basis of."""
    began = entry.item.effective_from or entry.start
    if int(citation.year) <= began.year:
        return None
    message = Message(
        "the document “{value}” is of a later year than the fee, which holds from {day}", value=citation.text, day=began
    )
    return _hit(
        entry, message, Message("correct the year of the document or the day from which the fee holds"), citation
    )


def _other_year(entry: Entry, citation: Citation, others: Sequence[tuple[Entry, Citation]]) -> Hit | None:
    """Return a hit where an earlier row cites the same agency and number with another year.

    A number may return every year; so two rows that state different first days of validity are left alone.
    """
    for other, cited in others:
        if other is entry or other.item.key == entry.item.key:
            return None
        if cited.year != citation.year and cited.well_formed and not _separate(entry.item, other.item):
            message = Message(
                "“{value}” is cited as “{other}” elsewhere: one of the two years is wrong",
                value=citation.text,
                other=cited.text,
            )
            fix = Message("look at the document and correct the wrong one")
            return _hit(entry, message, fix, citation, (other.item.place("basis"),))
    return None


def _separate(one: FeeItem, other: FeeItem) -> bool:
    """Whether two rows say that they rest on documents of different times."""
    return None not in (one.effective_from, other.effective_from) and one.effective_from != other.effective_from


def _hit(entry: Entry, message: Message, fix: Message, citation: Citation, related: Sequence[Place] = ()) -> Hit:
    item = entry.item
    return Hit(item.key, item.place("basis"), message, entry.since, fix, tuple(related), entry.page, citation.text)


RULES = (
    Rule(
        "FEE-02", Severity.WARNING, N_("Document numbers are complete"),
        N_("A document number has its agency, its year in 〔 〕, its number and 号; its year is not after the fee began; "
           "and the same document is cited the same way everywhere."),
        N_("With a mistyped number nobody can find the document. Real tables have lost brackets and digits."),
        N_("Copy the number from the document itself, such as 青发改〔2022〕31号."),
        (PRINTED_TABLES, POSTING), numbers_hold, page="fees/",
    ),
)  # fmt: skip
