"""Findings put together, sorted anew, noted, raised by hand, and told to those who raised them."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.findings import EventKind, FindingState
from icv.rules.scheme import Choices
from icv.services import findings
from icv.services.findings import Changed, FindingError, HowKnown, NewFinding
from icv.store.findings import Finding, FindingEvent, FindingTheme, finding_put, themes_of
from icv.store.letters import Letter
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
NEW = NewFinding(HowKnown.PAPER, "medical", "No inhaler was given", TODAY)


@pytest.fixture
def coordinator(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def events(session: Session, finding: Finding) -> list[tuple[EventKind, str]]:
    rows = session.execute(
        sa.select(FindingEvent.kind, FindingEvent.text)
        .where(FindingEvent.finding_id == finding.id)
        .order_by(FindingEvent.id)
    )
    return [(kind, text) for kind, text in rows]


def letters_to(session: Session, account_id: int) -> list[tuple[str, str]]:
    rows = session.execute(
        sa.select(Letter.subject, Letter.body).where(Letter.account_id == account_id).order_by(Letter.id)
    )
    return [(subject, body) for subject, body in rows]


def test_several_go_to_the_police_in_the_same_words_and_one_letter(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    inspector = make.actor(Role.POLICE)
    several = [make.finding(state=FindingState.RAISED) for _ in range(3)]
    numbers = [finding.id for finding in several]
    findings.move_several(session, numbers, EventKind.PUT_TO_POLICE, "Same?", by=coordinator, at=NOW)
    assert all(events(session, finding) == [(EventKind.PUT_TO_POLICE, "Same?")] for finding in several)
    [(subject, body)] = letters_to(session, inspector.account_id)
    assert subject == "3 custody visiting findings await your reply"
    assert all(f"finding {number}" in body for number in numbers)


def test_of_several_none_goes_where_one_cannot(make: Workshop, session: Session, coordinator: Actor) -> None:
    raised, closed = make.finding(state=FindingState.RAISED), make.finding(state=FindingState.CLOSED)
    with pytest.raises(FindingError, match=rf"{closed.reference} \(now closed\)"):
        findings.move_several(
            session, [raised.id, closed.id], EventKind.PUT_TO_POLICE, by=coordinator, at=NOW
        )
    assert raised.state is FindingState.RAISED
    with pytest.raises(FindingError, match="One of these findings is now gone"):
        findings.move_several(session, [raised.id, 999], EventKind.CLOSED, "x", by=coordinator, at=NOW)
    with pytest.raises(FindingError, match="This finding is now gone"):
        findings.move(session, 999, EventKind.CLOSED, "x", by=coordinator, at=NOW)


def test_an_officer_without_an_account_is_named_in_words(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding = make.finding()
    findings.move(session, finding.id, EventKind.REPLIED, "Mended", by=None, by_words="Sgt Dale", at=NOW)
    seen = finding_put(session, finding.id)
    assert seen is not None
    assert [(event.text, event.by) for event in seen.events] == [("Mended", "Sgt Dale")]


def test_whoever_acts_for_the_scheme_is_not_named_to_the_police(make: Workshop, session: Session) -> None:
    both = make.actor(Role.COORDINATOR, Role.VOLUNTEER, person=make.person(name="Ann Hart"))
    finding = make.finding(state=FindingState.RAISED)
    findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=both, at=NOW)
    seen = finding_put(session, finding.id)
    assert seen is not None
    assert [event.by for event in seen.events] == [None]


def test_sorting_anew_keeps_what_it_was_and_why(make: Workshop, session: Session, coordinator: Actor) -> None:
    finding = make.finding(state=FindingState.RAISED, category="welfare", detail="As written")
    asked = Changed("medical", frozenset({"neurodivergence"}), True, "A nurse was refused")
    findings.change(session, finding.id, asked, CHOICES, by=coordinator, at=NOW)
    assert (finding.category, finding.is_serious, finding.detail) == ("medical", True, "As written")
    assert themes_of(session, finding.id) == {"neurodivergence"}
    [(kind, text)] = events(session, finding)
    assert kind is EventKind.CHANGED
    assert text == (
        "Category: medical; it was welfare. Themes: neurodivergence; they were none."
        " Serious; it was not. Why: A nurse was refused"
    )


def test_a_reply_comes_due_sooner_once_it_is_serious_and_the_police_are_told(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    inspector = make.actor(Role.POLICE)
    finding = make.finding(state=FindingState.RAISED, category="medical")
    findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=coordinator, at=NOW)
    later = NOW + timedelta(days=8)
    serious = Changed("medical", frozenset(), True, "It hurt")
    findings.change(session, finding.id, serious, CHOICES, by=coordinator, at=later)
    assert finding.due_on == TODAY + timedelta(days=8 + 5), "five days from now, not late at once"
    assert "has changed" in letters_to(session, inspector.account_id)[-1][0]
    findings.change(
        session, finding.id, replace(serious, is_serious=False), CHOICES, by=coordinator, at=later
    )
    assert finding.due_on == TODAY + timedelta(days=14), "as it was when it was put"


def test_its_day_goes_by_when_this_one_was_put_and_not_another(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    one, other = make.finding(state=FindingState.RAISED), make.finding(state=FindingState.RAISED)
    findings.move(session, one.id, EventKind.PUT_TO_POLICE, by=coordinator, at=NOW)
    one.is_serious = True
    findings.move(session, other.id, EventKind.PUT_TO_POLICE, by=coordinator, at=NOW + timedelta(days=3))
    calmer = Changed(one.category, frozenset(), False, "It was not")
    findings.change(session, one.id, calmer, CHOICES, by=coordinator, at=NOW + timedelta(days=4))
    assert one.due_on == TODAY + timedelta(days=14)


def test_another_coordinator_hears_at_once_and_by_night_that_a_finding_is_serious(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    other = make.actor(Role.COORDINATOR)
    night = NOW.replace(hour=23, minute=40)
    finding = make.finding(state=FindingState.RAISED, category="medical", detail="A wrist was broken")
    asked = Changed("medical", frozenset(), True, "It hurt")
    findings.change(session, finding.id, asked, CHOICES, by=coordinator, at=night)
    [letter] = session.scalars(sa.select(Letter)).all()
    assert (letter.account_id, letter.not_before) == (other.account_id, night)
    assert "wrist" not in letter.body


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Changed("nonsense", frozenset(), False, "So"), "category"),
        (Changed("medical", frozenset({"nonsense"}), False, "So"), "themes"),
        (Changed("medical", frozenset(), False, ""), "reason"),
        (Changed("conditions", frozenset(), False, "So"), ""),
    ],
)
def test_sorting_anew_is_refused_in_words(
    make: Workshop, session: Session, coordinator: Actor, asked: Changed, field: str
) -> None:
    finding = make.finding()
    with pytest.raises(FindingError) as refused:
        findings.change(session, finding.id, asked, CHOICES, by=coordinator, at=NOW)
    assert (refused.value.field or "") == field
    assert events(session, finding) == []


def test_a_note_is_for_the_office_alone(make: Workshop, session: Session, coordinator: Actor) -> None:
    finding = make.finding()
    findings.add_note(session, finding.id, "Ask Ann again", by=coordinator, at=NOW)
    assert events(session, finding) == [(EventKind.NOTE, "Ask Ann again")]
    seen = finding_put(session, finding.id)
    assert seen is not None
    assert seen.events == ()
    assert session.scalars(sa.select(TrailEntry.details)).all() == [{}], "ids alone"
    with pytest.raises(FindingError):
        findings.add_note(session, finding.id, "", by=coordinator, at=NOW)


def test_a_finding_is_raised_by_hand_with_all_that_is_known(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    visit = make.visit(reference="V7")
    make.finding(visit).reference = "V7-1"
    new = replace(
        NEW,
        became=FindingState.RESOLVED_AT_VISIT,
        put_right_by="the custody sergeant",
        what_became="Fetched it",
        themes=frozenset({"neurodivergence"}),
    )
    finding = findings.raise_finding(session, visit.id, new, CHOICES, by=coordinator, at=NOW)
    assert (finding.reference, finding.put_right_by) == ("V7-2", "the custody sergeant")
    assert finding.state is FindingState.RESOLVED_AT_VISIT
    assert events(session, finding) == [(EventKind.RAISED, "From a paper report. Fetched it")]
    assert session.scalars(sa.select(FindingTheme.theme)).all() == ["neurodivergence"]


def test_raising_the_same_twice_is_refused(make: Workshop, session: Session, coordinator: Actor) -> None:
    visit = make.visit()
    findings.raise_finding(session, visit.id, NEW, CHOICES, by=coordinator, at=NOW)
    with pytest.raises(FindingError, match="on record already"):
        findings.raise_finding(session, visit.id, NEW, CHOICES, by=coordinator, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 1


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(NEW, category="nonsense"), "category"),
        (replace(NEW, themes=frozenset({"nonsense"})), "themes"),
        (replace(NEW, detail=""), "detail"),
        (replace(NEW, became=FindingState.CLOSED), "became"),
        (replace(NEW, became=FindingState.RESOLVED_AT_VISIT), "put_right_by"),
        (replace(NEW, raised_on=TODAY + timedelta(days=1)), "raised_on"),
        (replace(NEW, raised_on=TODAY - timedelta(days=30)), "raised_on"),
    ],
)
def test_what_cannot_be_raised_is_refused_beside_its_field(
    make: Workshop, session: Session, coordinator: Actor, new: NewFinding, field: str
) -> None:
    visit = make.visit()
    with pytest.raises(FindingError) as refused:
        findings.raise_finding(session, visit.id, new, CHOICES, by=coordinator, at=NOW)
    assert refused.value.field == field


def test_visitors_are_told_of_a_reply_and_of_the_end_without_what_it_is(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    me, partner = make.person(), make.person()
    mine = make.actor(Role.VOLUNTEER, person=me)
    finding = make.finding(make.visit(None, me, partner), detail="A broken bell")
    inspector = make.actor(Role.POLICE)
    findings.move(session, finding.id, EventKind.REPLIED, "Mended.", by=inspector, at=NOW)
    assert [kind for kind, _ in events(session, finding)] == [EventKind.REPLIED, EventKind.VISITORS_TOLD]
    [(subject, body)] = letters_to(session, mine.account_id)
    assert subject == "There is news of what you raised on a visit"
    assert not any(secret in body for secret in ("bell", "Mended", finding.reference, "Suite"))
    findings.move(session, finding.id, EventKind.CLOSED, "Tried it.", by=coordinator, at=NOW)
    assert len(letters_to(session, mine.account_id)) == 1, "news of one hour makes one letter"
    findings.move(session, finding.id, EventKind.REOPENED, "Again.", by=coordinator, at=NOW)
    tomorrow = NOW + timedelta(days=1)
    findings.move(session, finding.id, EventKind.CLOSED, "Really.", by=coordinator, at=tomorrow)
    assert len(letters_to(session, mine.account_id)) == 2


def test_news_of_the_night_waits_for_the_morning_in_one_letter(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    me = make.person()
    mine = make.actor(Role.VOLUNTEER, person=me)
    visit = make.visit(None, me)
    for hour in (21, 22, 23):
        finding = make.finding(visit, state=FindingState.RAISED)
        at = NOW.replace(hour=hour)
        findings.move(session, finding.id, EventKind.CLOSED, "Done.", by=coordinator, at=at)
    [letter] = session.scalars(sa.select(Letter).where(Letter.account_id == mine.account_id)).all()
    assert letter.not_before == (NOW + timedelta(days=1)).replace(hour=8)


def test_the_coordinators_own_words_reach_the_visitors_or_nobody_is_said_to_be_told(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    me = make.person()
    make.actor(Role.VOLUNTEER, person=me)
    finding, historic = make.finding(make.visit(None, me)), make.finding()
    findings.tell_visitors(session, finding.id, "We press on.", by=coordinator, at=NOW)
    assert events(session, finding) == [(EventKind.VISITORS_TOLD, "We press on.")]
    with pytest.raises(FindingError, match="nobody would read it"):
        findings.tell_visitors(session, historic.id, "We press on.", by=coordinator, at=NOW)
    with pytest.raises(FindingError, match="Write what"):
        findings.tell_visitors(session, finding.id, "", by=coordinator, at=NOW)


def test_no_act_changes_an_event_that_stands(make: Workshop, session: Session, coordinator: Actor) -> None:
    inspector = make.actor(Role.POLICE)
    finding = make.finding(category="medical")
    acts = [
        lambda: findings.move(session, finding.id, EventKind.REPLIED, "One.", by=inspector, at=NOW),
        lambda: findings.move(session, finding.id, EventKind.SENT_BACK, "Two?", by=coordinator, at=NOW),
        lambda: findings.add_note(session, finding.id, "Three", by=coordinator, at=NOW),
        lambda: findings.move(session, finding.id, EventKind.REPLIED, "Four.", by=inspector, at=NOW),
        lambda: findings.move(session, finding.id, EventKind.CLOSED, "Five.", by=coordinator, at=NOW),
        lambda: findings.change(
            session,
            finding.id,
            Changed("welfare", frozenset(), False, "Six"),
            CHOICES,
            by=coordinator,
            at=NOW,
        ),
    ]
    for act in acts:
        before = events(session, finding)
        act()
        assert events(session, finding)[: len(before)] == before
    with pytest.raises(FindingError, match="now closed"):
        findings.move(session, finding.id, EventKind.REPLIED, "One, mended.", by=inspector, at=NOW)
