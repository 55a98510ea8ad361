"""Clearance: one answer a day, agreed by the day it changes and by the spans a rota is drawn from."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.clearance import Cleared, Standing, Step, Validity, clearance, cleared_spans
from icv.rules.days import Period
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage

START = date(2026, 1, 1)
SPAN = Period(START, START + timedelta(days=60))
DAYS = st.integers(0, 60).map(lambda days: START + timedelta(days=days))
STAGES = st.sampled_from([Stage.TRAINING, Stage.PROBATION, Stage.ACTIVE, Stage.ON_LEAVE, Stage.SUSPENDED])
NEEDS = st.frozensets(st.sampled_from(Need))
USUAL = Choices().clearance_needs

EVER = (Validity(date(2020, 1, 1)),)
VALIDITIES = st.just(EVER) | st.lists(st.builds(Validity, DAYS, st.none() | DAYS), max_size=3).map(tuple)
STEPS = st.just((Step(Stage.ACTIVE),)) | st.lists(st.builds(Step, STAGES, st.none() | DAYS), max_size=4).map(
    tuple
)
STANDINGS = st.builds(
    Standing,
    steps=STEPS,
    left_on=st.none() | DAYS,
    vettings=VALIDITIES,
    vetting_requested_on=st.none() | DAYS,
    vetting_refused_on=st.none() | DAYS,
    trainings=VALIDITIES,
    terms=VALIDITIES,
    agreements=VALIDITIES,
    cards=VALIDITIES,
)
RECORDS = {
    Need.VETTING: "vettings",
    Need.TERM: "terms",
    Need.AGREEMENT: "agreements",
    Need.CARD: "cards",
}


def always(stage: Stage = Stage.ACTIVE, **more: object) -> Standing:
    """Somebody with nothing against them until told otherwise."""
    records = dict.fromkeys((*RECORDS.values(), "trainings"), EVER)
    return Standing(**{"steps": (Step(stage),), **records, **more})


@given(STANDINGS, DAYS, NEEDS)
def test_nobody_is_cleared_while_anything_needed_has_run_out(
    standing: Standing, day: date, needs: frozenset[Need]
) -> None:
    if not clearance(standing, day, needs).may_visit:
        return
    for need in needs & RECORDS.keys():
        assert any(record.covers(day) for record in getattr(standing, RECORDS[need]))
    trained = [course for course in standing.trainings if course.since <= day]
    if Need.TRAINING in needs:
        assert trained
    if Need.COURSES in needs and trained:
        latest = max(course.since for course in trained)
        assert any(course.covers(day) for course in trained if course.since == latest)
    assert standing.stage_on(day) in {Stage.PROBATION, Stage.ACTIVE}
    assert standing.left_on is None or day < standing.left_on


@given(STANDINGS, DAYS, NEEDS)
def test_whoever_is_not_cleared_is_told_why(standing: Standing, day: date, needs: frozenset[Need]) -> None:
    answer = clearance(standing, day, needs)
    assert answer.may_visit == (not answer.reasons)
    assert answer.sentence.startswith("cleared" if answer.may_visit else "not cleared: ")


@given(STANDINGS, DAYS, NEEDS)
def test_the_day_of_change_is_the_first_later_day_that_differs(
    standing: Standing, day: date, needs: frozenset[Need]
) -> None:
    answer = clearance(standing, day, needs)
    later = (day + timedelta(days=ahead) for ahead in range(1, 130))
    assert answer.changes_on == next(
        (one for one in later if clearance(standing, one, needs).cleared is not answer.cleared), None
    )


@given(STANDINGS, st.tuples(DAYS, DAYS).map(sorted), NEEDS)
def test_the_spans_agree_with_every_day(standing: Standing, ends: list[date], needs: frozenset[Need]) -> None:
    period = Period(*ends)
    spans = cleared_spans(standing, period, needs)
    by_span = {span.first + timedelta(days=ahead): kind for span, kind in spans for ahead in range(span.days)}
    days = (period.first + timedelta(days=ahead) for ahead in range(period.days))
    by_day = {day: clearance(standing, day, needs).cleared for day in days}
    assert by_span == {day: kind for day, kind in by_day.items() if kind}


def test_probation_comes_before_the_full_clearance_that_follows_it() -> None:
    confirmed_on = START + timedelta(days=30)
    standing = always(steps=(Step(Stage.PROBATION), Step(Stage.ACTIVE, confirmed_on)))
    assert cleared_spans(standing, SPAN, USUAL) == [
        (Period(SPAN.first, confirmed_on - timedelta(days=1)), Cleared.PROBATION),
        (Period(confirmed_on, SPAN.last), Cleared.FULL),
    ]


@given(STANDINGS, NEEDS)
def test_spans_stand_in_order_and_never_touch(standing: Standing, needs: frozenset[Need]) -> None:
    spans = cleared_spans(standing, SPAN, needs)
    assert [span for span, _ in spans] == sorted(span for span, _ in spans)
    for (one, kind), (other, other_kind) in pairwise(spans):
        assert one.last < other.first
        assert kind is not other_kind or one.after < other.first


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (always(), "cleared"),
        (always(Stage.PROBATION), "cleared, on probation"),
        (always(Stage.ON_LEAVE), "not cleared: on leave"),
        (always(Stage.VETTING), "not cleared: not appointed (vetting)"),
        (
            Standing(),
            "not cleared: not yet applied; no vetting on record; not trained; no term of appointment",
        ),
        (always(left_on=START), "not cleared: left on 1 January 2026"),
        (
            always(vettings=(Validity(date(2020, 1, 1), date(2025, 5, 3)),)),
            "not cleared: vetting expired on 3 May 2025",
        ),
        (
            always(vettings=(), vetting_requested_on=date(2025, 12, 1)),
            "not cleared: vetting requested on 1 December 2025, not cleared",
        ),
    ],
)
def test_the_answer_in_words(standing: Standing, sentence: str) -> None:
    assert clearance(standing, START, USUAL).sentence == sentence


def test_what_the_scheme_does_not_need_only_warns() -> None:
    answer = clearance(always(cards=()), START, USUAL)
    assert answer.cleared is Cleared.FULL
    assert answer.warnings == ("no identity card",)
    assert clearance(always(cards=()), START, USUAL | {Need.CARD}).reasons == ("no identity card",)


def test_the_last_day_counts_and_the_day_of_leaving_does_not() -> None:
    vetted = always(vettings=(Validity(date(2020, 1, 1), START),))
    assert clearance(vetted, START, USUAL).may_visit
    assert clearance(vetted, START, USUAL).changes_on == START + timedelta(days=1)
    assert not clearance(always(left_on=START), START, USUAL).may_visit


def test_of_two_steps_on_one_day_the_later_recorded_holds() -> None:
    standing = always(steps=(Step(Stage.ACTIVE, START), Step(Stage.SUSPENDED, START)))
    assert standing.stage_on(START) is Stage.SUSPENDED


def test_vetting_without_an_end_in_any_calendar_is_no_trouble() -> None:
    forever = always(vettings=(Validity(date(2020, 1, 1), date.max),))
    assert clearance(forever, START, USUAL).changes_on is None
