"""What came after the example for its rota: weeks visited, eight published, a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.demo.beside import put_words_beside, tell_of_an_absence
from icv.demo.findings import follow_findings
from icv.demo.reports import file_reports
from icv.rules.access import Actor
from icv.rules.clearance import reasons_against
from icv.rules.days import ONE_DAY, Period, london_day, midnight, monday_of
from icv.services import duties, rota
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.people.standings import standings
from icv.store.scheme import choices_on
from icv.store.visits import Duty, Visit

WEEKS_VISITED = 52
WEEKS_PUBLISHED = 8
WEEKS_DRAFTED = 8
DUTIES_OFFERED = 5
SEED = 2024
HOLIDAY_WEEK = 5
OWN_REPORTS = 4
"""The volunteer's before the last week's: each of the latest three is shown in another state."""
NOT_ON_HOLIDAY = 3
"""In one of the weeks to come so many visitors are left that not every suite can have its two."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of the example's rotas: visited, published from this week on, and drafted."""

    past: Period
    coming: Period
    drafted: Period


def draw_rotas(session: Session, coordinator: Actor, *, at: datetime) -> Weeks:
    """Draws all three, publishes the first two as of three weeks before each began."""
    monday = monday_of(london_day(at))
    past = Period(monday - timedelta(weeks=WEEKS_VISITED), monday - ONE_DAY)
    coming = Period(monday, monday + timedelta(weeks=WEEKS_PUBLISHED) - ONE_DAY)
    drafted = Period(coming.after, coming.last + timedelta(weeks=WEEKS_DRAFTED))
    _go_on_holiday(session, monday + timedelta(weeks=HOLIDAY_WEEK))
    for number, period in enumerate((past, coming)):
        drawn_at = midnight(period.first) - timedelta(weeks=3)
        drawn = rota.draw(session, period, SEED + number, by=coordinator.account_id, at=drawn_at)
        rota.publish(session, drawn, by=coordinator.account_id, at=drawn_at)
    rota.draw(session, drafted, SEED + 2, by=coordinator.account_id, at=at)
    return Weeks(past, coming, drafted)


def _go_on_holiday(session: Session, week: date) -> None:
    visiting = sa.select(Person.id).where(Person.appointed_on.is_not(None), Person.left_on.is_(None))
    for person_id in session.scalars(visiting.order_by(Person.id)).all()[NOT_ON_HOLIDAY:]:
        session.add(DaysAway(person_id=person_id, first_on=week, last_on=week + timedelta(days=6)))
    session.flush()


def one_with_a_report_due(session: Session, weeks: Weeks) -> Person:
    """A visitor of last week's, who has most duties to come: the one the example shows as a volunteer.

    Rather somebody who may visit to the end of the rota, and does so late in it: nobody asks others.
    """
    last_week, coming = aliased(Visit), aliased(Visit)
    theirs = aliased(Duty)
    found = session.scalars(
        sa.select(Person)
        .join(Duty, Duty.person_id == Person.id)
        .join(last_week, sa.and_(last_week.id == Duty.visit_id, last_week.week_ends_on == weeks.past.last))
        .outerjoin(theirs, theirs.person_id == Person.id)
        .outerjoin(coming, sa.and_(coming.id == theirs.visit_id, coming.week_starts_on > weeks.past.last))
        .group_by(Person.id)
        .order_by(sa.func.count(coming.id).desc(), sa.func.max(coming.week_starts_on).desc(), Person.id)
    ).all()
    known, choices = standings(session, [one.id for one in found]), choices_on(session, weeks.coming.first)
    seasoned = [one for one in found if _visits_of(session, one, weeks.past) > OWN_REPORTS] or found
    stay = [one for one in seasoned if not reasons_against(known[one.id], weeks.coming.last, choices)]
    return (stay or seasoned)[0]


def _visits_of(session: Session, person: Person, weeks: Period) -> int:
    return len(_duties(session, weeks, Duty.person_id == person.id))


def bring_visits_up_to_date(
    session: Session,
    weeks: Weeks,
    coordinator: Actor,
    volunteer: Actor,
    police: Actor,
    *,
    at: datetime,
) -> None:
    _accept(session, weeks.past, coordinator, at=midnight(weeks.past.first) - timedelta(weeks=2), but=())
    own = file_reports(session, weeks.past, coordinator, volunteer, at=at)
    put_words_beside(session, own, coordinator, volunteer, at=at)
    tell_of_an_absence(session, weeks.past.last, volunteer, at=at)
    follow_findings(session, own, coordinator, police, at=at)
    waiting = _first_and_last_duties(session, weeks.coming, volunteer)
    _accept(
        session, weeks.coming, coordinator, at=midnight(weeks.coming.first) - timedelta(weeks=2), but=waiting
    )


def _first_and_last_duties(session: Session, weeks: Period, volunteer: Actor) -> Sequence[int]:
    """Duties left without an answer: the volunteer's first to come, and the last of the rota."""
    theirs = _duties(session, weeks, Duty.person_id == volunteer.person_id)[:1]
    return [duty.id for duty in [*theirs, *_duties(session, weeks)[-DUTIES_OFFERED:]]]


def _duties(session: Session, weeks: Period, *more: sa.ColumnElement[bool]) -> Sequence[Duty]:
    return session.scalars(
        sa.select(Duty)
        .join(Visit)
        .where(Visit.rota_id.is_not(None), Visit.week_starts_on.between(weeks.first, weeks.last), *more)
        .order_by(Visit.week_starts_on, Duty.id)
    ).all()


def _accept(session: Session, weeks: Period, coordinator: Actor, *, at: datetime, but: Sequence[int]) -> None:
    """The coordinator takes everybody's answer down, as most of them have no account."""
    for duty in _duties(session, weeks):
        if duty.id not in but:
            duties.accept(session, duty.id, by=replace(coordinator, person_id=duty.person_id), at=at)
    session.flush()


def spare_the_past_its_letters(session: Session) -> None:
    """Nobody in the example has a mailbox: what the past would have sent stands as sent."""
    session.execute(sa.delete(Letter))
