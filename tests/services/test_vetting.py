"""Vetting for many at once, on both databases: extended by a decision, asked for and cleared."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.records import VettingFacts
from icv.rules.refusals import Refusal
from icv.rules.stages import Stage
from icv.services import vetting as desk
from icv.services.vetting import Decision, VettingError
from icv.store.people import Person, Vetting
from icv.store.trail import TrailEntry
from icv.store.vetting import ExtendedVetting, Extension, decisions, extensions_of, vettings_of
from tests.thorough import examples
from tests.vetted import until, with_vettings
from tests.workshop import NOW, TODAY, Workshop

A_DAY = timedelta(days=1)
NEW_END = TODAY + 180 * A_DAY
BY_THE_CHIEF = Decision(NEW_END, TODAY - 2 * A_DAY, "The vetting unit is months behind")


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def ends(session: Session, person: Person) -> date | None:
    return vettings_of(session, [person.id])[person.id][-1].facts.expires_on


def test_many_are_extended_by_one_decision_and_keep_what_was_before(
    session: Session, make: Workshop, by: Actor
) -> None:
    people = [with_vettings(make, until(TODAY + n * A_DAY), name=f"Person {n}") for n in range(3)]
    ids = [person.id for person in people]
    seen = desk.plan(session, ids, BY_THE_CHIEF, at=NOW)
    desk.extend(session, ids, BY_THE_CHIEF, seen=seen.seal, by=by, at=NOW)

    session.expire_all()
    assert [ends(session, person) for person in people] == [NEW_END] * 3
    (decision,) = decisions(session)
    assert (decision.until, decision.decided_on, decision.by) == (NEW_END, TODAY - 2 * A_DAY, by.name)
    assert [(one.name, one.until_before) for one in decision.people] == [
        (f"Person {n}", TODAY + n * A_DAY) for n in range(3)
    ]
    (line,) = extensions_of(session, people[1].id)
    assert (line.until_before, line.until) == (TODAY + A_DAY, NEW_END)
    acts = session.execute(sa.select(TrailEntry.act, TrailEntry.subject_id).order_by(TrailEntry.id)).all()
    assert acts[0] == ("extend vettings", decision.id)
    assert acts[1:] == [("extend vetting", person_id) for person_id in ids]


def test_who_is_left_out_is_told_why(session: Session, make: Workshop, by: Actor) -> None:
    with_vettings(make, name="A none")
    with_vettings(make, VettingFacts(requested_on=TODAY), name="B asked")
    with_vettings(make, VettingFacts(cleared_on=TODAY), name="C no end")
    with_vettings(make, until(NEW_END), name="D same")
    with_vettings(make, until(NEW_END + A_DAY), name="E later")
    with_vettings(make, until(NEW_END - A_DAY, refused_on=TODAY), name="F withdrawn")
    with_vettings(make, until(TODAY - 3 * A_DAY), name="G ended")
    with_vettings(make, until(TODAY - 2 * A_DAY), name="H ended when it was decided")
    applied = make.person(Stage.APPLIED, name="I not looked after")
    ids = session.scalars(sa.select(Person.id)).all()
    planned = desk.plan(session, ids, BY_THE_CHIEF, at=NOW)
    assert [one.name for one in planned.extended] == ["H ended when it was decided"]
    assert {one.name[0]: one.why for one in planned.left_out} == {
        "A": "no clearance on record to extend",
        "B": "no clearance on record to extend",
        "C": "has no last day",
        "D": "counts until 31 August 2026 already",
        "E": "counts until 1 September 2026 already",
        "F": "withdrawn on 4 March 2026",
        "G": "ended on 1 March 2026, before it was decided: record a new clearance instead",
    }
    assert applied.id not in {one.person_id for one in planned.left_out}


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(NEW_END, TODAY + A_DAY, "so"), "decided_on"),
        (Decision(TODAY, TODAY, "so"), "until"),
        (Decision(NEW_END, TODAY, "  "), "reason"),
        (Decision(TODAY + A_DAY, TODAY, "so"), "until"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_beside_its_field(
    session: Session, make: Workshop, by: Actor, decision: Decision, field: str
) -> None:
    person = with_vettings(make, until(TODAY + 30 * A_DAY))
    with pytest.raises(VettingError) as refused:
        desk.extend(session, [person.id], decision, seen="", by=by, at=NOW)
    assert refused.value.field == field
    assert not session.scalars(sa.select(Extension)).all()


def test_a_decision_is_agreed_to_as_it_was_seen(session: Session, make: Workshop, by: Actor) -> None:
    person = with_vettings(make, until(TODAY + 30 * A_DAY))
    seen = desk.plan(session, [person.id], BY_THE_CHIEF, at=NOW)
    session.execute(sa.update(Vetting).values(expires_on=TODAY + 20 * A_DAY))
    with pytest.raises(VettingError, match="changed in the meantime"):
        desk.extend(session, [person.id], BY_THE_CHIEF, seen=seen.seal, by=by, at=NOW)
    again = desk.plan(session, [person.id], BY_THE_CHIEF, at=NOW)
    desk.extend(session, [person.id], BY_THE_CHIEF, seen=again.seal, by=by, at=NOW)
    with pytest.raises(VettingError, match="Nobody’s vetting would be extended"):
        desk.extend(session, [person.id], BY_THE_CHIEF, seen=again.seal, by=by, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(ExtendedVetting)) == 1


DAYS = st.integers(-60, 60).map(lambda days: TODAY + timedelta(days=days))
RECORDS = st.builds(
    VettingFacts,
    requested_on=st.none() | DAYS,
    cleared_on=st.none() | DAYS,
    expires_on=st.none() | DAYS,
    refused_on=st.none() | DAYS,
)


@examples(25)
@given(
    of_each=st.lists(st.lists(RECORDS, max_size=3), min_size=1, max_size=4),
    new_end=st.integers(1, 60).map(lambda days: TODAY + timedelta(days=days)),
    decided_on=st.integers(-30, 0).map(lambda days: TODAY + timedelta(days=days)),
)
def test_no_extension_ever_shortens(
    session: Session, by: Actor, of_each: list[list[VettingFacts]], new_end: date, decided_on: date
) -> None:
    make, decision = Workshop(session), Decision(new_end, decided_on, "so")
    with session.begin_nested() as savepoint:
        people = [
            with_vettings(make, *records, email=f"shorten{number}@example.org")
            for number, records in enumerate(of_each)
        ]
        ids = [person.id for person in people]
        before = dict(session.execute(sa.select(Vetting.id, Vetting.expires_on)).all())
        try:
            planned = desk.plan(session, ids, decision, at=NOW)
            desk.extend(session, ids, decision, seen=planned.seal, by=by, at=NOW)
        except VettingError:
            savepoint.rollback()
            return
        after = dict(session.execute(sa.select(Vetting.id, Vetting.expires_on)).all())
        changed = {one for one in before if before[one] != after[one]}
        assert changed == {one.vetting_id for one in planned.extended}
        for one in changed:
            assert decided_on <= before[one] < after[one] == new_end
        savepoint.rollback()


def test_vetting_is_asked_for_many_at_once_but_not_twice(session: Session, make: Workshop, by: Actor) -> None:
    fresh = with_vettings(make, name="Asha", stage=Stage.VETTING)
    renewed = with_vettings(make, until(TODAY + 9 * A_DAY), name="Ben")
    waiting = with_vettings(make, VettingFacts(requested_on=TODAY - A_DAY), name="Cai")
    ids = [fresh.id, renewed.id, waiting.id]
    people, left_out = desk.to_be_asked(session, ids, TODAY)
    assert [one.name for one in people] == ["Asha", "Ben"]
    assert [(one.name, one.why) for one in left_out] == [("Cai", "asked for on 3 March 2026 already")]
    assert desk.record_asked(session, ids, " NPPV2 ", TODAY, by=by, at=NOW) == 2
    assert [len(kept) for kept in vettings_of(session, ids).values()] == [1, 2, 1]
    assert vettings_of(session, ids)[fresh.id][0].facts == VettingFacts("NPPV2", TODAY)
    with pytest.raises(VettingError, match="asked for already"):
        desk.record_asked(session, ids, "NPPV2", TODAY, by=by, at=NOW)


def test_a_clearance_of_many_goes_into_the_requests_that_wait(
    session: Session, make: Workshop, by: Actor
) -> None:
    asked = with_vettings(make, VettingFacts("SC", TODAY - 9 * A_DAY), name="Asha")
    unasked = with_vettings(make, name="Ben")
    ids = [asked.id, unasked.id]
    cleared = VettingFacts("", cleared_on=TODAY, expires_on=NEW_END)
    assert desk.record_cleared(session, ids, cleared, by=by, at=NOW) == 2
    kept = vettings_of(session, ids)
    assert [one.facts for one in kept[asked.id]] == [VettingFacts("SC", TODAY - 9 * A_DAY, TODAY, NEW_END)]
    assert [one.facts for one in kept[unasked.id]] == [VettingFacts("", None, TODAY, NEW_END)]


def test_a_clearance_that_contradicts_one_request_is_refused_by_name(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = with_vettings(make, VettingFacts(requested_on=TODAY), name="Asha")
    cleared = VettingFacts(cleared_on=TODAY - A_DAY)
    with pytest.raises(Refusal, match="Asha: It cannot be cleared before it was asked for") as refused:
        desk.record_cleared(session, [person.id], cleared, by=by, at=NOW)
    assert refused.value.field == "cleared_on"
