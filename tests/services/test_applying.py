"""An application is begun, saved, gone on with by a link, sent once, and becomes one person's record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.appraisal import DeclarationKind
from icv.rules.stages import Stage
from icv.services.accounts import begin_try, digest
from icv.services.recruitment import beginning as desk
from icv.services.recruitment.sending import LEAST_TIME, RECEIPTS, SENDING, is_acknowledged, send
from icv.services.sweeping import sweep
from icv.store.accounts import Attempt
from icv.store.engine import reading, writing
from icv.store.letters import Letter
from icv.store.people import Declaration, Person, StageStep
from icv.store.recruitment import Application
from icv.store.recruitment.applications import application_by_link, application_held, application_of
from icv.store.references import Referee
from icv.store.trail import TrailEntry
from tests.applications import CHOICES, FROM, answers, draft_of, round_open
from tests.services.test_rota_races import at_once
from tests.workshop import NOW, TODAY, Workshop

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def address_of(token: str) -> str:
    return f"https://icv.example.org/apply/return/{token}"


def save(session: Session, token: str, page: str, typed: dict[str, Any], **more: Any) -> desk.Saved:
    return desk.save(
        session,
        token,
        page,
        typed,
        CHOICES,
        from_address=more.pop("from_address", FROM),
        address_of=address_of,
        at=more.pop("at", NOW),
    )


def links_in(session: Session, email: str) -> list[str]:
    """The tokens of the links in the letters to an address, the first letter first."""
    bodies = session.scalars(sa.select(Letter.body).where(Letter.to_email == email).order_by(Letter.id))
    return [body.split(address_of(""))[1].split()[0] for body in bodies]


def ask(session: Session, email: str, at: datetime = NOW) -> None:
    desk.ask_for_link(session, email, from_address=FROM, address_of=address_of, at=at)


def begin(session: Session, make: Workshop, **more: Any) -> str:
    return desk.begin(session, round_open(make, **more).id, from_address=FROM, at=NOW)


# -- begun and saved


@pytest.mark.parametrize(
    "closed",
    [{"is_public": False}, {"opened_on": TODAY + DAY}, {"closed_on": TODAY}, {"opened_on": None}],
)
def test_only_a_round_open_to_all_takes_applications(
    session: Session, make: Workshop, closed: dict[str, Any]
) -> None:
    with pytest.raises(desk.ApplyingError, match="no applications today"):
        begin(session, make, **closed)


def test_the_last_day_of_a_round_is_one_of_its_days(session: Session, make: Workshop) -> None:
    assert begin(session, make, opened_on=TODAY, closed_on=TODAY + DAY)


def test_only_the_digest_of_a_draft_s_token_is_kept(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    kept = session.scalars(sa.select(Application)).one()
    assert kept.token_digest == digest(token)
    assert application_held(session, digest("another"), at=NOW) is None


def test_a_page_is_kept_tidy_and_the_draft_as_long_again(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    save(session, token, "name", {"name": "  Ada   Byron "}, at=NOW + DAY)
    held = application_held(session, digest(token), at=NOW + DAY)
    assert held
    assert held.answers == {"name": {"name": "Ada Byron"}}
    assert held.expires_at == NOW + DAY + desk.DRAFTS_LAST


def test_what_is_no_answer_is_refused_with_all_that_is_wrong(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    with pytest.raises(desk.Unanswered) as refusal:
        save(session, token, "contact", {"email": "ada", "phone": "ring me"})
    assert {fault.field for fault in refusal.value.faults} == {"email", "phone"}
    with pytest.raises(desk.ApplyingError):
        save(session, token, "shoes", {})


def test_a_draft_ends_with_its_time_and_is_swept_out(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    ends_at = NOW + desk.DRAFTS_LAST
    sent = draft_of(session, round_open(make, "Summer").id, answers(), token="sent")
    sent.sent_at = NOW
    session.flush()
    assert application_held(session, digest(token), at=ends_at - MINUTE)
    assert application_held(session, digest(token), at=ends_at) is None
    with pytest.raises(desk.ApplyingError, match="not here any more"):
        save(session, token, "name", {"name": "Ada"}, at=ends_at)
    sweep(session, at=ends_at - MINUTE)
    assert len(session.scalars(sa.select(Application.id)).all()) == 2
    sweep(session, at=ends_at)
    assert session.scalars(sa.select(Application.id)).all() == [sent.id]


def test_a_draft_is_deleted_when_its_writer_asks_and_what_was_sent_is_not(
    session: Session, make: Workshop
) -> None:
    token = begin(session, make)
    desk.delete(session, token, at=NOW)
    assert session.scalars(sa.select(Application.id)).all() == []
    draft_of(session, round_open(make, "Summer").id, answers(), token="sent").sent_at = NOW
    with pytest.raises(desk.ApplyingError, match="has been sent"):
        desk.delete(session, "sent", at=NOW)
    assert len(session.scalars(sa.select(Application.id)).all()) == 1


# -- gone on with by a link


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


# -- sent


def test_sent_it_is_a_person_who_applied_with_all_that_was_said(session: Session, make: Workshop) -> None:
    connections = {"has_any": True, "words": "My brother is a detention officer."}
    one = draft_of(session, round_open(make).id, answers(connections=connections))
    receipt = send(session, "token", CHOICES, from_address=FROM, at=NOW)
    person = session.scalars(sa.select(Person)).one()
    assert receipt.is_new
    assert (person.name, person.email, person.phone, person.applied_on, person.round_id) == (
        "Ada Byron",
        "ada@example.org",
        "07700 900123",
        TODAY,
        one.round_id,
    )
    step = session.scalars(sa.select(StageStep)).one()
    assert (step.stage, step.on, step.made_by_id) == (Stage.APPLIED, TODAY, None)
    eligible, circumstances = session.scalars(sa.select(Declaration).order_by(Declaration.id))
    assert (eligible.kind, eligible.settled_on) == (DeclarationKind.ELIGIBILITY, TODAY)
    assert "I am not a magistrate" in eligible.words
    assert (circumstances.words, circumstances.settled_on) == (connections["words"], None)
    referees = session.scalars(sa.select(Referee).order_by(Referee.id)).all()
    assert [(one.name, one.email, one.named_on) for one in referees] == [
        ("Sam Rivers", "sam@example.net", TODAY),
        ("Lee Hill", "lee@example.net", TODAY),
    ]
    assert application_of(session, person.id) == receipt.application_id


def test_it_is_acknowledged_in_the_scheme_s_words(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())
    send(session, "token", CHOICES, from_address=FROM, at=NOW)
    letter = session.scalars(sa.select(Letter)).one()
    assert letter.to_email == "ada@example.org"
    assert letter.body.startswith(f"Dear Ada Byron,\n\n{CHOICES.acknowledgement}")


def test_the_trail_says_that_somebody_applied_and_not_who(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())
    send(session, "token", CHOICES, from_address=FROM, at=NOW)
    entries = session.scalars(sa.select(TrailEntry)).all()
    assert {"add", "send"} <= {entry.act for entry in entries}
    assert "ada" not in str([entry.details for entry in entries]).casefold()


def test_sent_twice_it_is_one_person_and_the_same_receipt(session: Session, make: Workshop) -> None:
    draft_of(session, round_open(make).id, answers())
    first = send(session, "token", CHOICES, from_address=FROM, at=NOW)
    again = send(session, "token", CHOICES, from_address=FROM, at=NOW + MINUTE)
    assert (again.application_id, again.is_new) == (first.application_id, False)
    assert len(session.scalars(sa.select(Person.id)).all()) == 1
    assert len(session.scalars(sa.select(Letter.id)).all()) == 1
    with pytest.raises(desk.ApplyingError, match="has been sent"):
        save(session, "token", "name", {"name": "Eve"})


def test_from_an_address_on_record_it_waits_for_the_coordinator_and_the_applicant_cannot_tell(
    session: Session, make: Workshop
) -> None:
    make.person(email="Ada@Example.org")
    draft_of(session, round_open(make).id, answers())
    receipt = send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert receipt.is_new
    assert session.get_one(Application, receipt.application_id).person_id is None
    assert len(session.scalars(sa.select(Person.id)).all()) == 1
    assert session.scalars(sa.select(Letter.subject)).all() == ["We have your application"]


def test_after_the_round_has_closed_it_is_refused_and_kept(session: Session, make: Workshop) -> None:
    one = draft_of(session, round_open(make, closed_on=TODAY).id, answers())
    with pytest.raises(desk.ApplyingError, match=r"closed on 3 March 2026.* kept until 1 April 2026"):
        send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert one.answers == answers()
    assert one.sent_at is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answers(why=None), "Why you want to be a visitor: This page is not answered"),
        (answers(age={"is_adult": False}), "Custody visitors are 18 or over"),
    ],
)
def test_it_is_not_sent_while_something_is_missing_or_bars_it(
    session: Session, make: Workshop, said: dict[str, Any], words: str
) -> None:
    draft_of(session, round_open(make).id, said)
    with pytest.raises(desk.ApplyingError, match=words):
        send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert session.scalars(sa.select(Person.id)).all() == []


def test_nobody_applies_within_seconds(session: Session, make: Workshop) -> None:
    one = draft_of(session, round_open(make).id, answers())
    one.began_at = NOW - LEAST_TIME + timedelta(seconds=1)
    with pytest.raises(desk.ApplyingError, match="faster than anybody can type"):
        send(session, "token", CHOICES, from_address=FROM, at=NOW)
    assert send(session, "token", CHOICES, from_address=FROM, at=NOW + timedelta(seconds=1)).is_new


def test_applications_in_somebody_s_address_do_not_keep_them_from_applying(
    session: Session, make: Workshop
) -> None:
    """Only the letters are limited by the address."""
    round_id = round_open(make).id
    for number in range(RECEIPTS.of_email + 1):
        draft_of(session, round_id, answers(), token=f"token {number}")
        last = send(session, f"token {number}", CHOICES, from_address=f"192.0.2.{number}", at=NOW)
        assert last.is_new
    letters = session.scalars(sa.select(Letter.to_email)).all()
    assert letters == ["ada@example.org"] * RECEIPTS.of_email
    assert not is_acknowledged(session, last.application_id)
    draft_of(session, round_id, answers())
    next_day = send(session, "token", CHOICES, from_address=FROM, at=NOW + DAY)
    assert is_acknowledged(session, next_day.application_id)


def test_one_network_sends_only_so_many_a_day(session: Session, make: Workshop) -> None:
    round_id = round_open(make).id
    for number in range(SENDING.of_address + 1):
        draft_of(session, round_id, answers(f"{number}@example.org"), token=f"token {number}")
        if number < SENDING.of_address:
            send(session, f"token {number}", CHOICES, from_address=FROM, at=NOW)
    with pytest.raises(desk.ApplyingError, match="send it tomorrow"):
        send(session, f"token {SENDING.of_address}", CHOICES, from_address=FROM, at=NOW)
    assert len(session.scalars(sa.select(Letter.id)).all()) == SENDING.of_address


# -- two at once


def sending(engine: sa.Engine, token: str) -> Callable[[], None]:
    def act() -> None:
        with writing(engine) as session:
            send(session, token, CHOICES, from_address=FROM, at=NOW)
            session.commit()

    return act


def drafts(engine: sa.Engine, *tokens: str) -> None:
    with writing(engine) as session:
        round_id = round_open(Workshop(session)).id
        for token in tokens:
            draft_of(session, round_id, answers(), token=token)
        session.commit()


def test_a_double_tap_makes_one_person(apart: sa.Engine) -> None:
    drafts(apart, "one")
    assert at_once(*[sending(apart, "one")] * 3) == ["", "", ""]
    with reading(apart) as session:
        assert len(session.scalars(sa.select(Person.id)).all()) == 1
        assert len(session.scalars(sa.select(Referee.id)).all()) == 2
        assert len(session.scalars(sa.select(Letter.id)).all()) == 1


def test_two_drafts_of_one_address_sent_at_once_make_one_person_and_one_to_settle(apart: sa.Engine) -> None:
    drafts(apart, "one", "two")
    assert at_once(sending(apart, "one"), sending(apart, "two")) == ["", ""]
    with reading(apart) as session:
        person_id = session.scalars(sa.select(Person.id)).one()
        became = set(session.scalars(sa.select(Application.person_id)))
        assert became == {person_id, None}
        assert len(session.scalars(sa.select(Letter.id)).all()) == 2
