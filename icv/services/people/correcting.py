"""Taking back a wrong step: a new one of the same day, back into the stage before; nothing is erased."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.stages import APPOINTED, Stage
from icv.services.people.duties import duties_held, release
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.people import Person, StageStep, Term
from icv.store.trail import note


def steps_standing(session: Session, person_id: int) -> list[StageStep]:
    """Steps that were not taken back, in order; the last of them is the one that can be."""
    steps = session.scalars(
        sa.select(StageStep)
        .where(StageStep.person_id == person_id)
        .order_by(StageStep.on.asc().nulls_first(), StageStep.id)
    ).all()
    taken_back = {step.corrects_id for step in steps}
    return [step for step in steps if step.corrects_id is None and step.id not in taken_back]


def correct_last_step(
    session: Session, person_id: int, reason: str, *, seen_step_id: int, by: Actor, at: datetime
) -> Stage:
    """Returns the stage the person is at again. What the wrong step brought with it is taken back as well.

    `seen_step_id` is the step the page spoke of: sent twice, or after somebody else's, it is refused.
    """
    person = held_for_change(session, person_id)
    steps = steps_standing(session, person_id)
    if not steps or steps[-1].id != seen_step_id:
        raise PeopleError("The last step has changed in the meantime. Look at the record again.")
    if len(steps) < 2:
        raise PeopleError("This is the first step on record: there is no stage before it to go back to.")
    if not reason.strip():
        raise PeopleError("Enter the reason for the correction", field="reason")
    before, wrong = steps[-2], steps[-1]
    _take_back(session, person, before, wrong, by=by, at=at)
    correction = StageStep(
        person_id=person_id,
        stage=before.stage,
        on=wrong.on,
        reason=reason.strip(),
        made_at=at,
        made_by_id=by.account_id,
        corrects_id=wrong.id,
    )
    session.add(correction)
    session.flush()
    note(
        session,
        "correct step",
        "person",
        person_id,
        by=by.account_id,
        at=at,
        step=correction.id,
        corrects=wrong.id,
    )
    return before.stage


def _take_back(
    session: Session, person: Person, before: StageStep, wrong: StageStep, *, by: Actor, at: datetime
) -> None:
    if wrong.stage is Stage.LEFT:
        person.left_on, person.left_reason = None, ""
    if wrong.stage in APPOINTED and before.stage not in APPOINTED:
        held = [duty for duty, _ in duties_held(session, person.id, wrong.on or london_day(at))]
        release(session, held, "appointment taken back", by=by, at=at)
        session.execute(
            sa.delete(Term).where(Term.person_id == person.id, Term.starts_on == person.appointed_on)
        )
        person.appointed_on = person.probation_ends_on = None
