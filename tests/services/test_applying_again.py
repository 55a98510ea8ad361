"""Somebody who was gone applies again, and applications from known addresses are settled."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.refusals import Refusal
from icv.rules.stages import Stage
from icv.services import people as desk
from icv.services.accounts import invite
from icv.services.recruitment import settling
from icv.store.accounts import Account
from icv.store.people import Declaration, Person, StageStep, person_by_address
from icv.store.recruitment import Application
from icv.store.recruitment.applications import application_read, applications_to_settle, in_tray
from icv.store.references import Referee
from tests.applications import CHOICES, answers, draft_of, round_open, sent
from tests.workshop import NOW, TODAY, Workshop

ADA = "Ada@example.org"
CONTACT = desk.Contact("Ada Byron", ADA, "07700 900123")
DAY = timedelta(days=1)


def gone(make: Workshop, stage: Stage = Stage.WITHDRAWN, **more: object) -> Person:
    return make.person(stage, name="Ada B.", email=ADA, **more)


@pytest.mark.parametrize("stage", [Stage.LEFT, Stage.REJECTED, Stage.WITHDRAWN])
def test_a_new_record_knows_the_one_before_and_has_the_address(
    session: Session, make: Workshop, stage: Stage
) -> None:
    old, by = gone(make, stage), make.actor(Role.COORDINATOR)
    new_id = desk.apply_again(session, old.id, CONTACT, applied_on=TODAY, round_name="Spring", by=by, at=NOW)
    new = session.get_one(Person, new_id)
    assert (new.earlier_id, new.email, new.email_key) == (old.id, ADA, ADA.casefold())
    assert (old.email, old.email_key) == (f"earlier-{old.id}+{ADA}", f"earlier-{old.id}+{ADA.casefold()}")
    known = person_by_address(session, ADA, TODAY)
    assert known
    assert (known.id, known.stage) == (new_id, Stage.APPLIED)
    steps = session.scalars(sa.select(StageStep.stage).where(StageStep.person_id == old.id)).all()
    assert steps == [stage]


def test_once_appointed_again_the_same_account_lets_them_in_as_the_new_record(
    session: Session, make: Workshop
) -> None:
    old, by = gone(make, Stage.LEFT, left_on=TODAY - DAY), make.actor(Role.COORDINATOR)
    account = make.account(Role.VOLUNTEER, email=ADA)
    old.account_id = account.id
    session.flush()
    new = session.get_one(Person, desk.apply_again(session, old.id, CONTACT, applied_on=TODAY, by=by, at=NOW))
    assert (old.account_id, new.account_id) == (None, None)
    new.appointed_on = TODAY
    invite(session, ADA, {Role.VOLUNTEER}, by=by.account_id, at=NOW)
    assert (old.account_id, new.account_id) == (None, account.id)
    assert session.scalar(sa.select(sa.func.count()).where(Account.email_key == ADA.casefold())) == 1


def test_somebody_may_come_back_more_than_once(session: Session, make: Workshop) -> None:
    old, by = gone(make), make.actor(Role.COORDINATOR)
    second = desk.apply_again(session, old.id, CONTACT, applied_on=TODAY, by=by, at=NOW)
    desk.move(session, second, desk.Move(Stage.WITHDRAWN, TODAY, "No time"), CHOICES, by=by, at=NOW)
    third = desk.apply_again(session, second, CONTACT, applied_on=TODAY, by=by, at=NOW)
    assert session.get_one(Person, third).earlier_id == second
    with pytest.raises(desk.PeopleError, match="applied again already"):
        desk.apply_again(session, second, CONTACT, applied_on=TODAY, by=by, at=NOW)


@pytest.mark.parametrize(
    ("leaves_on", "contact", "words"),
    [
        (None, CONTACT, "has not left"),
        (TODAY + DAY, CONTACT, "has not left"),
        (TODAY, desk.Contact("Ada", "eve@example.org"), "not the address"),
        (TODAY, desk.Contact("Ada", ADA, "ring me"), "telephone"),
    ],
)
def test_only_somebody_who_is_gone_comes_again_and_by_the_address_on_record(
    session: Session, make: Workshop, leaves_on: object, contact: desk.Contact, words: str
) -> None:
    person, by = make.person(name="Ada", email=ADA), make.actor(Role.COORDINATOR)
    if leaves_on:
        make.keep(StageStep(person_id=person.id, stage=Stage.LEFT, on=leaves_on, made_at=NOW))
    with pytest.raises(desk.PeopleError, match=words):
        desk.apply_again(session, person.id, contact, applied_on=TODAY, by=by, at=NOW)


# -- applications from a known address


def test_an_application_of_somebody_gone_becomes_their_new_record(session: Session, make: Workshop) -> None:
    old, by = gone(make), make.actor(Role.COORDINATOR)
    one = sent(session, round_open(make).id, answers(email=ADA.lower()))
    ((waiting),) = applications_to_settle(session, TODAY)
    assert waiting.known
    assert (waiting.known.id, waiting.known.is_gone) == (old.id, True)
    person_id = settling.take(session, one.id, CHOICES, by=by, at=NOW + DAY)
    person = session.get_one(Person, person_id)
    assert (person.earlier_id, person.round_id, person.applied_on) == (old.id, one.round_id, TODAY)
    assert len(session.scalars(sa.select(Referee.id).where(Referee.person_id == person_id)).all()) == 2
    assert session.scalars(sa.select(Declaration.person_id)).one() == person_id
    assert applications_to_settle(session, TODAY) == []
    with pytest.raises(settling.SettlingError, match="settled already"):
        settling.take(session, one.id, CHOICES, by=by, at=NOW)


def test_where_the_address_is_free_by_now_it_is_somebody_new(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    one = sent(session, round_open(make).id, answers())
    ((waiting),) = applications_to_settle(session, TODAY)
    assert waiting.known is None
    person = session.get_one(Person, settling.take(session, one.id, CHOICES, by=by, at=NOW))
    assert (person.earlier_id, person.round_id) == (None, one.round_id)


def test_an_application_of_somebody_current_is_closed_with_a_reason(session: Session, make: Workshop) -> None:
    make.person(email=ADA)
    by = make.actor(Role.COORDINATOR)
    one = sent(session, round_open(make).id, answers(email=ADA))
    with pytest.raises(Refusal, match="has not left"):
        settling.take(session, one.id, CHOICES, by=by, at=NOW)
    for reason, words in (("  ", "Enter the reason"), ("x" * 501, "500 characters")):
        with pytest.raises(settling.SettlingError, match=words):
            settling.close(session, one.id, reason, by=by, at=NOW)
    settling.close(session, one.id, " Visits already ", by=by, at=NOW)
    read = application_read(session, one.id, TODAY)
    assert read
    assert (read.outcome, read.person_id, read.waits) == ("Visits already", None, False)
    assert read.known is None


def test_a_draft_is_nobody_s_business_but_its_writer_s(session: Session, make: Workshop) -> None:
    one = draft_of(session, round_open(make).id, answers())
    assert application_read(session, one.id, TODAY) is None
    with pytest.raises(settling.SettlingError, match="not on record"):
        settling.take(session, one.id, CHOICES, by=make.actor(Role.COORDINATOR), at=NOW)


def test_the_tray_counts_what_waits_to_be_read_and_to_be_settled(session: Session, make: Workshop) -> None:
    round_id = round_open(make).id
    applicant, shortlisted = make.person(Stage.APPLIED), make.person(Stage.SHORTLISTED)
    for number, person in enumerate((applicant, shortlisted)):
        sent(session, round_id, answers(f"{number}@example.org"), person_id=person.id)
    sent(session, round_id, answers(), sent_at=NOW + DAY)
    draft_of(session, round_id, answers())
    tray = in_tray(session, since=NOW, on=TODAY)
    assert (tray.new, tray.to_read, tray.to_settle, tray.since) == (1, 1, 1, NOW + DAY)
    assert in_tray(session, since=None, on=TODAY).new == 3
    assert session.scalar(sa.select(sa.func.count()).select_from(Application)) == 4
