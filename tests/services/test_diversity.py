"""Counts of visitors' diversity as they are kept, and which of them the panel's figures hold."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.monitoring import QUESTIONS
from icv.services import diversity as desk
from icv.services.diversity import DiversityError
from icv.store.diversity import diversity_on, survey, surveys
from icv.store.figures import panel_figures
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

SEX = next(question for question in QUESTIONS if question.name == "sex")
DAY = TODAY - timedelta(days=60)
NOTHING: tuple[dict[str, int], dict[str, int]] = ({}, {})


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def counted(session: Session, by: Actor, day: date = DAY, visitors: dict[str, int] | None = None) -> int:
    number = desk.add_survey(session, day, "Census 2021", by=by, at=NOW)
    if visitors:
        desk.enter_numbers(session, number, SEX, visitors, {}, seen=NOTHING, by=by, at=NOW)
    return number


def test_numbers_are_kept_question_by_question(session: Session, make: Workshop, by: Actor) -> None:
    for _ in range(9):
        make.person()
    number = counted(session, by)
    ours, theirs = {"female": 5, "male": 4}, {"female": 506}
    desk.enter_numbers(session, number, SEX, ours, theirs, seen=NOTHING, by=by, at=NOW)
    found = survey(session, number)
    assert found is not None
    assert (found.members, found.visitors, found.county) == (9, {"sex": ours}, {"sex": theirs})
    assert [(one.questions, one.with_county) for one in surveys(session)] == [(1, 1)]


def test_no_more_can_have_answered_than_were_in_office(session: Session, make: Workshop, by: Actor) -> None:
    make.person()
    make.person(left_on=DAY)
    make.person(appointed_on=DAY + timedelta(days=1))
    with pytest.raises(DiversityError, match="2 visitors answered, but on 3 January 2026 there were 1"):
        counted(session, by, visitors={"female": 2})


def test_a_count_cannot_move_to_a_day_with_fewer_visitors(
    session: Session, make: Workshop, by: Actor
) -> None:
    make.person(appointed_on=DAY)
    number = counted(session, by, visitors={"female": 1})
    with pytest.raises(DiversityError, match="there were 0"):
        desk.change_survey(session, number, DAY - timedelta(days=1), "", by=by, at=NOW)
    desk.change_survey(session, number, TODAY, "ONS", by=by, at=NOW)
    assert [(one.counted_on, one.county_source) for one in surveys(session)] == [(TODAY, "ONS")]


def test_a_day_has_one_count_and_none_is_in_the_future(session: Session, by: Actor) -> None:
    counted(session, by)
    with pytest.raises(DiversityError, match="on record already"):
        counted(session, by)
    with pytest.raises(DiversityError, match="must not be in the future"):
        counted(session, by, TODAY + timedelta(days=1))


def test_the_county_is_taken_over_from_the_latest_count(session: Session, by: Actor) -> None:
    first = counted(session, by)
    desk.enter_numbers(session, first, SEX, {}, {"female": 506}, seen=NOTHING, by=by, at=NOW)
    second = survey(session, desk.add_survey(session, TODAY, "", by=by, at=NOW))
    assert second is not None
    assert (second.county, second.county_source, second.visitors) == (
        {"sex": {"female": 506}},
        "Census 2021",
        {},
    )


def test_what_somebody_else_entered_meanwhile_is_not_written_over(
    session: Session, make: Workshop, by: Actor
) -> None:
    for _ in range(9):
        make.person()
    number = counted(session, by, visitors={"female": 5})
    with pytest.raises(DiversityError, match="after you opened the page"):
        desk.enter_numbers(session, number, SEX, {"female": 6}, {}, seen=NOTHING, by=by, at=NOW)
    desk.enter_numbers(session, number, SEX, {"female": 5}, {}, seen=NOTHING, by=by, at=NOW)
    seen: tuple[dict[str, int], dict[str, int]] = ({"female": 5}, {})
    desk.enter_numbers(session, number, SEX, {}, {}, seen=seen, by=by, at=NOW)
    found = survey(session, number)
    assert found is not None
    assert not found.visitors


def test_a_count_removed_goes_with_its_numbers(session: Session, make: Workshop, by: Actor) -> None:
    make.person()
    number = counted(session, by, visitors={"female": 1})
    desk.remove_survey(session, number, by=by, at=NOW)
    assert survey(session, number) is None
    with pytest.raises(DiversityError, match="not on record any more"):
        desk.remove_survey(session, number, by=by, at=NOW)


def test_a_period_shows_the_latest_count_by_its_end(session: Session, make: Workshop, by: Actor) -> None:
    for _ in range(9):
        make.person(appointed_on=DAY - timedelta(days=1))
    counted(session, by, visitors={"female": 6})
    for _ in range(9):
        make.person(appointed_on=DAY + timedelta(days=7))
    later = DAY + timedelta(days=30)
    counted(session, by, later, visitors={"female": 7})
    for day, seen_on in ((DAY - timedelta(days=1), None), (DAY, DAY), (later, later), (TODAY, later)):
        found = diversity_on(session, day, 4)
        assert (found.counted_on if found else None) == seen_on
    found = diversity_on(session, TODAY, 5)
    assert found is not None
    assert (found.counted_on, found.held_back) == (DAY, later)


def test_the_panels_figures_hold_the_count(session: Session, make: Workshop, by: Actor) -> None:
    for _ in range(9):
        make.person()
    counted(session, by, visitors={"female": 6})
    found = panel_figures(session, Period(DAY, TODAY), as_of=TODAY)
    assert found.diversity is not None
    assert found.diversity.visitors == {"sex": {"female": 6}}


def test_eight_counts_take_no_more_queries_than_two(session: Session, make: Workshop, by: Actor) -> None:
    for _ in range(9):
        make.person()
    asked: list[str] = []
    taken = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *it: asked.append(it[2]))
    for places in (range(2), range(2, 8)):
        for place in places:
            counted(session, by, DAY + timedelta(days=place), visitors={"female": 6})
        session.flush()
        asked.clear()
        assert diversity_on(session, TODAY, 4) is not None
        taken.append(len(asked))
    assert taken[0] == taken[1]


def test_the_trail_tells_who_entered_what_without_the_numbers(session: Session, by: Actor) -> None:
    number = counted(session, by)
    desk.enter_numbers(session, number, SEX, {}, {"female": 506}, seen=NOTHING, by=by, at=NOW)
    acts = session.execute(
        sa.select(TrailEntry.act, TrailEntry.subject, TrailEntry.details).order_by(TrailEntry.id)
    ).all()
    assert [tuple(act) for act in acts] == [
        ("enter", "diversity count", {}),
        ("enter", "diversity numbers", {"question": "sex"}),
    ]
