"""The pages of the fees register: what a family pays this term, and every term before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.locale import Message
from generator.oversight.books import Books
from generator.oversight.public import site_since
from generator.pages.corrected import Amendment, amended, left_over
from generator.pages.downloads import table_links
from generator.pages.page import Page
from generator.pages.parts import Link, Tile, Tone, Words
from generator.problems import Place
from generator.registers.fees.pages_cases import Pupils
from generator.registers.fees.pages_items import Histories, groups, item_view, not_fixed
from generator.registers.fees.pages_settlement import settling
from generator.registers.fees.pages_view import Amount, EmptyPage, ItemView, NoticePage, Phone, Posting, TermPage
from generator.registers.fees.posting import posted

SHEETS = ("fees", "fee_totals", "collections")

SHOWN_WHOLE = 40
"""The most items that are shown with all their details at once; a phone shows about two on a screen."""


class TermFees:
    """The fees of the term at a position of the data's terms, as its pages need them."""

    def __init__(self, books: Books, at: int, histories: Histories) -> None:
        self.books, self.record = books, books.data.terms[at]
        self.term = self.record.term
        self.items = [item for item in books.data.fees if item.term == self.term]
        self.pupils = Pupils(books.data, self.items)
        self.views: list[ItemView] = [item_view(books, item, histories) for item in self.items]

    @property
    def is_current(self) -> bool:
        """Whether this is the term that counts as the present one."""
        current = self.books.current_term
        return current is not None and current.id == self.term

    def posting(self) -> Posting:
        """Return when the fees were posted, and whether that was in time; before the site began that cannot be known."""
        due, today, place = self.record.registration, self.books.today, self.record.place("registration")
        day = posted(self.books)[self.term] if self.items else None
        tone, state = Tone.DUE, Message("due by {due}", due=due)
        if day and day <= due:
            tone, state = Tone.GOOD, Message("in time")
        elif not self.books.first.expected(due):
            since = site_since(self.books) if day else None
            return Posting(
                due, day, Tone.INFO if day else tone, Message("posted") if day else state, place, since, expected=False
            )
        elif day:
            tone, state = Tone.LATE, Message("{days} days late", days=(day - due).days)
        elif today > due:
            tone, state = Tone.LATE, Message("{days} days overdue", days=(today - due).days)
        return Posting(due, day, tone, state, place)

    def files(self) -> tuple[str, ...]:
        """Return the data files of this term's fees."""
        start = f"data/terms/{self.term}/"
        own = {f.sheet.name: f.path for f in self.books.data.files if f.path.startswith(start)}
        return tuple(own[name] for name in SHEETS if name in own)

    @property
    def file(self) -> str:
        """The file of this term's fee items, also while there is none."""
        return f"data/terms/{self.term}/fees.csv"

    def left_over(self, sheets: tuple[str, ...]) -> tuple[Amendment, ...]:
        """Return the corrections of this term's tables that its rows do not show: of posted totals and withdrawn items."""
        own = {item.key for item in self.items}
        shown = {("fees", key) for key in own}
        shown |= {("collections", record.key) for record in self.books.data.settlements if record.key in own}
        return left_over(self.books, sheets, f"{self.term}/", shown)

    def downloads(self) -> tuple[tuple[Words, tuple[Link, ...]], ...]:
        """Return the downloads of each table of this term, under its title."""
        titles = {file.path: file.sheet.label(self.books.language.code) for file in self.books.data.files}
        return tuple((titles[path], table_links(path)) for path in self.files())

    def page(self, url: str, trail: tuple[Link, ...], terms: tuple[Link, ...], title: str) -> Page:
        """Return the page of this term at `url`."""
        pupils = self.pupils
        context = TermPage(
            term=self.record.name, current=self.is_current, trail=trail, terms=terms,
            must=pupils.most("compulsory"), most=pupils.most("voluntary"),
            open_items=sum(1 for item in pupils.items if not_fixed(item)), asked=len(pupils.items), selects=pupils.selects(),
            cases=pupils.rows(), groups=groups(self.views), folded=len(self.views) > SHOWN_WHOLE,
            settling=settling(self.books, self.term, self.record.end, self.items), posting=self.posting(),
            findings=self.books.found(self.term, "FEE"), phones=phones(self.books),
            notice_url=f"fees/{self.term}/notice/", left_over=self.left_over(SHEETS), file=self.file, downloads=self.downloads(),
        )  # fmt: skip
        return Page(
            url,
            title,
            "fees",
            "fees/term.html.j2",
            context,
            self.sentence(),
            tuple(Place(f) for f in self.files() or (self.file,)),
        )

    def notice(self) -> Page:
        """Return the printable list in the form that schools must post."""
        school = self.books.data.school
        title = self.books.language.say(Message("Fees of {term}: notice", term=self.record.name))
        trail = (
            Link(Message("Fees"), "fees/"), Link(self.record.name, f"fees/{self.term}/"), Link(Message("Fee notice"), "", True),
        )  # fmt: skip
        context = NoticePage(
            school.name, self.record.name, school.supervisor, trail, tuple(self.views),
            tuple(row for row in self.pupils.rows() if row.compulsory is not None), phones(self.books), self.posting(),
            self.left_over(SHEETS[:2]), self.file,
        )  # fmt: skip
        return Page(
            f"fees/{self.term}/notice/",
            title,
            "fees",
            "fees/notice.html.j2",
            context,
            "",
            tuple(Place(f) for f in self.files() or (self.file,)),
        )

    def sentence(self) -> str:
        """Return the first sentence as plain text: what must be paid, and what at most may be."""
        if not self.items:
            return self.books.language.say(
                Message("The fees of {term} have not been published yet.", term=self.record.name)
            )
        must, most = self.amounts("compulsory"), self.amounts("voluntary")
        return self.books.language.say(
            Message(
                "{term}: must be paid: {must}; voluntary items at most: {most}.",
                term=self.record.name,
                must=must,
                most=most,
            )
        )

    def amounts(self, name: str) -> str:
        """Return the highest totals as words: ``397 yuan (day pupil) / 1,099 yuan (boarder)``."""
        return self.books.language.gettext(" / ").join(
            self.books.language.value(amount_words(amount)) for amount in self.pupils.most(name)
        )


