"""What came after the example for its people: renewals, applicants appointed or gone, two rounds."""

from datetime import date, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.demo.office import bring_office_up_to_date
from icv.demo.recruitment import run_rounds
from icv.rules.access import Actor
from icv.rules.days import ONE_DAY, add_months, london_day
from icv.rules.stages import Stage
from icv.store.availability import Availability, DaysAway, FreeSlot
from icv.store.people import Person, StageStep, Term, Training, Vetting
from icv.store.scheme import choices_on

AFTER = date(2024, 2, 1)
"""The day after the example's figures end: nothing here may be dated before it."""

APPOINTED_LATER = 9
WITHDRAWN_LATER = 4
NO_ANSWER = 5
RENEWED_AHEAD = timedelta(weeks=17)
PATTERNS = (
    ((0, 3), (1, 3), (2, 3), (5, 1), (5, 2), (6, 1), (6, 2)),
    ((0, 0), (0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 0)),
    ((4, 3), (4, 4), (5, 3), (5, 4), (6, 3), (6, 4)),
    ((1, 2), (2, 2), (3, 2), (3, 3), (4, 2), (6, 0)),
    ((0, 4), (1, 4), (2, 4), (3, 4), (5, 1), (6, 2)),
)


def bring_people_up_to_date(session: Session, *, by: Actor, at: datetime) -> None:
    today, chance = london_day(at), Random(2026)  # noqa: S311  an example, not a secret
    _settle_applicants(session, by, at)
    members = session.scalars(
        sa.select(Person).where(Person.appointed_on.is_not(None)).order_by(Person.id)
    ).all()
    for number, person in enumerate(members):
        _renew_vetting(session, person, _last_day_of_vetting(number, today, chance), today)
        _renew_term(session, person, today + timedelta(days=50) if number == 3 else None, today)
        if number % len(PATTERNS) or number // len(PATTERNS) >= NO_ANSWER:
            _give_availability(session, person, number, at)
    session.add(
        DaysAway(
            person_id=members[4].id, first_on=today + timedelta(days=10), last_on=today + timedelta(days=24)
        )
    )
    for number, person in enumerate(run_rounds(session, choices_on(session, today), by=by, at=at)):
        _give_availability(session, person, number + 1, at)
    bring_office_up_to_date(session, members, by=by, at=at)
    session.flush()


def _settle_applicants(session: Session, by: Actor, at: datetime) -> None:
    """Of those in vetting when the example ends: some appointed, some withdrawn, the rest rejected."""
    applicants = session.scalars(
        sa.select(Person)
        .join(StageStep, StageStep.person_id == Person.id)
        .where(StageStep.stage == Stage.VETTING)
        .order_by(Person.id)
    ).all()
    for number, person in enumerate(applicants):
        day = AFTER + timedelta(days=30 + 3 * number)
        if number < APPOINTED_LATER:
            _appoint(session, person, day, by, at)
        elif number < APPOINTED_LATER + WITHDRAWN_LATER:
            _step(session, person, Stage.WITHDRAWN, day, by, at, "No longer has the time")
        else:
            _step(session, person, Stage.REJECTED, day, by, at, "Vetting refused")


def _appoint(session: Session, person: Person, day: date, by: Actor, at: datetime) -> None:
    vetting = session.scalars(sa.select(Vetting).where(Vetting.person_id == person.id)).one()
    vetting.cleared_on, vetting.expires_on = day, add_months(day, 30)
    trained_on, appointed_on = day + timedelta(days=21), day + timedelta(days=35)
    session.add(Training(person_id=person.id, trained_on=trained_on))
    person.appointed_on, person.probation_ends_on = appointed_on, add_months(appointed_on, 6)
    session.add(
        Term(person_id=person.id, starts_on=appointed_on, ends_on=add_months(appointed_on, 36) - ONE_DAY)
    )
    _step(session, person, Stage.TRAINING, day, by, at, "Vetting cleared")
    _step(session, person, Stage.PROBATION, appointed_on, by, at, "Appointed")
    _step(session, person, Stage.ACTIVE, person.probation_ends_on, by, at, "Probation passed")


def _step(
    session: Session, person: Person, stage: Stage, on: date, by: Actor, at: datetime, reason: str
) -> None:
    session.add(
        StageStep(
            person_id=person.id, stage=stage, on=on, reason=reason, made_at=at, made_by_id=by.account_id
        )
    )


def _last_day_of_vetting(number: int, today: date, chance: Random) -> date:
    """One expired three weeks ago, one about to, the rest somewhere in the years to come."""
    return today + timedelta(days={1: -21, 2: 40}.get(number, chance.randint(200, 900)))


def _renew_vetting(session: Session, person: Person, until: date, today: date) -> None:
    latest = session.scalars(
        sa.select(Vetting).where(Vetting.person_id == person.id).order_by(Vetting.id.desc()).limit(1)
    ).one()
    while latest.expires_on is not None and latest.expires_on < min(until, today):
        cleared_on = latest.expires_on - timedelta(days=10)
        expires_on = min(add_months(cleared_on, 36), until)
        latest = Vetting(
            person_id=person.id,
            level=latest.level,
            requested_on=max(AFTER, cleared_on - timedelta(days=60)),
            cleared_on=max(AFTER, cleared_on),
            expires_on=expires_on if expires_on < today else max(expires_on, until),
        )
        session.add(latest)


def _renew_term(session: Session, person: Person, until: date | None, today: date) -> None:
    """In good time for the rotas to come, as many were appointed together; `until` is to be seen ending."""
    due = today if until else today + RENEWED_AHEAD
    ends_on = session.scalar(sa.select(sa.func.max(Term.ends_on)).where(Term.person_id == person.id))
    while ends_on is not None and ends_on < due:
        starts_on = ends_on + ONE_DAY
        ends_on = add_months(ends_on, 36)
        if until and ends_on >= today:
            ends_on = until
        session.add(Term(person_id=person.id, starts_on=starts_on, ends_on=ends_on))


def _give_availability(session: Session, person: Person, number: int, at: datetime) -> None:
    session.add(
        Availability(
            person_id=person.id,
            given_at=at - timedelta(days=40),
            wanted_a_month=1 + number % 2,
            most_a_month=3,
        )
    )
    slots = {*PATTERNS[number % len(PATTERNS)], *PATTERNS[(number + 2) % len(PATTERNS)]}
    session.add_all(FreeSlot(person_id=person.id, weekday=day, band=band) for day, band in sorted(slots))
