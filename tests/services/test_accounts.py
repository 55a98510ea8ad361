"""Ways in: links that work once and expire, sign-ins that end, tries that are counted, and invitations."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.services import accounts as desk
from icv.services import invitations, people
from icv.store.accounts import Account, LinkPurpose, SignIn
from icv.store.letters import Letter
from tests.workshop import NOW, TODAY, Workshop

A_MOMENT = timedelta(seconds=1)


def address_of(token: str) -> str:
    return f"https://icv.example.org/link/{token}"


def test_a_link_works_once(session: Session, make: Workshop) -> None:
    token = desk.make_link(session, make.account().id, LinkPurpose.SIGN_IN, by=None, at=NOW)
    assert desk.use_link(session, token, at=NOW) is not None
    assert desk.use_link(session, token, at=NOW) is None
    assert desk.use_link(session, "unknown", at=NOW) is None


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_a_link_ends_with_its_time(session: Session, make: Workshop, purpose: LinkPurpose) -> None:
    ends_at = NOW + desk.LINK_LASTS[purpose]
    late = desk.make_link(session, make.account().id, purpose, by=None, at=NOW)
    assert desk.use_link(session, late, at=ends_at) is None
    assert desk.use_link(session, late, at=ends_at - A_MOMENT) is not None


def test_a_newer_link_takes_the_place_of_an_older_one_for_the_same(session: Session, make: Workshop) -> None:
    account = make.account()
    older, invitation, newer = (
        desk.make_link(session, account.id, purpose, by=None, at=NOW)
        for purpose in (LinkPurpose.NEW_PASSWORD, LinkPurpose.INVITATION, LinkPurpose.NEW_PASSWORD)
    )
    assert desk.use_link(session, older, at=NOW) is None
    assert desk.use_link(session, newer, at=NOW) is not None
    assert desk.use_link(session, invitation, at=NOW) is not None


@pytest.mark.parametrize(
    ("roles", "lasts"),
    [
        ((Role.VOLUNTEER,), timedelta(days=30)),
        ((Role.COORDINATOR,), timedelta(hours=12)),
        ((Role.VOLUNTEER, Role.COORDINATOR), timedelta(hours=12)),
    ],
)
def test_only_a_visitors_sign_in_lasts_for_weeks(
    session: Session, make: Workshop, roles: tuple[Role, ...], lasts: timedelta
) -> None:
    desk.sign_in(session, make.account(*roles).id, device="A telephone", at=NOW)
    assert session.scalars(sa.select(SignIn.expires_at)).one() == NOW + lasts


def test_nobody_ends_somebody_elses_sign_in(session: Session, make: Workshop) -> None:
    me, you = make.actor(Role.PANEL), make.actor(Role.PANEL)
    desk.sign_in(session, you.account_id, device="A telephone", at=NOW)
    theirs = session.scalars(sa.select(SignIn.id)).one()
    assert not desk.end_sign_in(session, theirs, by=me, at=NOW)
    assert desk.end_sign_in(session, theirs, by=you, at=NOW)


def test_a_new_password_ends_every_sign_in_and_forgets_the_tries(session: Session, make: Workshop) -> None:
    account = make.account()
    desk.sign_in(session, account.id, device="A telephone", at=NOW)
    for _ in range(desk.MOST_TRIES_AN_ACCOUNT):
        desk.begin_try(session, account.email, "192.0.2.1", at=NOW)
    desk.set_password(session, account.id, "hash", at=NOW)
    assert not session.scalars(sa.select(SignIn)).all()
    assert desk.begin_try(session, account.email, "192.0.2.1", at=NOW).password_hash == "hash"


def test_tries_are_counted_for_the_account_from_wherever_they_come(session: Session, make: Workshop) -> None:
    account = make.account()
    for number in range(desk.MOST_TRIES_AN_ACCOUNT):
        desk.begin_try(session, account.email.upper(), f"192.0.2.{number}", at=NOW)
    with pytest.raises(desk.AccountError, match="Wait 15 minutes"):
        desk.begin_try(session, account.email, "192.0.2.99", at=NOW)
    later = NOW + desk.THROTTLE_WINDOW
    assert desk.begin_try(session, account.email, "192.0.2.99", at=later).account_id == account.id


def test_tries_are_counted_for_the_address_whoever_is_tried(session: Session) -> None:
    for number in range(desk.MOST_TRIES_AN_ADDRESS):
        desk.begin_try(session, f"nobody{number}@example.org", "192.0.2.1", at=NOW)
    with pytest.raises(desk.AccountError, match="Wait 15 minutes"):
        desk.begin_try(session, "somebody@example.org", "192.0.2.1", at=NOW)
    assert desk.begin_try(session, "somebody@example.org", "192.0.2.2", at=NOW).account_id is None


def test_a_closed_account_has_no_way_in(session: Session, make: Workshop) -> None:
    account = make.account(closed_at=NOW, password_hash="hash")
    assert desk.begin_try(session, account.email, "192.0.2.1", at=NOW).password_hash is None


def test_every_visitor_in_office_without_an_account_is_invited_once(session: Session, make: Workshop) -> None:
    visitor = make.person(name="Visitor")
    make.person(name="Applicant", stage=Stage.APPLIED)
    make.person(name="Gone", stage=Stage.LEFT, left_on=TODAY)
    make.person(name="In already", account_id=make.account(Role.VOLUNTEER).id)
    by = make.actor(Role.COORDINATOR)
    ((name, email, link),) = invitations.invite_visitors(session, by=by, address_of=address_of, at=NOW)
    assert (name, email) == ("Visitor", visitor.email)
    letter = session.scalars(sa.select(Letter)).one()
    assert (letter.to_email, link in letter.body, letter.is_security) == (visitor.email, True, True)
    assert not invitations.invite_visitors(session, by=by, address_of=address_of, at=NOW)


def test_an_invitation_pressed_again_within_a_minute_leaves_the_first_one_in_force(
    session: Session, make: Workshop
) -> None:
    by, person = make.actor(Role.COORDINATOR), make.person(name="Asha Patel")

    def invited(at: datetime) -> people.Invited:
        return people.invite_people(session, [person.id], by=by, address_of=address_of, at=at)

    assert len(invited(NOW).links) == 1
    soon = NOW + timedelta(seconds=20)
    assert invited(soon) == people.Invited([], ["Asha Patel"])
    with pytest.raises(desk.AccountError, match="was made a moment ago"):
        invitations.invite_by_letter(
            session, f" {person.email.upper()}", {Role.VOLUNTEER}, by=by, address_of=address_of, at=soon
        )
    assert len(session.scalars(sa.select(Letter)).all()) == 1
    assert len(invited(NOW + timedelta(seconds=61)).links) == 1
    assert len(session.scalars(sa.select(Letter)).all()) == 2


def test_only_somebody_appointed_is_invited_as_a_volunteer(session: Session, make: Workshop) -> None:
    applicant = make.person(stage=Stage.APPLIED)
    for email in (applicant.email, "nobody@example.org"):
        with pytest.raises(desk.AccountError, match="Nobody appointed is on record"):
            desk.invite(session, email, {Role.VOLUNTEER}, by=None, at=NOW)
    assert desk.invite(session, applicant.email, {Role.PANEL}, by=None, at=NOW)


def test_asking_for_a_new_password_tells_nobody_whether_there_is_an_account(
    session: Session, make: Workshop
) -> None:
    account = make.account()
    for email in ("nobody@example.org", account.email):
        invitations.ask_for_new_password(session, email, "192.0.2.1", address_of=address_of, at=NOW)
    assert session.scalars(sa.select(Letter.to_email)).all() == [account.email]


def test_a_scheme_is_set_up_once(session: Session) -> None:
    ways = {"scheme_name": "North", "password_hash": "hash", "on": TODAY, "at": NOW}
    desk.set_up(session, name="Ada", email="ada@example.org", **ways)
    with pytest.raises(desk.AccountError, match="set up already"):
        desk.set_up(session, name="Eve", email="eve@example.org", **ways)
    assert session.scalars(sa.select(Account.name)).all() == ["Ada"]
