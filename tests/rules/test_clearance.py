"""Whether somebody may visit, on any day: properties of one answer."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.catalogue import Catalogue
from icv.rules.clearance import (
    Clearance,
    Cleared,
    Standing,
    Step,
    Validity,
    changes,
    clearance,
    cleared_spans,
    may_change,
    may_visit,
)
from icv.rules.days import Period
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage
from tests.rules.standings import (
    CATALOGUE,
    EVER,
    INDUCTION,
    LAW,
    RECORDS,
    START,
    TERRORISM,
    USUAL,
    YEARLY,
    always,
)

SPAN = Period(START, START + timedelta(days=60))
DAYS = st.integers(0, 60).map(lambda days: START + timedelta(days=days))
STAGES = st.sampled_from([Stage.TRAINING, Stage.PROBATION, Stage.ACTIVE, Stage.ON_LEAVE, Stage.SUSPENDED])
CHOICES = st.builds(
    Choices,
    clearance_needs=st.frozensets(st.sampled_from(Need)),
    agreement_version=st.sampled_from(["", "2"]),
    terrorism_vetting_levels=st.sampled_from([(), ("SC",)]),
)
CATALOGUES = st.sampled_from(
    [
        Catalogue(),
        CATALOGUE,
        Catalogue((INDUCTION,), (), (), frozenset({INDUCTION, YEARLY})),
        Catalogue(kept_up=(YEARLY,)),
    ]
)


def validities(*names: str) -> st.SearchStrategy[tuple[Validity, ...]]:
    """A record never ends before it begins."""
    spans = st.tuples(DAYS, st.none() | DAYS).map(lambda span: (min(span[0], span[1] or span[0]), span[1]))
    records = st.builds(lambda span, of: Validity(*span, of), spans, st.sampled_from(names))
    return st.just(EVER) | st.lists(records, max_size=3).map(tuple)


STEPS = st.just((Step(Stage.ACTIVE),)) | st.lists(st.builds(Step, STAGES, st.none() | DAYS), max_size=4).map(
    tuple
)
STANDINGS = st.builds(
    Standing,
    steps=STEPS,
    left_on=st.none() | DAYS,
    vettings=validities("SC", "NPPV2"),
    vetting_requested_on=st.none() | DAYS,
    vetting_refused_on=st.none() | DAYS,
    trainings=validities("Initial training", INDUCTION, LAW, YEARLY, TERRORISM, "Something else"),
    terms=validities(""),
    agreements=validities("1", "2"),
    cards=validities(""),
    eligibility=validities(""),
    changes=st.just(()) | validities(""),
    catalogue=CATALOGUES,
)


def days_of(period: Period) -> list[date]:
    return [period.first + timedelta(days=ahead) for ahead in range(period.days)]


@given(STANDINGS, DAYS, CHOICES)
def test_nobody_is_cleared_while_anything_needed_has_run_out(
    standing: Standing, day: date, choices: Choices
) -> None:
    if not clearance(standing, day, choices).may_visit:
        return
    needs = choices.clearance_needs
    for need in needs & RECORDS.keys():
        assert any(record.covers(day) for record in getattr(standing, RECORDS[need]))
    assert Need.DECLARATIONS not in needs or not any(change.covers(day) for change in standing.changes)
    signed = {one.of for one in standing.agreements if one.covers(day)}
    if Need.AGREEMENT in needs:
        assert signed
        assert choices.agreement_version in {"", *signed}
    assert standing.stage_on(day) in {Stage.PROBATION, Stage.ACTIVE}
    assert standing.left_on is None or day < standing.left_on


@given(STANDINGS, DAYS, CHOICES)
def test_nobody_is_cleared_without_the_courses_needed(
    standing: Standing, day: date, choices: Choices
) -> None:
    if not clearance(standing, day, choices).may_visit:
        return
    taken = [course for course in standing.trainings if course.since <= day]
    if Need.TRAINING in choices.clearance_needs:
        assert taken
        for course in standing.catalogue.initial:
            assert {course, "Initial training"} & {one.of for one in taken}
    if Need.COURSES in choices.clearance_needs:
        for course in standing.catalogue.kept_up:
            latest = max(one.since for one in taken if one.of == course)
            assert any(one.covers(day) for one in taken if one.of == course and one.since == latest)
        if taken and standing.catalogue == Catalogue():
            latest = max(course.since for course in taken)
            assert any(course.covers(day) for course in taken if course.since == latest)


@given(STANDINGS, DAYS, CHOICES)
def test_only_full_clearance_extends_to_terrorism_detainees(
    standing: Standing, day: date, choices: Choices
) -> None:
    answer = clearance(standing, day, choices)
    if not answer.is_for_terrorism:
        return
    assert answer.cleared is Cleared.FULL
    assert standing.catalogue.terrorism
    for course in standing.catalogue.terrorism:
        assert any(one.covers(day) for one in standing.trainings if one.of == course)
    levels = {vetting.of for vetting in standing.vettings if vetting.covers(day)}
    assert not choices.terrorism_vetting_levels or levels & set(choices.terrorism_vetting_levels)


@given(STANDINGS, DAYS, CHOICES)
def test_whoever_is_not_cleared_is_told_why(standing: Standing, day: date, choices: Choices) -> None:
    answer = clearance(standing, day, choices)
    assert answer.may_visit == (not answer.reasons) == may_visit(standing, day, choices)
    assert answer.sentence.startswith("cleared" if answer.may_visit else "not cleared: ")


@given(STANDINGS, DAYS, CHOICES)
def test_the_day_of_change_is_the_first_later_day_that_differs(
    standing: Standing, day: date, choices: Choices
) -> None:
    answer = clearance(standing, day, choices)
    later = (day + timedelta(days=ahead) for ahead in range(1, 130))
    assert answer.changes_on == next(
        (one for one in later if clearance(standing, one, choices).cleared is not answer.cleared), None
    )


@given(STANDINGS, st.tuples(DAYS, DAYS).map(sorted), CHOICES)
def test_the_spans_agree_with_every_day(standing: Standing, ends: list[date], choices: Choices) -> None:
    period = Period(*ends)
    spans = cleared_spans(standing, period, choices)
    by_span = {day: kind for span, kind in spans for day in days_of(span)}
    by_day = {day: clearance(standing, day, choices).cleared for day in days_of(period)}
    assert by_span == {day: kind for day, kind in by_day.items() if kind}


@given(STANDINGS, st.tuples(DAYS, DAYS).map(sorted), CHOICES)
def test_every_part_of_the_answer_holds_until_the_change_that_follows(
    standing: Standing, ends: list[date], choices: Choices
) -> None:
    period = Period(*ends)
    found = changes(standing, period, choices)
    for day in days_of(period):
        told = [one for one in found if one.day <= day][-1]
        assert parts(clearance(standing, day, choices)) == parts(told)
    for one, other in pairwise(found):
        assert parts(one) != parts(other)


def parts(answer: Clearance) -> tuple[object, ...]:
    return (answer.cleared, answer.reasons, answer.warnings, answer.is_for_terrorism)


@given(STANDINGS, st.tuples(DAYS, DAYS).map(sorted), CHOICES)
def test_where_nothing_may_change_nothing_does(
    standing: Standing, ends: list[date], choices: Choices
) -> None:
    period = Period(*ends)
    if not may_change(standing, period):
        before = clearance(standing, period.first - timedelta(days=1), choices)
        assert all(clearance(standing, day, choices).reasons == before.reasons for day in days_of(period))


@given(STANDINGS, DAYS, CHOICES)
def test_a_reason_that_says_until_when_is_gone_on_the_day_after(
    standing: Standing, day: date, choices: Choices
) -> None:
    for reason in clearance(standing, day, choices).reasons:
        *_, until = reason.split(" until ")
        if until == reason:
            continue
        last = datetime.strptime(until, "%d %B %Y").date()
        assert last >= day
        assert reason not in clearance(standing, last + timedelta(days=1), choices).reasons
        assert not may_visit(standing, last, choices)


def test_probation_comes_before_the_full_clearance_that_follows_it() -> None:
    confirmed_on = START + timedelta(days=30)
    standing = always(steps=(Step(Stage.PROBATION), Step(Stage.ACTIVE, confirmed_on)))
    assert cleared_spans(standing, SPAN, USUAL) == [
        (Period(SPAN.first, confirmed_on - timedelta(days=1)), Cleared.PROBATION),
        (Period(confirmed_on, SPAN.last), Cleared.FULL),
    ]


@given(STANDINGS, CHOICES)
def test_spans_stand_in_order_and_never_touch(standing: Standing, choices: Choices) -> None:
    spans = cleared_spans(standing, SPAN, choices)
    assert [span for span, _ in spans] == sorted(span for span, _ in spans)
    for (one, kind), (other, other_kind) in pairwise(spans):
        assert one.last < other.first
        assert kind is not other_kind or one.after < other.first
