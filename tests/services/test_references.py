"""Referees named, asked, reminded, answering and given up, on both databases."""

import re
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import london_day
from icv.rules.refereeing import Answer, Recommendation, RefereeState
from icv.rules.scheme import Choices
from icv.rules.stages import GONE, PIPELINE, Stage
from icv.services import references as desk
from icv.services.accounts import digest
from icv.services.people import PeopleError
from icv.services.reminding import remind
from icv.store.letters import Letter
from icv.store.people import Person, Referee, progress_of
from icv.store.references import (
    Open,
    ReferenceLink,
    asked_by_link,
    people_to_ask_about,
    referees_seen_by,
    reference_seen_by,
    references_waiting,
)
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices(reference_days=28, reference_chase_days=10)
SAID = Answer(
    capacity="Her manager for six years",
    reliable="Always",
    respectful="Always",
    unsuited="No",
    recommends=Recommendation.YES,
    more="",
    signed="Ruth Hall",
)
RUTH = desk.RefereeContact("Ruth Hall", "ruth@example.org", "07700 900123", "Employer")


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.fixture
def asha(make: Workshop) -> Person:
    return make.person(Stage.INTERVIEWED, name="Asha Patel", email="asha@example.org")


def address_of(token: str) -> str:
    return f"https://icv.example.org/reference/{token}"


def ask(session: Session, referee: Referee, by: Actor, at: datetime = NOW) -> None:
    desk.ask_referee(session, referee.person_id, referee.id, CHOICES, address_of=address_of, by=by, at=at)
    session.flush()


def chase(session: Session, at: datetime) -> None:
    remind(session, desk.chase_references, lambda path: f"https://icv.example.org{path}", at=at)
    session.flush()


def letters(session: Session) -> list[Letter]:
    return list(session.scalars(sa.select(Letter).order_by(Letter.id)))


def tokens(session: Session) -> list[str]:
    """Those in the letters, in order."""
    return [found[1] for one in letters(session) if (found := re.search(r"/reference/(\S+)", one.body))]


def state(session: Session, referee: Referee, at: datetime = NOW) -> RefereeState:
    (days,) = progress_of(session, [referee.person_id])[referee.person_id].referees
    return days.state_on(london_day(at))


def trail(session: Session) -> list[str]:
    return list(session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)))


def test_a_referee_is_named_asked_and_answers_without_an_account(
    session: Session, asha: Person, by: Actor
) -> None:
    referee_id = desk.name_referee(session, asha.id, RUTH, by=by, at=NOW)
    referee = session.get_one(Referee, referee_id)
    assert state(session, referee) is RefereeState.NAMED
    ask(session, referee, by)
    (letter,) = letters(session)
    assert letter.to_email == "ruth@example.org"
    for said in ("Asha Patel has applied", "Independent custody visitors are volunteers", "1 April 2026"):
        assert said in letter.body
    (token,) = tokens(session)
    assert len(token) == 43  # 256 bits
    assert session.scalars(sa.select(ReferenceLink.token_digest)).all() == [digest(token)]
    asked = asked_by_link(session, digest(token), at=NOW)
    assert asked
    assert (asked.applicant, asked.referee, asked.open) == ("Asha Patel", "Ruth Hall", Open.YES)
    desk.answer(session, token, SAID, at=NOW + timedelta(days=2))
    assert referee.answer == SAID.as_kept()
    assert state(session, referee, NOW + timedelta(days=2)) is RefereeState.ANSWERED
    assert trail(session) == ["name referee", "ask for reference", "answer reference"]
    assert all("ruth" not in str(details) for details in session.scalars(sa.select(TrailEntry.details)))


def test_an_answer_is_taken_once(session: Session, make: Workshop, asha: Person, by: Actor) -> None:
    ask(session, make.referee(asha), by)
    (token,) = tokens(session)
    desk.answer(session, token, SAID, at=NOW)
    again = Answer(**{**SAID.as_kept(), "more": "Second thoughts", "recommends": Recommendation.NO})  # type: ignore[arg-type]
    with pytest.raises(desk.ReferenceRefused):
        desk.answer(session, token, again, at=NOW)
    with pytest.raises(desk.ReferenceRefused):
        desk.decline(session, token, "", at=NOW)
    assert session.scalars(sa.select(Referee)).one().answer == SAID.as_kept()


