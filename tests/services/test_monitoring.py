"""Diversity answers are counted at once, apart from everything else, and never more than people applied."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.monitoring import NO_ANSWER, QUESTIONS, answered
from icv.services.recruitment import monitoring as desk
from icv.store.engine import open_engine, reading, writing
from icv.store.everything import METADATA
from icv.store.recruitment import MonitoringCount
from icv.store.recruitment.monitoring import counts_of
from icv.store.trail import TrailEntry
from tests.applications import answers, round_open, sent
from tests.services.test_rota_races import at_once
from tests.workshop import TODAY, Workshop

DAY = timedelta(days=1)
FEMALE = {"sex": "female", "age": "25-34"}


def round_with(session: Session, make: Workshop, applications: int, **more: object) -> int:
    round_id: int = round_open(make, **more).id
    for number in range(applications):
        sent(session, round_id, answers(f"{number}@example.org"))
    return round_id


def test_each_answer_adds_one_and_every_question_counts_the_same_people(
    session: Session, make: Workshop
) -> None:
    round_id = round_with(session, make, 3)
    assert desk.count(session, round_id, FEMALE, on=TODAY)
    assert desk.count(session, round_id, {"sex": "female"}, on=TODAY)
    counts = counts_of(session, round_id)
    assert counts["sex"] == {"female": 2}
    assert counts["age"] == {"25-34": 1, NO_ANSWER: 1}
    assert {sum(numbers.values()) for numbers in counts.values()} == {2}
    assert len(counts) == len(QUESTIONS)
    assert answered(counts) == 2


def test_nothing_is_kept_but_counts(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 1)
    desk.count(session, round_id, FEMALE, on=TODAY)
    assert session.scalars(sa.select(TrailEntry.id)).all() == []
    columns = {column.name for column in MonitoringCount.__table__.columns}
    assert columns == {"round_id", "question", "answer", "number"}


def test_a_cookie_sent_again_counts_no_more_people_than_applied(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 2)
    told = [desk.count(session, round_id, FEMALE, on=TODAY) for _ in range(4)]
    assert told == [True, True, False, False]
    assert answered(counts_of(session, round_id)) == 2


def test_nobody_answers_once_the_numbers_are_shown(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 3, closed_on=TODAY)
    assert desk.count(session, round_id, FEMALE, on=TODAY)
    assert not desk.are_shown(TODAY, TODAY)
    assert not desk.count(session, round_id, FEMALE, on=TODAY + DAY)
    assert desk.are_shown(TODAY, TODAY + DAY)
    assert not desk.are_shown(None, TODAY)


def test_an_empty_form_and_an_unknown_round_count_nothing(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 1)
    assert not desk.count(session, round_id, {}, on=TODAY)
    assert not desk.count(session, round_id + 1, FEMALE, on=TODAY)
    assert counts_of(session, round_id) == {}


@pytest.fixture
def apart(empty_url: str) -> Iterator[sa.Engine]:
    """A database of its own, whose transactions really end."""
    engine = open_engine(empty_url)
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


def test_answers_given_at_once_all_count(apart: sa.Engine) -> None:
    with writing(apart) as session:
        round_id = round_with(session, Workshop(session), 8)
        session.commit()

    def counting(given: dict[str, str]) -> Callable[[], None]:
        def act() -> None:
            with writing(apart) as session:
                desk.count(session, round_id, given, on=TODAY)
                session.commit()

        return act

    assert at_once(*[counting(FEMALE)] * 4, *[counting({"sex": "male"})] * 4) == [""] * 8
    with reading(apart) as session:
        assert counts_of(session, round_id)["sex"] == {"female": 4, "male": 4}
