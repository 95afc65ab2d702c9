"""The whole comment: the verdict, what to do next, and the parts in the order in which they are needed.

A comment holds only so much. What does not fit is left out part by part, the least needed first, and it is said what
was left out and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.difference.markdown import as_markdown
from generator.locale import Language, Message
from generator.problems import GITHUB_LEVEL, Severity, ordered
from generator.report import paste
from generator.report.gathered import Gathered
from generator.report.markdown import Links, folded, link, worded
from generator.report.mending import by_file, file_list

MARKER = "<!-- mingzhang-report -->"
"""The first line, by which the comment is found again to be kept up to date."""
COMMENT, SUMMARY = 60_000, 250_000
"""So many characters a comment holds (65,536 on GitHub), and the page of a run (1 MiB, and a character may be four bytes of
it); with room for what is put around."""
ANNOTATED = 10
"""GitHub shows so many annotations of a kind beside the lines."""
AT_ONCE = 20
"""So many lines about one file are kept or left out together."""


@dataclass(frozen=True)
class Part:
    """One part of a comment: what it is called when it has to be left out, how early that is, and its lines."""

    name: str
    rank: int
    lines: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many characters the part takes, with an empty line behind it."""
        return sum(len(line) + 1 for line in self.lines) + 1


def comment(gathered: Gathered, links: Links = Links(), longest: int = COMMENT) -> str:  # noqa: B008  it is frozen
    """Return the report as Markdown of at most `longest` characters."""
    language = gathered.language
    head = Part("", 0, (MARKER, f"### {verdict(gathered)}", "", *_next(gathered, links)))
    parts = [part for part in _parts(gathered, links) if part.lines]
    room = longest - head.size - 2_000  # for what has to be said of parts that are left out
    kept: set[int] = set()
    left: dict[str, None] = {}
    for number, part in sorted(enumerate(parts), key=lambda numbered: (numbered[1].rank, numbered[0])):
        if part.size <= room and part.name not in left:  # what goes on needs its beginning
            kept.add(number)
            room -= part.size
        else:
            left[part.name] = None
    shown = [head, *(part for number, part in enumerate(parts) if number in kept)]
    if left:
        shown.append(Part("", 0, (_left_out(list(left), language, links),)))
    return "\n".join("\n".join((*part.lines, "")) for part in shown)


def verdict(gathered: Gathered) -> str:
    """Return in one sentence whether the change can go in."""
    language, count = gathered.language, len(gathered.errors)
    if count:
        return "❌ " + language.ngettext(
            "{count} place to mend; until then the site stays as it is",
            "{count} places to mend; until then the site stays as it is", count,
        ).format(count=count)  # fmt: skip
    if gathered.doubt:
        return "❌ " + language.say(gathered.doubt)
    if not gathered.open:
        return "✅ " + language.gettext("This can go in: nothing is wrong")
    told = language.ngettext(
        "This can go in; the site will show {count} open finding",
        "This can go in; the site will show {count} open findings", gathered.open,
    ).format(count=gathered.open)  # fmt: skip
    if gathered.opened is None:
        return f"🟡 {told}"
    new = Message(", {new} of them new with this change", new=len(gathered.opened))
    none = Message(", none of them new with this change")
    return f"🟡 {told}{language.say(new if gathered.opened else none)}"


def _next(gathered: Gathered, links: Links) -> list[str]:
    """Return three steps: what whoever proposed the change, or whoever agrees to it, does now."""
    say = gathered.language.say
    if gathered.errors:
        steps = [
            Message("Open each file named below and mend the places one by one; what to do stands behind each."),
            Message("Save to the same branch as before; do not begin a new one."),
            Message("A few minutes later everything is checked again, and this comment is brought up to date."),
        ]
        return [f"{n}. {worded(say(step))}" for n, step in enumerate(steps, 1)]
    if gathered.doubt:
        words = say(
            Message("Do not merge it. What went wrong stands on the page of this check, at the step with a red cross.")
        )
        return [worded(words) + (f" {link(say(Message('page of this check')), links.run)}" if links.run else "")]
    look = Message("Read “What this change does” below, and compare the figures with the original papers.")
    if links.preview:
        look = Message("Read “What this change does” below, and look at the preview:")
    steps = [
        look,
        Message("Let a second person compare it and agree."),
        Message("When it has been merged, the site follows within a few minutes."),
    ]
    lines = [f"{n}. {worded(say(step))}" for n, step in enumerate(steps, 1)]
    if links.preview:
        words = say(Message("preview of the site (unpack it, then open index.html)"))
        lines[0] += f" {link(words, links.preview)}"
    return lines


def _parts(gathered: Gathered, links: Links) -> Iterator[Part]:
    """Yield the parts in the order in which they are shown."""
    language = gathered.language
    for file, problems in by_file(gathered.errors):
        lines = file_list(file, problems, language, links)
        yield from (Part(file, 1, tuple(lines[at : at + AT_ONCE])) for at in range(0, len(lines), AT_ONCE))
    if gathered.has_personal:
        told = Message("Because there is personal data in the files, no line of them is repeated here.")
        yield Part("", 1, (worded(language.say(told)),))
    else:
        yield from _lines_to_paste(gathered, links)
    yield _findings(gathered, links)
    if not gathered.has_personal:
        yield _difference(gathered, links)
    yield _asides(gathered, links)
    yield Part(language.say(Message("notes")), 2, tuple(_notes(gathered, links)))


