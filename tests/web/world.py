"""A scheme with one of everything, for tests that open every page."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from icv.rules.access import Actor, Role
from icv.rules.appraisal import DeclarationKind
from icv.rules.courses import CourseKind
from icv.rules.cover import CoverKind
from icv.rules.days import Period
from icv.rules.figures_file import as_json, digest_of
from icv.rules.findings import FindingState
from icv.rules.paper import PaperKind
from icv.rules.quality import Level, Verdict
from icv.rules.report import ContactNote
from icv.rules.signing import SubmissionState
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, VisitKind
from icv.services import accounts as desk
from icv.services import feeds, papers, reports
from icv.store.accounts import LinkPurpose, SignIn
from icv.store.addresses import AddressChange
from icv.store.availability import Call, CallAnswer, DaysAway
from icv.store.comparison import OtherFigures
from icv.store.courses import Course
from icv.store.cover import CoverAsk, CoverRequest
from icv.store.diversity import Survey
from icv.store.drawing import Draw
from icv.store.feeds import Feed
from icv.store.findings import FindingLink, LinkedFinding
from icv.store.letters import Letter, LetterState
from icv.store.people import Conflict, Declaration, Round
from icv.store.quality import Criterion
from icv.store.references import ReferenceLink
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.scheme import Setting, Team
from icv.store.training import Booking, TrainingSession
from icv.store.visits import Submission, Visit
from tests.applications import answers, draft_of, sent
from tests.rules.figures_files import a_file
from tests.workshop import NOW, TODAY, Workshop

ROLES = (Role.VOLUNTEER, Role.COORDINATOR, Role.PANEL, Role.POLICE)


def world(make: Workshop) -> tuple[dict[str, Any], dict[str, Any]]:
    """A scheme with one of everything: ids of the askers' own things, and of other people's."""
    suite = make.suite("Euston Street")
    me, you = make.person(name="Volunteer"), make.person(name="Another volunteer")
    partner = make.person(name="Partner")
    accounts = {role: make.account(role) for role in ROLES}
    me.account_id = accounts[Role.VOLUNTEER].id
    other_account = make.account(Role.VOLUNTEER)
    you.account_id = other_account.id
    visits = [make.visit(suite), make.visit(suite)]
    duties = [
        make.duty(visit, person, state=DutyState.OFFERED)
        for visit, person in zip(visits, (me, you), strict=True)
    ]
    make.duty(visits[0], partner, place=2)
    findings = [
        make.finding(visits[0]),
        make.finding(visits[1], state=FindingState.RAISED, put_on=None),
    ]
    kept = make.keep
    rota = kept(
        Rota(first_on=TODAY, last_on=TODAY, seed=1, certificate={}, made_at=NOW, state=RotaState.DRAFT)
    )
    week = visits[0].week_starts_on + timedelta(weeks=4)
    draft = kept(
        DraftVisit(
            rota_id=rota.id,
            suite_id=suite.id,
            week_starts_on=week,
            week_ends_on=week + timedelta(days=6),
            suggested_slots=[],
        )
    )
    other = kept(
        Rota(first_on=TODAY, last_on=TODAY, seed=2, certificate={}, made_at=NOW, state=RotaState.DRAFT)
    )
    kept(
        DraftVisit(
            rota_id=other.id,
            suite_id=suite.id,
            week_starts_on=week,
            week_ends_on=week + timedelta(days=6),
            suggested_slots=[],
        )
    )
    token = desk.make_link(make.session, other_account.id, LinkPurpose.SIGN_IN, by=None, at=NOW)
    kept(
        AddressChange(
            account_id=accounts[Role.VOLUNTEER].id,
            email="new@example.org",
            old_digest=desk.digest("old"),
            new_digest=desk.digest("new"),
            asked_at=NOW,
            expires_at=NOW + timedelta(days=2),
        )
    )
    own: dict[str, Any] = {
        "accounts": accounts,
        "token": token,
        "address_token": "old",
        "person_id": me.id,
        "account_id": accounts[Role.PANEL].id,
        "draw_id": kept(Draw(first_on=TODAY, last_on=TODAY, seed=1, asked={}, asked_at=NOW, turn=1)).id,
        "suite_id": suite.id,
        "period_id": suite.periods[0].id,
        "team_id": kept(Team(name="North")).id,
        "round_id": kept(Round(name="Spring", opened_on=TODAY, is_public=True)).id,
        "rota_id": rota.id,
        "other_id": other.id,
        "draft_visit_id": draft.id,
        "visit_id": visits[0].id,
        "strand_id": make.visit(suite, kind=VisitKind.DOG_WELFARE, is_scheduled=False).id,
        "copy_id": _copy(make, visits[0]).id,
        "duty_id": duties[0].id,
        "finding_id": findings[0].id,
        "place": 1,
        "criterion_id": kept(
            Criterion(
                level=Level.SILVER, place=1, words="Visits are made.", verdict=Verdict.OPEN, changed_at=NOW
            )
        ).id,
        "survey_id": kept(Survey(counted_on=TODAY, entered_at=NOW)).id,
        "letter_id": kept(
            Letter(
                key="k",
                message_id="m",
                to_email="a@example.org",
                subject="S",
                body="B",
                state=LetterState.FAILED,
                made_at=NOW,
                not_before=NOW,
            )
        ).id,
        "record_id": me.vettings[0].id,
        "referee_id": make.referee(me, asked_at=NOW, answered_at=NOW, answer={"recommends": "yes"}).id,
        "conflict_id": kept(Conflict(person_id=me.id, suite_id=suite.id, declared_on=TODAY)).id,
        "declaration_id": kept(
            Declaration(
                person_id=me.id,
                kind=DeclarationKind.CIRCUMSTANCES,
                declared_on=TODAY,
                words="Moved",
                made_at=NOW,
            )
        ).id,
    }
    course = kept(Course(name="Refresher", kind=CourseKind.KEPT_UP))
    sitting = kept(TrainingSession(course_id=course.id, starts_at=NOW + timedelta(days=9)))
    kept(Booking(session_id=sitting.id, person_id=me.id, booked_at=NOW))
    own |= {"course_id": course.id, "session_id": sitting.id}
    referee = make.referee(make.person(Stage.APPLIED), asked_at=NOW, fails_on=TODAY)
    a_reference = {"token_digest": desk.digest("a reference"), "made_at": NOW}
    kept(ReferenceLink(referee_id=referee.id, expires_at=NOW + timedelta(days=1), **a_reference))
    link = kept(
        FindingLink(
            secret_digest=desk.digest("a link"),
            name="Inspector Green",
            email="green@example.org",
            made_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )
    )
    kept(LinkedFinding(link_id=link.id, finding_id=findings[0].id))
    own["link_id"] = link.id
    on = {"effective_on": TODAY, "set_at": NOW}
    kept(Setting(name="publishes_findings", value="true", **on))
    kept(Setting(name="publishes_statistics", value="true", **on))
    make.visit(suite, week=date(2024, 6, 3))
    draft_of(make.session, own["round_id"], answers("begun@example.org"), token="an application")
    own["application_id"] = sent(make.session, own["round_id"], answers()).id
    others = {"visit_id": visits[1].id, "duty_id": duties[1].id, "finding_id": findings[1].id}
    for things, duty in ((own, duties[0]), (others, duties[1])):
        cover = kept(CoverRequest(duty_id=duty.id, kind=CoverKind.COVER, asked_at=NOW))
        kept(CoverAsk(request_id=cover.id, person_id=partner.id, asked_at=NOW))
        things["cover_id"] = cover.id
    for things, person, account in ((own, me, accounts[Role.VOLUNTEER]), (others, you, other_account)):
        away = kept(DaysAway(person_id=person.id, first_on=TODAY, last_on=TODAY))
        things["away_id"] = things["days_away_id"] = away.id
        asked = {"first_on": TODAY - timedelta(days=person.id), "answer_by": TODAY, "asked_at": NOW}
        things["call_id"] = kept(Call(last_on=TODAY, **asked)).id
        kept(CallAnswer(call_id=things["call_id"], person_id=person.id))
        sign_in = desk.sign_in(make.session, account.id, device="x", at=NOW)
        things["sign_in_id"] = make.session.scalar(
            sa.select(SignIn.id).where(SignIn.token_digest == desk.digest(sign_in))
        )
        actor = Actor(account.id, person.id, person.name, frozenset({Role.VOLUNTEER}))
        things["secret"] = feeds.make(make.session, "Phone", by=actor, at=NOW)
        contact = ContactNote(custody_number="EU/1/26", was_seen=True)
        reports.add(make.session, things["visit_id"], "contact", contact, by=actor, at=NOW)
        things["feed_id"] = make.session.scalar(sa.select(Feed.id).where(Feed.person_id == person.id))
    own["figures_id"] = others["figures_id"] = _other_figures(make)
    own["paper_id"], others["paper_id"] = _papers(make, accounts[Role.COORDINATOR].id)
    return own, others


def _other_figures(make: Workshop) -> int:
    file = a_file()
    first, last = file.period.first, file.period.last
    kept = OtherFigures(
        scheme=file.scheme,
        period_first=first,
        period_last=last,
        content=as_json(file),
        digest=digest_of(as_json(file)),
        read_at=NOW,
    )
    return int(make.keep(kept).id)


def _papers(make: Workshop, account_id: int) -> tuple[int, int]:
    """One that is frozen, and a draft."""
    by, period = Actor(account_id, None, "A", frozenset({Role.COORDINATOR})), Period(TODAY, TODAY)
    frozen, draft = (papers.begin(make.session, kind, period, by=by, at=NOW) for kind in PaperKind)
    whole = papers.held(make.session, frozen, today=TODAY)
    assert whole is not None
    papers.freeze(make.session, whole, whole.seal, by=by, at=NOW, link="")
    return frozen, draft


def _copy(make: Workshop, visit: Visit) -> Submission:
    """A report that came in beside the one on record."""
    return make.keep(  # type: ignore[no-any-return]
        Submission(
            submission_id="s",
            digest="d",
            visit_id=visit.id,
            state=SubmissionState.APART,
            form_version=1,
            content={"fields": {}},
            received_at=NOW,
        )
    )
