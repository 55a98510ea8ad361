"""What comes next for a person, stage by stage."""

from datetime import date, timedelta

import pytest

from icv.rules.clearance import Standing, Step, Validity
from icv.rules.due import Act, Due, needed_next, next_due
from icv.rules.scheme import Choices, Need
from icv.rules.stages import GONE, Stage

TODAY = date(2026, 3, 4)
BEGUN = date(2025, 1, 1)
CHOICES = Choices(expiry_warning_days=90, vetting_overdue_days=30)
FULL = {
    "vettings": (Validity(BEGUN, date(2029, 1, 1)),),
    "trainings": (Validity(BEGUN),),
    "terms": (Validity(BEGUN, date(2028, 1, 1)),),
    "agreements": (Validity(BEGUN),),
    "cards": (Validity(BEGUN, date(2030, 1, 1)),),
}


def at(stage: Stage, **records: object) -> Standing:
    return Standing(steps=(Step(stage, BEGUN),), **records)  # type: ignore[arg-type]


def act(standing: Standing, probation_ends_on: date | None = None, choices: Choices = CHOICES) -> Act | None:
    needed = needed_next(standing, probation_ends_on, TODAY, choices)
    return needed.act if needed else None


@pytest.mark.parametrize("stage", [Stage.APPLIED, Stage.SHORTLISTED, Stage.INTERVIEWED])
def test_an_application_waits_for_a_decision(stage: Stage) -> None:
    assert act(at(stage)) is Act.MOVE


def test_vetting_is_asked_for_then_recorded_then_training_follows() -> None:
    asked = needed_next(at(Stage.VETTING), None, TODAY, CHOICES)
    assert asked
    assert asked.sentence == "No vetting on record. Record when it was asked for."
    late = at(Stage.VETTING, vetting_requested_on=TODAY - timedelta(days=31))
    waiting = needed_next(late, None, TODAY, CHOICES)
    assert waiting
    assert "31 days ago, more than the scheme’s 30." in waiting.sentence
    assert next_due(late, None, TODAY) == Due("vetting asked for", TODAY - timedelta(days=31))
    assert act(at(Stage.VETTING, vettings=FULL["vettings"])) is Act.MOVE


def test_what_the_scheme_requires_comes_before_an_appointment() -> None:
    assert act(at(Stage.TRAINING)) is Act.VETTING
    assert act(at(Stage.TRAINING, vettings=FULL["vettings"])) is Act.TRAINING
    assert act(at(Stage.TRAINING, **FULL)) is Act.APPOINT
    assert act(at(Stage.TRAINING), choices=Choices(clearance_needs=frozenset({Need.TERM}))) is Act.APPOINT


def test_in_office_what_forbids_visits_comes_first() -> None:
    lapsed = {**FULL, "vettings": (Validity(BEGUN, TODAY - timedelta(days=1)),), "agreements": ()}
    assert act(at(Stage.PROBATION, **lapsed), TODAY - timedelta(days=1)) is Act.VETTING
    assert act(at(Stage.PROBATION, **{**FULL, "agreements": ()}), TODAY - timedelta(days=1)) is Act.MOVE
    assert act(at(Stage.ACTIVE, **{**FULL, "agreements": ()}), TODAY - timedelta(days=1)) is Act.AGREEMENT


def test_what_runs_out_is_shown_as_far_ahead_as_the_scheme_has_chosen() -> None:
    for ahead, expected in ((90, Act.TERM), (91, None)):
        ends = {**FULL, "terms": (Validity(BEGUN, TODAY + timedelta(days=ahead)),)}
        assert act(at(Stage.ACTIVE, **ends)) is expected


def test_a_record_renewed_no_longer_runs_out() -> None:
    soon = Validity(BEGUN, TODAY + timedelta(days=5))
    renewed = {**FULL, "vettings": (soon, Validity(TODAY, date(2030, 1, 1)))}
    assert next_due(at(Stage.ACTIVE, **renewed), None, TODAY) == Due("term ends", date(2028, 1, 1))
    assert act(at(Stage.ACTIVE, **renewed)) is None


def test_a_probation_past_its_end_stays_due() -> None:
    ended = TODAY - timedelta(days=10)
    assert next_due(at(Stage.PROBATION, **FULL), ended, TODAY) == Due("probation ends", ended)
    assert next_due(at(Stage.ACTIVE, **FULL), ended, TODAY) == Due("term ends", date(2028, 1, 1))


@pytest.mark.parametrize("stage", [*sorted(GONE), Stage.ON_LEAVE, Stage.SUSPENDED])
def test_nothing_waits_for_those_who_are_away_or_gone(stage: Stage) -> None:
    assert act(at(stage, **FULL)) is None
