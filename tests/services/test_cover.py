"""Cover and swaps: who is asked, who has the visit in the end, who is told; on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.cover import CoverState
from icv.rules.days import monday_of
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import HELD, DutyState, Outcome
from icv.services import cover as desk
from icv.services import duties
from icv.services.cover.last_days import end_requests
from icv.services.cover.nudging import remind_of_requests
from icv.services.duty_reminders import remind_of_duties
from icv.services.reminding import REMINDERS
from icv.store.availability import DaysAway
from icv.store.cover import CoverRequest, asked_of, duty_in_hand, own_requests, request_seen_by, requests_open
from icv.store.letters import Letter
from icv.store.people import Conflict, Person
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

WEEK = timedelta(weeks=1)
IN_FOUR_WEEKS = monday_of(TODAY) + 4 * WEEK


def page(path: str) -> str:
    return f"https://icv.example{path}"


class Pair:
    """Ann and Bo go to Euston Street in four weeks; Cy and Di could; an account each."""

    def __init__(self, session: Session, make: Workshop) -> None:
        self.session, self.make = session, make
        self.suite = make.suite("Euston Street")
        self.ann, self.bo, self.cy, self.di = (make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di"))
        self.visit = make.visit(self.suite, self.ann, self.bo, week=IN_FOUR_WEEKS)
        self.duty = session.scalars(sa.select(Duty).where(Duty.person_id == self.ann.id)).one()
        self.by = {
            one.id: make.actor(Role.VOLUNTEER, person=one) for one in (self.ann, self.bo, self.cy, self.di)
        }
        self.office = make.actor(Role.COORDINATOR)

    def actor(self, person: Person) -> Actor:
        return self.by[person.id]

    def may(self, duty: Duty | None = None) -> list[desk.MayTake]:
        known = duty_in_hand(self.session, (duty or self.duty).id)
        assert known
        return desk.who_may_take(self.session, known, Choices())

    def ask(self, *people: Person, by: Actor | None = None, at: datetime = NOW, words: str = "") -> int:
        return desk.ask_cover(
            self.session,
            self.duty.id,
            [one.id for one in people],
            self.may(),
            words,
            choices=Choices(),
            by=by or self.actor(self.ann),
            at=at,
            page=page,
        )

    def take(self, request: int, person: Person, *, by: Actor | None = None, at: datetime = NOW) -> object:
        by = by or self.actor(person)
        return desk.take(self.session, request, person.id, choices=Choices(), by=by, at=at, page=page)

    def offer_swap(self, mine: Duty, theirs: Duty) -> int:
        known = duty_in_hand(self.session, mine.id)
        assert known
        return desk.ask_swap(
            self.session,
            mine.id,
            theirs.id,
            desk.swaps_for(self.session, known, Choices(), on=TODAY),
            "",
            choices=Choices(),
            by=self.by[mine.person_id],
            at=NOW,
            page=page,
        )

    def holders(self, visit: Visit | None = None) -> dict[int, str]:
        rows = self.session.execute(
            sa.select(Duty.place, Person.name)
            .join(Person, Person.id == Duty.person_id)
            .where(Duty.visit_id == (visit or self.visit).id, Duty.state.in_(HELD))
        )
        return {place: name for place, name in rows}  # noqa: C416

    def told(self, person: Person) -> list[str]:
        asked = sa.select(Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id)
        return list(self.session.scalars(asked))

    def state(self, request: int) -> CoverState:
        return self.session.get_one(CoverRequest, request).state


@pytest.fixture
def pair(session: Session, make: Workshop) -> Pair:
    return Pair(session, make)


def test_only_people_who_may_are_listed_and_nobody_learns_why_not(pair: Pair, make: Workshop) -> None:
    make.person(Stage.SUSPENDED, name="Ed")
    away, barred, busy = (make.person(name=name) for name in ("Flo", "Gus", "Hal"))
    pair.session.add_all(
        [
            DaysAway(person_id=away.id, first_on=IN_FOUR_WEEKS, last_on=IN_FOUR_WEEKS + WEEK),
            Conflict(person_id=barred.id, with_person_id=pair.bo.id, declared_on=TODAY),
        ]
    )
    make.visit(None, busy, week=IN_FOUR_WEEKS)
    make.person(name="Ida", left_on=IN_FOUR_WEEKS + timedelta(days=2))
    assert [one.name for one in pair.may()] == ["Cy", "Di"]


def test_the_duty_stays_with_its_holder_until_somebody_takes_it(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di, words="My daughter marries")
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    assert pair.told(pair.cy) == pair.told(pair.di) == ["Could you take a visit?"]
    body = pair.session.scalars(sa.select(Letter.body).where(Letter.to_email == pair.cy.email)).one()
    assert "My daughter marries" in body
    assert body.count("https://") == 1
    assert f"https://icv.example/cover/{request}" in body
    assert own_requests(pair.session, pair.actor(pair.ann))[pair.duty.id].asked == 2
    (asked,) = asked_of(pair.session, pair.actor(pair.cy), first_week_on=TODAY)
    assert (asked.name, asked.suite) == ("Ann", "Euston Street")


def test_the_first_to_take_it_has_it_and_all_are_told_once(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    old = pair.duty.sequence
    for _ in range(2):
        pair.take(request, pair.cy)
    assert pair.holders() == {1: "Cy", 2: "Bo"}
    assert (pair.duty.state, pair.duty.sequence) == (DutyState.RELEASED, old + 1)
    taken = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.cy.id)).one()
    assert taken.state is DutyState.ACCEPTED
    assert taken.uid != pair.duty.uid
    assert not taken.was_answered_for
    assert pair.told(pair.ann) == ["Your visit is covered"]
    assert pair.told(pair.bo) == ["Somebody else will visit with you"]
    assert pair.told(pair.cy)[1:] == ["A visit is now yours"]
    assert pair.told(pair.di)[1:] == ["No longer needed: a visit to take"]
    with pytest.raises(Refusal, match="before you"):
        pair.take(request, pair.di)
    assert requests_open(pair.session) == []


def test_letters_name_no_reason_and_no_number(pair: Pair) -> None:
    for person in (pair.ann, pair.bo, pair.cy):
        person.phone = "+44 7700 900123"
    pair.take(pair.ask(pair.cy, pair.di), pair.cy)
    assert not any("900123" in body for body in pair.session.scalars(sa.select(Letter.body)))


def test_letters_at_night_wait_for_the_morning(pair: Pair) -> None:
    night = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    pair.take(pair.ask(pair.cy, at=night), pair.cy, at=night)
    waits = set(pair.session.scalars(sa.select(Letter.not_before)))
    assert waits == {datetime(2026, 3, 5, 8, tzinfo=UTC)}


def test_nobody_takes_what_was_not_put_to_them_or_for_another(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    assert pair.take(request, pair.di) is None
    assert pair.take(request, pair.cy, by=pair.actor(pair.di)) is None
    by = pair.actor(pair.di)
    assert desk.refuse(pair.session, request, pair.cy.id, by=by, at=NOW, page=page) is None
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    with pytest.raises(Refusal, match="not on your list"):
        pair.ask(pair.cy, by=pair.actor(pair.bo))
    with pytest.raises(Refusal, match="not on your list"):
        desk.withdraw(pair.session, request, by=pair.actor(pair.cy), at=NOW)
    assert request_seen_by(pair.session, pair.actor(pair.di), request) is None
    assert request_seen_by(pair.session, pair.office, request) is None


def test_what_stands_against_the_taker_since_is_said_in_words(pair: Pair, make: Workshop) -> None:
    request = pair.ask(pair.cy, pair.di)
    make.visit(None, pair.cy, week=IN_FOUR_WEEKS)
    with pytest.raises(Refusal, match="You cannot take this visit as things stand: already on another visit"):
        pair.take(request, pair.cy)
    make.keep(Conflict(person_id=pair.bo.id, with_person_id=pair.di.id, declared_on=TODAY))
    with pytest.raises(Refusal, match="cannot be put together") as refusal:
        pair.take(request, pair.di)
    assert "conflict" not in str(refusal.value)
    assert pair.holders() == {1: "Ann", 2: "Bo"}


def test_a_request_is_withdrawn_and_those_asked_are_told(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    desk.refuse(pair.session, request, pair.di.id, by=pair.actor(pair.di), at=NOW, page=page)
    for _ in range(2):
        desk.withdraw(pair.session, request, by=pair.actor(pair.ann), at=NOW)
    assert pair.state(request) is CoverState.WITHDRAWN
    assert len(pair.told(pair.cy)) == 2
    assert len(pair.told(pair.di)) == 1
    with pytest.raises(Refusal, match="withdrawn"):
        pair.take(request, pair.cy)
    assert pair.ask(pair.cy) != request


def test_when_all_have_said_no_the_asker_is_told(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    desk.refuse(pair.session, request, pair.di.id, by=pair.actor(pair.di), at=NOW, page=page)
    assert pair.told(pair.ann) == []
    for _ in range(2):
        desk.refuse(pair.session, request, pair.cy.id, by=pair.actor(pair.cy), at=NOW, page=page)
    assert pair.told(pair.ann) == ["Nobody can take your visit so far"]
    assert (requests_open(pair.session)[0].asked, requests_open(pair.session)[0].cannot) == (2, 2)


def test_one_duty_has_one_open_request(pair: Pair) -> None:
    pair.ask(pair.cy)
    with pytest.raises(Refusal, match="asked about this visit already"):
        pair.ask(pair.di)


@pytest.mark.parametrize(("days", "is_taken"), [(2, True), (1, False)])
def test_nothing_is_asked_after_the_last_day(pair: Pair, days: int, is_taken: bool) -> None:
    at = NOW + (IN_FOUR_WEEKS - TODAY) - timedelta(days=days)
    if is_taken:
        pair.ask(pair.cy, at=at)
    else:
        with pytest.raises(Refusal, match="could be asked for until 28 March 2026"):
            pair.ask(pair.cy, at=at)


def test_a_request_nobody_took_ends_and_the_duty_stays(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    last_day = NOW + (IN_FOUR_WEEKS - TODAY) - timedelta(days=1)
    end_requests(pair.session, Choices(), page, last_day)
    assert pair.state(request) is CoverState.OPEN
    with pytest.raises(Refusal, match="too late"):
        pair.take(request, pair.cy, at=last_day + timedelta(days=1))
    for hours in (24, 25, 48):
        end_requests(pair.session, Choices(), page, last_day + timedelta(hours=hours))
    assert pair.state(request) is CoverState.ENDED
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    assert pair.told(pair.ann) == ["Nobody has taken your visit: it stays yours"]
    office = sa.select(Letter.subject).where(Letter.account_id.is_(None), Letter.subject.contains("Ann"))
    assert pair.session.scalars(office).all() == ["Nobody has taken Ann’s visit"]


def test_a_decline_ends_the_request_and_tells_office_and_partner(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    for _ in range(2):
        duties.decline(pair.session, pair.duty.id, "Ill", by=pair.actor(pair.ann), at=NOW, link="https://x/1")
    assert pair.state(request) is CoverState.ENDED
    assert pair.told(pair.bo) == ["Somebody else will visit with you"]
    assert "No longer needed: a visit to take" in pair.told(pair.cy)
    (letter,) = pair.session.scalars(sa.select(Letter).where(Letter.subject == "Ann cannot make a visit"))
    assert "They say: Ill" in letter.body
    assert "https://x/1" in letter.body
    assert not any(
        "Ill" in body for body in pair.session.scalars(sa.select(Letter.body).where(Letter.id != letter.id))
    )


def test_a_visit_called_off_ends_its_request(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    pair.visit.outcome, pair.visit.cancelled_on, pair.visit.reason = Outcome.CANCELLED, TODAY, "Flood"
    pair.session.flush()
    with pytest.raises(Refusal, match="settled otherwise"):
        pair.take(request, pair.cy)
    end_requests(pair.session, Choices(), page, NOW)
    assert pair.state(request) is CoverState.ENDED
    assert "No longer needed: a visit to take" in pair.told(pair.cy)
    assert pair.told(pair.ann) == []


# -- swaps


@pytest.fixture
def two(pair: Pair, make: Workshop) -> tuple[Duty, Duty, Visit]:
    """Ann's duty, Cy's at Keyham Lane a week later with Di, and that visit."""
    other = make.visit(make.suite("Keyham Lane"), pair.cy, pair.di, week=IN_FOUR_WEEKS + WEEK)
    theirs = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.cy.id)).one()
    return pair.duty, theirs, other


def test_a_swap_changes_both_at_once_when_the_other_agrees(pair: Pair, two: tuple[Duty, Duty, Visit]) -> None:
    mine, theirs, other = two
    request = pair.offer_swap(mine, theirs)
    assert pair.told(pair.cy) == ["Would you swap a visit?"]
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    pair.take(request, pair.cy)
    assert pair.holders() == {1: "Cy", 2: "Bo"}
    assert pair.holders(other) == {1: "Ann", 2: "Di"}
    assert mine.state is theirs.state is DutyState.RELEASED
    assert pair.told(pair.ann) == ["Your visits are swapped"]
    assert pair.told(pair.cy)[1:] == ["Your visits are swapped"]
    assert pair.told(pair.bo) == pair.told(pair.di) == ["Somebody else will visit with you"]


def test_only_swaps_that_both_may_make_are_offered(
    pair: Pair, two: tuple[Duty, Duty, Visit], make: Workshop
) -> None:
    """Bo has the other place already; Ed is away in the week he would get; one week’s suites may change."""
    ed, flo, gus = (make.person(name=name) for name in ("Ed", "Flo", "Gus"))
    make.keep(DaysAway(person_id=ed.id, first_on=IN_FOUR_WEEKS, last_on=IN_FOUR_WEEKS + timedelta(days=6)))
    make.visit(None, ed, week=IN_FOUR_WEEKS + 2 * WEEK)
    make.visit(None, pair.bo, week=IN_FOUR_WEEKS + 3 * WEEK)
    make.visit(make.suite("Sileby"), flo, gus, week=IN_FOUR_WEEKS)
    make.visit(None, make.person(name="Past"), week=TODAY)
    known = duty_in_hand(pair.session, pair.duty.id)
    assert known
    found = [one.words for one in desk.swaps_for(pair.session, known, Choices(), on=TODAY)]
    assert [words.split(": ")[-1] for words in found] == ["Flo", "Gus", "Cy", "Di"]


def test_a_swap_is_refused_when_either_can_no_longer_make_it(
    pair: Pair, two: tuple[Duty, Duty, Visit], make: Workshop
) -> None:
    mine, theirs, other = two
    request = pair.offer_swap(mine, theirs)
    away = make.keep(
        DaysAway(person_id=pair.ann.id, first_on=other.week_starts_on, last_on=other.week_ends_on)
    )
    with pytest.raises(Refusal, match="Ann cannot make Keyham Lane") as refusal:
        pair.take(request, pair.cy)
    assert "away" not in str(refusal.value).lower()
    with pytest.raises(Refusal, match="away this week"):
        pair.take(request, pair.cy, by=pair.office)
    away.person_id = pair.cy.id
    away.first_on, away.last_on = IN_FOUR_WEEKS, IN_FOUR_WEEKS + timedelta(days=6)
    pair.session.flush()
    with pytest.raises(Refusal, match="You cannot take this visit as things stand: away"):
        pair.take(request, pair.cy)
    assert pair.holders() == {1: "Ann", 2: "Bo"}


def test_a_swap_whose_other_duty_is_gone_is_refused_and_ends(
    pair: Pair, two: tuple[Duty, Duty, Visit]
) -> None:
    mine, theirs, _ = two
    request = pair.offer_swap(mine, theirs)
    duties.decline(pair.session, theirs.id, "", by=pair.actor(pair.cy), at=NOW)
    with pytest.raises(Refusal, match="nothing is swapped"):
        pair.take(request, pair.cy)
    end_requests(pair.session, Choices(), page, NOW)
    assert pair.state(request) is CoverState.ENDED
    assert pair.holders()[1] == "Ann"


# -- the coordinator for a visitor


def test_the_coordinator_acts_for_anyone_and_it_is_marked(pair: Pair, make: Workshop) -> None:
    offered = make.duty(make.visit(week=IN_FOUR_WEEKS + WEEK), pair.cy, state=DutyState.OFFERED)
    duties.accept(pair.session, offered.id, by=pair.office, at=NOW)
    assert offered.was_answered_for
    assert pair.told(pair.cy) == ["The coordinator accepted a visit for you"]
    request = pair.ask(pair.cy, pair.di, by=pair.office)
    assert pair.told(pair.ann) == ["The coordinator asked others about your visit"]
    pair.take(request, pair.di, by=pair.office)
    taken = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.di.id)).one()
    assert taken.was_answered_for
    bodies = pair.session.scalars(sa.select(Letter.body).where(Letter.to_email == pair.di.email)).all()
    assert "The coordinator asks for Ann" in bodies[0]
    assert "The coordinator answered for you" in bodies[1]
    duties.decline(pair.session, taken.id, "On the telephone", by=pair.office, at=NOW)
    assert pair.told(pair.di)[-1] == "The coordinator declined a visit for you"
    acts = sa.select(TrailEntry.act).where(TrailEntry.account_id == pair.office.account_id)
    assert {"accept duty", "ask cover", "take cover", "decline duty"} <= set(pair.session.scalars(acts))


def test_the_visitors_own_answer_takes_the_mark_away(pair: Pair, make: Workshop) -> None:
    duties.decline(pair.session, pair.duty.id, "", by=pair.office, at=NOW)
    assert pair.duty.was_answered_for
    offered = make.duty(make.visit(week=IN_FOUR_WEEKS + WEEK), pair.cy, state=DutyState.OFFERED)
    duties.accept(pair.session, offered.id, by=pair.office, at=NOW)
    duties.decline(pair.session, offered.id, "", by=pair.actor(pair.cy), at=NOW)
    assert not offered.was_answered_for


# -- reminders


Reminder = Callable[..., None]


def day_by_day(session: Session, reminder: Reminder, days: int) -> None:
    for hours in range(0, 24 * days, 12):
        reminder(session, Choices(), page, NOW + timedelta(hours=hours))


def days_before(session: Session, person: Person, subject: str) -> list[int]:
    asked = sa.select(Letter.made_at).where(Letter.to_email == person.email, Letter.subject.contains(subject))
    return [(IN_FOUR_WEEKS - at.date()).days for at in session.scalars(asked.order_by(Letter.id))]


def test_those_asked_are_reminded_from_three_weeks_to_one_day(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    desk.refuse(pair.session, request, pair.di.id, by=pair.actor(pair.di), at=NOW, page=page)
    day_by_day(pair.session, remind_of_requests, 40)
    assert days_before(pair.session, pair.cy, "Still open") == [21, 14, 7, 3, 2, 1]
    assert days_before(pair.session, pair.di, "Still open") == []


def test_nobody_is_reminded_of_what_is_settled(pair: Pair) -> None:
    pair.take(pair.ask(pair.cy, pair.di), pair.cy)
    day_by_day(pair.session, remind_of_requests, 40)
    assert days_before(pair.session, pair.di, "Still open") == []


def test_unanswered_duties_are_reminded_of_more_often_than_accepted_ones(pair: Pair, make: Workshop) -> None:
    pair.visit.week_starts_on += WEEK
    pair.visit.week_ends_on += WEEK
    visit = make.visit(pair.suite, week=IN_FOUR_WEEKS)
    make.duty(visit, pair.cy, state=DutyState.OFFERED)
    make.duty(visit, pair.di, place=2)
    for state in (DutyState.DECLINED, DutyState.RELEASED):
        make.duty(visit, make.person(name=state.value), state=state)
    day_by_day(pair.session, remind_of_duties, 40)
    assert days_before(pair.session, pair.cy, "Please answer") == [14, 7, 3]
    assert days_before(pair.session, pair.di, "Coming up") == [7, 1]
    asked = sa.select(Person.name).join(Letter, Letter.to_email == Person.email)
    assert set(pair.session.scalars(asked)) == {"Ann", "Bo", "Cy", "Di"}


def test_reminders_of_cover_and_duties_are_among_those_that_go_out() -> None:
    assert {end_requests, remind_of_requests, remind_of_duties} <= set(REMINDERS)
    assert len({one.__module__.rsplit(".", 1)[-1] for one in REMINDERS}) == len(REMINDERS)


def swappable(pair: Pair) -> Duty:
    """Cy's, with Di, a week later at another suite."""
    pair.make.visit(pair.make.suite("Keyham Lane"), pair.cy, pair.di, week=IN_FOUR_WEEKS + WEEK)
    return pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.cy.id)).one()


