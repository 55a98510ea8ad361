"""What waits for the coordinator of rotas, calls and reports: each from when it waits until it is seen to."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import monday_of, short_day
from icv.rules.findings import FindingState
from icv.rules.scheme import Choices
from icv.rules.signing import Answer, SubmissionState
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome, SuiteKind, VisitKind
from icv.store.availability import Call, CallAnswer
from icv.store.rota import RotaState
from icv.store.today import About, Urgency, Waiting, people_on, waiting
from icv.store.visits import Addendum
from tests.waiting import A_DAY, A_WEEK, MONDAY, copy_of, draft, filed, rota, say_absent, sign
from tests.workshop import NOW, TODAY, Workshop


def found(session: Session, *about: About) -> list[Waiting]:
    """Those asked for; otherwise all but the weeks to come, which wait wherever a rota is."""
    session.flush()
    return [
        one
        for one in waiting(session, Choices(), people_on(session, Choices(), TODAY), at=NOW)
        if one.about in (about or set(About) - {About.NEXT_ROTA})
    ]


def said(lines: Sequence[Waiting]) -> list[tuple[str, str, int]]:
    return [(one.what, one.who, one.subject_id) for one in lines]


def test_two_drafts_of_the_same_weeks_are_to_be_chosen_between(session: Session, make: Workshop) -> None:
    suite, other = make.suite(), make.suite()
    earlier, apart = draft(make, suite.id), draft(make, other.id)
    assert [one.what for one in found(session)] == ["Draft rota to publish"] * 2
    later = draft(make, suite.id, made_at=NOW + timedelta(hours=1))
    chosen, published = found(session)
    assert (chosen.what, chosen.about, chosen.subject_id) == (
        "Two drafts: choose one",
        About.DRAFTS,
        earlier.id,
    )
    assert chosen.other_id == later.id
    assert (published.what, published.subject_id) == ("Draft rota to publish", apart.id)


def test_weeks_that_nobody_has_planned_are_said_in_time(session: Session, make: Workshop) -> None:
    make.suite()
    make.person()
    (line,) = found(session, About.NEXT_ROTA)
    assert (line.what, line.about, line.urgency) == ("Nothing planned", About.NEXT_ROTA, Urgency.NOW)
    published = rota(make, RotaState.PUBLISHED)
    published.last_on = TODAY + 4 * A_WEEK
    (line,) = found(session, About.NEXT_ROTA)
    assert line.what == f"Nothing planned after {short_day(published.last_on)}"
    assert line.on == published.last_on
    published.last_on = TODAY + 4 * A_WEEK + A_DAY
    assert found(session, About.NEXT_ROTA) == []


def test_a_visit_to_come_or_a_draft_that_goes_further_is_a_plan(session: Session, make: Workshop) -> None:
    pair = make.person(), make.person()
    make.visit(None, *pair, week=TODAY + A_WEEK)
    make.visit(None, *pair, week=TODAY + 9 * A_WEEK, kind=VisitKind.DOG_WELFARE, is_scheduled=False)
    (line,) = found(session, About.NEXT_ROTA)
    assert line.on == MONDAY + 2 * A_WEEK - A_DAY
    rota(make, RotaState.DRAFT)
    assert found(session, About.NEXT_ROTA) == []


def test_nobody_has_to_plan_without_an_open_suite_or_without_visitors(
    session: Session, make: Workshop
) -> None:
    suite = make.suite()
    assert found(session, About.NEXT_ROTA) == []
    make.person()
    assert len(found(session, About.NEXT_ROTA)) == 1
    suite.periods[0].kind = SuiteKind.CONTINGENCY
    assert found(session, About.NEXT_ROTA) == []
    suite.periods[0].kind, suite.periods[0].closes_on = SuiteKind.MAIN, TODAY - A_DAY
    assert found(session, About.NEXT_ROTA) == []


def test_a_rota_that_lost_several_places_is_put_right_at_once(session: Session, make: Workshop) -> None:
    published, pair = rota(make, RotaState.PUBLISHED), (make.person(), make.person())
    for weeks in (2, 3):
        make.visit(None, *pair, week=TODAY + weeks * A_WEEK, rota_id=published.id)
    one = make.visit(None, pair[0], week=TODAY + 2 * A_WEEK, rota_id=published.id)
    make.duty(one, make.person(), place=2, state=DutyState.DECLINED)
    make.visit(week=TODAY + 2 * A_WEEK)
    assert found(session, About.REBUILD) == []
    make.visit(week=TODAY + 3 * A_WEEK, rota_id=published.id)
    (line,) = found(session, About.REBUILD)
    assert (line.what, line.subject_id, line.on) == ("Rota no longer kept", published.id, MONDAY + 2 * A_WEEK)
    assert line.who.endswith(": 3 places to fill")


def test_whoever_began_after_a_call_closed_waits_until_its_weeks_are_planned(
    session: Session, make: Workshop
) -> None:
    asked = make.person()
    make.person(on=TODAY - 2 * A_DAY, name="Began since")
    make.person(Stage.ON_LEAVE, on=TODAY - 90 * A_DAY, name="Away all the time")
    call = make.keep(
        Call(first_on=MONDAY + A_WEEK, last_on=MONDAY + 5 * A_WEEK - A_DAY, answer_by=TODAY, asked_at=NOW)
    )
    make.keep(CallAnswer(call_id=call.id, person_id=asked.id, answered_at=NOW))
    assert found(session, About.CALL) == [], "an open call asks them itself"
    call.answer_by = TODAY - 3 * A_DAY
    (line,) = found(session, About.CALL)
    assert (line.what, line.subject_id, line.on) == ("Not asked when they can", call.id, call.answer_by)
    assert line.who.endswith(": 1 new visitor")
    rota(make, RotaState.DRAFT)
    assert len(found(session, About.CALL)) == 1
    rota(make, RotaState.PUBLISHED)
    assert found(session, About.CALL) == []


def test_a_record_review_waits_for_somebody_and_then_for_its_report(session: Session, make: Workshop) -> None:
    review = make.visit(None, week=TODAY, kind=VisitKind.RECORD_REVIEW, is_scheduled=False)
    assert [(one.what, one.about) for one in found(session)] == [
        ("Record review: nobody to make it", About.STRAND)
    ]
    make.duty(review, make.person())
    assert found(session) == [], "its week is not over"
    other = make.visit(
        None, make.person(), week=TODAY - A_WEEK, kind=VisitKind.DOG_WELFARE, is_scheduled=False
    )
    assert [(one.what, one.subject_id) for one in found(session)] == [
        ("Dog-welfare visit: report due", other.id)
    ]


def test_a_reply_that_was_taken_higher_says_so(session: Session, make: Workshop) -> None:
    finding = make.finding(due_on=TODAY - 20 * A_DAY, escalated_on=TODAY - A_DAY)
    assert [one.what for one in found(session, About.FINDING)] == ["Police reply overdue, taken higher"]
    finding.state, finding.replied_on = FindingState.REPLIED, TODAY
    assert [one.what for one in found(session, About.FINDING)] == ["Reply to read"]


@pytest.mark.parametrize(("days", "urgency"), [(-1, "needs you now"), (7, "this week"), (8, "coming")])
def test_a_reply_that_is_not_late_yet_is_the_polices_to_give(
    session: Session, make: Workshop, days: int, urgency: str
) -> None:
    make.finding(due_on=TODAY + days * A_DAY)
    assert [one.urgency for one in found(session, About.FINDING)] == [urgency]


def test_copies_of_a_report_wait_until_they_are_settled(session: Session, make: Workshop) -> None:
    report, *_ = filed(make, suite=make.suite("Euston Street"))
    kept = [copy_of(make, report, name) for name in ("one", "two")]
    assert [one.what for one in found(session, About.COPIES)] == ["2 more copies of a report"]
    kept[0].state = SubmissionState.SETTLED
    assert said(found(session, About.COPIES)) == [
        ("Second copy of a report", f"Euston Street, week from {_week_of_report()}", report.visit_id)
    ]


def test_a_partner_who_did_not_come_waits_in_place_of_the_report(session: Session, make: Workshop) -> None:
    visit = make.visit(None, make.person(), make.person(), week=TODAY - 2 * A_WEEK)
    this_week = make.visit(None, make.person(), make.person())
    for one in (visit, this_week):
        say_absent(make, one, make.account(Role.VOLUNTEER))
    lines = found(session)
    assert {(one.what, one.subject_id) for one in lines} == {
        ("A partner did not come", visit.id),
        ("A partner did not come", this_week.id),
    }
    visit.outcome = this_week.outcome = Outcome.MISSED
    assert found(session) == []


@pytest.mark.parametrize(("days_ago", "waits"), [(3, False), (4, True), (100, False)])
def test_a_report_is_countersigned_in_the_days_that_a_report_has(
    session: Session, make: Workshop, days_ago: int, waits: bool
) -> None:
    report, _, other = filed(make, days_ago)
    assert [one.who for one in found(session, About.UNSIGNED)] == (["1 report"] if waits else [])
    sign(make, report, other, Answer.AGREES)
    assert found(session, About.UNSIGNED) == []


def test_a_disagreement_waits_until_the_office_answers_it(session: Session, make: Workshop) -> None:
    report, sender, other = filed(make)
    sign(make, report, other, Answer.DISAGREES)
    (line,) = found(session, About.VISIT)
    assert (line.what, line.subject_id) == ("A visitor does not agree", report.visit_id)
    assert line.who.startswith(other.name)
    for account_id, still_waits in ((sender.account_id, True), (make.account(Role.COORDINATOR).id, False)):
        make.keep(Addendum(report_id=report.id, words="So it was.", made_at=NOW, made_by_id=account_id))
        assert bool(found(session, About.VISIT)) is still_waits


def _week_of_report() -> str:
    monday = monday_of(TODAY - A_WEEK)
    return f"{monday.day} {monday:%b} {monday.year}"
