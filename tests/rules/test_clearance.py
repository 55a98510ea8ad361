"""Clearance: one answer a day, agreed by the day it changes and by the spans a rota is drawn from."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
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

START = date(2026, 1, 1)
SPAN = Period(START, START + timedelta(days=60))
DAYS = st.integers(0, 60).map(lambda days: START + timedelta(days=days))
STAGES = st.sampled_from([Stage.TRAINING, Stage.PROBATION, Stage.ACTIVE, Stage.ON_LEAVE, Stage.SUSPENDED])
CHOICES = st.builds(
    Choices,
    clearance_needs=st.frozensets(st.sampled_from(Need)),
    agreement_version=st.sampled_from(["", "2"]),
    terrorism_vetting_levels=st.sampled_from([(), ("SC",)]),
)
USUAL = Choices()

EVER = (Validity(date(2020, 1, 1)),)
INDUCTION, LAW, YEARLY, TERRORISM = "Induction", "Law", "Yearly refresher", "Terrorism visits"
CATALOGUE = Catalogue(
    (INDUCTION, LAW), (YEARLY,), (TERRORISM,), frozenset({INDUCTION, LAW, YEARLY, TERRORISM})
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
RECORDS = {Need.VETTING: "vettings", Need.TERM: "terms", Need.CARD: "cards", Need.DECLARATIONS: "eligibility"}


def always(stage: Stage = Stage.ACTIVE, **more: object) -> Standing:
    """Somebody with nothing against them until told otherwise."""
    records = dict.fromkeys((*RECORDS.values(), "agreements", "trainings"), EVER)
    return Standing(**{"steps": (Step(stage),), **records, **more})


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
    assert clearance(always(cards=()), START, needing(Need.CARD)).reasons == ("no identity card",)


def test_the_last_day_counts_and_the_day_of_leaving_does_not() -> None:
    vetted = always(vettings=(Validity(date(2020, 1, 1), START),))
    assert clearance(vetted, START, USUAL).may_visit
    assert clearance(vetted, START, USUAL).changes_on == START + timedelta(days=1)
    assert not clearance(always(left_on=START), START, USUAL).may_visit


def needing(*needs: Need, **more: object) -> Choices:
    return Choices(clearance_needs=frozenset(needs), **more)  # type: ignore[arg-type]


def reasons(choices: Choices, **records: object) -> tuple[str, ...]:
    return clearance(always(**records), START, choices).reasons  # type: ignore[arg-type]


def test_leave_and_its_return_are_said_since_and_until_when() -> None:
    begins, returns = date(2026, 2, 1), date(2026, 3, 4)
    standing = always(steps=(Step(Stage.ACTIVE), Step(Stage.ON_LEAVE, begins), Step(Stage.ACTIVE, returns)))
    assert clearance(standing, START, USUAL).changes_on == begins
    away = clearance(standing, begins, USUAL)
    assert away.sentence == "not cleared: on leave since 1 February 2026 until 3 March 2026"
    assert away.changes_on == returns
    assert [(one.day, one.cleared) for one in changes(standing, Period(START, returns), USUAL)] == [
        (START, Cleared.FULL),
        (begins, None),
        (returns, Cleared.FULL),
    ]


def test_leave_that_ends_in_leaving_has_no_return() -> None:
    standing = always(steps=(Step(Stage.ON_LEAVE, START), Step(Stage.LEFT, date(2026, 3, 4))))
    assert clearance(standing, START, USUAL).reasons == ("on leave since 1 January 2026",)


def test_what_is_recorded_ahead_says_from_when_it_counts() -> None:
    ahead = Validity(date(2026, 1, 10))
    ended = Validity(date(2020, 1, 1), date(2025, 5, 3))
    assert reasons(USUAL, vettings=(ended, ahead)) == (
        "vetting expired on 3 May 2025, renewed from 10 January 2026",
    )
    assert reasons(USUAL, trainings=(ahead,), terms=(ahead,)) == (
        "not trained until 9 January 2026",
        "no term of appointment until 9 January 2026",
    )
    assert reasons(USUAL, steps=(Step(Stage.TRAINING), Step(Stage.PROBATION, ahead.since))) == (
        "not appointed (training) until 9 January 2026",
    )


def course(name: str, since: date = date(2025, 1, 1), until: date | None = None) -> Validity:
    return Validity(since, until, name)


@pytest.mark.parametrize(
    ("trainings", "against"),
    [
        ((), ("not trained",)),
        ((course("Something else"),), ("not trained",)),
        ((course(INDUCTION),), ("Law not taken",)),
        ((course(INDUCTION), course(LAW)), ()),
        ((course("Initial training"),), ()),
        ((course(INDUCTION), course(LAW, date(2026, 1, 5))), ("Law not taken until 4 January 2026",)),
        (
            (course(INDUCTION, date(2026, 1, 3)), course(LAW, date(2026, 1, 5))),
            ("not trained until 4 January 2026",),
        ),
        ((course(INDUCTION, date(2026, 1, 3)),), ("not trained",)),
    ],
)
def test_every_initial_course_of_the_catalogue_is_needed(
    trainings: tuple[Validity, ...], against: tuple[str, ...]
) -> None:
    assert reasons(needing(Need.TRAINING), trainings=trainings, catalogue=CATALOGUE) == against


def test_a_catalogue_without_an_initial_course_takes_any_training() -> None:
    kept_up = Catalogue(kept_up=(YEARLY,), known=frozenset({YEARLY, "Dogs"}))
    assert not reasons(needing(Need.TRAINING), trainings=(course("Something else"),), catalogue=kept_up)
    ended = (course(YEARLY), course("Dogs", until=date(2025, 5, 3)), course("Old", until=date(2025, 6, 4)))
    assert reasons(needing(Need.COURSES), trainings=ended, catalogue=kept_up) == (
        "training ran out on 4 June 2025",
    )


@pytest.mark.parametrize(
    ("trainings", "against"),
    [
        ((), ("Yearly refresher not taken",)),
        ((course(YEARLY),), ()),
        ((course(YEARLY, until=date(2025, 12, 31)),), ("Yearly refresher ran out on 31 December 2025",)),
        ((course(YEARLY, until=START),), ()),
        (
            (course(YEARLY), course(YEARLY, date(2025, 6, 1), date(2025, 12, 31))),
            ("Yearly refresher ran out on 31 December 2025",),
        ),
        (
            (course(YEARLY, until=date(2025, 12, 31)), course(YEARLY, date(2026, 2, 1))),
            ("Yearly refresher ran out on 31 December 2025, renewed from 1 February 2026",),
        ),
        (
            (course(YEARLY), course(LAW, until=date(2025, 5, 3))),
            ("Law ran out on 3 May 2025",),
        ),
    ],
)
def test_courses_kept_up_are_taken_and_in_date(
    trainings: tuple[Validity, ...], against: tuple[str, ...]
) -> None:
    assert reasons(needing(Need.COURSES), trainings=trainings, catalogue=CATALOGUE) == against


@pytest.mark.parametrize(
    ("agreements", "against"),
    [
        ((), ("agreement not signed",)),
        ((course("3"),), ()),
        ((course("2"),), ("agreement signed in version 2, not 3",)),
        (
            (course("2"), course("3", date(2026, 1, 9))),
            ("agreement signed in version 2, not 3 until 8 January 2026",),
        ),
    ],
)
def test_the_agreement_is_of_the_version_in_use(
    agreements: tuple[Validity, ...], against: tuple[str, ...]
) -> None:
    assert reasons(needing(Need.AGREEMENT, agreement_version="3"), agreements=agreements) == against
    assert bool(reasons(needing(Need.AGREEMENT), agreements=agreements)) == (not agreements)


def test_a_declared_change_waits_until_it_is_settled() -> None:
    needed = needing(Need.DECLARATIONS)
    assert reasons(needed, eligibility=()) == ("eligibility not declared",)
    assert reasons(needed, changes=(Validity(date(2025, 12, 30)),)) == (
        "change in circumstances declared on 30 December 2025, not settled",
    )
    assert reasons(needed, changes=(Validity(date(2025, 12, 1), date(2025, 12, 31)),)) == ()


def test_visits_to_terrorism_detainees_ask_for_more() -> None:
    secret = (Validity(date(2020, 1, 1), None, "sc"),)
    trained = (course(INDUCTION), course(LAW), course(TERRORISM, until=date(2026, 6, 30)))
    choices = Choices(terrorism_vetting_levels=("SC", "DV"))

    def against(**records: object) -> tuple[str, ...]:
        records = {"vettings": secret, "trainings": trained, "catalogue": CATALOGUE, **records}
        return clearance(always(**records), START, choices).terrorism_reasons  # type: ignore[arg-type]

    assert against() == ()
    assert against(vettings=EVER) == ("not vetted to SC or DV",)
    assert against(steps=(Step(Stage.PROBATION),)) == ("on probation",)
    assert against(steps=(Step(Stage.ON_LEAVE),)) == ("not cleared to visit",)
    assert against(trainings=trained[:2]) == ("Terrorism visits not taken",)
    assert against(catalogue=Catalogue()) == ("the scheme has no course for visits to terrorism detainees",)
    ended = (*trained[:2], course(TERRORISM, until=date(2025, 6, 30)))
    assert against(trainings=ended) == ("Terrorism visits ran out on 30 June 2025",)
    standing = always(vettings=secret, trainings=trained, catalogue=CATALOGUE)
    assert not clearance(standing, date(2026, 7, 1), choices).is_for_terrorism


def test_of_two_steps_on_one_day_the_later_recorded_holds() -> None:
    standing = always(steps=(Step(Stage.ACTIVE, START), Step(Stage.SUSPENDED, START)))
    assert standing.stage_on(START) is Stage.SUSPENDED


def test_vetting_without_an_end_in_any_calendar_is_no_trouble() -> None:
    forever = always(vettings=(Validity(date(2020, 1, 1), date.max),))
    assert clearance(forever, START, USUAL).changes_on is None
