"""Where vetting stands: one state a day that agrees with clearance, its reach, and which letter is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.clearance import Standing, Validity, faults
from icv.rules.records import VettingFacts
from icv.rules.scheme import Choices, Need
from icv.rules.vetting import (
    THRESHOLDS,
    VettingState,
    counted,
    covered_until,
    is_overdue,
    standing_of,
    threshold,
    vetting_state,
)

START = date(2026, 1, 1)
DAYS = st.integers(0, 90).map(lambda days: START + timedelta(days=days))
VALIDITIES = st.lists(st.builds(Validity, DAYS, st.none() | DAYS), max_size=4).map(tuple)
STANDINGS = st.builds(
    Standing,
    vettings=VALIDITIES,
    vetting_requested_on=st.none() | DAYS,
    vetting_refused_on=st.none() | DAYS,
)
WORDS = {
    VettingState.NONE: "no vetting on record",
    VettingState.REQUESTED: "vetting requested on",
    VettingState.EXPIRED: "vetting expired on",
    VettingState.REFUSED: "vetting refused on",
}
A_DAY = timedelta(days=1)
IN_FORCE = frozenset({VettingState.IN_DATE, VettingState.EXPIRING})


@given(STANDINGS, DAYS, st.integers(1, 100))
def test_the_state_agrees_with_clearance(standing: Standing, day: date, warning_days: int) -> None:
    state = vetting_state(standing, day, warning_days)
    faults_found = faults(standing, day, Choices(), frozenset({Need.VETTING}))
    assert (state in IN_FORCE) == (not faults_found)
    if state not in IN_FORCE:
        assert faults_found[0].startswith(WORDS[state])


@given(STANDINGS, DAYS, st.integers(1, 100))
def test_whoever_is_vetted_is_expiring_exactly_when_not_vetted_soon(
    standing: Standing, day: date, warning_days: int
) -> None:
    state = vetting_state(standing, day, warning_days)
    if state not in IN_FORCE:
        return
    ahead = [day + n * A_DAY for n in range(warning_days + 2)]
    ends = any(not any(one.covers(later) for one in standing.vettings) for later in ahead)
    assert (state is VettingState.EXPIRING) == ends


@given(VALIDITIES, DAYS)
def test_cover_reaches_to_the_day_before_the_first_uncovered_one(
    vettings: tuple[Validity, ...], day: date
) -> None:
    until = covered_until(vettings, day)
    uncovered = next(
        (
            one
            for one in (day + n * A_DAY for n in range(200))
            if not any(vetting.covers(one) for vetting in vettings)
        ),
        None,
    )
    expected = date.max if uncovered is None else (uncovered - A_DAY if uncovered > day else None)
    assert until == expected


def test_a_renewal_that_follows_on_the_next_day_counts_on() -> None:
    first = Validity(date(2023, 3, 1), date(2026, 2, 28))
    renewed = Validity(date(2026, 3, 1), date(2029, 2, 28))
    assert covered_until((renewed, first), date(2026, 1, 1)) == date(2029, 2, 28)
    late = Validity(date(2026, 3, 2), date(2029, 2, 28))
    assert covered_until((late, first), date(2026, 1, 1)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (VettingFacts(requested_on=START), None),
        (VettingFacts(cleared_on=START, level="SC"), Validity(START, None, "SC")),
        (VettingFacts(cleared_on=START, refused_on=START), None),
        (
            VettingFacts(cleared_on=START, expires_on=START + 9 * A_DAY, refused_on=START + 5 * A_DAY),
            Validity(START, START + 4 * A_DAY),
        ),
    ],
)
def test_a_record_counts_from_its_clearance_to_its_end(
    facts: VettingFacts, expected: Validity | None
) -> None:
    assert counted(facts) == expected


def test_a_request_waits_until_it_has_an_outcome() -> None:
    refused = VettingFacts(requested_on=START, refused_on=START + A_DAY)
    again = VettingFacts(requested_on=START + 2 * A_DAY)
    assert standing_of([refused]).vetting_requested_on is None
    assert standing_of([refused, again]).vetting_requested_on == START + 2 * A_DAY
    assert standing_of([refused, again]).vetting_refused_on is None
    assert vetting_state(standing_of([refused]), START, 90) is VettingState.NONE
    assert vetting_state(standing_of([refused]), START + A_DAY, 90) is VettingState.REFUSED


def test_a_request_is_late_on_the_day_after_its_time() -> None:
    assert not is_overdue(START, START + 30 * A_DAY, 30)
    assert is_overdue(START, START + 31 * A_DAY, 30)
    assert not is_overdue(None, START, 30)


@given(st.integers(-5, 200))
def test_the_nearest_letter_is_due_and_no_other(left: int) -> None:
    due = threshold(START + left * A_DAY, START)
    if left < 0 or left > 90:
        assert due is None
    else:
        assert due is not None
        assert left <= due
        assert not [days for days in THRESHOLDS if left <= days < due]
