"""Changing the own e-mail address, on both databases: both must say yes, and nobody learns of others."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.services import accounts, addresses
from icv.services import people as desk
from icv.services.addresses import AddressError, Confirmed
from icv.services.sweeping import sweep
from icv.store.accounts import Account, LinkPurpose, OneTimeLink, account_by_email
from icv.store.addresses import AddressChange, change_by_link, change_waiting
from icv.store.engine import writing
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.trail import TrailEntry
from tests.thorough import examples
from tests.workshop import NOW, Workshop

NEW = "asha.new@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def asha(make: Workshop) -> Person:
    account = make.account(Role.VOLUNTEER, email="asha@example.org")
    return make.person(name="Asha Patel", email="asha@example.org", account_id=account.id)


@pytest.fixture
def by(asha: Person) -> Actor:
    assert asha.account_id
    return Actor(asha.account_id, asha.id, asha.name, frozenset({Role.VOLUNTEER}))


def ask(session: Session, by: Actor, email: str = NEW, at: object = NOW) -> tuple[str, str]:
    """Asks, and reads the letters: the token sent to the old address, and to the new ("" where none was)."""
    addresses.ask_to_change(session, email, by=by, address_of="<{}>".format, at=at)  # type: ignore[arg-type]
    latest = session.scalars(sa.select(Letter).order_by(Letter.id.desc()).limit(2)).all()
    new, old = (re.search("<(.+)>", letter.body) for letter in latest)
    assert old
    return old[1], new[1] if new else ""


def in_use(session: Session, person: Person) -> tuple[str, str]:
    session.expire_all()
    account = session.get_one(Account, person.account_id)
    return account.email, person.email


def test_the_address_changes_once_both_have_said_yes(session: Session, asha: Person, by: Actor) -> None:
    old, new = ask(session, by)
    assert session.scalars(sa.select(Letter.to_email).order_by(Letter.id)).all() == ["asha@example.org", NEW]
    assert all(session.scalars(sa.select(Letter.is_security)))
    assert addresses.confirm(session, new, at=NOW) is Confirmed.WAITS_FOR_OTHER
    assert in_use(session, asha) == ("asha@example.org", "asha@example.org")
    assert addresses.confirm(session, old, at=NOW + DAY) is Confirmed.CHANGED
    assert in_use(session, asha) == (NEW, NEW)
    assert account_by_email(session, NEW.upper())
    acts = session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()
    assert acts == [
        "ask for new address",
        "confirm at new address",
        "confirm at old address",
        "change own address",
    ]
    assert not any("@" in str(details) for details in session.scalars(sa.select(TrailEntry.details)))


@examples(20)
@given(pressed=st.lists(st.sampled_from(["old", "new", "stop", "wait"]), max_size=6))
def test_nothing_but_two_confirmations_within_two_days_changes_an_address(
    session: Session, pressed: list[str]
) -> None:
    with session.begin_nested() as undone:
        make = Workshop(session)
        account = make.account(Role.VOLUNTEER, email="asha@example.org")
        person = make.person(email="asha@example.org", account_id=account.id)
        by = Actor(account.id, person.id, "Asha", frozenset({Role.VOLUNTEER}))
        tokens, at, said, is_stopped = (
            dict(zip(("old", "new"), ask(session, by), strict=True)),
            NOW,
            set(),
            False,
        )
        for press in pressed:
            if press == "wait":
                at += timedelta(hours=30)
            elif press == "stop":
                is_stopped |= addresses.stop(session, tokens["new"], at=at)
            elif addresses.confirm(session, tokens[press], at=at):
                assert not is_stopped
                assert at < NOW + addresses.LINK_LASTS
                said.add(press)
        changed = said == {"old", "new"}
        assert in_use(session, person) == ((NEW, NEW) if changed else ("asha@example.org",) * 2)
        undone.rollback()


def test_the_asker_never_learns_that_an_address_is_somebody_elses(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    make.person(name="Ben Carter", email=NEW)
    old, new = ask(session, by)
    assert new == "", "the holder of the address is told, without a link"
    to_new, to_old = session.scalars(sa.select(Letter).order_by(Letter.id.desc())).all()
    assert to_new.to_email == NEW
    assert "on record here already" in to_new.body
    assert "Ben" not in to_new.body + to_old.body
    assert "Asha" not in to_new.body
    waiting = change_waiting(session, by.account_id, at=NOW)
    assert waiting
    assert waiting.email == NEW
    assert addresses.confirm(session, old, at=NOW) is Confirmed.WAITS_FOR_OTHER
    assert in_use(session, asha)[0] == "asha@example.org"


def test_an_address_taken_between_asking_and_confirming_stays_with_its_holder(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    old, new = ask(session, by)
    addresses.confirm(session, old, at=NOW)
    make.account(email=NEW)
    assert addresses.confirm(session, new, at=NOW) is Confirmed.IMPOSSIBLE
    assert in_use(session, asha) == ("asha@example.org", "asha@example.org")
    assert change_waiting(session, by.account_id, at=NOW) is None


def test_a_record_that_has_the_new_address_already_is_no_hindrance(
    session: Session, asha: Person, by: Actor
) -> None:
    """The coordinator changed the record, and the account was left behind."""
    asha.email = asha.email_key = NEW
    session.flush()
    for token in ask(session, by):
        addresses.confirm(session, token, at=NOW)
    assert in_use(session, asha) == (NEW, NEW)


def test_a_later_change_ends_the_earlier(session: Session, asha: Person, by: Actor) -> None:
    first = ask(session, by)
    ask(session, by, "other@example.org")
    assert [addresses.confirm(session, token, at=NOW) for token in first] == [None, None]


def test_stopping_at_either_address_ends_it(session: Session, asha: Person, by: Actor) -> None:
    old, new = ask(session, by)
    addresses.confirm(session, new, at=NOW)
    assert addresses.stop(session, old, at=NOW)
    assert addresses.confirm(session, old, at=NOW) is None
    assert not addresses.stop(session, new, at=NOW)


def test_the_asker_may_think_better_of_it(session: Session, asha: Person, by: Actor) -> None:
    old, _ = ask(session, by)
    addresses.withdraw(session, by=by, at=NOW)
    addresses.withdraw(session, by=by, at=NOW)
    assert addresses.confirm(session, old, at=NOW) is None
    assert session.scalars(sa.select(TrailEntry.act)).all().count("stop new address") == 1


def test_three_changes_a_day_are_enough(session: Session, asha: Person, by: Actor) -> None:
    for number in range(3):
        ask(session, by, f"new{number}@example.org")
    with pytest.raises(AddressError, match="Wait a day"):
        ask(session, by)
    ask(session, by, at=NOW + DAY)


@pytest.mark.parametrize("email", ["", "asha", "a b@example.org", "ASHA@example.org "])
def test_what_is_no_new_address_is_refused(session: Session, asha: Person, by: Actor, email: str) -> None:
    with pytest.raises(AddressError):
        ask(session, by, email)
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0


def test_links_in_the_old_mailbox_are_dead_after_the_change(
    session: Session, asha: Person, by: Actor
) -> None:
    way_in = accounts.make_link(session, by.account_id, LinkPurpose.NEW_PASSWORD, by=None, at=NOW)
    for token in ask(session, by):
        addresses.confirm(session, token, at=NOW)
    session.expire_all()
    link = session.scalars(sa.select(OneTimeLink)).one()
    assert link.expires_at == NOW
    assert accounts.use_link(session, way_in, at=NOW) is None


def test_a_closed_account_changes_no_address(session: Session, asha: Person, by: Actor) -> None:
    old, new = ask(session, by)
    session.get_one(Account, by.account_id).closed_at = NOW
    session.flush()
    assert [addresses.confirm(session, token, at=NOW) for token in (old, new)] == [None, None]
    assert change_by_link(session, accounts.digest(old), at=NOW) is None


def test_an_account_without_a_record_changes_its_own(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    for token in ask(session, by):
        addresses.confirm(session, token, at=NOW)
    session.expire_all()
    assert session.get_one(Account, by.account_id).email == NEW


def test_the_coordinator_may_change_it_by_hand_and_what_waited_ends(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    tokens = ask(session, by)
    contact = desk.Contact(asha.name, "by.hand@example.org")
    desk.change_contact(session, asha.id, contact, by=make.actor(Role.COORDINATOR), at=NOW)
    assert [addresses.confirm(session, token, at=NOW) for token in tokens] == [None, None]
    assert in_use(session, asha) == ("by.hand@example.org", "by.hand@example.org")


def test_old_changes_are_swept_out(session: Session, asha: Person, by: Actor) -> None:
    ask(session, by)
    sweep(session, at=NOW + 10 * DAY)
    assert session.scalars(sa.select(AddressChange)).all()
    sweep(session, at=NOW + 40 * DAY)
    assert not session.scalars(sa.select(AddressChange)).all()


def test_two_links_at_once_change_it_once(apart: sa.Engine) -> None:
    with writing(apart) as session:
        by = Workshop(session).actor(Role.VOLUNTEER, person=Workshop(session).person(email="p@example.org"))
        tokens = ask(session, by)
        session.commit()
    both = Barrier(2)

    def press(token: str) -> Confirmed | None:
        both.wait()
        with writing(apart) as session:
            confirmed = addresses.confirm(session, token, at=NOW)
            session.commit()
            return confirmed

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, tokens), key=str)
    assert answers == [Confirmed.CHANGED, Confirmed.WAITS_FOR_OTHER]


def test_two_who_want_one_address_at_once_do_not_both_get_it(apart: sa.Engine) -> None:
    last = []
    with writing(apart) as session:
        make = Workshop(session)
        for _ in range(2):
            old, new = ask(session, make.actor(Role.VOLUNTEER, person=make.person()))
            addresses.confirm(session, old, at=NOW)
            last.append(new)
        session.commit()
    both = Barrier(2)

    def press(token: str) -> Confirmed | None:
        both.wait()
        with writing(apart) as session:
            confirmed = addresses.confirm(session, token, at=NOW)
            session.commit()
            return confirmed

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, last), key=str)
    assert answers == [Confirmed.CHANGED, Confirmed.IMPOSSIBLE]


def test_a_link_pressed_while_another_change_is_asked_for_waits_its_turn(apart: sa.Engine) -> None:
    """Otherwise each would wait for what the other has, and PostgreSQL would end one of them."""
    with writing(apart) as session:
        by = Workshop(session).actor(Role.VOLUNTEER, person=Workshop(session).person(email="p@example.org"))
        old, new = ask(session, by)
        addresses.confirm(session, old, at=NOW)
        session.commit()

    def press() -> Confirmed | None:
        with writing(apart) as session:
            confirmed = addresses.confirm(session, new, at=NOW)
            session.commit()
            return confirmed

    with ThreadPoolExecutor(1) as pool, writing(apart) as session:
        session.execute(sa.update(Account).where(Account.id == by.account_id).values(name="Held"))
        pressed = pool.submit(press)
        with suppress(TimeoutError):
            pressed.result(timeout=0.5)
        ask(session, by, "another@example.org")
        session.commit()
        assert pressed.result() is None