def swap_for_both(pair: Pair, theirs: Duty, by: Actor) -> None:
    desk.swap_agreed(pair.session, pair.duty.id, theirs.id, "", choices=Choices(), by=by, at=NOW, page=page)


def test_the_coordinator_swaps_for_both_who_agreed_by_word_and_both_read_so(pair: Pair) -> None:
    swap_for_both(pair, swappable(pair), pair.office)
    held = pair.session.scalars(sa.select(Duty).where(Duty.state == DutyState.ACCEPTED)).all()
    mine = {duty.person_id: duty for duty in held}
    assert (mine[pair.ann.id].visit_id, mine[pair.cy.id].visit_id) == (pair.visit.id + 1, pair.visit.id)
    assert mine[pair.ann.id].was_answered_for
    assert mine[pair.cy.id].was_answered_for
    letters = pair.session.scalars(sa.select(Letter)).all()
    to_both = [one for one in letters if one.to_email in (pair.ann.email, pair.cy.email)]
    assert [one.subject for one in to_both] == ["Your visits are swapped", "Your visits are swapped"]
    assert all("The coordinator answered for you." in one.body for one in to_both)
    acts = pair.session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()
    assert acts[-1] == "swap as both agreed"


def test_a_swap_agreed_by_word_keeps_the_rules_and_says_which_is_in_the_way(pair: Pair) -> None:
    theirs = swappable(pair)
    pair.session.add(Conflict(person_id=pair.cy.id, with_person_id=pair.bo.id, declared_on=TODAY))
    with pytest.raises(desk.CoverError, match="declared a conflict"):
        swap_for_both(pair, theirs, pair.office)


