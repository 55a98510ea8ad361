"""What came after the example for its rota: weeks visited, eight published, a draft, an open finding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.days import LONDON, ONE_DAY, Period, london_day, midnight, monday_of
from icv.rules.findings import EventKind, FindingState
from icv.rules.report import (
    SUITE_CHECKS,
    Arrival,
    ContactsNote,
    FindingNote,
    FindingsNote,
    Headcount,
    Part,
    Remarks,
    Section,
    Settled,
    SuiteNote,
    Three,
)
from icv.rules.visits import Mode, Outcome
from icv.services import duties, findings, reports, rota, visits
from icv.store.findings import Finding
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.visits import Duty, Visit

WEEKS_VISITED = 52
WEEKS_PUBLISHED = 8
WEEKS_DRAFTED = 8
DUTIES_OFFERED = 5
SEED = 2024
NO_PAIR = "No pair could be found for the week"
HOURS = (time(7, 40), time(11, 15), time(15, 20), time(18, 45), time(23, 10))
SAW = (
    ("conditions", "The light in cell 6 flickers and the cell is in use.", Settled.NEEDS_REPLY),
    ("food and drink", "Two meals in the store were past their date.", Settled.PUT_RIGHT),
    ("welfare", "No blankets were left in the store at night.", Settled.NEEDS_REPLY),
)


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
    for number, period in enumerate((past, coming)):
        drawn_at = midnight(period.first) - timedelta(weeks=3)
        drawn = rota.draw(session, period, SEED + number, by=coordinator.account_id, at=drawn_at)
        rota.publish(session, drawn, by=coordinator.account_id, at=drawn_at)
    rota.draw(session, drafted, SEED + 2, by=coordinator.account_id, at=at)
    return Weeks(past, coming, drafted)


def one_with_a_report_due(session: Session, weeks: Weeks) -> Person:
    """A visitor of last week's, who has most duties to come: the one the example shows as a volunteer."""
    last_week, coming = aliased(Visit), aliased(Visit)
    theirs = aliased(Duty)
    return (
        session.scalars(
            sa.select(Person)
            .join(Duty, Duty.person_id == Person.id)
            .join(
                last_week, sa.and_(last_week.id == Duty.visit_id, last_week.week_ends_on == weeks.past.last)
            )
            .outerjoin(theirs, theirs.person_id == Person.id)
            .outerjoin(coming, sa.and_(coming.id == theirs.visit_id, coming.week_starts_on > weeks.past.last))
            .group_by(Person.id)
            .order_by(sa.func.count(coming.id).desc(), Person.id)
        ).first()
        or session.scalars(sa.select(Person).where(Person.appointed_on.is_not(None))).one()
    )


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
    _report(session, weeks.past, coordinator, volunteer, at)
    _follow_findings(session, coordinator, police, at)
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


def _report(session: Session, past: Period, coordinator: Actor, volunteer: Actor, at: datetime) -> None:
    """A report of every past visit but the last week's; the volunteer's own are filed, the rest are paper.

    The volunteer's latest visits are those at which something was found.
    """
    chance = Random(7)  # noqa: S311  an example, not a secret
    made = session.scalars(
        sa.select(Visit)
        .where(Visit.week_starts_on.between(past.first, past.last - timedelta(weeks=1)))
        .order_by(Visit.week_starts_on, Visit.id)
    ).all()
    own = [visit.id for visit in made if _holds(session, visit, volunteer)]
    found = dict(zip(own[-len(SAW) :], reversed(SAW), strict=False))
    for visit in made:
        arrival, headcount = _arrival(visit, chance), _headcount(chance)
        filed_at = min(at, arrival.left_at + timedelta(hours=2)) if arrival.left_at else at
        if visit.id in own:
            _file(session, visit, arrival, headcount, found.get(visit.id), by=volunteer, at=filed_at)
        elif _has_pair(session, visit):
            reports.enter_from_paper(session, visit.id, arrival, headcount, by=coordinator, at=filed_at)
        else:
            visits.record_missed(session, visit.id, NO_PAIR, by=coordinator, at=at)


