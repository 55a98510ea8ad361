"""Questions about findings: narrowed, ordered, by age, repeated, and what their visitors may see."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.rules.visits import DutyState
from icv.store.findings import (
    FindingEvent,
    FindingTheme,
    Order,
    Sought,
    Tray,
    earlier_ones,
    how_many_raised_by,
    news_of_visit_seen_by,
    open_by_age,
    raised_finding_seen_by,
    raised_seen_by,
    repeats_among,
    thread,
    tray,
    tray_counts,
)
from tests.workshop import NOW, TODAY, Workshop


def listed(session: Session, sought: Sought, which: Tray = Tray.ALL) -> list[int]:
    return [line.id for line in tray(session, which, sought, page=1, size=50)]


def test_findings_are_sought_by_theme_seriousness_and_reference(make: Workshop, session: Session) -> None:
    one, two = make.finding(), make.finding(is_serious=True)
    session.add_all(FindingTheme(finding_id=one.id, theme=theme) for theme in ("strip search", "children"))
    session.flush()
    assert listed(session, Sought(theme="strip search")) == [one.id]
    assert listed(session, Sought(is_serious=True)) == [two.id]
    assert listed(session, Sought(words=one.reference.lower())) == [one.id]
    assert listed(session, Sought(words="%")) == []
    assert tray_counts(session, Sought(theme="strip search"))[Tray.ALL] == 1
    assert tray(session, Tray.ALL, Sought(theme="children"), page=1, size=9)[0].themes == (
        "children",
        "strip search",
    )


def test_a_finding_is_found_by_the_number_the_police_know_it_by(make: Workshop, session: Session) -> None:
    finding, other = make.finding(), make.finding()
    finding.reference, other.reference = "of-a-visit", "of-another"
    session.flush()
    assert listed(session, Sought(words=str(finding.id))) == [finding.id]
    assert tray_counts(session, Sought(words=str(other.id)))[Tray.ALL] == 1
    assert listed(session, Sought(words="9" * 40)) == []
    assert listed(session, Sought(words="٣")) == []


@pytest.mark.parametrize("order", Order)
def test_every_order_lists_all_of_them(make: Workshop, session: Session, order: Order) -> None:
    wanted = {make.finding(state=state).id for state in FindingState}
    assert set(listed(session, Sought(order=order))) == wanted


def test_serious_ones_and_old_ones_come_first_when_asked(make: Workshop, session: Session) -> None:
    young = make.finding(is_serious=True, due_on=TODAY)
    old = make.finding(raised_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=1))
    assert listed(session, Sought(order=Order.SERIOUS)) == [young.id, old.id]
    assert listed(session, Sought(order=Order.OLDEST)) == [old.id, young.id]


def test_what_waits_is_counted_by_age_the_oldest_first(make: Workshop, session: Session) -> None:
    suite = make.suite()
    for days in (0, 13, 14, 400):
        make.finding(make.visit(suite), raised_on=TODAY - timedelta(days=days))
    make.finding(state=FindingState.RAISED)
    make.finding(state=FindingState.CLOSED, raised_on=TODAY - timedelta(days=400))
    ages = open_by_age(session, Sought(), TODAY)
    assert [age.total for age in ages] == [1, 0, 0, 1, 3]
    assert ages[-1].counts == {Tray.TO_DECIDE: 1, Tray.WITH_POLICE: 2, Tray.REPLIED: 0}
    assert sum(age.total for age in open_by_age(session, Sought(suite_id=suite.id), TODAY)) == 4


def test_repeats_at_a_suite_are_found_together(make: Workshop, session: Session) -> None:
    suite = make.suite()
    first = make.finding(make.visit(suite), raised_on=TODAY - timedelta(days=60))
    second = make.finding(make.visit(suite), raised_on=TODAY - timedelta(days=30), state=FindingState.CLOSED)
    third = make.finding(make.visit(suite), raised_on=TODAY)
    other = make.finding(raised_on=TODAY)
    themed = make.finding(make.visit(suite), category="staffing", raised_on=TODAY)
    for finding in (first, themed):
        session.add(FindingTheme(finding_id=finding.id, theme="children"))
    session.flush()
    repeats = repeats_among(session, [first.id, third.id, other.id, themed.id])
    assert {number: repeat.words for number, repeat in repeats.items()} == {
        third.id: "third time since January",
        themed.id: "second time since January",
    }
    assert [line.id for line in earlier_ones(session, repeats[third.id])] == [second.id, first.id]
    assert repeats_among(session, []) == {}


def test_visitors_see_findings_of_their_own_visits_alone(make: Workshop, session: Session) -> None:
    me, partner, stranger = make.person(), make.person(), make.person()
    actor = make.actor(Role.VOLUNTEER, person=me)
    mine, theirs = make.visit(None, me, partner), make.visit(None, stranger)
    given_up = make.visit()
    make.duty(given_up, me, state=DutyState.RELEASED)
    one = make.finding(mine, raised_on=TODAY - timedelta(days=3))
    two = make.finding(mine)
    hidden = [make.finding(theirs), make.finding(given_up)]
    assert [finding.id for finding in raised_seen_by(session, actor, page=1, size=9)] == [two.id, one.id]
    assert how_many_raised_by(session, actor) == 2
    assert [raised_finding_seen_by(session, actor, finding.id) for finding in hidden] == [None, None]
    assert news_of_visit_seen_by(session, actor, theirs.id) == []
    nobody = make.actor(Role.COORDINATOR)
    assert raised_seen_by(session, nobody, page=1, size=9) == []


def test_visitors_read_replies_and_no_notes_or_names(make: Workshop, session: Session) -> None:
    me = make.person()
    actor = make.actor(Role.VOLUNTEER, person=me)
    finding = make.finding(make.visit(None, me))
    officer = make.account(Role.POLICE, name="Inspector Bell")
    for kind in EventKind:
        session.add(
            FindingEvent(
                finding_id=finding.id, kind=kind, on=TODAY, text=kind, made_at=NOW, made_by_id=officer.id
            )
        )
    session.flush()
    seen = raised_finding_seen_by(session, actor, finding.id)
    assert seen is not None
    read = {event.kind for event in seen.events}
    assert EventKind.REPLIED in read
    assert read.isdisjoint({EventKind.NOTE, EventKind.CHANGED, EventKind.REMINDED, EventKind.RAISED})
    assert {event.by for event in seen.events} == {None}
    assert news_of_visit_seen_by(session, actor, finding.visit_id)[0].events == seen.events
    whole = thread(session, finding.id)
    assert whole is not None
    assert {event.by for event in whole.events} == {"Inspector Bell"}
