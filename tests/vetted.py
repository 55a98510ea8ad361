"""People with just the vetting a test is about."""

from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from icv.rules.records import VettingFacts
from icv.rules.stages import Stage
from icv.store.people import Person, Vetting
from tests.workshop import Workshop


def with_vettings(make: Workshop, *records: VettingFacts, stage: Stage = Stage.ACTIVE, **more: Any) -> Person:
    """Somebody who has these records of vetting, entered in this order, and no other."""
    person = make.person(stage, **more)
    make.session.execute(sa.delete(Vetting).where(Vetting.person_id == person.id))
    for facts in records:
        make.keep(Vetting(person_id=person.id, **asdict(facts)))
    make.session.expire(person)
    return person


def until(day: date, **more: Any) -> VettingFacts:
    return VettingFacts(level="NPPV2", cleared_on=date(2023, 1, 1), expires_on=day, **more)
