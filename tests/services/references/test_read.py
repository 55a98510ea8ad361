"""References on record: from paper too, read by coordinators alone, about applicants alone."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.stages import Stage
from icv.services import references as desk
from icv.store.people import Person
from icv.store.references import (
    referees_seen_by,
    reference_seen_by,
)
from tests.services.references.conftest import RUTH, SAID
from tests.workshop import NOW, TODAY, Workshop


def test_a_reference_on_paper_counts_from_the_day_it_came(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha, email="")
    came_on = TODAY - timedelta(days=3)
    with pytest.raises(desk.ReferenceRefused, match="still to come"):
        desk.type_in(session, asha.id, referee.id, SAID, received_on=TODAY + timedelta(days=1), by=by, at=NOW)
    with pytest.raises(desk.ReferenceRefused, match="named on 1 June 2024"):
        desk.type_in(
            session,
            asha.id,
            referee.id,
            SAID,
            received_on=referee.named_on - timedelta(days=1),
            by=by,
            at=NOW,
        )
    desk.type_in(session, asha.id, referee.id, SAID, received_on=came_on, by=by, at=NOW)
    (line,) = referees_seen_by(session, by, asha.id)
    assert (line.is_on_paper, line.days.answered_on) == (True, came_on)
    with pytest.raises(desk.ReferenceRefused, match="answered on 1 March 2026 already"):
        desk.type_in(session, asha.id, referee.id, SAID, received_on=TODAY, by=by, at=NOW)
    with pytest.raises(desk.ReferenceRefused, match="what they wrote stands"):
        desk.change_referee(session, asha.id, referee.id, RUTH, by=by, at=NOW)


def test_answers_are_read_by_coordinators_alone_and_by_nobody_of_themselves(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha, asked_at=NOW, answered_at=NOW, answer=SAID.as_kept())
    herself = make.actor(Role.VOLUNTEER, person=asha)
    in_both = Actor(herself.account_id, asha.id, "Asha", frozenset({Role.VOLUNTEER, Role.COORDINATOR}))
    for actor in (herself, in_both, make.actor(Role.PANEL), make.actor(Role.POLICE)):
        assert reference_seen_by(session, actor, asha.id, referee.id) is None
        assert referees_seen_by(session, actor, asha.id) == []
    assert reference_seen_by(session, by, asha.id, referee.id)
    assert reference_seen_by(session, by, make.person().id, referee.id) is None


def test_a_referee_of_somebody_else_is_not_found(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    other = make.referee(make.person(Stage.APPLIED))
    with pytest.raises(desk.ReferenceRefused, match="not on record"):
        desk.give_up_referee(session, asha.id, other.id, by=by, at=NOW)
    with pytest.raises(desk.ReferenceRefused, match="not on record"):
        desk.type_in(session, asha.id, other.id, SAID, received_on=TODAY, by=by, at=NOW)
