"""The weekly grid: which timeslot an arrival falls in."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import from_wall_clock, london
from icv.rules.timeslots import Grid

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
GRIDS = st.lists(st.times(), min_size=1, max_size=6, unique=True).map(
    lambda starts: Grid(tuple(sorted(starts)))
)


@pytest.mark.parametrize(
    ("wall", "slot"),
    [
        ("2023-12-03T05:59", "Saturday 22–06"),
        ("2023-12-03T06:00", "Sunday 06–10"),
        ("2023-12-03T09:59", "Sunday 06–10"),
        ("2023-12-03T10:00", "Sunday 10–14"),
        ("2023-12-03T01:30", "Saturday 22–06"),
        ("2023-12-04T00:00", "Sunday 22–06"),
        ("2023-12-03T22:00", "Sunday 22–06"),
        ("2023-07-03T06:00", "Monday 06–10"),
    ],
)
def test_a_band_has_its_first_minute_and_not_its_last(wall: str, slot: str) -> None:
    grid = Grid()
    assert grid.name_of(grid.slot_of(from_wall_clock(datetime.fromisoformat(wall)))) == slot


@pytest.mark.parametrize("utc", ["2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"])
def test_both_half_past_ones_of_the_longest_night_are_saturdays(utc: str) -> None:
    grid = Grid()
    assert grid.name_of(grid.slot_of(datetime.fromisoformat(utc))) == "Saturday 22–06"


@given(GRIDS, INSTANTS)
def test_every_moment_has_one_slot_of_the_grid(grid: Grid, at: datetime) -> None:
    assert grid.size == len(grid.slots()) == len(set(grid.slots())) == 7 * len(grid.starts)
    day, band = grid.slot_of(at)
    assert (day, band) in grid.slots()
    clock = london(at)
    begins_on = clock.date() - timedelta(days=(clock.weekday() - day) % 7)
    began = datetime.combine(begins_on, grid.starts[band])
    next_band = (
        begins_on + timedelta(days=band + 1 == len(grid.starts)),
        (*grid.starts, grid.starts[0])[band + 1],
    )
    assert began <= clock.replace(tzinfo=None) < datetime.combine(*next_band)


@pytest.mark.parametrize("starts", [(), (time(6), time(6)), (time(10), time(6))])
def test_bands_that_do_not_follow_each_other_are_refused(starts: tuple[time, ...]) -> None:
    with pytest.raises(ValueError, match="begin later"):
        Grid(starts)


def test_bands_are_named_by_their_hours() -> None:
    assert Grid((time(6, 30), time(22))).band_names == ("06:30–22", "22–06:30")
