"""The example’s reports: most came on paper, the volunteer’s own were filed on the form."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.demo.accounts import as_visitor
from icv.rules.access import Actor
from icv.rules.days import LONDON, Period
from icv.rules.report import (
    SUITE_CHECKS,
    Arrival,
    ContactNote,
    ContactsNote,
    FindingNote,
    FindingsNote,
    Headcount,
    Part,
    Rank,
    Remarks,
    Section,
    Settled,
    SuiteNote,
    Three,
    TraineeNote,
    WhyNotSeen,
)
from icv.rules.visits import HELD, Mode, Outcome
from icv.services import reports, visits
from icv.store.reports import on_probation
from icv.store.visits import Duty, Visit

NO_PAIR = "No pair could be found for the week"
HOURS = (time(7, 40), time(11, 15), time(15, 20), time(18, 45), time(23, 10))
SAW = (
    ("conditions", "The light in cell 6 flickers and the cell is in use.", Settled.NEEDS_REPLY, "heat_light"),
    ("food and drink", "Two meals in the store were past their date.", Settled.PUT_RIGHT, "food"),
    ("welfare", "No blankets were left in the store at night.", Settled.NEEDS_REPLY, "clothing"),
)
"""What the volunteer’s visits found, the latest first: category, words, what became of it, which check."""

Seen = tuple[str, str, Settled, str]


def file_reports(
    session: Session, past: Period, coordinator: Actor, volunteer: Actor, *, at: datetime
) -> Sequence[int]:
    """A report of every past visit but the last week’s; returns the volunteer’s own visits, latest last.

    The partner sent the latest of those. At the volunteer’s latest visits something was found.
    """
    chance = Random(7)  # noqa: S311  an example, not a secret
    made = session.scalars(
        sa.select(Visit)
        .where(Visit.week_starts_on.between(past.first, past.last - timedelta(weeks=1)))
        .order_by(Visit.week_starts_on, Visit.id)
    ).all()
    own = [visit.id for visit in made if volunteer.person_id in pair_of(session, visit.id)]
    found = dict(zip(own[-len(SAW) :], reversed(SAW), strict=False))
    for visit in made:
        arrival, headcount = _arrival(visit, chance), _headcount(chance)
        filed_at = min(at, arrival.left_at + timedelta(hours=2)) if arrival.left_at else at
        pair = pair_of(session, visit.id)
        if len(pair) < 2:
            visits.record_missed(session, visit.id, NO_PAIR, by=coordinator, at=at)
        elif visit.id not in own:
            reports.enter_from_paper(session, visit.id, arrival, headcount, by=coordinator, at=filed_at)
        else:
            by = volunteer
            if visit.id == own[-1]:
                partner = next(one for one in pair if one != volunteer.person_id)
                by = as_visitor(session, partner, at=filed_at)
            parts = _parts(arrival, headcount, found.get(visit.id)) | _of_a_trainee(session, visit)
            together = visit.id not in own[-len(SAW) :]
            _file(session, visit.id, parts, found.get(visit.id), together, by=by, at=filed_at)
    return own


def pair_of(session: Session, visit_id: int) -> list[int]:
    """The people of its duties, in their places."""
    held = sa.select(Duty.person_id).where(Duty.visit_id == visit_id, Duty.state.in_(HELD))
    return list(session.scalars(held.order_by(Duty.place)))


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


def _parts(arrival: Arrival, headcount: Headcount, saw: Seen | None) -> dict[str, Part]:
    checks = dict.fromkeys(SUITE_CHECKS, Three.YES) | ({saw[3]: Three.NO} if saw else {})
    return {
        Section.ARRIVAL: arrival,
        Section.COUNTS: headcount,
        Section.CONTACTS: ContactsNote(why_fewer="Seen as a group at the cells, numbers not noted"),
        Section.SUITE: SuiteNote(checks=checks),
        Section.FINDINGS: FindingsNote(nothing_to_raise=saw is None),
        Section.REMARKS: Remarks(positives="Staff were helpful and open.", saw_serious=False),
    }


def _of_a_trainee(session: Session, visit: Visit) -> dict[str, Part]:
    """Asked where one of the two was on probation on some day of the week."""
    week = Period(visit.week_starts_on, visit.week_ends_on)
    if not any(on_probation(session, visit.id, week).values()):
        return {}
    return {Section.TRAINEE: TraineeNote(went_well="At ease with everybody, and asked good questions.")}


def _file(
    session: Session,
    visit_id: int,
    parts: dict[str, Part],
    saw: Seen | None,
    together: bool,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """With the one put right comes a child whom an inspector let nobody see, and counts split by age."""
    if saw and saw[2] is Settled.PUT_RIGHT:
        parts |= _with_a_child(parts[Section.COUNTS])
        reports.add(session, visit_id, "contact", REFUSED, by=by, at=at)
    for name, part in parts.items():
        reports.save(session, visit_id, name, part, version=0, by=by, at=at)
    if saw:
        category, detail, settled, check = saw
        put_right_by = "The custody sergeant, at once" if settled is Settled.PUT_RIGHT else ""
        note = FindingNote(
            category=category,
            detail=detail,
            settled=settled,
            put_right_by=put_right_by,
            check=f"suite.{check}",
        )
        reports.add(session, visit_id, "finding", note, by=by, at=at)
    reports.file(session, visit_id, by=by, at=at, is_signed_together=together)


REFUSED = ContactNote(
    custody_number="EX/00417",
    was_seen=False,
    why_not_seen=WhyNotSeen.REFUSED_BY_POLICE,
    grounds="Another person held in the same case was being brought in past the cell.",
    refused_by=Rank.INSPECTOR,
    is_child=True,
)


def _with_a_child(counted: Part) -> dict[str, Part]:
    """One more in custody than were counted before: aged 14 to 17, and not offered a visit."""
    assert isinstance(counted, Headcount)  # noqa: S101  made above
    more = (counted.in_custody or 0) + 1
    return {
        Section.COUNTS: Headcount(
            in_custody=more,
            offered=counted.offered,
            accepted=counted.accepted,
            declined=counted.declined,
            not_offered=1,
            not_available=counted.not_available,
            observed_only=0,
            split={"in_custody_older_child": 1, "not_offered_older_child": 1},
        )
    }
