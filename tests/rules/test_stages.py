"""The path from application to leaving."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.stages import APPOINTED, GONE, NEXT, PIPELINE, Stage, may_be_planned, stage_dated

WALKS = st.lists(st.sampled_from(Stage), max_size=40)


def walked(asked: list[Stage]) -> list[Stage]:
    """The stages passed through by somebody who asks for these moves, the forbidden ones being refused."""
    path = [Stage.APPLIED]
    for stage in asked:
        if stage in NEXT[path[-1]]:
            path.append(stage)
    return path


@given(WALKS)
def test_nobody_is_appointed_without_vetting_and_training(asked: list[Stage]) -> None:
    path = walked(asked)
    if APPOINTED & set(path):
        first = min(path.index(stage) for stage in APPOINTED & set(path))
        assert path[:first] == list(PIPELINE)
        assert path[first] is Stage.PROBATION


@given(WALKS)
def test_nobody_comes_back_from_the_end(asked: list[Stage]) -> None:
    assert not GONE & set(walked(asked)[:-1])


@given(WALKS)
def test_only_a_visitor_leaves_and_only_an_applicant_is_rejected(asked: list[Stage]) -> None:
    path = walked(asked)
    assert (path[-1] is Stage.LEFT) <= bool(APPOINTED & set(path))
    assert (path[-1] in {Stage.REJECTED, Stage.WITHDRAWN}) <= (not APPOINTED & set(path))


def test_every_stage_is_in_the_table_and_can_be_reached() -> None:
    assert NEXT.keys() == set(Stage)
    assert set(Stage) == {Stage.APPLIED}.union(*NEXT.values())


@pytest.mark.parametrize(
    ("stage", "named"),
    [
        (Stage.APPLIED, "applied_on"),
        (Stage.INTERVIEWED, "applied_on"),
        (Stage.VETTING, "vetting_requested_on"),
        (Stage.TRAINING, "applied_on"),
        (Stage.PROBATION, "appointed_on"),
        (Stage.SUSPENDED, "appointed_on"),
        (Stage.LEFT, "left_on"),
        (Stage.REJECTED, "applied_on"),
    ],
)
def test_an_imported_step_has_the_day_of_its_stage(stage: Stage, named: str) -> None:
    names = ("applied_on", "vetting_requested_on", "appointed_on", "left_on")
    days: dict[str, date | None] = {name: date(2020, 1, 1 + place) for place, name in enumerate(names)}
    assert stage_dated(stage, **days) == days[named]
    assert stage_dated(stage, **{**days, named: None}) == (
        None if named == "applied_on" else days["applied_on"]
    )
    assert stage_dated(stage, **dict.fromkeys(names)) is None


def test_only_leave_the_return_from_it_and_an_end_are_planned_ahead() -> None:
    planned = {(after, to) for after in Stage for to in NEXT[after] if may_be_planned(to, after)}
    assert {to for _, to in planned} == {Stage.ON_LEAVE, Stage.LEFT, Stage.PROBATION, Stage.ACTIVE}
    back = {(after, to) for after, to in planned if to in {Stage.PROBATION, Stage.ACTIVE}}
    assert back == {(Stage.ON_LEAVE, Stage.PROBATION), (Stage.ON_LEAVE, Stage.ACTIVE)}
