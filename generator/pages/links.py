"""Where what a page shows is kept, asked about and changed on the web."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from generator.commit import Commit
from generator.dataset import SHEETS, Dataset
from generator.locale import Language
from generator.pages.downloads import stem
from generator.pages.forges import DATA, Forge, forge_of, place_words
from generator.pages.parts import Link
from generator.problems import Place
from generator.records import Record, Sheet, nested, titles

Linker = Callable[[Place], str]
LISTS = "a list of entries"
AUTUMN = 7
"""The month from which a school that enters its first term enters one of the autumn."""


@dataclass(frozen=True)
class Desk:
    """The place where staff change the data and everybody asks about it; without a repository all addresses are empty.

    ``files`` are the data files by their paths without suffix, ``sheets`` the tables by theirs, ``term`` is the present
    term's folder, or that of the first one to be.
    """

    repository: str = ""
    forge: Forge | None = None
    commit: str = ""
    email: str = ""
    title: str = ""
    language: str = "zh"
    term: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    """Where on the site the form of each file is, where the site has forms."""

    def source(self, place: Place) -> str:
        """Return the address of a line of a file; none for a file that is missing."""
        return self.forge.source(place, self.commit) if self.forge and not self.missing(place) else ""

    def missing(self, place: Place) -> bool:
        """Return whether a file of `data/` is spoken of that is not there."""
        return bool(self.files) and self.files.get(stem(place.file)) != place.file

    def ask(self, place: Place | str) -> str:
        """Return the address of the form that asks about a place, or of a letter about it."""
        if self.forge:
            return self.forge.ask(place, self.title)
        return f"mailto:{quote(self.email, safe='@')}?subject={place_words(place)}" if self.email else ""

    def folder(self) -> str:
        """Return the page of the folder of all data, or of the repository where no more is known."""
        return self.forge.tree(DATA) if self.forge else self.repository

    def report(self, words: str) -> str:
        """Return the address of the form that reports a mistake on a page; none without a repository."""
        return self.ask(words) if self.repository else ""

    def edit(self, file: str) -> str:
        """Return the address at which a file is changed: every link that leads staff to a file asks here."""
        return self.forge.edit(file) if self.forge else ""

    def upload(self, file: str) -> str:
        """Return the address at which a file is uploaded over the one that is there."""
        return self.forge.upload(file.rpartition("/")[0]) if self.forge else ""

    def begin(self, file: str) -> str:
        """Return the address at which a file that is missing is begun, with its headings, or the one there is changed."""
        if self.forge is None:
            return ""
        if found := self.files.get(stem(file)):
            return self.edit(found)
        folder, _, name = file.rpartition("/")
        return self.forge.new(folder, name, self._headings(file))

    def tables(self, links: Iterable[Link]) -> tuple[str, ...]:
        """Return the data files that a row of downloads belongs to; none where they cannot be changed on the web."""
        if self.forge is None:
            return ()
        found = (self.files.get(stem(link.url).removesuffix(".excel")) for link in links)
        return tuple(dict.fromkeys(file for file in found if file))

    def kept(self, places: Iterable[Place]) -> tuple[str, ...]:
        """Return the files that a page is made from, each once."""
        return tuple(dict.fromkeys(place.file for place in places)) if self.forge else ()

    def of_term(self, name: str) -> str:
        """Return the path of a file of the present term, or of the term that has to be entered first."""
        if self.files.get(f"{self.term}/term"):
            return f"{self.term}/{name}"
        return f"{self.term}/term.yml"

    def _headings(self, file: str) -> str:
        """Return what a new file begins with: the row of headings of a table, the names of a document's entries."""
        sheet = self.sheets.get(stem(file).rpartition("/")[2])
        if sheet is None:
            return ""
        shown = [t for t in titles(sheet.record) if not t.path and not t.setting]
        if sheet.document:
            return "".join(f"{line}\n" for line in _begun(sheet.record, self.language))
        return ",".join(t.label(self.language) for t in shown if not (t.kind and t.kind.en == LISTS)) + "\n"


def _begun(record: type[Record], language: str) -> Iterator[str]:
    """Yield the lines of a new document: what must be said, with one empty entry of each list that must have some.

    An entry that holds no list of its own stands in one line, as the guides and the sample have it.
    """
    for title in titles(record):
        if not title.required or title.path or title.setting:
            continue
        inner = nested(record.model_fields[title.name])
        yield f"{title.label(language)}:" + ("" if inner else " ")
        lines = list(_begun(inner, language)) if inner else []
        if lines and all(line.endswith(" ") for line in lines):
            lines = ["{" + ", ".join(line + '""' for line in lines) + "}"]
        yield from (("  - " if n == 0 else "    ") + line for n, line in enumerate(lines))


NOWHERE = Desk()
"""The desk of a school whose repository is not known."""


def desk_of(data: Dataset, commit: Commit, language: Language, term: str, today: dt.date) -> Desk:
    """Return the desk of a school; ``term`` is the id of the present term, empty while there is none."""
    school = data.school
    repository = school.repository or ""
    first = f"{today.year}-{'autumn' if today.month >= AUTUMN else 'spring'}"
    return Desk(
        repository,
        forge_of(repository, school.forge.en if school.forge else None, school.branch, commit.folder),
        commit.id,
        school.email or "",
        language.gettext("Wrong figure: "),
        language.code,
        f"{DATA}/terms/{term or first}",
        {stem(file.path): file.path for file in data.files},
        {sheet.path.rpartition("/")[2]: sheet for sheet in SHEETS},
    )
