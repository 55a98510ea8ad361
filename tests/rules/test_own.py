"""What is needed of a visitor: nothing on a good day, and each thing in words they can act on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.catalogue import Catalogue
from icv.rules.clearance import clearance
from icv.rules.own import (
    CallWaiting,
    OwnAct,
    OwnSituation,
    ReportDue,
    eligibility_in_words,
    needed_of_me,
    needs_signing,
)
from icv.rules.scheme import BARRED_ROLES, Choices, Need
from icv.rules.stages import Stage
from icv.rules.standing import Standing, Step, Validity

DAY = date(2026, 3, 4)
SOON = DAY + timedelta(days=30)
LONG_AGO = date(2025, 1, 1)
FAR = date(2029, 1, 1)
GOOD = Standing(
    steps=(Step(Stage.ACTIVE, LONG_AGO),),
    vettings=(Validity(LONG_AGO, FAR),),
    trainings=(Validity(LONG_AGO),),
    terms=(Validity(LONG_AGO, FAR),),
)
CHOICES = Choices()
NOTHING_MORE = OwnSituation()


def said(
    standing: Standing = GOOD, situation: OwnSituation = NOTHING_MORE, choices: Choices = CHOICES
) -> list[str]:
    return [need.sentence for need in needed_of_me(standing, situation, choices, DAY)]


def test_on_a_good_day_nothing_is_needed() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("standing", "choices", "sentence"),
    [
        (
            replace(GOOD, vettings=(Validity(LONG_AGO, SOON),)),
            CHOICES,
            "Your vetting runs out on 3 April 2026. The coordinator starts it again; look out for a form.",
        ),
        (
            replace(GOOD, vettings=(Validity(LONG_AGO, SOON),), vetting_requested_on=DAY),
            CHOICES,
            "Your vetting was asked for on 4 March 2026. If the police’s vetting office writes to you,"
            " send back their form soon.",
        ),
        (
            replace(GOOD, vettings=(Validity(LONG_AGO, date(2026, 3, 3)),)),
            CHOICES,
            "Vetting expired on 3 March 2026. The coordinator decides what happens next.",
        ),
        (
            replace(GOOD, trainings=()),
            CHOICES,
            "Not trained. The coordinator offers you a date.",
        ),
        (
            replace(GOOD, trainings=(Validity(LONG_AGO, SOON, "Refresher"), Validity(LONG_AGO))),
            CHOICES,
            "Refresher runs out on 3 April 2026. The coordinator offers you a date.",
        ),
        (
            replace(GOOD, terms=(Validity(LONG_AGO, SOON),)),
            CHOICES,
            "Your term ends on 3 April 2026. The coordinator asks you whether you wish to go on.",
        ),
        (
            replace(GOOD, terms=(Validity(LONG_AGO, date(2026, 3, 3)),)),
            CHOICES,
            "Term ended on 3 March 2026. Ask the coordinator whether another begins.",
        ),
        (
            replace(GOOD, cards=(Validity(LONG_AGO, SOON),)),
            CHOICES,
            "Your identity card runs out on 3 April 2026. The coordinator orders a new one.",
        ),
        (
            GOOD,
            Choices(clearance_needs=frozenset({Need.CARD})),
            "No identity card. The coordinator orders one; a photograph may be asked of you.",
        ),
        (
            GOOD,
            Choices(clearance_needs=frozenset({Need.AGREEMENT})),
            "Agreement not signed. The coordinator gives it to you to sign.",
        ),
    ],
)
def test_what_runs_out_or_is_missing_is_said_with_who_moves_first(
    standing: Standing, choices: Choices, sentence: str
) -> None:
    assert said(standing, choices=choices) == [sentence]


def test_what_is_renewed_already_is_not_asked_for_again() -> None:
    renewed = (Validity(LONG_AGO, SOON), Validity(DAY, FAR))
    assert said(replace(GOOD, vettings=renewed, terms=renewed, cards=renewed)) == []
    assert said(replace(GOOD, vettings=(Validity(LONG_AGO, SOON), Validity(DAY)))) == []


def test_whoever_has_a_place_on_a_session_is_told_of_the_session() -> None:
    standing = replace(
        GOOD,
        trainings=(Validity(LONG_AGO),),
        catalogue=Catalogue(kept_up=("Refresher",), known=frozenset({"Refresher"})),
    )
    assert said(standing) == ["Refresher not taken. The coordinator offers you a date."]
    booked = OwnSituation(sessions=[("Refresher", "Saturday 14 March, Euston Street")])
    assert said(standing, booked) == ["Come to Refresher: Saturday 14 March, Euston Street."]


def test_a_place_on_one_course_says_nothing_of_another_whose_name_begins_alike() -> None:
    standing = replace(
        GOOD,
        catalogue=Catalogue(
            kept_up=("Data", "Data protection"), known=frozenset({"Data", "Data protection"})
        ),
    )
    assert said(standing, OwnSituation(sessions=[("Data", "Saturday 14 March")])) == [
        "Come to Data: Saturday 14 March.",
        "Data protection not taken. The coordinator offers you a date.",
    ]


def test_whoever_has_a_place_on_the_initial_training_is_not_told_that_a_date_will_come() -> None:
    standing = replace(
        GOOD, trainings=(), catalogue=Catalogue(initial=("Foundation",), known=frozenset({"Foundation"}))
    )
    assert said(standing) == ["Not trained. The coordinator offers you a date."]
    booked = OwnSituation(sessions=[("Foundation", "Saturday 14 March")])
    assert said(standing, booked) == ["Come to Foundation: Saturday 14 March."]


def test_what_i_can_do_at_once_comes_first_and_says_where() -> None:
    situation = OwnSituation(
        has_availability=False, reports=[ReportDue(7, "Euston Street", "2 to 8 March 2026")]
    )
    choices = Choices(agreement_version="3", clearance_needs=frozenset(Need))
    needs = needed_of_me(replace(GOOD, cards=(Validity(LONG_AGO),)), situation, choices, DAY)
    assert [(need.act, need.number) for need in needs] == [
        (OwnAct.REPORT, 7),
        (OwnAct.SIGN, None),
        (OwnAct.ELIGIBILITY, None),
        (OwnAct.AVAILABILITY, None),
    ]
    assert needs[0].sentence == "Send the report of your visit to Euston Street, 2 to 8 March 2026."


def test_the_memorandum_is_asked_for_in_the_version_in_use() -> None:
    choices = Choices(agreement_version="3")
    signed = replace(GOOD, agreements=(Validity(LONG_AGO, None, "2"),))
    assert needs_signing(signed, choices, DAY)
    assert not needs_signing(replace(GOOD, agreements=(Validity(DAY, None, "3"),)), choices, DAY)
    assert not needs_signing(GOOD, Choices(), DAY)


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (SOON, "Your probation ends on 3 April 2026. The coordinator arranges a review with you."),
        (LONG_AGO, "Your probation ended on 1 January 2025. The coordinator arranges a review with you."),
        (FAR, None),
    ],
)
def test_the_end_of_probation_brings_a_review(ends_on: date, expected: str | None) -> None:
    probationer = replace(GOOD, steps=(Step(Stage.PROBATION, LONG_AGO),), cards=(Validity(LONG_AGO),))
    assert said(probationer, OwnSituation(ends_on)) == ([expected] if expected else [])
    assert said(probationer, OwnSituation(ends_on, is_reviewed=True)) == []


def test_a_probationer_is_told_of_a_card_that_their_confirmation_waits_for() -> None:
    probationer = replace(GOOD, steps=(Step(Stage.PROBATION, LONG_AGO),))
    assert said(probationer)[0].startswith("No identity card.")
    assert said(probationer, choices=Choices(before_confirmation=frozenset())) == []


def test_whoever_is_on_leave_is_not_asked_when_they_can_visit() -> None:
    away = replace(GOOD, steps=(Step(Stage.ON_LEAVE, LONG_AGO),))
    assert said(away, OwnSituation(has_availability=False)) == []


def test_eligibility_is_declared_in_sentences() -> None:
    declared = eligibility_in_words(BARRED_ROLES)
    assert declared[0] == "I am 18 or over."
    assert "I am not a magistrate." in declared


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
spans = st.builds(
    lambda since, length: Validity(since, since + timedelta(days=length)), days, st.integers(0, 400)
)
records = st.lists(spans, max_size=3).map(tuple)


@given(vettings=records, terms=records, trainings=records, cards=records, day=days)
def test_whoever_may_not_visit_is_always_told_of_something(
    vettings: tuple[Validity, ...],
    terms: tuple[Validity, ...],
    trainings: tuple[Validity, ...],
    cards: tuple[Validity, ...],
    day: date,
) -> None:
    standing = replace(GOOD, vettings=vettings, terms=terms, trainings=trainings, cards=cards)
    if not clearance(standing, day, CHOICES).may_visit:
        assert needed_of_me(standing, NOTHING_MORE, CHOICES, day)


def test_a_call_that_waits_is_said_with_its_last_day_instead_of_the_general_sentence() -> None:
    call = CallWaiting(7, "April to June 2026", date(2026, 3, 18))
    situation = OwnSituation(has_availability=False, calls=[call])
    (need,) = needed_of_me(GOOD, situation, CHOICES, DAY)
    assert need.sentence == "Say when you can visit, April to June 2026, by 18 March 2026."
    assert (need.act, need.number) == (OwnAct.CALL, 7)
