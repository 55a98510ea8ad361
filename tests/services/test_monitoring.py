"""Diversity answers are counted at once, apart from everything else, and never more than people applied."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.monitoring import NO_ANSWER, QUESTIONS, answered, are_shown
from icv.services import recruitment as rounds
from icv.services.recruitment import RoundError, RoundPlan
from icv.services.recruitment import monitoring as desk
from icv.services.sweeping import sweep
from icv.store.accounts import Attempt
from icv.store.engine import reading, writing
from icv.store.people import Round
from icv.store.recruitment import MonitoringCount
from icv.store.recruitment.monitoring import asking_of, counts_of
from icv.store.trail import TrailEntry
from tests.applications import answers, round_open, sent
from tests.services.at_once import told_at_once
from tests.thorough import examples
from tests.workshop import NOW, TODAY, Workshop

DAY = timedelta(days=1)
FEMALE = {"sex": "female", "age": "25-34"}


def round_with(session: Session, make: Workshop, applications: int, **more: object) -> int:
    round_id: int = round_open(make, **more).id
    for number in range(applications):
        sent(session, round_id, answers(f"{number}@example.org"))
    return round_id


def right_in(session: Session, round_id: int, at: datetime = NOW) -> desk.Right:
    right = desk.right_to_answer(session, round_id, at=at)
    assert right
    return right


def count(session: Session, round_id: int, given: dict[str, str], at: datetime = NOW) -> bool:
    """The answers of one more applicant."""
    right = desk.right_to_answer(session, round_id, at=at)
    return right is not None and desk.count(session, right, given, at=at)


def test_each_answer_adds_one_and_every_question_counts_the_same_people(
    session: Session, make: Workshop
) -> None:
    round_id = round_with(session, make, 3)
    assert count(session, round_id, FEMALE)
    assert count(session, round_id, {"sex": "female"})
    counts = counts_of(session, round_id)
    assert counts["sex"] == {"female": 2}
    assert counts["age"] == {"25-34": 1, NO_ANSWER: 1}
    assert {sum(numbers.values()) for numbers in counts.values()} == {2}
    assert len(counts) == len(QUESTIONS)
    assert answered(counts) == 2


def test_nothing_is_kept_but_counts(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 1)
    right = right_in(session, round_id)
    desk.count(session, right, FEMALE, at=NOW)
    assert session.scalars(sa.select(TrailEntry.id)).all() == []
    columns = {column.name for column in MonitoringCount.__table__.columns}
    assert columns == {"round_id", "question", "answer", "number"}


def test_what_is_kept_of_a_spent_right_tells_neither_whose_nor_when(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 2)
    count(session, round_id, FEMALE, at=NOW)
    count(session, round_id, FEMALE, at=NOW + timedelta(hours=2))
    kept = session.scalars(sa.select(Attempt)).all()
    assert len({one.account_digest for one in kept}) == 2
    assert {(one.address_digest, one.at) for one in kept} == {("", datetime(2026, 3, 5, tzinfo=UTC))}


def test_a_right_counts_once_however_many_have_applied(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 9)
    right = right_in(session, round_id)
    assert [desk.count(session, right, FEMALE, at=NOW) for _ in range(3)] == [True, False, False]
    assert counts_of(session, round_id)["sex"] == {"female": 1}


def test_a_right_ends_within_the_hour_and_is_known_as_spent_until_then(
    session: Session, make: Workshop
) -> None:
    round_id = round_with(session, make, 3)
    late = NOW.replace(hour=23, minute=45)
    spent, unused = right_in(session, round_id, late), right_in(session, round_id, late)
    assert desk.count(session, spent, FEMALE, at=late)
    sweep(session, at=late + timedelta(minutes=59))
    assert not desk.count(session, spent, FEMALE, at=late + timedelta(minutes=59))
    assert desk.holds(session, unused, at=late + timedelta(minutes=59))
    assert not desk.holds(session, unused, at=late + desk.ANSWERING_LASTS)
    assert not desk.count(session, unused, FEMALE, at=late + desk.ANSWERING_LASTS)
    sweep(session, at=late + 2 * DAY)
    assert session.scalars(sa.select(Attempt.id)).all() == []


def test_no_more_people_are_counted_than_applied(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 2)
    assert [count(session, round_id, FEMALE) for _ in range(4)] == [True, True, False, False]
    assert answered(counts_of(session, round_id)) == 2


def test_nobody_answers_once_the_numbers_are_shown(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 3, closed_on=TODAY)
    right = right_in(session, round_id, NOW.replace(hour=23, minute=45))
    assert count(session, round_id, FEMALE)
    assert not are_shown(TODAY, TODAY)
    assert not desk.count(session, right, FEMALE, at=NOW.replace(hour=0) + DAY)
    assert desk.right_to_answer(session, round_id, at=NOW + DAY) is None
    assert are_shown(TODAY, TODAY + DAY)
    assert not are_shown(None, TODAY)


def test_an_empty_form_and_an_unknown_round_count_nothing(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 1)
    assert not count(session, round_id, {})
    assert not count(session, round_id + 1, FEMALE)
    assert not desk.count(session, desk.Right(round_id + 1, "mark", NOW + DAY), FEMALE, at=NOW)
    assert counts_of(session, round_id) == {}


# -- looked at more than once


def test_a_round_opened_again_after_its_numbers_could_be_seen_asks_nobody(
    session: Session, make: Workshop
) -> None:
    by = make.actor(Role.COORDINATOR)
    seen, unseen, unanswered = (
        round_with(session, make, 0, name=name, closed_on=closed_on)
        for name, closed_on in (("A", TODAY), ("B", TODAY + DAY), ("C", TODAY))
    )
    for round_id in (seen, unseen, unanswered):
        for number in range(9):
            sent(session, round_id, answers(f"{round_id}.{number}@example.org"))
    assert count(session, seen, FEMALE)
    assert count(session, unseen, FEMALE)
    right = right_in(session, unseen)
    for round_id in (seen, unseen, unanswered):
        if round_id != unseen:
            rounds.open_round(session, round_id, None, by=by, at=NOW + DAY)
    rounds.change_round(session, unseen, RoundPlan("B", TODAY, TODAY + 9 * DAY), by=by, at=NOW + DAY)
    told = [count(session, round_id, FEMALE, at=NOW + DAY) for round_id in (seen, unseen, unanswered)]
    assert told == [False, True, True]
    assert not desk.count(session, right, FEMALE, at=NOW + DAY)


def test_a_new_name_alone_ends_nothing(session: Session, make: Workshop) -> None:
    round_id = round_with(session, make, 2, closed_on=TODAY)
    assert count(session, round_id, FEMALE)
    plan = RoundPlan("Spring 2026", TODAY - 30 * DAY, TODAY - DAY)
    rounds.change_round(session, round_id, plan, by=make.actor(Role.COORDINATOR), at=NOW + DAY)
    assert not session.get_one(Round, round_id).answers_are_final


_DAYS_AHEAD = st.integers(-4, 4)
_STEPS = st.one_of(
    st.just(("close", None)),
    st.just(("wait", None)),
    st.tuples(st.just("answer"), st.sampled_from(["female", "male"])),
    st.tuples(st.just("open"), st.none() | _DAYS_AHEAD),
    st.tuples(st.just("move"), st.none() | _DAYS_AHEAD),
)


@examples(20)
@given(steps=st.lists(_STEPS, max_size=14))
@example([("answer", "male"), ("move", -2), ("open", None), ("answer", "female"), ("move", -2)])
@example(
    [("answer", "male"), ("close", None), ("wait", None), ("move", None), ("answer", "male"), ("move", -2)]
)
def test_no_two_looks_at_the_numbers_of_a_round_differ(
    session: Session, steps: list[tuple[str, object]]
) -> None:
    """Whatever is done between them: from the difference, what one person answered could be told."""
    with session.begin_nested() as undone:
        make = Workshop(session)
        by, round_id = make.actor(Role.COORDINATOR), round_with(session, make, 15)
        at, looks = NOW, []
        for step, more in steps:
            day = at.date()
            last_on = None if more is None else day + more * DAY if isinstance(more, int) else None
            try:
                with session.begin_nested():
                    if step == "wait":
                        at += DAY
                    elif step == "answer":
                        count(session, round_id, {"sex": str(more)}, at=at)
                    elif step == "close":
                        rounds.close_round(session, round_id, by=by, at=at)
                    elif step == "open":
                        rounds.open_round(session, round_id, last_on, by=by, at=at)
                    else:
                        plan = RoundPlan("Spring", TODAY - 30 * DAY, last_on, is_public=True)
                        rounds.change_round(session, round_id, plan, by=by, at=at)
            except RoundError:
                continue
            session.flush()
            asking, counts = asking_of(session, round_id), counts_of(session, round_id)
            if asking and asking.is_shown_on(at.date()) and counts:
                looks.append(counts)
        assert all(look == looks[0] for look in looks)
        undone.rollback()
    session.expire_all()


# -- at once


def test_answers_given_at_once_all_count(apart: sa.Engine) -> None:
    with writing(apart) as session:
        round_id = round_with(session, Workshop(session), 8)
        session.commit()

    def counting(given: dict[str, str]) -> Callable[[], None]:
        def act() -> None:
            with writing(apart) as session:
                count(session, round_id, given)
                session.commit()

        return act

    assert told_at_once(*[counting(FEMALE)] * 4, *[counting({"sex": "male"})] * 4) == [""] * 8
    with reading(apart) as session:
        assert counts_of(session, round_id)["sex"] == {"female": 4, "male": 4}


def test_one_right_sent_many_times_at_once_counts_once(apart: sa.Engine) -> None:
    with writing(apart) as session:
        round_id = round_with(session, Workshop(session), 8)
        session.commit()
    right = desk.Right(round_id, "mark", NOW + DAY)

    def act() -> None:
        with writing(apart) as session:
            desk.count(session, right, FEMALE, at=NOW)
            session.commit()

    assert told_at_once(*[act] * 6) == [""] * 6
    with reading(apart) as session:
        assert counts_of(session, round_id)["sex"] == {"female": 1}