def _lines_to_paste(gathered: Gathered, links: Links) -> Iterator[Part]:
    """Yield the correction rows, and what can be mended by pasting: open for files with errors, else folded."""
    language = gathered.language
    if gathered.rows:
        title = language.say(Message("Rows for the corrections"))
        yield _safely(
            gathered, links, Part(title, 2, (f"### {title}", "", *paste.corrections(gathered.rows, language, links)))
        )
    wrong = {problem.place.file for problem in gathered.errors}
    title = language.say(Message("Mended lines to paste"))
    for number, mended in enumerate(each for each in gathered.mended.files if each.file in wrong):
        lines = paste.repairs(mended, language, links)
        if any(problem.place.file == mended.file for problem in gathered.mended.left):
            rest = Message("When this is pasted, the rest still has to be mended by hand, as listed above.")
            lines += ["", worded(language.say(rest))]
        words = language.say(Message("Mended lines of {file}", file=mended.file))
        yield _safely(gathered, links, Part(words, 3, (*(() if number else (f"### {title}", "")), *lines)))
    others = [each for each in gathered.mended.files if each.file not in wrong]
    lines = [line for each in others for line in (*paste.repairs(each, language, links), "")]
    if lines:
        title = language.say(
            Message("Could be written more plainly; nothing has to be done ({count})", count=len(others))
        )
        yield _safely(gathered, links, Part(title, 6, tuple(folded(title, lines))))


def _title_of_findings(count: int, still_open: int) -> Message:
    """Return the title of what the site shows as found, which may be more than what is still open."""
    if count == still_open:
        return Message("What the site shows as found ({count})", count=count)
    return Message("What the site shows as found ({count}, {open} of them open)", count=count, open=still_open)


def _findings(gathered: Gathered, links: Links) -> Part:
    """Return what the site will show as found, folded unless it is new."""
    language, found = gathered.language, gathered.of(Severity.FINDING)
    title = language.say(_title_of_findings(len(found), gathered.open))
    lines = [line for file, problems in by_file(found) for line in (*file_list(file, problems, language, links), "")]
    if not lines:
        return Part(title, 4, ())
    new = ordered(finding.problem() for finding in gathered.opened or ())
    body = tuple(folded(title, lines))
    if not new:
        return Part(title, 4, body)
    told = [line for file, problems in by_file(new) for line in (*file_list(file, problems, language, links), "")]
    return Part(title, 2, (f"### {language.say(Message('New with this change'))}", "", *told, *body))


def _difference(gathered: Gathered, links: Links) -> Part:
    """Return what the change does, folded."""
    language = gathered.language
    title = language.say(Message("What this change does"))
    if gathered.refusal:
        reason = language.say(gathered.refusal)
        words = language.say(Message("It cannot be compared with what was before: {reason}", reason=reason))
        return Part(title, 4, (worded(words),))
    if gathered.difference is None:
        return Part(title, 4, ())
    lines = as_markdown(gathered.difference, language).strip("\n").split("\n")
    return _safely(gathered, links, Part(title, 5, tuple(folded(title, lines))))


def _asides(gathered: Gathered, links: Links) -> Part:
    """Return warnings and notes for the staff, folded."""
    language, found = gathered.language, gathered.of(Severity.WARNING, Severity.NOTE)
    title = language.say(Message("Warnings and notes for the staff ({count})", count=len(found)))
    lines = [line for file, problems in by_file(found) for line in (*file_list(file, problems, language, links), "")]
    return Part(title, 6, tuple(folded(title, lines)) if lines else ())


def _safely(gathered: Gathered, links: Links, part: Part) -> Part:
    """Return a part, without its lines where they hold what looks personal, as what is being removed may do."""
    text = "\n".join(part.lines).replace(links.edit or "\n", "\n")
    if gathered.own.masked(text) == text:
        return part
    told = Message("“{part}” is not shown here, because it holds what looks like personal data.", part=part.name)
    return Part(part.name, part.rank, (worded(gathered.language.say(told)),))


def _notes(gathered: Gathered, links: Links) -> Iterator[str]:
    """Yield what helps to find one's way in the check itself."""
    say = gathered.language.say
    levels = [GITHUB_LEVEL[problem.severity] for problem in gathered.problems]
    if any(levels.count(level) > ANNOTATED for level in ("error", "warning", "notice")):
        few = Message("Beside the lines of the change only the first {count} of each kind are shown; here is all.",
                      count=ANNOTATED)  # fmt: skip
        yield worded(say(few))
    if links.run:
        yield link(say(Message("page of this check")), links.run)


def _left_out(names: Sequence[str], language: Language, links: Links) -> str:
    """Return what was left out and where it stands."""
    some = [" ".join(name.split())[:120] for name in names[:8] if name]
    more = len([name for name in names if name]) - len(some)
    text = Message("Too long for one comment; left out: {names}.", names=some)
    if more:
        text = Message("Too long for one comment; left out: {names}, and {more} more.", names=some, more=more)
    where = Message("All of it stands on the page of this check, or is printed by mingzhang check.")
    words = f"{worded(language.say(text))} {worded(language.say(where))}"
    return f"{words} {link(language.say(Message('page of this check')), links.run)}" if links.run else words
