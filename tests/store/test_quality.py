"""The evidence of the quality binder, which fills itself from the records."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.appraisal import ReviewKind, ReviewOutcome
from icv.rules.courses import CourseKind
from icv.rules.days import Period
from icv.rules.exhibits import Share
from icv.rules.findings import FindingState
from icv.rules.paper import PaperKind
from icv.rules.quality import BEGINNING, Level, Standing, Verdict, first_verdict
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import Outcome
from icv.store.courses import Course
from icv.store.papers import PanelPaper
from icv.store.people import Person, Review, Training
from icv.store.quality import Criterion, binder, period_evidence
from tests.workshop import NOW, TODAY, Workshop

YEAR = Period(date(2025, 3, 1), date(2026, 2, 28))
DAY = date(2025, 11, 12)


def test_visits_and_spread_come_from_the_panels_figures(session: Session, make: Workshop) -> None:
    suite, quiet = make.suite("Euston Street"), make.suite("Keyham Lane")
    saturday_night = datetime(2025, 11, 15, 23, tzinfo=UTC)
    make.visit(suite, week=DAY, outcome=Outcome.COMPLETED, arrived_at=saturday_night)
    make.visit(quiet, week=DAY, outcome=Outcome.MISSED)
    make.suite("Never used")
    found = period_evidence(session, YEAR, as_of=TODAY, choices=Choices())
    assert found.completed == Share(1, 2)
    assert [(one.suite, one.timeslots, one.weekends, one.nights) for one in found.suites] == [
        ("Euston Street", Share(1, 35), 1, 1),
        ("Keyham Lane", Share(0, 35), 0, 0),
    ]


def test_training_counts_visitors_with_everything_in_date(session: Session, make: Workshop) -> None:
    make.person()
    refreshed = make.person()
    never = make.person(Stage.PROBATION)
    make.session.delete(never.trainings[0])
    make.person(Stage.TRAINING)
    make.person(left_on=date(2026, 2, 1), stage=Stage.LEFT)
    session.flush()

    def trained() -> Share:
        return period_evidence(session, YEAR, as_of=TODAY, choices=Choices()).trained

    assert trained() == Share(2, 3)
    make.keep(Course(name="Refresher", kind=CourseKind.KEPT_UP, valid_months=12))
    make.keep(Training(person_id=refreshed.id, course="Refresher", trained_on=DAY, expires_on=TODAY))
    assert trained() == Share(1, 3)


def review(make: Workshop, person: Person, on: date, kind: ReviewKind, **more: object) -> None:
    outcome = more.pop("outcome", ReviewOutcome.GO_ON)
    make.keep(Review(person_id=person.id, kind=kind, held_on=on, outcome=outcome, made_at=NOW))


def test_reviews_are_due_at_the_end_of_probation_and_of_a_term(session: Session, make: Workshop) -> None:
    reviewed, put_off, forgotten = (make.person(probation_ends_on=DAY) for _ in range(3))
    review(make, reviewed, DAY, ReviewKind.PROBATION)
    review(make, put_off, DAY, ReviewKind.PROBATION, outcome=ReviewOutcome.EXTEND)
    review(make, forgotten, DAY + timedelta(days=1), ReviewKind.PROBATION)
    renewed, left = make.person(), make.person(left_on=DAY + timedelta(days=1))
    for person in (renewed, left):
        person.terms[0].ends_on = DAY
    review(make, renewed, DAY - timedelta(days=30), ReviewKind.REAPPRAISAL)
    make.person(probation_ends_on=TODAY)
    session.flush()
    found = period_evidence(session, YEAR, as_of=TODAY, choices=Choices())
    assert found.reviewed == Share(2, 4)


def test_findings_count_as_the_panels_replies_do(session: Session, make: Workshop) -> None:
    visit = make.visit()
    replied = {"state": FindingState.REPLIED, "raised_on": DAY, "due_on": DAY + timedelta(days=14)}
    make.finding(visit, replied_on=DAY + timedelta(days=14), **replied)
    make.finding(visit, replied_on=DAY + timedelta(days=15), **replied)
    make.finding(visit, raised_on=DAY, due_on=DAY + timedelta(days=14))
    make.finding(visit, state=FindingState.RESOLVED_AT_VISIT, raised_on=DAY)
    found = period_evidence(session, YEAR, as_of=TODAY, choices=Choices())
    assert found.answered == Share(1, 3)


def paper(make: Workshop, reference: str | None, frozen_at: datetime | None, **more: object) -> PanelPaper:
    kept = PanelPaper(
        kind=PaperKind.COMMITTEE,
        title="T",
        period_first=DAY,
        period_last=DAY,
        dated_on=DAY,
        author="A",
        marking="OFFICIAL",
        purpose="P",
        asked="",
        drafted_at=NOW,
        reference=reference,
        frozen_at=frozen_at,
        content={} if frozen_at else None,
        digest="d" if frozen_at else None,
        **more,
    )
    return make.keep(kept)  # type: ignore[no-any-return]


def test_papers_are_counted_when_they_were_frozen(session: Session, make: Workshop) -> None:
    within = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    first = paper(make, "P1", within)
    paper(make, "P2", within, restates_id=first.id, why="A visit was missing")
    paper(make, "P3", datetime(2026, 3, 1, tzinfo=UTC))
    paper(make, None, None)
    assert period_evidence(session, YEAR, as_of=TODAY, choices=Choices()).papers == 1


@pytest.mark.parametrize("period", [YEAR, Period(date(1990, 1, 1), date(1990, 12, 31))])
def test_of_nothing_nothing_is_said(session: Session, make: Workshop, period: Period) -> None:
    for place, one in enumerate(BEGINNING):
        verdict = first_verdict(one.evidence)
        asked = {"evidence": one.evidence, "at_least": one.at_least, "verdict": verdict}
        make.keep(Criterion(level=one.level, place=place, words=one.words, changed_at=NOW, **asked))
    found = binder(session, period, as_of=TODAY)
    assert {entry.standing for entry in found.entries} == {
        Standing.CANNOT_SAY,
        Standing.NOT_MET,
        Standing.OPEN,
    }


def test_sixty_criteria_take_no_more_queries_than_one(session: Session, make: Workshop) -> None:
    asked: list[str] = []
    sa.event.listen(session.connection(), "before_cursor_execute", lambda *it: asked.append(it[2]))
    taken = []
    for many in (1, 60):
        for place in range(many):
            open_ = {"level": Level.GOLD, "verdict": Verdict.OPEN, "changed_at": NOW}
            make.keep(Criterion(words="Thanks", place=place, **open_))
        asked.clear()
        binder(session, YEAR, as_of=TODAY)
        taken.append(len(asked))
    assert taken[0] == taken[1]
