"""Things that wait for the coordinator, for tests of Today on each floor."""

from datetime import date, datetime, timedelta

from icv.rules.access import Role
from icv.rules.appraisal import DeclarationKind
from icv.rules.courses import CourseKind
from icv.rules.cover import CoverKind
from icv.rules.days import monday_of
from icv.rules.report import ABSENT, Arrival, Draft, Section
from icv.rules.signing import Answer, Signed, SubmissionState
from icv.rules.stages import Stage
from icv.rules.visits import Mode, Outcome, VisitKind
from icv.store.accounts import Account
from icv.store.availability import Call, CallAnswer
from icv.store.courses import Course
from icv.store.cover import CoverAsk, CoverRequest
from icv.store.people import Card, Declaration, Person, Referee, Round, Vetting
from icv.store.recruitment import Application
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.suites import Suite
from icv.store.training import TrainingSession
from icv.store.visits import Countersign, Report, ReportSection, Submission, Visit
from tests.workshop import NOW, TODAY, Workshop

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = monday_of(TODAY)
CONTENT = Draft.of(
    {Section.ARRIVAL: Arrival(outcome=Outcome.COMPLETED, mode=Mode.IN_PERSON, arrived_at=NOW).answers()}
).content()


def rota(make: Workshop, state: RotaState, **more: datetime) -> Rota:
    return make.keep(  # type: ignore[no-any-return]
        Rota(
            first_on=MONDAY + A_WEEK,
            last_on=MONDAY + 5 * A_WEEK - A_DAY,
            state=state,
            seed=1,
            certificate={},
            **({"made_at": NOW} | more),
        )
    )


def draft(make: Workshop, suite_id: int, **more: datetime) -> Rota:
    drawn = rota(make, RotaState.DRAFT, **more)
    week = {"week_starts_on": MONDAY + A_WEEK, "week_ends_on": MONDAY + 2 * A_WEEK - A_DAY}
    make.keep(DraftVisit(rota_id=drawn.id, suite_id=suite_id, suggested_slots=[], **week))
    return drawn


def filed(make: Workshop, days_ago: int = 9, *, suite: Suite | None = None) -> tuple[Report, Person, Person]:
    """A report that the first of the two sent."""
    sender, other = make.person(), make.person()
    account = make.actor(Role.VOLUNTEER, person=sender).account_id
    visit = make.visit(suite, sender, other, week=TODAY - A_WEEK, outcome="completed")
    at = NOW - timedelta(days=days_ago)
    report = Report(
        visit_id=visit.id,
        reference=f"R{visit.id}",
        filed_at=at,
        filed_by_id=account,
        content=CONTENT,
        begun_at=at,
    )
    return make.keep(report), sender, other


def copy_of(make: Workshop, report: Report, name: str = "one") -> Submission:
    """One that came in beside it and that nobody has settled."""
    return make.keep(  # type: ignore[no-any-return]
        Submission(
            submission_id=name,
            digest="0" * 64,
            visit_id=report.visit_id,
            state=SubmissionState.APART,
            form_version=1,
            content={"fields": {}},
            received_at=NOW,
        )
    )


def say_absent(make: Workshop, visit: Visit, by: Account) -> None:
    report = make.keep(Report(visit_id=visit.id, begun_at=NOW))
    make.keep(
        ReportSection(
            report_id=report.id,
            name=ABSENT,
            answers={"words": "I waited"},
            version=1,
            saved_at=NOW,
            saved_by_id=by.id,
        )
    )


def sign(make: Workshop, report: Report, person: Person, answer: Answer) -> None:
    words = "" if answer is Answer.AGREES else "Not so."
    make.keep(
        Countersign(
            report_id=report.id, person_id=person.id, answer=answer, how=Signed.OWN, words=words, made_at=NOW
        )
    )


def an_office_with_everything_waiting(make: Workshop) -> None:
    """Each line of the office's own once."""
    applicant = make.person(Stage.INTERVIEWED, name="Stuck", applied_on=TODAY - timedelta(days=90))
    make.keep(
        Referee(
            person_id=applicant.id,
            name="Late",
            named_on=TODAY - timedelta(days=60),
            asked_at=NOW - timedelta(days=60),
            fails_on=TODAY - timedelta(days=1),
        )
    )
    visitor, leaver = make.person(), make.person(Stage.LEFT, left_on=TODAY - A_WEEK)
    make.keep(
        Declaration(
            person_id=visitor.id,
            kind=DeclarationKind.CIRCUMSTANCES,
            declared_on=TODAY,
            words="Moved",
            made_at=NOW,
        )
    )
    make.keep(Card(person_id=leaver.id, number="1", issued_on=date(2025, 1, 1)))
    visit = make.visit(week=TODAY + A_WEEK)
    wanted = make.duty(visit, visitor)
    make.duty(visit, make.person(), place=2)
    request = make.keep(CoverRequest(duty_id=wanted.id, kind=CoverKind.COVER, asked_at=NOW))
    make.keep(CoverAsk(request_id=request.id, person_id=make.person().id, asked_at=NOW))
    call = make.keep(Call(first_on=TODAY, last_on=TODAY, answer_by=TODAY + A_WEEK, asked_at=NOW))
    make.keep(CallAnswer(call_id=call.id, person_id=visitor.id))
    make.visit(None, make.person(Stage.ON_LEAVE, on=TODAY - A_WEEK), make.person(), week=TODAY + 2 * A_WEEK)
    make.person(Stage.PROBATION, probation_ends_on=TODAY + timedelta(days=9))
    in_vetting = make.person(Stage.VETTING, applied_on=TODAY - timedelta(days=40))
    make.keep(Vetting(person_id=in_vetting.id, requested_on=TODAY - timedelta(days=31)))
    course = make.keep(Course(name="Refresher", kind=CourseKind.OTHER))
    make.keep(TrainingSession(course_id=course.id, starts_at=NOW - A_WEEK))
    closing = make.keep(
        Round(name="Spring", opened_on=TODAY - A_WEEK, closed_on=TODAY + timedelta(days=3), is_public=True)
    )
    make.keep(
        Application(
            round_id=closing.id,
            token_digest="x",
            email=visitor.email,
            answers={},
            began_at=NOW,
            changed_at=NOW,
            expires_at=NOW,
            sent_at=NOW,
        )
    )


def a_rota_and_reports_with_everything_waiting(make: Workshop) -> None:
    """Each line of theirs once."""
    suite = make.suite()
    make.visit(suite, kind=VisitKind.RECORD_REVIEW, is_scheduled=False)
    draft(make, suite.id), draft(make, suite.id)
    published = rota(make, RotaState.PUBLISHED)
    for weeks in (1, 2):
        make.visit(week=TODAY + weeks * A_WEEK, rota_id=published.id)
    make.keep(Call(first_on=TODAY, last_on=TODAY + 9 * A_WEEK, answer_by=TODAY - A_WEEK, asked_at=NOW))
    report, *_ = filed(make)
    copy_of(make, report)
    disagreed, _, other = filed(make)
    sign(make, disagreed, other, Answer.DISAGREES)
    say_absent(make, make.visit(None, make.person(), make.person()), make.account(Role.VOLUNTEER))
