"""Record reviews and dog-welfare visits enter no figure of visits, whatever is said of them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import COUNTS, TO_DETAINEES, Mode, Outcome, VisitKind
from icv.store.activity import activity_listed
from icv.store.figures import figures
from icv.store.people import Person
from icv.store.people.standings import standings
from icv.store.planning import arrivals, held_places
from icv.store.probation import accompanied_visits
from icv.store.suites import Suite
from icv.store.today.visits import places, reports_due
from icv.store.today.whole import at_a_glance
from icv.store.visiting import visits_of
from icv.store.visits import Span, StrandCount, Visit, register_counts
from tests.thorough import examples
from tests.workshop import NOW, TODAY, Workshop

PERIOD = Period(TODAY - timedelta(days=60), TODAY + timedelta(days=30))
STRANDS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(sorted(set(VisitKind) - TO_DETAINEES)),
            "outcome": st.none() | st.sampled_from([Outcome.COMPLETED, Outcome.ABANDONED, Outcome.MISSED]),
            "mode": st.sampled_from(Mode),
            "in_custody": st.none() | st.integers(0, 9),
            "week": st.dates(PERIOD.first, PERIOD.last),
            "number": st.integers(0, 80),
        }
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def pair(make: Workshop) -> tuple[Suite, Person, Person]:
    """With a visit made, one overdue and one to come: every figure has something to be wrong about."""
    suite, two = make.suite("Euston Street"), make.person()
    one = make.person(Stage.PROBATION, on=date(2025, 12, 1))
    make.visit(
        suite,
        one,
        two,
        week=TODAY - timedelta(days=14),
        outcome=Outcome.COMPLETED,
        arrived_at=NOW - timedelta(days=14),
        left_at=NOW - timedelta(days=14, hours=-1),
        in_custody=4,
        offered=4,
        accepted=4,
    )
    make.visit(suite, one, two, week=TODAY - timedelta(days=21))
    make.visit(suite, one, week=TODAY + timedelta(days=7))
    return suite, one, two


def everything_counted(session: Session, pair: tuple[Suite, Person, Person]) -> list[object]:
    choices, (_, one, two) = Choices(), pair
    return [
        figures(session, PERIOD, as_of=TODAY, choices=choices),
        activity_listed(session, TODAY, choices),
        [visits_of(session, person.id, TODAY) for person in (one, two)],
        arrivals(session, PERIOD),
        held_places(session, PERIOD),
        [accompanied_visits(session, one.id, standings(session, [one.id])[one.id])],
        list(reports_due(session, choices, TODAY)),
        list(places(session, TODAY)),
        at_a_glance(session, [], on=TODAY),
        register_counts(session, Span(TODAY, 3)),
    ]


@given(strands=STRANDS)
@examples(20)
def test_no_number_of_other_strands_changes_a_figure_of_visits(
    session: Session,
    make: Workshop,
    pair: tuple[Suite, Person, Person],
    strands: list[dict[str, object]],
) -> None:
    before, (suite, one, two) = everything_counted(session, pair), pair
    with session.begin_nested() as added:
        for strand in strands:
            number, in_custody = strand.pop("number"), strand.pop("in_custody")
            counts = dict.fromkeys(COUNTS, in_custody)
            visit = make.visit(suite, one, two, is_scheduled=False, **counts, **strand)
            make.finding(visit)
            if visit.outcome is Outcome.COMPLETED:
                make.keep(StrandCount(visit_id=visit.id, made_on=visit.week_starts_on, number=number))
        session.expire_all()
        after = everything_counted(session, pair)
        added.rollback()
    assert after == before


@pytest.mark.parametrize("wrong", [{"is_scheduled": True}, {"arrived_at": NOW}])
def test_the_tables_keep_other_strands_apart_themselves(
    session: Session, make: Workshop, wrong: dict[str, object]
) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="strands_apart"):
        make.visit(kind=VisitKind.DOG_WELFARE, **{"is_scheduled": False, **wrong})


def test_a_terrorism_visit_is_no_other_strand(session: Session, make: Workshop) -> None:
    make.visit(kind=VisitKind.TERRORISM, week=date(2026, 2, 2))
    assert session.scalars(sa.select(Visit.is_scheduled)).all() == [True]
