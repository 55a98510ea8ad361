"""An application is gone on with by a link, which tells a stranger nothing."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.services.accounts import begin_try, digest
from icv.services.recruitment import beginning as desk
from icv.store.accounts import Attempt
from icv.store.letters import Letter
from icv.store.recruitment.applications import application_by_link, application_held
from icv.store.trail import TrailEntry
from tests.applications import FROM, answers, draft_of, round_open
from tests.services.applying.writing import MINUTE, address_of, begin, save
from tests.workshop import NOW, Workshop


def links_in(session: Session, email: str) -> list[str]:
    """The tokens of the links in the letters to an address, the first letter first."""
    bodies = session.scalars(sa.select(Letter.body).where(Letter.to_email == email).order_by(Letter.id))
    return [body.split(address_of(""))[1].split()[0] for body in bodies]


def ask(session: Session, email: str, at: datetime = NOW) -> None:
    desk.ask_for_link(session, email, from_address=FROM, address_of=address_of, at=at)


def test_a_link_goes_to_the_address_once_it_is_known_and_says_nothing_that_was_typed(
    session: Session, make: Workshop
) -> None:
    token = begin(session, make)
    save(session, token, "name", {"name": "Ada"})
    assert save(session, token, "contact", {"email": "ada@example.org", "phone": ""}) == desk.Saved(
        None, True
    )
    assert save(session, token, "contact", {"email": "ADA@example.org", "phone": ""}) == desk.Saved()
    letter = session.scalars(sa.select(Letter)).one()
    assert (letter.to_email, letter.is_security) == ("ada@example.org", True)
    (link,) = links_in(session, "ada@example.org")
    assert "Ada" not in letter.body
    assert token not in letter.body
    assert link not in letter.key
    held = application_by_link(session, digest(link), at=NOW)
    assert held
    assert held.answers["name"] == {"name": "Ada"}


@pytest.mark.parametrize("is_opened", [False, True])
def test_a_link_that_went_to_a_wrong_address_opens_nothing_once_it_is_corrected(
    session: Session, make: Workshop, is_opened: bool
) -> None:
    token = begin(session, make)
    save(session, token, "contact", {"email": "adda@example.org", "phone": ""})
    (wrong,) = links_in(session, "adda@example.org")
    if is_opened:
        desk.open_link(session, wrong, at=NOW)
        token = wrong
    renewed = save(session, token, "contact", {"email": "ada@example.org", "phone": ""}).token
    assert renewed
    assert application_by_link(session, digest(wrong), at=NOW) is None
    assert application_held(session, digest(renewed), at=NOW)
    (right,) = links_in(session, "ada@example.org")
    assert application_by_link(session, digest(right), at=NOW)


def test_asking_for_a_link_tells_nobody_whether_there_is_an_application(
    session: Session, make: Workshop
) -> None:
    round_id = round_open(make).id
    draft_of(session, round_id, answers(), token="draft")
    draft_of(session, round_id, answers("eve@example.org"), token="sent").sent_at = NOW
    session.flush()
    for email in ("ADA@example.org", "eve@example.org", "nobody@example.org"):
        desk.ask_for_link(session, email, from_address=FROM, address_of=address_of, at=NOW)
    assert session.scalars(sa.select(Letter.to_email)).all() == ["ada@example.org"]


def test_a_stranger_who_asks_for_a_link_throws_nobody_off_their_device(
    session: Session, make: Workshop
) -> None:
    draft_of(session, round_open(make).id, answers(), token="device")
    for number in range(desk.ASKING.of_email):
        ask(session, "ada@example.org", at=NOW + number * MINUTE)
    save(session, "device", "heard", {"heard": "A friend"})
    assert application_held(session, digest("device"), at=NOW)


def test_a_link_that_is_opened_takes_over_and_opens_again(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers(), token="device")
    ask(session, "ada@example.org")
    ask(session, "ada@example.org", at=NOW + MINUTE)
    older, link = links_in(session, "ada@example.org")
    assert application_held(session, digest(link), at=NOW) is None
    with pytest.raises(desk.ApplyingError, match="newer link has taken its place"):
        desk.open_link(session, older, at=NOW)
    desk.open_link(session, link, at=NOW)
    desk.open_link(session, link, at=NOW)
    assert application_held(session, digest("device"), at=NOW) is None
    save(session, link, "heard", {"heard": "A friend"})
    acts = session.scalars(sa.select(TrailEntry.act)).all()
    assert acts.count("open by link") == 1


def test_a_link_ends_with_the_draft(session: Session, make: Workshop) -> None:
    draft = draft_of(session, round_open(make).id, answers())
    ask(session, "ada@example.org")
    (link,) = links_in(session, "ada@example.org")
    assert application_by_link(session, digest(link), at=draft.expires_at) is None
    with pytest.raises(desk.ApplyingError, match="not here any more"):
        desk.open_link(session, link, at=draft.expires_at)


def test_of_several_drafts_the_link_opens_the_one_changed_last(session: Session, make: Workshop) -> None:
    round_id = round_open(make).id
    draft_of(session, round_id, answers(called="Later"), token="later").changed_at = NOW + MINUTE
    draft_of(session, round_id, answers(called="Sooner"), token="sooner")
    session.flush()
    desk.ask_for_link(session, "ada@example.org", from_address=FROM, address_of=address_of, at=NOW)
    (token,) = links_in(session, "ada@example.org")
    held = application_by_link(session, digest(token), at=NOW)
    assert held
    assert held.answers["name"] == {"name": "Later"}


def test_nobody_s_letter_box_is_filled_by_asking_again_and_again(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())

    def ask(number: int) -> None:
        desk.ask_for_link(
            session,
            "ada@example.org",
            from_address=f"192.0.2.{number}",
            address_of=address_of,
            at=NOW + number * MINUTE,
        )

    for number in range(desk.ASKING.of_email):
        ask(number)
    with pytest.raises(desk.ApplyingError, match="several times within the hour"):
        ask(9)
    ask(61)


def test_one_address_begins_only_so_many_and_locks_out_nobody_from_signing_in(
    session: Session, make: Workshop
) -> None:
    round_id = round_open(make).id
    for _ in range(desk.BEGINNING.of_address):
        desk.begin(session, round_id, from_address=FROM, at=NOW)
    with pytest.raises(desk.ApplyingError, match="Wait an hour"):
        desk.begin(session, round_id, from_address=FROM, at=NOW)
    assert desk.begin(session, round_id, from_address="192.0.2.2", at=NOW)
    assert begin_try(session, "ada@example.org", FROM, at=NOW)
    assert FROM not in str(session.execute(sa.select(Attempt.account_digest, Attempt.address_digest)).all())


def test_one_network_is_one_sender_however_many_addresses_it_has(session: Session, make: Workshop) -> None:
    round_id = round_open(make).id
    for number in range(desk.BEGINNING.of_address):
        desk.begin(session, round_id, from_address=f"2001:db8::{number:x}", at=NOW)
    with pytest.raises(desk.ApplyingError, match="Wait an hour"):
        desk.begin(session, round_id, from_address="2001:db8::ffff", at=NOW)
    assert desk.begin(session, round_id, from_address="2001:db8:0:1::1", at=NOW)
