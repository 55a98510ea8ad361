"""What becomes of findings: days, events, letters, and moves that are refused."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import LEADS_TO, EventKind, FindingState, may
from icv.services import findings
from icv.store.findings import (
    Finding,
    FindingEvent,
    Sought,
    Tray,
    finding_put,
    findings_put,
    tray,
    tray_counts,
)
from icv.store.letters import Letter
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop


def test_putting_to_the_police_sets_the_day_a_reply_is_due(make: Workshop, session: Session) -> None:
    coordinator = make.actor(Role.COORDINATOR)
    plain = make.finding(state=FindingState.RAISED)
    serious = make.finding(state=FindingState.RAISED, is_serious=True)
    for finding in (plain, serious):
        findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=coordinator, at=NOW)
    assert (plain.state, plain.put_on) == (FindingState.AWAITING_REPLY, TODAY)
    assert (plain.due_on, serious.due_on) == (TODAY + timedelta(days=14), TODAY + timedelta(days=5))


def test_a_finding_goes_its_way_and_keeps_its_whole_trail(make: Workshop, session: Session) -> None:
    coordinator, inspector = make.actor(Role.COORDINATOR), make.actor(Role.POLICE)
    finding = make.finding(state=FindingState.RAISED)
    way = [
        (EventKind.PUT_TO_POLICE, "", coordinator),
        (EventKind.REPLIED, "We have looked into it.", inspector),
        (EventKind.SENT_BACK, "Into what?", coordinator),
        (EventKind.REPLIED, "A bell was broken.", inspector),
        (EventKind.CLOSED, "The bell works.", coordinator),
        (EventKind.REOPENED, "Broken again.", coordinator),
    ]
    for number, (kind, words, by) in enumerate(way):
        findings.move(session, finding.id, kind, words, by=by, at=NOW + timedelta(days=number))
    events = session.execute(sa.select(FindingEvent.kind, FindingEvent.text).order_by(FindingEvent.id)).all()
    assert events == [(kind, words) for kind, words, _ in way]
    assert finding.state is FindingState.REOPENED
    assert (finding.replied_on, finding.closed_on) == (None, None)
    assert (finding.put_on, finding.due_on) == (TODAY, TODAY + timedelta(days=5 + 14))
    assert len(session.scalars(sa.select(TrailEntry).where(TrailEntry.subject == "finding")).all()) == len(
        way
    )


@pytest.mark.parametrize("state", FindingState)
@pytest.mark.parametrize("kind", LEADS_TO)
def test_a_move_out_of_turn_is_refused_in_words(
    make: Workshop, session: Session, state: FindingState, kind: EventKind
) -> None:
    finding = make.finding(state=state)
    by = make.actor(Role.COORDINATOR)
    if may(kind, state):
        findings.move(session, finding.id, kind, "Because.", by=by, at=NOW)
        assert finding.state is LEADS_TO[kind]
    else:
        with pytest.raises(findings.FindingError, match=f"is now {state.words}"):
            findings.move(session, finding.id, kind, "Because.", by=by, at=NOW)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.REPLIED, FindingState.AWAITING_REPLY),
        (EventKind.SENT_BACK, FindingState.REPLIED),
        (EventKind.CLOSED, FindingState.RAISED),
        (EventKind.REOPENED, FindingState.CLOSED),
    ],
)
def test_nothing_is_closed_or_answered_without_words(
    make: Workshop, session: Session, kind: EventKind, state: FindingState
) -> None:
    finding = make.finding(state=state)
    with pytest.raises(findings.FindingError, match=r"Say|Write"):
        findings.move(session, finding.id, kind, by=make.actor(Role.COORDINATOR), at=NOW)


def test_letters_go_to_the_other_side_and_say_nothing_of_it(make: Workshop, session: Session) -> None:
    coordinator, inspector = make.actor(Role.COORDINATOR), make.actor(Role.POLICE)
    finding = make.finding(state=FindingState.RAISED, detail="A broken bell")
    findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=coordinator, at=NOW)
    findings.move(session, finding.id, EventKind.REPLIED, "Mended.", by=inspector, at=NOW)
    sent = session.execute(sa.select(Letter.account_id, Letter.body).order_by(Letter.id)).all()
    assert [account for account, _ in sent] == [inspector.account_id, coordinator.account_id]
    assert not any("bell" in body or "Mended" in body for _, body in sent)
    assert finding.reference not in sent[0].body, "the visit's reference leads to the rota"


def test_the_board_puts_what_is_overdue_first(make: Workshop, session: Session) -> None:
    suite = make.suite()
    visit = make.visit(suite)
    later = make.finding(visit, due_on=TODAY + timedelta(days=3))
    overdue = make.finding(visit, due_on=TODAY - timedelta(days=3), state=FindingState.REOPENED)
    make.finding(state=FindingState.CLOSED)
    lines = tray(session, Tray.WITH_POLICE, Sought(), page=1, size=10)
    assert [line.id for line in lines] == [overdue.id, later.id]
    assert [line.is_overdue(TODAY) for line in lines] == [True, False]
    counts = tray_counts(session, Sought(suite_id=suite.id))
    assert (counts[Tray.WITH_POLICE], counts[Tray.CLOSED]) == (2, 0)


def test_the_police_see_what_was_put_to_them_and_no_more(make: Workshop, session: Session) -> None:
    never = make.finding(state=FindingState.RAISED)
    settled = make.finding(state=FindingState.RESOLVED_AT_VISIT)
    put = make.finding(due_on=TODAY)
    session.add(FindingEvent(finding_id=put.id, kind=EventKind.RAISED, on=TODAY, text="We saw", made_at=NOW))
    session.add(FindingEvent(finding_id=put.id, kind=EventKind.PUT_TO_POLICE, on=TODAY, made_at=NOW))
    assert finding_put(session, never.id) is None
    assert finding_put(session, settled.id) is None
    assert [finding.id for finding in findings_put(session, page=1, size=10)] == [put.id]
    seen = finding_put(session, put.id)
    assert seen is not None
    assert [event.kind for event in seen.events] == [EventKind.PUT_TO_POLICE]


def test_a_finding_awaiting_reply_comes_before_answered_ones(make: Workshop, session: Session) -> None:
    answered = make.finding(state=FindingState.REPLIED, due_on=TODAY - timedelta(days=9))
    due_later = make.finding(due_on=TODAY + timedelta(days=5))
    due_first = make.finding(due_on=TODAY + timedelta(days=1))
    order = [finding.id for finding in findings_put(session, page=1, size=10)]
    assert order == [due_first.id, due_later.id, answered.id]


def test_nobody_moves_a_finding_that_is_not_there(make: Workshop, session: Session) -> None:
    with pytest.raises(findings.FindingError):
        findings.move(session, 1, EventKind.CLOSED, "Done.", by=make.actor(Role.COORDINATOR), at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 0
