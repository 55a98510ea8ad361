"""The edges of figures: first and last days, midnights, changed clocks and the scheme's own choices."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Figures
from icv.rules.findings import FindingState
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import Outcome, VisitKind
from icv.store.figures import figures
from icv.store.people import Round, StageStep
from icv.store.scheme import Team
from tests.statements import statements
from tests.workshop import NOW, Workshop

JULY = Period(date(2024, 7, 1), date(2024, 7, 31))
LATER = date(2024, 9, 1)


def of_july(session: Session, as_of: date = LATER, choices: Choices | None = None) -> Figures:
    return figures(session, JULY, as_of=as_of, choices=choices or Choices())


def arrived(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


def test_an_empty_scheme_has_figures(session: Session) -> None:
    found = of_july(session).as_json()
    assert found["visits"]["completion_percent"] is None
    assert (found["suites"], found["findings"]["by_category"], found["volunteers"]["by_team"]) == ([], {}, [])


def test_all_time_is_a_period_too(session: Session, make: Workshop) -> None:
    make.visit()
    found = figures(session, Period(date.min, date.max), as_of=LATER, choices=Choices())
    assert found.visits.not_yet_due == 1


def test_a_visit_is_due_the_day_after_its_week_ends(session: Session, make: Workshop) -> None:
    make.visit(week=date(2024, 7, 8))  # ends on Sunday 14 July
    assert of_july(session, as_of=date(2024, 7, 14)).visits.not_yet_due == 1
    assert of_july(session, as_of=date(2024, 7, 15)).visits.overdue_report == 1


def test_a_visit_done_early_counts_when_due_and_not_before(session: Session, make: Workshop) -> None:
    make.visit(week=date(2024, 7, 8), outcome=Outcome.COMPLETED, arrived_at=arrived(2024, 7, 9, 12))
    early, late = (of_july(session, as_of=date(2024, 7, day)).visits for day in (10, 15))
    assert (early.scheduled, early.not_yet_due, early.undertaken) == (0, 1, 1)
    assert (late.scheduled, late.completed, late.undertaken) == (1, 1, 1)


@pytest.mark.parametrize(("cancelled_on", "is_out"), [(date(2024, 7, 7), True), (date(2024, 7, 8), False)])
def test_only_a_cancellation_before_the_week_takes_a_visit_out(
    session: Session, make: Workshop, cancelled_on: date, is_out: bool
) -> None:
    make.visit(
        week=date(2024, 7, 8), outcome=Outcome.CANCELLED, cancelled_on=cancelled_on, reason="suite closed"
    )
    visits = of_july(session).visits
    assert (visits.cancelled, visits.cancelled_late, visits.scheduled) == ((1, 0, 0) if is_out else (0, 1, 1))


def test_an_arrival_belongs_to_its_london_day(session: Session, make: Workshop) -> None:
    suite = make.suite()
    for moment in (arrived(2024, 6, 30, 22, 59), arrived(2024, 6, 30, 23), arrived(2024, 7, 31, 23)):
        make.visit(suite, is_scheduled=False, outcome=Outcome.COMPLETED, arrived_at=moment)
    assert of_july(session).visits.extra == 1


def test_the_small_hours_of_the_first_day_cover_the_night_before(session: Session, make: Workshop) -> None:
    suite = make.suite()
    for moment in (arrived(2024, 7, 1, 0, 30), arrived(2024, 7, 7, 21, 30)):  # both: a Sunday's night
        make.visit(suite, outcome=Outcome.COMPLETED, arrived_at=moment)
    assert of_july(session).suites[0].timeslots_covered == 1


def test_a_visit_that_was_turned_away_covers_no_timeslot(session: Session, make: Workshop) -> None:
    make.visit(outcome=Outcome.NO_ACCESS, arrived_at=arrived(2024, 7, 9, 12))
    assert (of_july(session).suites[0].timeslots_covered, of_july(session).visits.no_access) == (0, 1)


def test_the_scheme_chooses_its_bands_and_what_completed_means(session: Session, make: Workshop) -> None:
    make.visit(week=date(2024, 7, 8), outcome=Outcome.NO_ACCESS)
    chosen = Choices(
        bands=(time(8), time(20)), completed_outcomes=frozenset({Outcome.COMPLETED, Outcome.NO_ACCESS})
    )
    found = of_july(session, choices=chosen)
    assert (found.visits.completed, found.visits.undertaken, found.suites[0].timeslots_defined) == (1, 0, 14)


def test_visits_to_terrorism_detainees_are_another_strand(session: Session, make: Workshop) -> None:
    visit = make.visit(
        kind=VisitKind.TERRORISM, outcome=Outcome.COMPLETED, arrived_at=arrived(2024, 7, 9, 12), in_custody=1
    )
    make.finding(visit, raised_on=date(2024, 7, 9))
    found, nothing = of_july(session), Figures(JULY)
    assert (found.visits, found.detainees, found.entry, found.findings) == (
        nothing.visits,
        nothing.detainees,
        nothing.entry,
        nothing.findings,
    )
    assert found.suites[0].timeslots_covered == 0


def test_exactly_ten_minutes_is_no_long_wait(session: Session, make: Workshop) -> None:
    for minutes in (10, 11, 13):
        make.visit(
            outcome=Outcome.COMPLETED,
            arrived_at=arrived(2024, 7, 9, 12),
            admitted_at=arrived(2024, 7, 9, 12, minutes),
        )
    entry = of_july(session).entry
    assert (entry.visits_with_wait_over_10_minutes, entry.median_wait_minutes) == (2, 11.0)


@pytest.mark.parametrize(
    ("state", "replied_on", "closed_on", "is_overdue"),
    [
        (FindingState.AWAITING_REPLY, None, None, True),
        (FindingState.RAISED, None, None, True),
        (FindingState.REPLIED, date(2024, 7, 31), None, False),
        (FindingState.REPLIED, date(2024, 8, 1), None, True),
        (FindingState.CLOSED, None, date(2024, 7, 31), False),
        (FindingState.REOPENED, date(2024, 7, 12), date(2024, 7, 14), True),
        (FindingState.RESOLVED_AT_VISIT, None, None, False),
        (FindingState.ALREADY_ACTIONED, None, None, False),
    ],
)
def test_overdue_is_judged_on_the_last_day(
    session: Session,
    make: Workshop,
    state: FindingState,
    replied_on: date | None,
    closed_on: date | None,
    is_overdue: bool,
) -> None:
    make.finding(
        state=state,
        raised_on=date(2024, 7, 2),
        due_on=date(2024, 7, 10),
        replied_on=replied_on,
        closed_on=closed_on,
    )
    assert of_july(session).findings.overdue == is_overdue


def test_a_reply_due_on_the_day_itself_is_not_overdue(session: Session, make: Workshop) -> None:
    make.finding(raised_on=date(2024, 7, 2), due_on=date(2024, 7, 10))
    assert of_july(session, as_of=date(2024, 7, 10)).findings.overdue == 0
    assert of_july(session, as_of=date(2024, 7, 11)).findings.overdue == 1


def test_somebody_who_leaves_on_the_first_day_was_a_member_before_it(
    session: Session, make: Workshop
) -> None:
    make.person(Stage.LEFT, appointed_on=date(2024, 1, 1), left_on=JULY.first)
    make.person(Stage.LEFT, appointed_on=date(2024, 1, 1), left_on=JULY.after)
    make.person(appointed_on=JULY.last)
    volunteers = of_july(session).volunteers
    assert (volunteers.opening, volunteers.joined, volunteers.left, volunteers.closing) == (2, 1, 1, 2)


def test_teams_stand_by_name_and_people_without_one_last(session: Session, make: Workshop) -> None:
    for name in ("a", "Z", "nobody yet"):
        session.add(Team(name=name))
    session.flush()
    teams = dict(session.execute(sa.select(Team.name, Team.id)).all())
    for team_id in (None, teams["a"], teams["Z"]):
        make.person(team_id=team_id, appointed_on=date(2030, 1, 1))
    assert [line.team for line in of_july(session).volunteers.by_team] == ["Z", "a", None]


def test_of_two_rounds_that_began_together_the_later_name_counts(session: Session, make: Workshop) -> None:
    rounds = [Round(name=name) for name in ("Spring", "Autumn", "Winter")]
    session.add_all(rounds)
    session.flush()
    spring, autumn, winter = (one.id for one in rounds)
    for round_id, applied_on in (
        (spring, date(2024, 5, 1)),
        (spring, date(2024, 7, 31)),
        (spring, date(2024, 8, 1)),
        (autumn, date(2024, 5, 1)),
        (winter, date(2024, 8, 1)),
    ):
        make.person(Stage.APPLIED, round_id=round_id, applied_on=applied_on)
    assert of_july(session).volunteers.applications == 2


def test_the_stage_counted_is_that_of_the_last_day(session: Session, make: Workshop) -> None:
    person = make.person(Stage.VETTING, on=date(2024, 7, 1))
    for on, stage in ((date(2024, 7, 31), Stage.TRAINING), (date(2024, 8, 1), Stage.REJECTED)):
        session.add(StageStep(person_id=person.id, stage=stage, on=on, made_at=NOW))
    session.flush()
    volunteers = of_july(session).volunteers
    assert (volunteers.in_vetting, volunteers.in_training) == (0, 1)


def test_more_records_ask_no_more_of_the_database(session: Session, make: Workshop) -> None:
    with statements(session) as before:
        of_july(session)
    for _ in range(5):
        make.finding(make.visit(None, make.person(), outcome=Outcome.COMPLETED, arrived_at=NOW))
    with statements(session) as after:
        figures(session, Period(date(2020, 1, 1), date(2030, 1, 1)), as_of=LATER, choices=Choices())
    assert before
    assert len(after) == len(before)
