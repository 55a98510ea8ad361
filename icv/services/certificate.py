"""What a certificate of service says, put together from what is on record."""

from datetime import date

from sqlalchemy.orm import Session

from icv.papers.certificate import Service
from icv.rules.days import ONE_DAY
from icv.rules.records import TrainingFacts
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.store.people import PersonRecord, records_kept
from icv.store.visiting import visits_of


def service_of(session: Session, person: PersonRecord, choices: Choices, *, on: date) -> Service:
    """As it stands on the day; of each course the latest time it was taken. Raises Refusal."""
    if person.appointed_on is None or person.appointed_on > on:
        raise Refusal(f"{person.name} has not been appointed yet: there is no service to certify.")
    visiting = visits_of(session, person.id, on)
    trainings = [kept.facts for kept in records_kept(session, person.id, TrainingFacts)]
    courses: dict[str, date] = {}
    for training in sorted(trainings, key=lambda one: one.trained_on):
        courses[training.course] = training.trained_on
    has_left = person.left_on is not None and person.left_on <= on
    return Service(
        name=person.name,
        scheme=choices.scheme_name,
        office=choices.office_name,
        since=person.appointed_on,
        until=person.left_on - ONE_DAY if person.left_on and has_left else None,
        visits=len(visiting.visits),
        minutes=visiting.minutes,
        untimed=visiting.untimed,
        courses=tuple(sorted(courses.items(), key=lambda one: one[1])),
        issued_on=on,
    )
