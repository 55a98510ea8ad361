"""The one reminder of a referee who was asked and has not answered."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import ONE_DAY, london_day, midnight
from icv.rules.scheme import Choices
from icv.rules.stages import PIPELINE
from icv.services.letters import PageAddress
from icv.services.references.posting import post, with_link
from icv.services.references.wording import second_letter
from icv.store.people import Person, Referee, step_on
from icv.store.trail import note


def chase_references(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Reminds once whoever was asked some days ago, has not answered and still may."""
    today = london_day(at)

    def address_of(token: str) -> str:
        return address_of_page(f"/reference/{token}")

    step, is_theirs = step_on(today)
    due = session.execute(
        sa.select(Referee, Person)
        .join(Person, Person.id == Referee.person_id)
        .outerjoin(step, is_theirs)
        .where(
            Referee.asked_at < midnight(today - timedelta(days=choices.reference_chase_days) + ONE_DAY),
            Referee.chased_at.is_(None),
            Referee.answered_at.is_(None),
            Referee.given_up_on.is_(None),
            Referee.fails_on >= today,
            step.stage.is_(None) | step.stage.in_(PIPELINE),
        )
        .order_by(Referee.id)
        .with_for_update(of=Referee)
    )
    for referee, person in due.all():
        asking, link = with_link(session, person, referee, address_of, at)
        post(session, "reference chased", referee, second_letter(asking, choices), link, at)
        referee.chased_at = at
        note(session, "chase reference", "person", person.id, by=None, at=at, referee=referee.id)