def test_nothing_of_an_answer_may_be_left_open(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ask(session, make.referee(asha), by)
    (token,) = tokens(session)
    gap = Answer(**{**SAID.as_kept(), "respectful": " \n", "recommends": Recommendation.YES})  # type: ignore[arg-type]
    with pytest.raises(desk.ReferenceRefused) as refused:
        desk.answer(session, token, gap, at=NOW)
    assert refused.value.field == "respectful"


def test_a_referee_is_not_asked_twice_in_one_day_and_all_links_run_out_together(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    with pytest.raises(desk.ReferenceRefused, match="asked today already"):
        ask(session, referee, by, at=NOW + timedelta(hours=3))
    late = NOW + timedelta(days=29)
    first = tokens(session)[0]
    before = asked_by_link(session, digest(first), at=late)
    assert before
    assert (before.open, before.on) == (Open.TOO_LATE, TODAY + timedelta(days=28))
    assert state(session, referee, late) is RefereeState.FAILED
    ask(session, referee, by, at=late)
    for token in tokens(session):
        asked = asked_by_link(session, digest(token), at=late + timedelta(days=28))
        assert asked
        assert (asked.open, asked.on) == (Open.YES, london_day(late) + timedelta(days=28))
    desk.answer(session, first, SAID, at=late)
    assert len(tokens(session)) == 2


def test_a_link_works_to_the_end_of_its_last_day_in_london(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    """1 April 2026 is in summer time: it ends at 23:00 UTC."""
    ask(session, make.referee(asha), by)
    (token,) = tokens(session)
    for at, expected in (
        ("2026-04-01T22:59:59+00:00", Open.YES),
        ("2026-04-01T23:00:00+00:00", Open.TOO_LATE),
    ):
        asked = asked_by_link(session, digest(token), at=datetime.fromisoformat(at))
        assert asked
        assert asked.open is expected


def test_all_are_asked_at_once_and_nobody_twice(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    make.referee(asha, name="Ruth")
    make.referee(asha, name="On paper", email="")
    make.referee(asha, name="Gone", given_up_on=TODAY)
    make.referee(asha, name="Done", asked_at=NOW, answered_at=NOW, answer=SAID.as_kept())
    make.referee(asha, name="Sam")
    for expected in (["Ruth", "Sam"], []):
        asked = desk.ask_all(session, asha.id, CHOICES, address_of=address_of, by=by, at=NOW)
        assert asked == expected
    assert len(letters(session)) == 2


def test_several_applicants_are_asked_about_at_once(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ben, left = make.person(Stage.APPLIED, name="Ben"), make.person(Stage.LEFT, name="Cara")
    for person in (asha, ben, left):
        make.referee(person, name=f"Referee of {person.name}")
    make.referee(ben, name="By post", email="")
    ids = [asha.id, ben.id, left.id]
    shown = people_to_ask_about(session, [*ids, 999], 2, TODAY)
    assert [(one.name, one.is_applicant, one.would_ask, one.without_address) for one in shown] == [
        ("Asha Patel", True, ("Referee of Asha Patel",), ()),
        ("Ben", True, ("Referee of Ben",), ("By post",)),
        ("Cara", False, ("Referee of Cara",), ()),
    ]
    ready = make.ready_for_appointment(make.person(Stage.VETTING, name="Dan"))
    make.referee(ready, name="Not needed")
    (of_ready,) = people_to_ask_about(session, [ready.id], 2, TODAY)
    assert (of_ready.has_all, of_ready.would_ask) == (True, ())
    ids.append(ready.id)
    asked = desk.ask_for_several(session, ids, CHOICES, address_of=address_of, by=by, at=NOW)
    assert asked == [("Asha Patel", ["Referee of Asha Patel"]), ("Ben", ["Referee of Ben"])]


def test_who_does_not_answer_is_reminded_once_by_day_with_a_link_that_works(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    chase(session, NOW + timedelta(days=9))
    assert len(letters(session)) == 1
    chase(session, (NOW + timedelta(days=10)).replace(hour=3))
    assert len(letters(session)) == 1, "not by night"
    for hours in range(3):
        chase(session, NOW + timedelta(days=10, hours=hours))
    first, second = letters(session)
    assert second.subject == "A reminder: a reference for Asha Patel"
    assert first.key != second.key
    assert len(set(tokens(session))) == 2
    for token in tokens(session):
        asked = asked_by_link(session, digest(token), at=NOW + timedelta(days=11))
        assert asked
        assert asked.open is Open.YES
    assert referee.chased_at == NOW + timedelta(days=10)
    chase(session, NOW + timedelta(days=27))
    assert len(letters(session)) == 2


@pytest.mark.parametrize("why", ["answered", "given up", "failed", "no applicant any more"])
def test_nobody_is_reminded_in_vain(
    session: Session, make: Workshop, asha: Person, by: Actor, why: str
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    at = NOW + timedelta(days=12)
    if why == "answered":
        desk.answer(session, tokens(session)[0], SAID, at=NOW)
    elif why == "given up":
        desk.give_up_referee(session, asha.id, referee.id, by=by, at=NOW)
    elif why == "failed":
        at = NOW + timedelta(days=29)
    else:
        asha.steps[0].stage = Stage.WITHDRAWN
        session.flush()
    chase(session, at)
    assert len(letters(session)) == 1


def test_a_letter_written_by_night_waits_for_the_morning(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ask(session, make.referee(asha), by, at=NOW.replace(hour=23))
    (letter,) = letters(session)
    assert letter.not_before == (NOW + timedelta(days=1)).replace(hour=8)
    assert letter.is_security, "it holds a way in: its text is not kept once it is sent"


def test_who_would_rather_not_is_given_up_and_the_coordinator_told(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha)
    ask(session, referee, by)
    desk.decline(session, tokens(session)[0], "We fell out", at=NOW)
    assert referee.given_up_on == TODAY
    told = letters(session)[-1]
    assert told.account_id == by.account_id
    assert "Asha Patel" in told.body
    assert "fell out" not in told.body
    kept = reference_seen_by(session, by, asha.id, referee.id)
    assert kept
    assert kept.declined == "We fell out"
    (waiting,) = references_waiting(session, 2, TODAY)
    assert (waiting.name, waiting.has_declined, waiting.since) == ("Asha Patel", True, TODAY)


def test_another_address_is_asked_anew_and_the_old_link_is_dead(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha, email="stranger@example.org")
    ask(session, referee, by)
    (to_the_stranger,) = tokens(session)
    desk.change_referee(session, asha.id, referee.id, RUTH, by=by, at=NOW)
    assert asked_by_link(session, digest(to_the_stranger), at=NOW) is None
    with pytest.raises(desk.ReferenceRefused):
        desk.answer(session, to_the_stranger, SAID, at=NOW)
    assert state(session, referee) is RefereeState.NAMED
    ask(session, referee, by)
    assert [letter.to_email for letter in letters(session)] == ["stranger@example.org", "ruth@example.org"]


def test_a_link_of_somebody_given_up_or_withdrawn_says_so(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    ruth, sam = make.referee(asha), make.referee(asha)
    ask(session, ruth, by)
    ask(session, sam, by)
    desk.give_up_referee(session, asha.id, ruth.id, by=by, at=NOW)
    desk.give_up_referee(session, asha.id, ruth.id, by=by, at=NOW + timedelta(days=1))
    assert ruth.given_up_on == TODAY
    of_ruth, of_sam = (asked_by_link(session, digest(token), at=NOW) for token in tokens(session))
    assert of_ruth
    assert of_ruth.open is Open.NOT_NEEDED
    assert of_sam
    assert of_sam.open is Open.YES
    for end in GONE:
        asha.steps[0].stage = end
        session.flush()
        withdrawn = asked_by_link(session, digest(tokens(session)[1]), at=NOW)
        assert withdrawn
        assert withdrawn.open is Open.NOT_NEEDED


def test_a_reference_on_paper_counts_from_the_day_it_came(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha, email="")
    came_on = TODAY - timedelta(days=3)
    with pytest.raises(desk.ReferenceRefused, match="still to come"):
        desk.type_in(session, asha.id, referee.id, SAID, received_on=TODAY + timedelta(days=1), by=by, at=NOW)
    with pytest.raises(desk.ReferenceRefused, match="named on 1 June 2024"):
        desk.type_in(
            session,
            asha.id,
            referee.id,
            SAID,
            received_on=referee.named_on - timedelta(days=1),
            by=by,
            at=NOW,
        )
    desk.type_in(session, asha.id, referee.id, SAID, received_on=came_on, by=by, at=NOW)
    (line,) = referees_seen_by(session, by, asha.id)
    assert (line.is_on_paper, line.days.answered_on) == (True, came_on)
    with pytest.raises(desk.ReferenceRefused, match="answered on 1 March 2026 already"):
        desk.type_in(session, asha.id, referee.id, SAID, received_on=TODAY, by=by, at=NOW)
    with pytest.raises(desk.ReferenceRefused, match="what they wrote stands"):
        desk.change_referee(session, asha.id, referee.id, RUTH, by=by, at=NOW)


def test_answers_are_read_by_coordinators_alone_and_by_nobody_of_themselves(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    referee = make.referee(asha, asked_at=NOW, answered_at=NOW, answer=SAID.as_kept())
    herself = make.actor(Role.VOLUNTEER, person=asha)
    in_both = Actor(herself.account_id, asha.id, "Asha", frozenset({Role.VOLUNTEER, Role.COORDINATOR}))
    for actor in (herself, in_both, make.actor(Role.PANEL), make.actor(Role.POLICE)):
        assert reference_seen_by(session, actor, asha.id, referee.id) is None
        assert referees_seen_by(session, actor, asha.id) == []
    assert reference_seen_by(session, by, asha.id, referee.id)
    assert reference_seen_by(session, by, make.person().id, referee.id) is None


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (desk.RefereeContact(" "), "name"),
        (desk.RefereeContact("Asha", "ASHA@example.org"), "email"),
        (desk.RefereeContact("Again", "Known@example.org"), "email"),
    ],
)
def test_nobody_speaks_for_themselves_or_counts_twice(
    session: Session, make: Workshop, asha: Person, by: Actor, contact: desk.RefereeContact, field: str
) -> None:
    make.referee(asha, email="known@example.org")
    with pytest.raises(desk.ReferenceRefused) as refused:
        desk.name_referee(session, asha.id, contact, by=by, at=NOW)
    assert refused.value.field == field
    assert len(session.scalars(sa.select(Referee)).all()) == 1


def test_a_number_that_cannot_be_dialled_is_refused(session: Session, asha: Person, by: Actor) -> None:
    with pytest.raises(PeopleError):
        desk.name_referee(session, asha.id, desk.RefereeContact("Ruth", "", "ask Sam"), by=by, at=NOW)


def test_references_are_asked_of_applicants_alone(session: Session, make: Workshop, by: Actor) -> None:
    for stage in set(Stage) - set(PIPELINE):
        person = make.person(stage)
        with pytest.raises(desk.ReferenceRefused, match="asked of applicants"):
            desk.name_referee(session, person.id, RUTH, by=by, at=NOW)
        with pytest.raises(desk.ReferenceRefused, match="asked of applicants"):
            ask(session, make.referee(person), by)


def test_a_referee_of_somebody_else_is_not_found(
    session: Session, make: Workshop, asha: Person, by: Actor
) -> None:
    other = make.referee(make.person(Stage.APPLIED))
    with pytest.raises(desk.ReferenceRefused, match="not on record"):
        desk.give_up_referee(session, asha.id, other.id, by=by, at=NOW)
    with pytest.raises(desk.ReferenceRefused, match="not on record"):
        desk.type_in(session, asha.id, other.id, SAID, received_on=TODAY, by=by, at=NOW)


def test_today_tells_of_late_references_until_enough_may_still_come(
    session: Session, make: Workshop, asha: Person
) -> None:
    late = {"asked_at": NOW - timedelta(days=40), "fails_on": TODAY - timedelta(days=12)}
    make.referee(asha, **late)
    make.referee(asha, asked_at=NOW, fails_on=TODAY)
    (waiting,) = references_waiting(session, 2, TODAY)
    assert (waiting.person_id, waiting.has_declined, waiting.since) == (asha.id, False, late["fails_on"])
    make.referee(asha, asked_at=NOW, fails_on=TODAY)
    assert references_waiting(session, 2, TODAY) == []
    gone = make.person(Stage.REJECTED)
    make.referee(gone, **late)
    assert references_waiting(session, 2, TODAY) == []
