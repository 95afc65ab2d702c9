"""Checks of disclosure: whether accounts are public in time, and whether two posts stand behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from generator.locale import N_, Message
from generator.oversight.public import public_since, site_since
from generator.oversight.review import Review
from generator.oversight.rule import Hit
from generator.problems import Place
from generator.registers.finance.ledger import Ledger, ledger
from generator.registers.finance.publication import due_day, limit, named, publication
from generator.registers.finance.records import Statement
from generator.registers.finance.rules_integrity import month_page
from generator.values.dates import Month

CASHIERS = ("出纳", "cashier")


def published_by_due_day(review: Review) -> Iterator[Hit]:
    """FIN-06: each statement is public by the due day of the following month; a month without one is for FIN-07."""
    for statement in ledger(review.data).statements.values():
        state = publication(review, statement.month, statement)
        if not (state.late and state.due and state.on):
            continue
        message = Message(
            N_("the statement of {month} was due on {due} and was published on {on}, late by {days} days"),
            month=named(statement.month), due=state.due, on=state.on, days=state.days,
        )  # fmt: skip
        yield Hit(
            statement.key, statement.place("month"), message, since=state.due, closed=state.on,
            fix=Message(N_("publish the statement by the due day; if it was late, explain why in explanations.csv")),
            page=month_page(statement.month, "published"),
        )  # fmt: skip


def no_month_missing(review: Review) -> Iterator[Hit]:
    """FIN-07: each month of a term, and each between two statements, has one once its due day has passed.

    What was due before the site began is not asked for, but a gap between two statements that stand here is a gap: it
    counts from the day on which the site began.
    """
    books = ledger(review.data)
    terms, gaps = _term_months(review), _gaps(books)
    for month in sorted({*terms, *gaps}):
        due = due_day(review.policy, month)
        if month in books.statements or due is None or review.today <= due:
            continue
        expected = review.first.expected(due)
        if not (expected or month in gaps):
            continue
        year = str(month.year)
        related: tuple[Place, ...] = ()
        if month in gaps:
            before, after = gaps[month]
            related = (before.place("closing"), after.place("opening"))
            text = N_(
                "there is no statement for {month}; it was due on {due}; {before} closed with {closing}, and {after} "
                "opens with {opening}"
            )
            if not expected:
                text = N_(
                    "there is no statement for {month}, though there are some from before and after it; {before} closed "
                    "with {closing}, and {after} opens with {opening}"
                )
            message = Message(
                text, month=named(month), due=due, before=named(before.month), closing=before.closing,
                after=named(after.month), opening=after.opening,
            )  # fmt: skip
        else:
            message = Message(
                N_("there is no statement for {month} in {term}; it was due on {due}"),
                month=named(month), term=terms[month], due=due,
            )  # fmt: skip
        yield Hit(
            str(month), _statements_file(books, year), message, related=related,
            since=due if expected else site_since(review),
            fix=Message(N_("add the month to statements.csv and its lines to lines.csv")),
            page=f"finance/{year}/" if year in books.years else "finance/",
        )  # fmt: skip


def _gaps(books: Ledger) -> dict[Month, tuple[Statement, Statement]]:
    """Return each month without a statement that has statements on both sides, with those next to the gap."""
    gaps: dict[Month, tuple[Statement, Statement]] = {}
    for before, after in pairwise(books.months):
        month = before.plus(1)
        while month < after:
            gaps[month] = (books.statements[before], books.statements[after])
            month = month.plus(1)
    return gaps


def _term_months(review: Review) -> dict[Month, str]:
    """Return each month that belongs to a term, with the term's name."""
    months: dict[Month, str] = {}
    for term in review.data.terms:
        month = Month.of(term.start)
        while month <= Month.of(term.end):
            months.setdefault(month, term.name)
            month = month.plus(1)
    return months


def _statements_file(books: Ledger, year: str) -> Place:
    months = books.months_of(year)
    file = books.statements[months[0]].place().file if months else f"data/finance/{year}/statements.csv"
    return Place(file)


def disclosed_in_time(review: Review) -> Iterator[Hit]:
    """FIN-08: a statement is public within the legal number of working days after it was prepared.

    Where the public holidays of a year are not known the last day cannot be said, and where that was before the site
    began nothing can be proved: nothing is found.
    """
    for statement in ledger(review.data).statements.values():
        last, days = _last_day(review, statement)
        on = public_since(review, "statements", statement.key)
        if last is None or statement.prepared_on is None or on <= last or not review.first.expected(last):
            continue
        yield Hit(
            statement.key, statement.place("month"),
            Message(
                N_(
                    "the statement of {month} was prepared on {prepared} and had to be public within {days} "
                    "working days, by {last}: {said}"
                ),
                month=named(statement.month), prepared=statement.prepared_on, days=days, last=last,
                said=Message(N_("published on {on}"), on=on),
            ),
            since=last, closed=on, fix=Message(N_("publish each statement as soon as it has been reviewed")),
            related=(statement.place("prepared_on"),), page=month_page(statement.month, "published"),
        )  # fmt: skip


def _last_day(review: Review, statement: Statement) -> tuple[dt.date | None, int]:
    if statement.prepared_on is None:
        return None, 0
    days = limit(review.policy, "disclosure-working-days", statement.prepared_on)
    if days is None:
        return None, 0
    return review.policy.working_days_after(statement.prepared_on, int(days)), int(days)


def two_posts(review: Review) -> Iterator[Hit]:
    """FIN-13: a statement is prepared by one post and reviewed by another, and the cashier does not review."""
    for statement in ledger(review.data).statements.values():
        preparer, reviewer = statement.prepared_by, statement.reviewed_by
        fix = Message(N_("let a second post review the statement and enter both posts"))
        name = "reviewed_by"
        if not preparer or not reviewer:
            name = "reviewed_by" if preparer else "prepared_by"
            message = Message(
                N_("the statement of {month} does not say who prepared it or who reviewed it"),
                month=named(statement.month),
            )
            if preparer:
                message = Message(
                    N_("the statement of {month} was prepared by {post}, but nobody has reviewed it"),
                    month=named(statement.month),
                    post=preparer,
                )
            elif reviewer:
                message = Message(
                    N_("the statement of {month} does not say who prepared it"), month=named(statement.month)
                )
        elif preparer == reviewer:
            message = Message(
                N_("the statement of {month} was prepared and reviewed by the same post, {post}"),
                month=named(statement.month),
                post=preparer,
            )
        elif any(word in reviewer.casefold() for word in CASHIERS):
            message = Message(
                N_("the statement of {month} was reviewed by {post}; a cashier may not review accounts"),
                month=named(statement.month),
                post=reviewer,
            )
        else:
            continue
        other = "prepared_by" if name == "reviewed_by" else "reviewed_by"
        yield Hit(
            statement.key, statement.place(name), message, since=statement.prepared_on or statement.month.last, fix=fix,
            related=(statement.place(other),), page=month_page(statement.month, "signed"),
        )  # fmt: skip
