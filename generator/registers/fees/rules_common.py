"""What the rules of the fees register share: the items in their terms, their sources, and words for limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale import Message
from generator.oversight.policy import Basis, Mark
from generator.oversight.review import Review
from generator.oversight.rule import Document
from generator.pages.filters import anchor
from generator.registers.fees.records import FeeItem
from generator.registers.fees.totals import charged

POSTING = Document(
    "《教育收费公示制度》（计价格〔2002〕792号）", "Fee posting system for education, [2002] No. 792", Mark.MIRROR
)
POSTING_TIME = Document(
    "发改价检〔2003〕781号：秋季开学前公示",
    "NDRC document [2003] No. 781: fees are posted before the autumn term starts",
    Mark.OFFICIAL,
)
SERVICE = Document(
    "《关于规范中小学服务性收费和代收费管理有关问题的通知》（发改价格〔2010〕1619号）",
    "NDRC and MOE notice on service and collected fees of schools, [2010] No. 1619", Mark.MIRROR,
)  # fmt: skip
EDUCATION_LAW = Document("《教育法》第三十条", "Education Law, art. 30", Mark.PRIMARY)
COMPULSORY_LAW = Document("《义务教育法》第二条、第二十五条", "Compulsory Education Law, arts. 2 and 25", Mark.PRIMARY)
PRICE_LAW = Document("《价格法》第十三条：明码标价", "Price Law, art. 13: prices are shown", Mark.PRIMARY)
PLAN = Document("学校工作计划：报名时公开全部收费标准，不超标准、不搭车收费",
                "The school's plan: all fees made public at registration, none above the standard", Mark.PLAN)  # fmt: skip
PRINTED_TABLES = Document(
    "对十三张学校公开表格的核对：文号写错或缺字、合计算错", "Checks of 13 tables that schools really published: numbers mistyped, totals wrong",
    Mark.OFFICIAL,
)  # fmt: skip
SETTLING = Document(
    "代收费按学期结算、多退少补、公布清单（番禺2018年通知）", "Collected fees settled each term, excess refunded, list published (Panyu, 2018)",
    Mark.MIRROR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A charged item with the days of its term: registration, first and last school day."""

    item: FeeItem
    registration: dt.date
    start: dt.date
    end: dt.date

    @property
    def since(self) -> dt.date:
        """The day from which a breach of this item counts: registration, when the money is first asked for."""
        return self.registration

    @property
    def page(self) -> str:
        """The address of the item on the site."""
        return f"fees/{self.item.term}/#{anchor(self.item.id)}"


def entries(review: Review) -> Iterator[Entry]:
    """Yield every charged item of every term, in the order of the files."""
    terms = {term.term: term for term in review.data.terms}
    for item in review.data.fees:
        if charged(item) and (term := terms.get(item.term)):
            yield Entry(item, term.registration, term.start, term.end)


def price(item: FeeItem) -> Message:
    """Return what an item costs, in words: ``30.00 元/生·期``."""
    return Message("{amount} {unit}", amount=item.amount, unit=item.unit)


def named(basis: Basis, review: Review) -> Message | str:
    """Return the name of the document that a limit rests on, with “to be confirmed” where we are not sure of it."""
    name = basis.label(review.language.code)
    return Message("{document} (to be confirmed)", document=name) if basis.unsure else name
