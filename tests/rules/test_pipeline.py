"""Who is stuck: longer at a stage than the scheme allows, vetting late, probation over."""

from datetime import date, timedelta

import pytest

from icv.rules.clearance import Standing, Validity
from icv.rules.pipeline import BOARD, why_stuck
from icv.rules.scheme import Choices
from icv.rules.stages import PIPELINE, Stage

TODAY = date(2026, 3, 4)
CHOICES = Choices(stuck_days=42, vetting_overdue_days=30)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def stuck(stage: Stage, since: date | None, probation: date | None = None, **standing: object) -> str | None:
    return why_stuck(stage, since, Standing(**standing), probation, TODAY, CHOICES)  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", [stage for stage in PIPELINE if stage is not Stage.VETTING])
def test_somebody_is_stuck_after_the_days_the_scheme_allows_and_not_on_the_last_of_them(stage: Stage) -> None:
    assert stuck(stage, ago(42)) is None
    assert stuck(stage, ago(43)) == "Stuck"


@pytest.mark.parametrize("stage", [*PIPELINE, Stage.PROBATION])
def test_nobody_is_called_stuck_where_the_days_are_not_known(stage: Stage) -> None:
    assert stuck(stage, None) is None


def test_vetting_is_late_from_the_day_it_was_asked_for_or_else_from_the_start_of_the_stage() -> None:
    assert stuck(Stage.VETTING, ago(60), vetting_requested_on=ago(30)) is None
    assert stuck(Stage.VETTING, ago(10), vetting_requested_on=ago(31)) == "Vetting late"
    assert stuck(Stage.VETTING, ago(31)) == "Vetting late"


def test_who_is_vetted_and_still_in_vetting_is_stuck_like_anybody_else() -> None:
    vetted = {"vettings": (Validity(ago(35), None),)}
    assert stuck(Stage.VETTING, ago(42), **vetted) is None
    assert stuck(Stage.VETTING, ago(43), **vetted) == "Stuck"


def test_a_probation_is_stuck_once_it_is_over_however_long_it_was() -> None:
    assert stuck(Stage.PROBATION, ago(400), TODAY) is None
    assert stuck(Stage.PROBATION, ago(400), ago(1)) == "Probation over"
    assert stuck(Stage.PROBATION, ago(400), None) is None


def test_the_board_shows_the_pipeline_and_probation() -> None:
    assert (*PIPELINE, Stage.PROBATION) == BOARD
