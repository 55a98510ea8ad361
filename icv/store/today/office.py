"""What waits about applicants, references, declarations, probation and training."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.pipeline import STUCK, why_stuck
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.vetting import is_overdue
from icv.rules.words import plural
from icv.store.people import cards_out, unsettled_declarations
from icv.store.recruitment import rounds_closing
from icv.store.recruitment.applications import to_settle
from icv.store.references import references_waiting
from icv.store.today.people import Current
from icv.store.today.waiting import About, Urgency, Waiting
from icv.store.training import sessions_unsettled

PROBATION_SHOWN_AHEAD = timedelta(days=30)


def references(session: Session, choices: Choices, on: date) -> Iterator[Waiting]:
    for one in references_waiting(session, choices.references_wanted, on):
        what = "Reference declined" if one.has_declined else "Reference not answered"
        yield Waiting(Urgency.THIS_WEEK, About.REFERENCES, one.person_id, what, one.name, one.since)


def declarations(session: Session) -> Iterator[Waiting]:
    for one in unsettled_declarations(session):
        yield Waiting(Urgency.NOW, About.PERSON, one.person_id, "Change declared", one.name, one.declared_on)


def on_the_way(people: Sequence[Current], choices: Choices, on: date) -> Iterator[Waiting]:
    """Vettings asked for too long ago, of visitors too; and applicants who are stuck."""
    for one in people:
        asked_on = one.standing.vetting_requested_on
        if asked_on and is_overdue(asked_on, on, choices.vetting_overdue_days):
            late_on = asked_on + timedelta(days=choices.vetting_overdue_days + 1)
            yield Waiting(Urgency.THIS_WEEK, About.PERSON, one.id, "Vetting late", one.name, late_on)
        elif (
            one.since
            and why_stuck(one.stage, one.since, one.standing, one.probation_ends_on, on, choices) == STUCK
        ):
            who = f"{one.name}, {one.stage.words}"
            yield Waiting(Urgency.THIS_WEEK, About.PERSON, one.id, "Stuck on the way", who, one.since)


def probations(people: Sequence[Current], on: date) -> Iterator[Waiting]:
    """Probations that are over, and those that soon will be: time for the review."""
    for one in people:
        ends_on = one.probation_ends_on
        if one.stage is not Stage.PROBATION or ends_on is None or ends_on > on + PROBATION_SHOWN_AHEAD:
            continue
        urgency, what = (
            (Urgency.THIS_WEEK, "Probation over: confirm or end it")
            if ends_on < on
            else (Urgency.COMING, "Probation ends: hold the review")
        )
        yield Waiting(urgency, About.APPOINTMENT, one.id, what, one.name, ends_on)


def known_applicants(session: Session) -> Iterator[Waiting]:
    """Applications from addresses that are on record already: nobody has an applicant's record yet."""
    number, since = to_settle(session)
    if since:
        who, on = plural(number, "application"), london_day(since)
        yield Waiting(Urgency.THIS_WEEK, About.KNOWN_APPLICANTS, 0, "Somebody on record applies", who, on)


def cards_still_out(session: Session, on: date) -> Iterator[Waiting]:
    for one in cards_out(session, on):
        yield Waiting(
            Urgency.THIS_WEEK, About.PERSON, one.person_id, "Card not returned", one.name, one.left_on
        )


def closing_rounds(session: Session, on: date) -> Iterator[Waiting]:
    for one in rounds_closing(session, on):
        yield Waiting(Urgency.COMING, About.ROUND, one.id, "Round closes", one.name, one.last_on or on)


def attendance(session: Session, at: datetime) -> Iterator[Waiting]:
    for one in sessions_unsettled(session, at):
        yield Waiting(
            Urgency.THIS_WEEK,
            About.TRAINING,
            one.id,
            "Attendance to take",
            one.course,
            london_day(one.starts_at),
        )
