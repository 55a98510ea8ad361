"""Publishing a draft: its visits enter the register, its pairs are offered their duties and told."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, week_in_words
from icv.rules.references import next_reference, week_and_suite
from icv.rules.visits import DutyState, Outcome
from icv.services.rota.refusals import RotaError
from icv.services.rota.telling import Place, tell_published
from icv.store.people import Person
from icv.store.planning import suites
from icv.store.rota import DraftLine, Rota, RotaState, draft_visits, keep_others_from_publishing
from icv.store.scheme import choices_on
from icv.store.trail import note
from icv.store.visits import Duty, Visit

MOST_NAMED = 5


def publish(session: Session, rota: Rota, *, by: int | None, at: datetime, link: str = "") -> int:
    """Makes a visit of each of the draft's, empty ones too, and answers how many people are told.

    `link` is the address where they answer. Raises RotaError, and then nothing has changed.
    """
    keep_others_from_publishing(session)
    session.refresh(rota)
    if rota.state is not RotaState.DRAFT:
        raise RotaError(f"This rota was {rota.state.value} already: nothing was published twice.")
    lines = draft_visits(session, rota.id)
    names = {line.id: line.name for line in suites(session)}
    _refuse_past(lines, london_day(at))
    _refuse_taken(session, lines, names)
    _refuse_leavers(session, lines)
    rota.state, rota.published_at, rota.published_by_id = RotaState.PUBLISHED, at, by
    visits = _add_visits(session, rota, lines, names)
    rota.certificate = {**rota.certificate, "empty": _under_new_ids(rota.certificate, visits, lines)}
    places = _offer_duties(session, visits, lines, by=by, at=at)
    shows_suite = choices_on(session, london_day(at)).feed_shows_suite
    told = tell_published(session, rota.id, places, names, shows_suite=shows_suite, link=link, at=at)
    note(session, "publish rota", "rota", rota.id, by=by, at=at, visits=len(visits), people=told)
    session.flush()
    return told


def _refuse_past(lines: Sequence[DraftLine], today: date) -> None:
    over = next((line for line in lines if line.week_ends_on < today), None)
    if over is not None:
        raise RotaError(
            f"The week of {_week(over)} is over: a rota cannot be published into the past."
            " Draw one that begins this week or later."
        )


def _refuse_taken(session: Session, lines: Sequence[DraftLine], names: dict[int, str]) -> None:
    """A suite and week that has its visits would be counted twice."""
    found = session.execute(
        sa.select(Visit.suite_id, Visit.week_starts_on).where(
            Visit.is_scheduled,
            Visit.week_starts_on.in_({line.week_starts_on for line in lines}),
            sa.or_(Visit.outcome.is_(None), Visit.outcome != Outcome.CANCELLED),
        )
    )
    taken = {(suite_id, week) for suite_id, week in found}
    clashes = dict.fromkeys(
        f"{names[line.suite_id]}, {_week(line)}"
        for line in lines
        if (line.suite_id, line.week_starts_on) in taken
    )
    if clashes:
        named = "; ".join(list(clashes)[:MOST_NAMED])
        more = f"; and {len(clashes) - MOST_NAMED} more" if len(clashes) > MOST_NAMED else ""
        raise RotaError(
            f"Visits are scheduled already for {named}{more}. Discard this draft and draw one for other weeks"
            " or suites, or cancel those visits first."
        )


def _week(line: DraftLine) -> str:
    return week_in_words(line.week_starts_on, line.week_ends_on)


def _refuse_leavers(session: Session, lines: Sequence[DraftLine]) -> None:
    placed = {who for line in lines for who in line.visitors if who is not None}
    gone = {
        person_id: (name, left_on)
        for person_id, name, left_on in session.execute(
            sa.select(Person.id, Person.name, Person.left_on).where(
                Person.id.in_(placed), Person.left_on.is_not(None)
            )
        )
        if left_on is not None
    }
    for line in lines:
        for who in line.visitors:
            if who in gone and gone[who][1] <= line.week_ends_on:
                raise RotaError(
                    f"{gone[who][0]} leaves before the end of the week of {_week(line)}."
                    " Change that place, or draw again."
                )


def _add_visits(session: Session, rota: Rota, lines: Sequence[DraftLine], names: dict[int, str]) -> list[int]:
    """The ids of the new visits, in the order of the lines."""
    visits = [
        {
            "reference": reference,
            "suite_id": line.suite_id,
            "rota_id": rota.id,
            "week_starts_on": line.week_starts_on,
            "week_ends_on": line.week_ends_on,
            "is_scheduled": True,
        }
        for reference, line in zip(_new_references(session, lines, names), lines, strict=True)
    ]
    session.execute(sa.insert(Visit), visits)
    rows = session.execute(sa.select(Visit.reference, Visit.id).where(Visit.rota_id == rota.id))
    ids: dict[object, int] = {reference: visit_id for reference, visit_id in rows}  # noqa: C416
    return [ids[visit["reference"]] for visit in visits]


def _under_new_ids(
    certificate: dict[str, Any], visits: Sequence[int], lines: Sequence[DraftLine]
) -> dict[str, Any]:
    """Why visits are empty, by the ids that they have from now on."""
    new = {str(line.id): str(visit_id) for visit_id, line in zip(visits, lines, strict=True)}
    return {new[old]: why for old, why in certificate.get("empty", {}).items()}


def _new_references(session: Session, lines: Sequence[DraftLine], names: dict[int, str]) -> Iterator[str]:
    """2026-W12-EUS-1 and so on, in the order of the lines."""
    first = min(line.week_starts_on for line in lines)
    taken = set(session.scalars(sa.select(Visit.reference).where(Visit.reference >= f"{first.year - 1}-W")))
    for line in lines:
        made = next_reference(f"{week_and_suite(names[line.suite_id], line.week_starts_on)}-", taken)
        taken.add(made)
        yield made


def _offer_duties(
    session: Session, visits: Sequence[int], lines: Sequence[DraftLine], *, by: int | None, at: datetime
) -> list[Place]:
    duties, places = [], []
    for visit_id, line in zip(visits, lines, strict=True):
        for number, (who, reason) in enumerate(zip(line.visitors, line.overridden, strict=True), 1):
            if who is not None:
                duty = offer(visit_id, who, number, by=by, at=at, overridden=reason)
                duties.append(duty)
                places.append(Place(who, line.suite_id, line.week_starts_on, line.week_ends_on, duty["uid"]))
    if duties:
        session.execute(sa.insert(Duty), duties)
    return places


def offer(
    visit_id: int, person_id: int, place: int, *, by: int | None, at: datetime, overridden: str = ""
) -> dict[str, Any]:
    """The values of a duty that waits for its visitor's answer."""
    return {
        "visit_id": visit_id,
        "person_id": person_id,
        "place": place,
        "state": DutyState.OFFERED,
        "uid": str(uuid4()),
        "given_at": at,
        "given_by_id": by,
        "changed_at": at,
        "overridden": overridden,
    }
