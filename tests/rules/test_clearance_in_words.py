"""What speaks against a visitor, in words; and what only warns."""

from datetime import date, timedelta

import pytest

from icv.rules.catalogue import Catalogue
from icv.rules.clearance import (
    Cleared,
    Standing,
    Step,
    Validity,
    changes,
    clearance,
)
from icv.rules.days import Period
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage
from tests.rules.standings import (
    CATALOGUE,
    EVER,
    INDUCTION,
    LAW,
    START,
    TERRORISM,
    USUAL,
    always,
    course,
    needing,
    reasons,
)


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