def test_a_swap_agreed_by_word_ends_what_was_asked_before(pair: Pair) -> None:
    pair.ask(pair.di)
    swap_for_both(pair, swappable(pair), pair.office)
    states = pair.session.scalars(sa.select(CoverRequest.state).order_by(CoverRequest.id)).all()
    assert states == [CoverState.ENDED, CoverState.TAKEN]


def test_a_visitor_cannot_agree_to_a_swap_for_the_other(pair: Pair) -> None:
    with pytest.raises(desk.CoverError, match="not on your list"):
        swap_for_both(pair, swappable(pair), pair.actor(pair.ann))


def test_the_coordinator_gives_cover_to_somebody_who_was_not_asked(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    assert pair.take(request, pair.di, by=pair.actor(pair.di)) is None
    assert pair.take(request, pair.di, by=pair.office)
    (duty,) = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.di.id))
    assert (duty.state, duty.was_answered_for) == (DutyState.ACCEPTED, True)
    (letter,) = pair.session.scalars(sa.select(Letter).where(Letter.to_email == pair.di.email))
    assert "The coordinator answered for you" in letter.body


@pytest.mark.parametrize("who", ["the holder", "the partner", "nobody"])
def test_cover_is_not_given_to_those_of_the_visit_nor_to_a_stranger(pair: Pair, who: str) -> None:
    request = pair.ask(pair.cy)
    person_id = {"the holder": pair.ann.id, "the partner": pair.bo.id, "nobody": 999_999}[who]
    try:
        taken = desk.take(
            pair.session, request, person_id, choices=Choices(), by=pair.office, at=NOW, page=page
        )
    except desk.CoverError:
        taken = None
    assert taken is None
    assert pair.session.scalars(sa.select(Duty.person_id).where(Duty.state.in_(HELD))).all() == [
        pair.ann.id,
        pair.bo.id,
    ]
