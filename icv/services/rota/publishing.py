"""Publishing a draft: its visits enter the register, its pairs are offered their duties and told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.references import next_reference, week_and_suite
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState, visit_in_words
from icv.services.rota.refusals import RotaError
from icv.services.rota.reviewing import Against, Review, review_of
from icv.services.rota.telling import Place, tell_published
from icv.store.rota import (
    DraftLine,
    Rota,
    RotaState,
    keep_others_from_publishing,
    keep_placed_people,
)
from icv.store.scheme import choices_on
from icv.store.trail import note
from icv.store.visits import Duty, Visit

MOST_NAMED = 3


def publish(
    session: Session,
    rota: Rota,
    *,
    reason: str = "",
    seal: str | None = None,
    review: Review | None = None,
    choices: Choices | None = None,
    by: int | None,
    at: datetime,
    link: str = "",
) -> int:
    """Makes a visit of each of the draft's, empty ones too, and answers how many people are told.

    `link` is the address where they answer. Where a rule has come to stand against a place since the draft
    was drawn, `reason` is recorded with the duty, and must be given. `seal` is that of the review that was
    looked at: None asks for none. `review` is what `held_review` gave in this transaction, if it was asked;
    `choices` are those of the day. Raises RotaError, and then nothing has changed.
    """
    choices = choices or choices_on(session, london_day(at))
    review = review or held_review(session, rota, choices, at=at)
    if rota.state is not RotaState.DRAFT:
        raise RotaError(f"This rota was {rota.state.value} already: nothing was published twice.")
    _refuse(review, reason, seal)
    lines, names = review.lines, review.suites
    overridden = {(one.visit_id, one.place): reason.strip() for one in review.against}
    rota.state, rota.published_at, rota.published_by_id = RotaState.PUBLISHED, at, by
    visits = _add_visits(session, rota, lines, names)
    rota.certificate = {**rota.certificate, "empty": _under_new_ids(rota.certificate, visits, lines)}
    places = _offer_duties(session, visits, lines, overridden, by=by, at=at)
    told = tell_published(
        session, rota.id, places, names, shows_suite=choices.feed_shows_suite, link=link, at=at
    )
    note(
        session,
        "publish rota",
        "rota",
        rota.id,
        by=by,
        at=at,
        visits=len(visits),
        people=told,
        overridden=len(overridden),
    )
    session.flush()
    return told


def held_review(session: Session, rota: Rota, choices: Choices, *, at: datetime) -> Review:
    """As things are, and stay until the transaction ends."""
    keep_others_from_publishing(session)
    session.refresh(rota)
    # Whoever gives days away holds their own record: what they give is read here, or finds their duties.
    keep_placed_people(session, rota.id)
    return review_of(session, rota, choices, today=london_day(at))


def _refuse(review: Review, reason: str, seal: str | None) -> None:
    if review.in_the_way:
        raise RotaError(review.in_the_way[0])
    if seal is not None and seal != review.seal:
        raise RotaError(
            "Something has changed since you looked: this is how it is now. Nobody has been told of anything."
        )
    if review.against and not reason.strip():
        named = "; ".join(_in_words(one) for one in review.against[:MOST_NAMED])
        more = len(review.against) - MOST_NAMED
        raise RotaError(
            f"A rule stands against {named}{f'; and {more} more' if more > 0 else ''}"
            " Change these places, or say why it should be so all the same.",
            field="reason",
        )


def _in_words(one: Against) -> str:
    visit = visit_in_words(one.suite, one.week_starts_on, one.week_ends_on)
    return f"{one.name} ({visit}): {' '.join(one.rules)}"


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
    session: Session,
    visits: Sequence[int],
    lines: Sequence[DraftLine],
    overridden: Mapping[tuple[int, int], str],
    *,
    by: int | None,
    at: datetime,
) -> list[Place]:
    """`overridden` are reasons given now, by draft visit and place, beside those that the draft has."""
    duties, places = [], []
    for visit_id, line in zip(visits, lines, strict=True):
        for number, (who, reason) in enumerate(zip(line.visitors, line.overridden, strict=True), 1):
            if who is not None:
                why = reason or overridden.get((line.id, number), "")
                duty = offer(visit_id, who, number, by=by, at=at, overridden=why)
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


def agreed(visit_id: int, person_id: int, place: int, *, by: int | None, at: datetime) -> dict[str, Any]:
    """The values of a duty whose visitor has said yes before it is theirs."""
    return {**offer(visit_id, person_id, place, by=by, at=at), "state": DutyState.ACCEPTED}
