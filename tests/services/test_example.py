"""The worked example: what its first hours bring."""

from datetime import timedelta

import sqlalchemy as sa

from icv import demo
from icv.services.recruitment.telling import PURPOSE, tell_of_applications
from icv.services.reminding import remind
from icv.store.engine import open_engine, writing
from icv.store.everything import METADATA
from icv.store.letters import Letter, LetterState
from tests.workshop import NOW


def test_nobody_is_told_of_applications_that_the_example_came_with() -> None:
    engine = open_engine("sqlite://")
    METADATA.create_all(engine)
    with writing(engine) as session:
        demo.load(session, at=NOW)
        for hours in (1, 24):
            remind(session, tell_of_applications, str, at=NOW + timedelta(hours=hours))
        of_applications = Letter.key.startswith(f"{PURPOSE}: ")
        states = session.scalars(sa.select(Letter.state).where(of_applications)).all()
    engine.dispose()
    assert set(states) == {LetterState.SENT}
