"""Acts on people's records, on both databases: what they bring with them, and what they refuse."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.clearance import clearance
from icv.rules.records import CardFacts, TermFacts, TrainingFacts, VettingFacts
from icv.rules.requirements import CHOICE_OF_STAGE
from icv.rules.scheme import Choices
from icv.rules.stages import APPOINTED, GONE, Stage
from icv.rules.visits import DutyState
from icv.services import people as desk
from icv.store.accounts import Account
from icv.store.engine import open_engine, writing
from icv.store.people import Person, StageStep, Term, person_seen_by, standings, timeline
from icv.store.trail import TrailEntry
from icv.store.visits import Duty
from tests.thorough import examples
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
ASKS_NOTHING = Choices(**dict.fromkeys(CHOICE_OF_STAGE.values(), frozenset()))  # type: ignore[arg-type]


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def applicant(session: Session, by: Actor, **more: str) -> int:
    asked = {"name": "Asha Patel", "email": "asha@example.org", **more}
    return desk.add_person(session, desk.Contact(**asked), applied_on=TODAY, by=by, at=NOW)


def step(
    session: Session,
    person_id: int,
    to: Stage,
    by: Actor,
    on: date = TODAY,
    reason: str = "so",
    choices: Choices = CHOICES,
) -> desk.Moved:
    return desk.move(session, person_id, desk.Move(to, on, reason), choices, by=by, at=NOW)


def test_a_person_walks_the_whole_path(session: Session, make: Workshop, by: Actor) -> None:
    person_id = applicant(session, by)
    person = session.get_one(Person, person_id)
    step(session, person_id, Stage.SHORTLISTED, by)
    make.ready_for_appointment(person, TODAY)
    for stage in (Stage.INTERVIEWED, Stage.VETTING, Stage.TRAINING, Stage.PROBATION):
        step(session, person_id, stage, by)
    make.ready_for_confirmation(person, TODAY)
    step(session, person_id, Stage.ACTIVE, by)

    standing = standings(session, [person_id])[person_id]
    assert clearance(standing, TODAY, CHOICES).may_visit
    acts = session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()
    assert acts == ["add", *["move stage"] * 6]


@examples(20)
@given(asked=st.lists(st.sampled_from(Stage), max_size=14))
def test_no_path_leads_into_office_past_vetting(session: Session, by: Actor, asked: list[Stage]) -> None:
    with session.begin_nested() as savepoint:
        person_id = applicant(session, by)
        for to in asked:
            try:
                step(session, person_id, to, by)
            except desk.PeopleError:
                continue
        assert timeline(session, person_id)[0].stage not in APPOINTED
        savepoint.rollback()


def test_an_end_is_refused_another_step(session: Session, make: Workshop, by: Actor) -> None:
    for end in GONE:
        person = make.person(end)
        with pytest.raises(desk.PeopleError, match="correct the last step instead"):
            step(session, person.id, Stage.ACTIVE, by)


def test_what_the_scheme_does_not_require_does_not_bar_an_appointment(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(Stage.TRAINING)
    asked = desk.Move(Stage.PROBATION, TODAY, term_ends_on=TODAY)
    desk.move(session, person.id, asked, ASKS_NOTHING, by=by, at=NOW)
    assert session.scalar(sa.select(Term.ends_on).where(Term.person_id == person.id)) == TODAY


def test_an_appointment_cannot_end_before_it_begins(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person(Stage.TRAINING)
    asked = desk.Move(Stage.PROBATION, TODAY, probation_ends_on=TODAY - timedelta(days=1))
    with pytest.raises(desk.PeopleError) as refused:
        desk.move(session, person.id, asked, ASKS_NOTHING, by=by, at=NOW)
    assert refused.value.field == "probation_ends_on"


def test_leaving_may_be_planned_ahead_but_not_for_ever(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    with pytest.raises(desk.PeopleError, match="within a year"):
        step(session, person.id, Stage.LEFT, by, on=TODAY + timedelta(days=400))
    ahead = TODAY + timedelta(days=30)
    step(session, person.id, Stage.LEFT, by, on=ahead)
    standing = standings(session, [person.id])[person.id]
    assert clearance(standing, TODAY, CHOICES).changes_on == ahead
    with pytest.raises(desk.PeopleError):
        step(session, person.id, Stage.SUSPENDED, by)


def test_a_duty_given_back_moves_on_in_calendars(session: Session, make: Workshop, by: Actor) -> None:
    person, partner = make.person(), make.person()
    visit = make.visit(None, person, partner, week=TODAY + timedelta(days=14))
    step(session, person.id, Stage.LEFT, by)
    states = dict(
        session.execute(sa.select(Duty.person_id, Duty.state).where(Duty.visit_id == visit.id)).all()
    )
    assert states == {person.id: DutyState.RELEASED, partner.id: DutyState.ACCEPTED}
    given_back = session.scalars(sa.select(Duty).where(Duty.person_id == person.id)).one()
    assert (given_back.sequence, given_back.changed_at) == (1, NOW)


def test_an_appointment_taken_back_leaves_no_member_behind(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(Stage.TRAINING)
    desk.move(session, person.id, desk.Move(Stage.PROBATION, TODAY), ASKS_NOTHING, by=by, at=NOW)
    seen = timeline(session, person.id)[0].id
    assert (
        desk.correct_last_step(session, person.id, "Wrong person", seen_step_id=seen, by=by, at=NOW)
        is Stage.TRAINING
    )
    assert (person.appointed_on, person.probation_ends_on) == (None, None)
    assert session.scalars(sa.select(Term)).all() == []
    assert standings(session, [person.id])[person.id].stage_on(TODAY) is Stage.TRAINING


def test_corrections_go_back_step_by_step_and_once_each(session: Session, by: Actor) -> None:
    person_id = applicant(session, by)
    step(session, person_id, Stage.SHORTLISTED, by)
    step(session, person_id, Stage.INTERVIEWED, by, choices=ASKS_NOTHING)
    wrong = timeline(session, person_id)[0].id
    desk.correct_last_step(session, person_id, "No", seen_step_id=wrong, by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="changed in the meantime"):
        desk.correct_last_step(session, person_id, "No", seen_step_id=wrong, by=by, at=NOW)
    before = next(
        line for line in timeline(session, person_id) if line.stage is Stage.SHORTLISTED and not line.corrects
    )
    assert (
        desk.correct_last_step(session, person_id, "No", seen_step_id=before.id, by=by, at=NOW)
        is Stage.APPLIED
    )
    first = session.scalars(sa.select(StageStep.id).order_by(StageStep.id)).first()
    assert first
    with pytest.raises(desk.PeopleError, match="first step on record"):
        desk.correct_last_step(session, person_id, "No", seen_step_id=first, by=by, at=NOW)


def test_several_move_or_nobody(session: Session, make: Workshop, by: Actor) -> None:
    people = [make.person(Stage.APPLIED).id, make.person(Stage.TRAINING).id]
    with pytest.raises(desk.PeopleError):
        desk.move_several(session, people, desk.Move(Stage.SHORTLISTED, TODAY), CHOICES, by=by, at=NOW)


def test_one_address_is_one_person(session: Session, make: Workshop, by: Actor) -> None:
    person_id = applicant(session, by)
    with pytest.raises(desk.PeopleError) as refused:
        applicant(session, by, email=" ASHA@example.org")
    assert (refused.value.field, refused.value.person_id) == ("email", person_id)


@pytest.mark.parametrize("name", ["Patel Asha", "asha patel", "Asha Pattel", "Asha-Patel"])
def test_a_name_much_like_another_is_noticed(session: Session, by: Actor, name: str) -> None:
    applicant(session, by)
    assert [found for _, found in desk.similar_people(session, name)] == ["Asha Patel"]
    assert desk.similar_people(session, "Ben Okafor") == []


def test_the_account_follows_the_address(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person(email="old@example.org")
    account = make.account(Role.VOLUNTEER, email="old@example.org")
    person.account_id = account.id
    contact = desk.Contact(person.name, "New@example.org", "07700 900123")
    desk.change_contact(session, person.id, contact, by=by, at=NOW)
    assert session.get_one(Account, account.id).email_key == "new@example.org"
    make.account(Role.PANEL, email="taken@example.org")
    with pytest.raises(desk.PeopleError, match="Another account"):
        desk.change_contact(session, person.id, desk.Contact("A", "taken@example.org"), by=by, at=NOW)


@pytest.mark.parametrize(
    ("phone", "kept"),
    [("+44 7700 900123", True), ("07700 900 123 ext 4", True), ("no phone", False), ("12", False)],
)
def test_a_telephone_number_is_kept_as_typed(
    session: Session, make: Workshop, phone: str, kept: bool
) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    if kept:
        desk.change_own_phone(session, f" {phone} ", by=actor, at=NOW)
        assert person.phone == phone
    else:
        with pytest.raises(desk.PeopleError):
            desk.change_own_phone(session, phone, by=actor, at=NOW)


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (VettingFacts(), "requested_on"),
        (VettingFacts(requested_on=TOMORROW), "requested_on"),
        (VettingFacts(requested_on=TODAY, cleared_on=YESTERDAY), "cleared_on"),
        (VettingFacts(requested_on=TODAY, expires_on=TOMORROW), "cleared_on"),
        (VettingFacts(cleared_on=TODAY, expires_on=YESTERDAY), "expires_on"),
        (VettingFacts(requested_on=TODAY, refused_on=YESTERDAY), "refused_on"),
        (VettingFacts(cleared_on=TODAY, refused_on=YESTERDAY), "refused_on"),
        (TrainingFacts("Refresher", TOMORROW), "trained_on"),
        (TermFacts(TODAY, YESTERDAY), "ends_on"),
        (CardFacts("7", TODAY, YESTERDAY), "expires_on"),
        (CardFacts("7", TODAY, None, YESTERDAY), "returned_on"),
    ],
)
def test_days_that_contradict_one_another_are_refused_beside_the_field(
    session: Session, make: Workshop, by: Actor, facts: VettingFacts, field: str
) -> None:
    person = make.person(Stage.VETTING)
    with pytest.raises(desk.PeopleError) as refused:
        desk.keep_record(session, person.id, facts, by=by, at=NOW)
    assert refused.value.field == field


def test_a_record_of_somebody_else_is_not_changed(session: Session, make: Workshop, by: Actor) -> None:
    theirs, mine = make.person(), make.person()
    with pytest.raises(desk.PeopleError):
        desk.keep_record(
            session, mine.id, VettingFacts(cleared_on=TODAY), record_id=theirs.vettings[0].id, by=by, at=NOW
        )


def test_a_refused_vetting_is_said_and_bars(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    vetting = VettingFacts("NPPV2", None, date(2024, 12, 1), date(2029, 12, 1), refused_on=TODAY)
    desk.keep_record(session, person.id, vetting, record_id=person.vettings[0].id, by=by, at=NOW)
    standing = standings(session, [person.id])[person.id]
    assert clearance(standing, YESTERDAY, CHOICES).may_visit
    assert clearance(standing, TODAY, CHOICES).reasons == ("vetting refused on 4 March 2026",)


def test_a_conflict_is_declared_once_from_either_side(session: Session, make: Workshop, by: Actor) -> None:
    one, other = make.person(), make.person()
    with_them = {"suite_id": None, "declared_on": TODAY, "by": by, "at": NOW}
    conflict_id = desk.declare_conflict(session, one.id, with_person_id=other.id, **with_them)
    with pytest.raises(desk.PeopleError, match="on record already"):
        desk.declare_conflict(session, other.id, with_person_id=one.id, **with_them)
    with pytest.raises(desk.PeopleError, match="themselves"):
        desk.declare_conflict(session, one.id, with_person_id=one.id, **with_them)
    desk.end_conflict(session, other.id, conflict_id, by=by, at=NOW)
    desk.declare_conflict(session, other.id, with_person_id=one.id, **with_them)


def test_nobody_but_a_coordinator_sees_the_record_of_another(
    session: Session, make: Workshop, by: Actor
) -> None:
    mine, theirs = make.person(), make.person()
    visitor = make.actor(Role.VOLUNTEER, person=mine)
    assert person_seen_by(session, visitor, mine.id)
    assert person_seen_by(session, visitor, theirs.id) is None
    assert person_seen_by(session, by, theirs.id)


def test_of_two_who_move_a_person_at_once_one_is_refused(upgraded_url: str) -> None:
    engine = open_engine(upgraded_url)
    with writing(engine) as session:
        workshop = Workshop(session)
        by, person_id = workshop.actor(Role.COORDINATOR), workshop.person(Stage.APPLIED).id
        session.commit()
    both_ready = Barrier(2)

    def shortlist() -> str:
        both_ready.wait()
        with writing(engine) as session:
            try:
                step(session, person_id, Stage.SHORTLISTED, by)
            except desk.PeopleError:
                return "refused"
            session.commit()
            return "moved"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(one.result() for one in [pool.submit(shortlist), pool.submit(shortlist)])
    assert told == ["moved", "refused"]
    engine.dispose()


def test_a_probation_appointed_at_the_end_of_a_month_is_not_a_day_short() -> None:
    choices = Choices(probation_months=6, term_years=4)
    assert desk.usual_ends(date(2026, 8, 31), choices) == (date(2027, 2, 28), date(2030, 8, 30))
