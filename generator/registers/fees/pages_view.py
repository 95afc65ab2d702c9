"""What the templates of the fees pages are given: one frozen class for each, finished but for its markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from generator.locale import Labelled, Message
from generator.oversight.rule import Finding
from generator.pages.charts import Sparkline
from generator.pages.corrected import Amended, Amendment
from generator.pages.parts import Link, Tone, Words
from generator.problems import Place
from generator.registers.fees.records import FeeItem, Settlement
from generator.registers.fees.totals import charged, term_amount


@dataclass(frozen=True, slots=True)
class Phone:
    """One office that takes complaints, and what was corrected about it."""

    name: str
    number: str
    hours: str | None
    place: Place
    amended: Amended


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of the first sentence, in words without useless zeros, and for whom where it differs."""

    words: Words
    who: Labelled | None


@dataclass(frozen=True, slots=True)
class Select:
    """One question of the chooser: the attribute that it looks at, its words, and its answers (value, words)."""

    name: str
    title: Words
    options: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Whom something is for, as the chooser's script reads it; empty: for everybody."""

    boarding: str = ""
    grades: str = ""
    campuses: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What one kind of pupil pays in the term, in yuan; `open_items` more have no fixed price. Without amounts: there are
    no such pupils."""

    who: Words
    compulsory: Decimal | None
    voluntary: Decimal | None
    open_items: int
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that may be charged, where the policy pack has a limit."""

    amount: Decimal
    unit: str
    basis: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What an item cost in one term, in yuan, and what corrected that amount."""

    term: str
    amount: Decimal
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One fee item: the record, its anchor, whether it must be paid, what it comes to in the term where that differs from
    its price, whom it is for, its cap, its price over the terms (oldest first), what the rules found, corrections, and the
    day on which it was added, where the list had been published before."""

    record: FeeItem
    anchor: str
    tone: Tone
    duty: str
    term_total: Decimal | None
    audience: tuple[Words, ...]
    tokens: Tokens
    cap: Cap | None
    spark: Sparkline | None
    history: tuple[Past, ...]
    findings: tuple[Finding, ...]
    amended: Amended
    added: dt.date | None

    @property
    def place(self) -> Place:
        """Where the item stands in `data/`."""
        return self.record.place()

    @property
    def whole_term(self) -> Decimal | None:
        """What the item comes to at most in the whole term, in yuan, or None while its price is open."""
        return term_amount(self.record)

    @property
    def asked(self) -> bool:
        """Whether money is asked for the item."""
        return charged(self.record)


@dataclass(frozen=True, slots=True)
class Group:
    """The items that must be paid, may be refused, or are free, under their heading."""

    anchor: str
    title: Words
    remark: Words
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """How one item was settled: the record (None while it is not), refunded per payer, state, and what the rules found."""

    item: str
    anchor: str
    record: Settlement | None
    per_payer: Decimal | None
    tone: Tone
    state: Words
    place: Place
    amended: Amended


@dataclass(frozen=True, slots=True)
class Settling:
    """The settlement of a term: whether the term is over, by when it is due, whether that limit is to be confirmed."""

    rows: tuple[SettlementRow, ...]
    over: bool
    due: dt.date
    days: int
    unsure: bool


@dataclass(frozen=True, slots=True)
class Posting:
    """When the fees were posted first, measured against registration; ``unproved`` is the day on which the site began, where
    that was after registration: whether they had been posted by then cannot be known here, nor was it ``expected``."""

    registration: dt.date
    posted: dt.date | None
    tone: Tone
    state: Words
    place: Place
    unproved: dt.date | None = None
    expected: bool = True


@dataclass(frozen=True, slots=True)
class TermPage:
    """Context of ``fees/term.html.j2``: everything about the fees of one term; ``folded`` when the items are so many
    that their details are shown only when asked for; ``left_over`` are corrections of what is not in its rows; ``file`` is
    where the fees of the term are, or will be."""

    term: str
    current: bool
    trail: tuple[Link, ...]
    terms: tuple[Link, ...]
    must: tuple[Amount, ...]
    most: tuple[Amount, ...]
    open_items: int
    asked: int
    selects: tuple[Select, ...]
    cases: tuple[CaseRow, ...]
    groups: tuple[Group, ...]
    folded: bool
    settling: Settling | None
    posting: Posting
    findings: tuple[Finding, ...]
    phones: tuple[Phone, ...]
    notice_url: str
    left_over: tuple[Amendment, ...]
    file: str
    downloads: tuple[tuple[Words, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Context of ``fees/notice.html.j2``: the list in the form that schools must post, for printing."""

    school: str
    term: str
    supervisor: str
    trail: tuple[Link, ...]
    items: tuple[ItemView, ...]
    cases: tuple[CaseRow, ...]
    phones: tuple[Phone, ...]
    posting: Posting
    left_over: tuple[Amendment, ...]
    file: str


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """Context of ``fees/none.html.j2``: there is no term at all."""

    phones: tuple[Phone, ...]


def plain(value: Decimal) -> Message:
    """Return an amount of a sentence without useless zeros: ``1,099 yuan``, ``397.50 yuan``."""
    text = f"{value:,.2f}".removesuffix(".00")
    return Message("{amount} yuan", amount=text)
