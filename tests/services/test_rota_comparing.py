"""Two drafts of the same weeks: what is said of them, and that no locked place is lost; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.services.rota.comparing import Better, Comparison, comparison_of
from icv.services.rota.keeping import Carried, keep_one
from icv.store.availability import DaysAway
from icv.store.people import Person
from icv.store.rota import DraftLine, Rota, RotaState, draft_visits, side_by_side
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))


@pytest.fixture
def people(make: Workshop) -> list[Person]:
    make.suite("Euston Street")
    return [make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di")]


def draft(session: Session, period: Period = A_WEEK, seed: int = 7) -> Rota:
    return desk.draw(session, period, seed, by=None, at=NOW)


def compared(session: Session, earlier: Rota, later: Rota) -> Comparison:
    return comparison_of(session, earlier, later, Choices())


def put(session: Session, rota: Rota, place: int, who: Person | None, reason: str = "") -> None:
    person_id = who.id if who else None
    desk.put(
        session,
        rota,
        first(session, rota).id,
        place,
        person_id,
        choices=Choices(),
        reason=reason,
        by=None,
        at=NOW,
    )


def first(session: Session, rota: Rota) -> DraftLine:
    return draft_visits(session, rota.id)[0]


def seated(session: Session, rota: Rota, *pair: Person) -> None:
    """This pair on the first visit, nothing locked."""
    for place in (1, 2):
        put(session, rota, place, None)
    for place, who in enumerate(pair, 1):
        put(session, rota, place, who)
        desk.lock(session, rota, first(session, rota).id, place, False, by=None, at=NOW)


def keep(session: Session, kept: Rota, other: Rota) -> Carried:
    return keep_one(session, kept, other, Choices(), by=None, at=NOW)


def test_the_better_of_two_is_said_goal_by_goal(session: Session, people: list[Person]) -> None:
    earlier, later = draft(session, FOUR_WEEKS), draft(session, FOUR_WEEKS)
    put(session, earlier, 1, None)
    found = {one.words: one for one in compared(session, earlier, later).measures}
    assert found["Visits without a pair"].better is Better.LATER
    assert (found["Visits without a pair"].earlier, found["Visits without a pair"].later) == ("1", "0")
    assert found["Places a rule stands against today"].better is Better.NEITHER
    assert found["Visits for each visitor, beside their fair shares"].earlier == "1 to 2"


def test_the_same_draft_twice_is_as_good_in_everything(session: Session, people: list[Person]) -> None:
    earlier, later = draft(session, FOUR_WEEKS), draft(session, FOUR_WEEKS)
    found = compared(session, earlier, later)
    assert found.differences == found.locks == ()
    assert {one.better for one in found.measures} == {Better.NEITHER}


def test_a_rule_that_came_to_stand_against_one_of_them_is_counted_first(
    session: Session, people: list[Person]
) -> None:
    ann, bo, cy, di = people
    earlier, later = draft(session), draft(session)
    seated(session, earlier, ann, bo)
    seated(session, later, cy, di)
    session.add(DaysAway(person_id=ann.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    measure = compared(session, earlier, later).measures[0]
    assert (measure.earlier, measure.later, measure.better) == ("1", "0", Better.LATER)


def test_changed_places_of_a_pair_are_no_difference(session: Session, people: list[Person]) -> None:
    ann, bo, *_ = people
    earlier, later = draft(session), draft(session)
    seated(session, earlier, ann, bo)
    seated(session, later, bo, ann)
    assert compared(session, earlier, later).differences == ()
    put(session, later, 1, None)
    (found,) = compared(session, earlier, later).differences
    assert (found.suite, found.earlier, found.later) == (
        "Euston Street",
        ("Ann", "Bo"),
        ("Nobody yet", "Ann"),
    )


def test_visits_that_only_one_of_them_has_are_counted_apart(session: Session, people: list[Person]) -> None:
    earlier, later = draft(session, FOUR_WEEKS), draft(session)
    found = compared(session, earlier, later)
    assert (found.common, found.only_earlier, found.only_later) == (1, 3, 0)


def test_a_lock_is_named_unless_the_other_draft_has_it_too(session: Session, people: list[Person]) -> None:
    ann = people[0]
    earlier, later = draft(session, FOUR_WEEKS), draft(session)
    for rota in (earlier, later):
        put(session, rota, 1, None)
        put(session, rota, 2, None)
        put(session, rota, 1, ann)
    assert compared(session, earlier, later).locks == ()
    last = draft_visits(session, earlier.id)[-1]
    who = last.visitors[0]
    desk.lock(session, earlier, last.id, 1, True, by=None, at=NOW)
    [lock] = compared(session, earlier, later).locks
    assert (lock.week_starts_on, lock.is_in_later) == (last.week_starts_on, False)
    assert lock.name == next(one.name for one in people if one.id == who)


def test_a_place_locked_in_the_draft_put_away_is_locked_in_the_one_kept(
    session: Session, people: list[Person]
) -> None:
    ann, bo, cy, di = people
    earlier, later = draft(session), draft(session)
    seated(session, earlier, ann, bo)
    seated(session, later, cy, di)
    put(session, earlier, 2, bo)
    assert [(one.name, one.is_in_later) for one in compared(session, earlier, later).locks] == [("Bo", False)]
    assert keep(session, later, earlier) == Carried(1, ())
    line = first(session, later)
    assert (line.visitors, line.locked) == ((cy.id, bo.id), (False, True))
    assert (earlier.state, later.state) == (RotaState.DISCARDED, RotaState.DRAFT)


def test_somebody_locked_there_who_goes_here_too_is_locked_where_they_are(
    session: Session, people: list[Person]
) -> None:
    ann, bo, *_ = people
    earlier, later = draft(session), draft(session)
    seated(session, earlier, ann, bo)
    seated(session, later, bo, ann)
    put(session, earlier, 1, None)
    put(session, earlier, 1, ann)
    keep(session, later, earlier)
    line = first(session, later)
    assert (line.visitors, line.locked) == ((bo.id, ann.id), (False, True))


def test_the_reason_recorded_for_a_locked_place_goes_with_it(session: Session, people: list[Person]) -> None:
    ann = people[0]
    session.add(DaysAway(person_id=ann.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    earlier, later = draft(session), draft(session)
    put(session, earlier, 1, ann, "Back early")
    keep(session, later, earlier)
    line = first(session, later)
    assert (line.visitors[0], line.locked[0], line.overridden[0]) == (ann.id, True, "Back early")
    assert desk.review_of(session, later, Choices(), today=TODAY).against == ()


def test_a_reason_recorded_for_one_is_never_anothers(session: Session, people: list[Person]) -> None:
    ann, bo, cy, _ = people
    session.add(DaysAway(person_id=ann.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    earlier, later = draft(session), draft(session)
    seated(session, earlier, bo, cy)
    put(session, earlier, 1, bo)
    put(session, later, 1, None)
    put(session, later, 2, cy)
    put(session, later, 1, ann, "Back early")
    desk.lock(session, later, first(session, later).id, 1, False, by=None, at=NOW)
    keep(session, later, earlier)
    line = first(session, later)
    assert (line.visitors, line.overridden) == ((bo.id, cy.id), ("", ""))


def test_a_locked_place_a_rule_now_stands_against_says_where_it_came_from(
    session: Session, people: list[Person]
) -> None:
    earlier, later = draft(session, FOUR_WEEKS), draft(session, FOUR_WEEKS)
    put(session, earlier, 1, None)
    other = next(one for one in people if one.id not in first(session, earlier).visitors)
    put(session, earlier, 1, other)
    session.add(DaysAway(person_id=other.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    keep(session, later, earlier)
    line = first(session, later)
    at = line.visitors.index(other.id)
    assert (line.locked[at], line.overridden[at]) == (True, "Locked in the draft that was put away")


def test_what_is_locked_in_both_stays_as_the_draft_that_is_kept_has_it_and_the_rest_is_named(
    session: Session, people: list[Person]
) -> None:
    ann, bo, cy, di = people
    earlier, later = draft(session), draft(session)
    for rota, pair in ((earlier, (ann, bo)), (later, (cy, di))):
        seated(session, rota)
        for place, who in enumerate(pair, 1):
            put(session, rota, place, who)
    found = keep(session, later, earlier)
    assert first(session, later).visitors == (cy.id, di.id)
    assert found.places == 0
    assert [one[:18] for one in found.lost] == ["Ann, Euston Street", "Bo, Euston Street,"]


def test_a_draft_published_meanwhile_leaves_nothing_to_choose(session: Session, people: list[Person]) -> None:
    earlier, later = draft(session), draft(session)
    desk.publish(session, earlier, by=None, at=NOW)
    with pytest.raises(RotaError, match="nothing to choose any more"):
        keep(session, later, earlier)
    assert later.state is RotaState.DRAFT


def test_only_drafts_that_plan_the_same_visits_stand_side_by_side(
    session: Session, people: list[Person]
) -> None:
    earlier, later = draft(session, FOUR_WEEKS), draft(session)
    after = draft(session, Period(FOUR_WEEKS.last + timedelta(days=1), FOUR_WEEKS.last + timedelta(days=7)))
    assert side_by_side(session) == [(earlier.id, later.id)]
    assert after.id not in {one for pair in side_by_side(session) for one in pair}
    keep(session, later, earlier)
    assert side_by_side(session) == []
