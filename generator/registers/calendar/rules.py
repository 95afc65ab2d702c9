"""The rules of the calendar register: what is to be done has somebody responsible, a day that can be kept, and an outcome.

They look at the plan's measures and at the calendar's events together, for either promises the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.locale import N_, Message
from generator.oversight import schedule
from generator.oversight.policy import Mark
from generator.oversight.review import Review
from generator.oversight.rule import Document, Hit, Rule
from generator.problems import Severity
from generator.registers.calendar.records import Event

PLAN = Document(
    "学校后勤工作计划：落实责任人", "the school's logistics plan: somebody responsible for everything", Mark.PLAN
)
HOLIDAYS = Document("《全国年节及纪念日放假办法》", "Regulation on public holidays and memorial days", Mark.PRIMARY)
OWNER_FIX = Message(
    N_("enter the duty's code under “Responsible duty”; the post that holds it stands in the duties register")
)


def _without_owner(review: Review) -> Iterable[Hit]:
    """Yield one hit for a plan with measures that nobody is responsible for, and one for each such event."""
    for plan in review.data.plans:
        term = review.data.term(plan.term)
        if missing := [measure.id for measure in plan.measures if not measure.owner]:
            yield Hit(
                plan.term, plan.place("areas"),
                Message(N_("measures of the plan without a responsible duty ({count}): {measures}"),
                        count=len(missing), measures=missing),
                since=term.start if term else None, fix=OWNER_FIX, page=f"plan/{plan.term}/#gaps",
            )  # fmt: skip
    for event in review.data.events:
        if not schedule.owners_of(event, schedule.plan_of(review, event.term)):
            term = review.data.term(event.term)
            yield Hit(
                event.key, event.place("owner"),
                Message(N_("“{work}” has no responsible duty, neither its own nor through a measure"), work=event.action),
                since=term.start if term else None, fix=OWNER_FIX, page=schedule.event_url(review, event),
            )  # fmt: skip


def _day_off(review: Review, event: Event, day: dt.date) -> Message | None:
    """Return what is wrong with the day of an event, or None when school is held on it."""
    term, holiday = review.data.term(event.term), review.policy.holiday(day)
    if review.policy.works(day) or (term and any(extra.date == day for extra in term.make_up_days)):
        return None
    if holiday:
        return Message(
            N_("“{work}” is set for {day}, a public holiday ({holiday})"), work=event.action, day=day,
            holiday=holiday.label(review.language.code),
        )  # fmt: skip
    if review.policy.holidays_known(day.year):
        return Message(N_("“{work}” is set for {day}, a day of the weekend"), work=event.action, day=day)
    return Message(
        N_("“{work}” is set for {day}, a day of the weekend; the public holidays of {year} are not known here yet"),
        work=event.action, day=day, year=day.year,
    )  # fmt: skip


def _on_days_off(review: Review) -> Iterable[Hit]:
    """Yield a hit for each event with a day on which no school is held."""
    for event in review.data.events:
        day = event.when.first
        if event.when.precision == "day" and day and (message := _day_off(review, event, day)):
            yield Hit(
                event.key, event.place("when"), message, since=day, value=event.when.text,
                fix=Message(N_("choose a working day, or enter the day among the term's make-up days")),
                page=schedule.event_url(review, event),
            )  # fmt: skip


def _overdue(review: Review) -> Iterable[Hit]:
    """Yield a hit for each event and each measure whose last possible day has passed without an outcome."""
    for event in review.data.events:
        term = review.data.term(event.term)
        last = schedule.last_day(schedule.placed(term, event.when))
        if last and schedule.standing(event, term, review.today) is schedule.Standing.LATE:
            yield Hit(
                event.key, event.place("outcome"),
                Message(N_("“{work}” was to be done by {day} and has no outcome"), work=event.action, day=last),
                since=last + dt.timedelta(1), page=schedule.event_url(review, event),
                fix=Message(N_("enter the outcome and the day of completion; if it was put off, the new date")),
            )  # fmt: skip
    for plan in review.data.plans:
        term = review.data.term(plan.term)
        for measure in plan.measures:
            last = schedule.last_day(schedule.placed(term, measure.due)) if measure.due else None
            if last and schedule.standing(measure, term, review.today) is schedule.Standing.LATE:
                yield Hit(
                    f"{plan.term}/{measure.id}", measure.place("due"),
                    Message(N_("measure {measure} “{work}” was to be done by {day} and is not completed"),
                            measure=measure.id, work=measure.action, day=last),
                    since=last + dt.timedelta(1), page=f"plan/{plan.term}/#{measure.id}",
                    fix=Message(N_("enter the status, the outcome and the day of completion; if it was put off, the new date")),
                )  # fmt: skip


def _unmatched(review: Review) -> Iterable[Hit]:
    """Yield at most two hits a term: measures that no event carries out, and events that belong to no measure."""
    for plan in review.data.plans:
        term = review.data.term(plan.term)
        events = [event for event in review.data.events if event.term == plan.term]
        carried = {measure for event in events for measure in event.measures}
        since = term.start if term else None
        if idle := [measure.id for measure in plan.measures if measure.id not in carried]:
            yield Hit(
                f"{plan.term}/measures", plan.place("areas"),
                Message(N_("measures of the plan without an entry in the calendar ({count}): {measures}"),
                        count=len(idle), measures=idle),
                since=since, page=f"plan/{plan.term}/#gaps",
                fix=Message(N_("add an entry to the calendar, or enter the measure's code under “Measures” of one that is there")),
            )  # fmt: skip
        if loose := [event for event in events if not event.measures]:
            yield Hit(
                f"{plan.term}/events", loose[0].place("measures"),
                Message(N_("entries of the calendar that belong to no measure of the plan ({count}): {events}"),
                        count=len(loose), events=[event.id for event in loose]),
                since=since, page=schedule.event_url(review, loose[0]),
                related=tuple(event.place("measures") for event in loose[1:4]),
                fix=Message(N_("enter the measure that each one carries out, or add it to the plan")),
            )  # fmt: skip


RULES: tuple[Rule, ...] = (
    Rule(
        "CAL-01", Severity.FINDING,
        title=N_("Somebody is responsible for everything planned"),
        checks=N_("Every measure of the plan names a responsible duty, and every entry of the calendar names one or "
                  "belongs to a measure that does."),
        reason=N_("Work that belongs to everybody is done by nobody. A named post can be asked, thanked and held to its word."),
        fix=N_("Enter the code of a duty from the duties register beside the measure or the entry. A post is named, never a person."),
        source=(PLAN,), check=_without_owner, page="plan/",
    ),
    Rule(
        "CAL-02", Severity.WARNING,
        title=N_("Nothing is set for a day off"),
        checks=N_("An entry of the calendar with a day does not fall on a public holiday or a weekend, unless that day is worked "
                  "in exchange for another. Where the year's public holidays are not known yet, only weekends are looked at."),
        reason=N_("On a day off nobody is there to do it; most often such a date is a slip of the pen."),
        fix=N_("Choose a working day. If school is held on that day, enter it among the make-up days of the term."),
        source=(HOLIDAYS,), check=_on_days_off, page="calendar/",
    ),
    Rule(
        "CAL-03", Severity.FINDING,
        title=N_("What was due has an outcome"),
        checks=N_("When the last possible day of an entry or of a measure has passed, its outcome or its day of completion is "
                  "recorded. For an entry with only a month that is the last day of the month."),
        reason=N_("A plan is kept when it can be seen what came of it. An overdue line is shown until it is done, however long that takes."),
        fix=N_("Do it and enter what came of it and on which day. If it was put off, enter the new date and give the reason in an "
               "explanation."),
        source=(PLAN,), check=_overdue, page="calendar/",
    ),
    Rule(
        "CAL-04", Severity.WARNING,
        title=N_("Plan and calendar match"),
        checks=N_("Every measure of the plan is carried out by an entry of the calendar, and every entry belongs to a measure."),
        reason=N_("A measure without a time is easily forgotten, and work that no plan asks for shows that the plan lacks something."),
        fix=N_("Add the missing entry to the calendar, or enter the measure's code beside the entry that carries it out."),
        source=(PLAN,), check=_unmatched, page="plan/",
    ),
)  # fmt: skip