def amount_words(amount: Amount) -> Words:
    """Return an amount with whom it is for, where that differs."""
    return Message("{amount} ({who})", amount=amount.words, who=amount.who) if amount.who else amount.words


def phones(books: Books) -> tuple[Phone, ...]:
    """Return the offices that take complaints."""
    school = books.data.school
    return tuple(
        Phone(h.name, h.number, h.hours, h.place(), amended(books, "school", h, school)) for h in school.hotlines
    )


def pages(books: Books) -> Iterable[Page]:
    """Yield the pages of this register: the present term, every term, and each term's printable notice."""
    current = books.current_term
    if current is None:
        yield Page("fees/", books.language.gettext("Fees"), "fees", "fees/none.html.j2", EmptyPage(phones(books)))
        return
    histories = Histories(books)
    say = books.language.say
    for at, term in enumerate(books.data.terms):
        fees = TermFees(books, at, histories)
        title = say(Message("Fees of {term}", term=term.name))
        terms = tuple(_picked(books, term.term))
        if term.id == current.id:
            yield fees.page("fees/", (Link(Message("Fees"), "fees/", True),), terms, title)
        trail = (Link(Message("Fees"), "fees/"), Link(term.name, f"fees/{term.term}/", True))
        yield fees.page(f"fees/{term.term}/", trail, terms, title)
        yield fees.notice()


def _picked(books: Books, present: str) -> Iterator[Link]:
    """Yield a link for each term, newest first."""
    for term in reversed(books.data.terms):
        yield Link(term.name, f"fees/{term.term}/", term.term == present)


def tiles(books: Books) -> Iterable[Tile]:
    """Yield the answer to “what do I pay this term?”."""
    question = Message("What you pay this term")
    current = books.current_term
    fees = TermFees(books, books.data.terms.index(current), Histories(books)) if current else None
    if fees is None or not fees.items:
        yield Tile(question, Message("not published yet"), "fees/", tone=Tone.DUE)
        return
    must = fees.pupils.most("compulsory")
    voluntary = Message("Voluntary items: at most {most}", most=fees.amounts("voluntary"))
    answer = books.language.gettext(" / ").join(books.language.value(amount_words(amount)) for amount in must)
    yield Tile(question, answer, "fees/", detail=voluntary, tone=Tone.INFO, state=Message("must be paid"))
