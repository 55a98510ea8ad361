"""What each stage requires, held to by every move, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.appraisal import DeclarationKind, ReviewKind, ReviewOutcome
from icv.rules.progress import lacking, missing
from icv.rules.requirements import CHOICE_OF_STAGE, Requirement
from icv.rules.scheme import Choices
from icv.rules.stages import APPOINTED, PIPELINE, Stage
from icv.services import people as desk
from icv.store.people import (
    Agreement,
    Card,
    Declaration,
    Interview,
    Person,
    Review,
    StageStep,
    Training,
    Vetting,
    progress_of,
    timeline,
)
from tests.thorough import examples
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
YESTERDAY = TODAY - timedelta(days=1)
ONWARD = (Stage.SHORTLISTED, Stage.INTERVIEWED, Stage.VETTING, Stage.TRAINING, Stage.PROBATION, Stage.ACTIVE)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def references(make: Workshop, person: Person) -> None:
    for _ in range(2):
        make.referee(person, asked_at=NOW, fails_on=TODAY, answered_at=NOW, answer={"recommends": "yes"})


RECORDS: dict[Requirement, Callable[[Workshop, Person], object]] = {
    Requirement.DECLARATION: lambda make, person: make.keep(
        Declaration(person_id=person.id, kind=DeclarationKind.ELIGIBILITY, declared_on=TODAY, made_at=NOW)
    ),
    Requirement.INTERVIEW: lambda make, person: make.keep(
        Interview(person_id=person.id, held_on=TODAY, notes="Well", is_recommended=True, made_at=NOW)
    ),
    Requirement.REFERENCES: references,
    Requirement.VETTING: lambda make, person: make.keep(Vetting(person_id=person.id, cleared_on=TODAY)),
    Requirement.TRAINING: lambda make, person: make.keep(Training(person_id=person.id, trained_on=TODAY)),
    Requirement.AGREEMENT: lambda make, person: make.keep(
        Agreement(person_id=person.id, version="1", signed_on=TODAY)
    ),
    Requirement.CARD: lambda make, person: make.keep(Card(person_id=person.id, number="1", issued_on=TODAY)),
    Requirement.REVIEW: lambda make, person: make.keep(
        Review(
            person_id=person.id,
            kind=ReviewKind.PROBATION,
            held_on=TODAY,
            outcome=ReviewOutcome.GO_ON,
            made_at=NOW,
        )
    ),
}


def step(session: Session, person: Person, to: Stage, by: Actor, choices: Choices = CHOICES) -> desk.Moved:
    return desk.move(session, person.id, desk.Move(to, TODAY, "so"), choices, by=by, at=NOW)


def test_every_requirement_can_be_met() -> None:
    assert set(RECORDS) == set(Requirement)


SETS = st.frozensets(st.sampled_from(Requirement))


@examples(20)
@given(
    required=st.fixed_dictionaries(dict.fromkeys(CHOICE_OF_STAGE.values(), SETS)),
    on_record=SETS,
    asked=st.lists(st.sampled_from([*Stage, *ONWARD, None]), max_size=14),
)
def test_no_path_of_moves_reaches_a_stage_without_what_the_scheme_requires(
    session: Session,
    make: Workshop,
    by: Actor,
    required: dict[str, frozenset[Requirement]],
    on_record: frozenset[Requirement],
    asked: list[Stage | None],
) -> None:
    """None: the last step is taken back, as a correction would."""
    choices = Choices(**required)  # type: ignore[arg-type]
    with session.begin_nested() as savepoint:
        person = make.person(Stage.APPLIED)
        for one in on_record:
            RECORDS[one](make, person)
        for to in (*ONWARD, *asked):
            try:
                if to is None:
                    seen = next(
                        line.id
                        for line in timeline(session, person.id)
                        if not (line.corrects or line.is_undone)
                    )
                    desk.correct_last_step(session, person.id, "so", seen_step_id=seen, by=by, at=NOW)
                else:
                    step(session, person, to, by, choices)
            except desk.PeopleError:
                continue
        reached = set(session.scalars(sa.select(StageStep.stage).where(StageStep.person_id == person.id)))
        for stage, choice in CHOICE_OF_STAGE.items():
            if stage in reached:
                assert required[choice] <= on_record, f"{stage} without {required[choice] - on_record}"
        if reached & APPOINTED:
            assert required["before_appointment"] <= on_record
        savepoint.rollback()


def test_a_refusal_says_all_that_is_missing_and_of_everybody(
    session: Session, make: Workshop, by: Actor
) -> None:
    asha, ben = make.person(Stage.VETTING, name="Asha"), make.person(Stage.VETTING, name="Ben")
    references(make, ben)
    with pytest.raises(desk.PeopleError) as refused:
        desk.move_several(
            session, [ben.id, asha.id], desk.Move(Stage.TRAINING, TODAY), CHOICES, by=by, at=NOW
        )
    assert str(refused.value) == (
        "The scheme requires more before “training” on 4 March 2026: Asha (no referees named, no vetting on"
        " record); Ben (no vetting on record). Record it on their page first, or change in the settings what"
        " is required."
    )


def test_what_came_after_the_day_of_the_step_does_not_count(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(Stage.TRAINING)
    make.ready_for_appointment(person, TODAY)
    asked = desk.Move(Stage.PROBATION, YESTERDAY)
    with pytest.raises(desk.PeopleError, match="eligibility not declared"):
        desk.move(session, person.id, asked, CHOICES, by=by, at=NOW)
    assert step(session, person, Stage.PROBATION, by).to is Stage.PROBATION


def test_nobody_is_confirmed_by_way_of_leave(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person(Stage.PROBATION)
    step(session, person, Stage.ON_LEAVE, by)
    with pytest.raises(desk.PeopleError, match="no review of the probation"):
        step(session, person, Stage.ACTIVE, by)
    assert step(session, person, Stage.PROBATION, by).to is Stage.PROBATION


def test_who_was_confirmed_comes_back_without_being_asked_anything(
    session: Session, make: Workshop, by: Actor
) -> None:
    for away in (Stage.ON_LEAVE, Stage.SUSPENDED):
        person = make.person(Stage.ACTIVE)
        step(session, person, away, by)
        assert step(session, person, Stage.ACTIVE, by).to is Stage.ACTIVE
        from_elsewhere = make.person(away)
        assert step(session, from_elsewhere, Stage.ACTIVE, by).to is Stage.ACTIVE


def test_a_confirmation_taken_back_asks_again(session: Session, make: Workshop, by: Actor) -> None:
    person = make.ready_for_confirmation(make.person(Stage.PROBATION))
    step(session, person, Stage.ACTIVE, by)
    seen = timeline(session, person.id)[0].id
    desk.correct_last_step(session, person.id, "Wrong person", seen_step_id=seen, by=by, at=NOW)
    session.execute(sa.delete(Review))
    with pytest.raises(desk.PeopleError, match="no review of the probation"):
        step(session, person, Stage.ACTIVE, by)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (ReviewOutcome.EXTEND, "to be decided later"),
        (ReviewOutcome.END, "to come to an end"),
    ],
)
def test_only_a_review_that_says_so_confirms(
    session: Session, make: Workshop, by: Actor, outcome: ReviewOutcome, said: str
) -> None:
    person = make.ready_for_confirmation(make.person(Stage.PROBATION))
    make.keep(
        Review(person_id=person.id, kind=ReviewKind.PROBATION, held_on=TODAY, outcome=outcome, made_at=NOW)
    )
    with pytest.raises(desk.PeopleError, match=said):
        step(session, person, Stage.ACTIVE, by)


def test_an_interview_against_somebody_holds_until_another_is_for_them(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(Stage.SHORTLISTED)
    for is_recommended in (False, True):
        notes = desk.InterviewNotes(TODAY, "A and B", f"Notes {is_recommended}", is_recommended)
        desk.note_interview(session, person.id, notes, by=by, at=NOW)
        if not is_recommended:
            with pytest.raises(desk.PeopleError, match="does not recommend them"):
                step(session, person, Stage.INTERVIEWED, by)
    assert step(session, person, Stage.INTERVIEWED, by).to is Stage.INTERVIEWED


def test_progress_is_asked_in_as_many_questions_for_many_as_for_one(session: Session, make: Workshop) -> None:
    asked: list[str] = []
    connection = session.connection()
    sa.event.listen(connection, "before_cursor_execute", lambda *it: asked.append(it[2]))
    one = make.ready_for_appointment(make.person(Stage.TRAINING))
    session.flush()
    asked.clear()
    assert not missing(progress_of(session, [one.id])[one.id], Stage.PROBATION, CHOICES, TODAY)
    for_one = len(asked)
    many = [make.ready_for_appointment(make.person(stage)).id for stage in PIPELINE for _ in range(5)]
    session.flush()
    asked.clear()
    of_each = progress_of(session, many)
    assert len(asked) == for_one
    assert all(not lacking(of_each[number], Stage.PROBATION, CHOICES, TODAY) for number in many)
    asked.clear()
    assert set(progress_of(session)) == {one.id, *many}
    assert len(asked) == for_one