def _holds(session: Session, visit: Visit, volunteer: Actor) -> bool:
    held = sa.select(Duty.id).where(Duty.visit_id == visit.id, Duty.person_id == volunteer.person_id)
    return _has_pair(session, visit) and session.scalar(held) is not None


def _has_pair(session: Session, visit: Visit) -> bool:
    return session.scalar(sa.select(sa.func.count()).where(Duty.visit_id == visit.id)) == 2


def _arrival(visit: Visit, chance: Random) -> Arrival:
    day = visit.week_starts_on + timedelta(days=chance.randrange(7))
    arrived_at = datetime.combine(day, chance.choice(HOURS), LONDON).astimezone(UTC)
    admitted_at = arrived_at + timedelta(minutes=chance.choice((1, 2, 2, 3, 5)))
    return Arrival(
        outcome=Outcome.COMPLETED,
        mode=Mode.IN_PERSON,
        arrived_at=arrived_at,
        admitted_at=admitted_at,
        left_at=admitted_at + timedelta(minutes=chance.randrange(35, 80, 5)),
    )


def _headcount(chance: Random) -> Headcount:
    offered, not_available = chance.randrange(1, 9), chance.randrange(3)
    declined = chance.randrange(offered + 1) // 2
    return Headcount(
        in_custody=offered + not_available,
        offered=offered,
        accepted=offered - declined,
        declined=declined,
        not_offered=0,
        not_available=not_available,
        observed_only=0,
    )


def _file(
    session: Session,
    visit: Visit,
    arrival: Arrival,
    headcount: Headcount,
    saw: tuple[str, str, Settled] | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    parts: dict[str, Part] = {
        Section.ARRIVAL: arrival,
        Section.COUNTS: headcount,
        Section.CONTACTS: ContactsNote(why_fewer="Seen as a group at the cells, numbers not noted"),
        Section.SUITE: SuiteNote(checks=dict.fromkeys(SUITE_CHECKS, Three.YES)),
        Section.FINDINGS: FindingsNote(nothing_to_raise=saw is None),
        Section.REMARKS: Remarks(positives="Staff were helpful and open.", saw_serious=False),
    }
    for name, part in parts.items():
        reports.save(session, visit.id, name, part, version=0, by=by, at=at)
    if saw:
        category, detail, settled = saw
        put_right_by = "The custody sergeant, at once" if settled is Settled.PUT_RIGHT else ""
        finding = FindingNote(category=category, detail=detail, settled=settled, put_right_by=put_right_by)
        reports.add(session, visit.id, "finding", finding, by=by, at=at)
    reports.file(session, visit.id, by=by, at=at)


def _follow_findings(session: Session, coordinator: Actor, police: Actor, at: datetime) -> None:
    """One finding is answered and closed; the latest awaits the police's reply."""
    raised = session.scalars(
        sa.select(Finding)
        .where(Finding.state == FindingState.RAISED)
        .order_by(Finding.raised_on.desc(), Finding.id.desc())
    ).all()
    for finding in raised:
        put_at = midnight(finding.raised_on + timedelta(days=2))
        findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=coordinator, at=put_at)
    for finding in raised[1:]:
        findings.move(
            session,
            finding.id,
            EventKind.REPLIED,
            "New stock has been ordered and the night sergeant checks it at each handover.",
            by=police,
            at=midnight(finding.raised_on + timedelta(days=9)),
        )
        findings.move(
            session,
            finding.id,
            EventKind.CLOSED,
            "Seen to be put right at the next visit.",
            by=coordinator,
            at=midnight(finding.raised_on + timedelta(days=14)),
        )


def spare_the_past_its_letters(session: Session) -> None:
    """Nobody in the example has a mailbox: what the past would have sent stands as sent."""
    session.execute(sa.delete(Letter))
