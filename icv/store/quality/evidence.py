"""What the data of a period say for the quality binder, in as many queries for ten years as for a month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from icv.rules.appraisal import ReviewKind, ReviewOutcome
from icv.rules.courses import INITIAL_TRAINING, CourseFacts, CourseKind, Taken, latest
from icv.rules.days import ONE_DAY, Period
from icv.rules.exhibits import Share
from icv.rules.figures import SuiteFigures
from icv.rules.figures.answers import Reply
from icv.rules.figures.spread import WEEK, WEEKEND, PartOfDay, Spread, parts_of_day
from icv.rules.quality import PeriodEvidence, SuiteSpread
from icv.rules.scheme import Choices
from icv.rules.stages import APPOINTED, Stage
from icv.rules.timeslots import Grid
from icv.store.courses import courses_offered
from icv.store.figures.answers import answers
from icv.store.figures.whole import figures
from icv.store.papers import PanelPaper
from icv.store.people import Person, Review, Term, Training
from icv.store.training import people_here


def period_evidence(session: Session, period: Period, *, as_of: date, choices: Choices) -> PeriodEvidence:
    """As now recorded; `as_of` decides what is due. Take the choices in force on the period's last day."""
    whole = figures(session, period, as_of=as_of, choices=choices)
    replies = answers(session, period, as_of=as_of).whole
    return PeriodEvidence(
        period,
        Share(whole.visits.completed, whole.visits.scheduled),
        whole.visits.not_yet_due,
        tuple(_spread(suite, choices.grid) for suite in whole.suites if suite.scheduled or suite.undertaken),
        PartOfDay.NIGHT in parts_of_day(choices.grid),
        _trained(session, min(period.last, as_of)),
        _reviewed(session, period, as_of),
        Share(replies.number(Reply.IN_TIME), replies.judged),
        _papers(session, period),
        choices.publishes_statistics,
    )


def _spread(suite: SuiteFigures, grid: Grid) -> SuiteSpread:
    spread = Spread.over(grid, [suite])
    return SuiteSpread(
        suite.suite,
        Share(suite.timeslots_covered, suite.timeslots_defined),
        weekends=spread.on(WEEKEND),
        nights=spread.on(WEEK, PartOfDay.NIGHT),
    )


def _trained(session: Session, day: date) -> Share:
    """Visitors in office for whom every course asked of them is in date."""
    asked = [course.facts for course in courses_offered(session)]
    if not any(course.kind is CourseKind.INITIAL for course in asked):
        asked.insert(0, CourseFacts(INITIAL_TRAINING, CourseKind.INITIAL))
    in_office = {one.person_id: one.stage for one in people_here(session, day) if one.stage in APPOINTED}
    taken: defaultdict[int, list[Taken]] = defaultdict(list)
    for person_id, course, on, until in session.execute(_TAKEN, {"day": day}):
        taken[person_id].append(Taken(course, on, until))
    trained = [_has_all(asked, stage, taken[person_id], day) for person_id, stage in in_office.items()]
    return Share(sum(trained), len(trained))


def _has_all(asked: Sequence[CourseFacts], stage: Stage, taken: Sequence[Taken], day: date) -> bool:
    for course in asked:
        last = latest(course, taken, day)
        is_in_date = last is not None and (last.until is None or last.until >= day)
        if course.is_asked_of(stage, has_taken_it=last is not None) and not is_in_date:
            return False
    return True


def _reviewed(session: Session, period: Period, as_of: date) -> Share:
    days = {"first": period.first, "last": min(period.last, as_of)}
    ended: list[tuple[date, date | None, bool]] = [
        (on, left_on, was_held)
        for asked in (_PROBATIONS, _TERMS)
        for on, left_on, was_held in session.execute(asked, days)
        if on
    ]
    # Who left with their term needed no review before a next one.
    held = [was_held for on, left_on, was_held in ended if left_on is None or left_on > on + ONE_DAY]
    return Share(sum(held), len(held))


def _papers(session: Session, period: Period) -> int:
    return session.scalar(_PAPERS, {"starts_at": period.starts_at(), "ends_at": period.ends_at()}) or 0


# The statements, put together once.
_FIRST, _LAST = sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)


def _held(
    kind: ReviewKind,
    since: InstrumentedAttribute[date] | InstrumentedAttribute[date | None],
    until: InstrumentedAttribute[date | None],
) -> sa.Exists:
    return sa.exists().where(
        Review.person_id == Person.id,
        Review.kind == kind,
        Review.outcome != ReviewOutcome.EXTEND,
        Review.held_on.between(since, until),
    )


_TAKEN = sa.select(Training.person_id, Training.course, Training.trained_on, Training.expires_on).where(
    Training.trained_on <= sa.bindparam("day"),
    Training.person_id.in_(
        sa.select(Person.id).where(Person.left_on.is_(None) | (Person.left_on > sa.bindparam("day")))
    ),
)
_PROBATIONS = sa.select(
    Person.probation_ends_on,
    Person.left_on,
    _held(ReviewKind.PROBATION, Person.appointed_on, Person.probation_ends_on),
).where(Person.appointed_on.is_not(None), Person.probation_ends_on.between(_FIRST, _LAST))
_TERMS = (
    sa.select(Term.ends_on, Person.left_on, _held(ReviewKind.REAPPRAISAL, Term.starts_on, Term.ends_on))
    .join(Person, Person.id == Term.person_id)
    .where(Term.ends_on.between(_FIRST, _LAST))
)
_PAPERS = sa.select(sa.func.count()).where(
    PanelPaper.frozen_at >= sa.bindparam("starts_at"),
    PanelPaper.frozen_at < sa.bindparam("ends_at"),
    PanelPaper.restates_id.is_(None),
)
