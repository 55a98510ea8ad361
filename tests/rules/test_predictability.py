"""How predictable visits are: what is called a pattern, and what is luck."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.predictability import LATEST, at_least, predictability
from icv.rules.timeslots import Grid

GRID = Grid()
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)

moments = st.datetimes(datetime(2025, 3, 4), datetime(2026, 3, 3), timezones=st.just(UTC))


def at(week: int, day: int, hour: int) -> datetime:
    return MONDAY + timedelta(weeks=week, days=day, hours=hour)


def test_eight_of_ten_on_tuesday_mornings_are_a_pattern() -> None:
    arrivals = [at(week, 1, 10) for week in range(8)] + [at(8, 4, 19), at(9, 6, 15)]
    found = predictability(GRID, arrivals)
    assert [one.words for one in found.patterns] == ["8 of the last 10 on Tuesday 10–14"]


def test_a_weekday_at_all_hours_is_a_pattern_of_its_own() -> None:
    hours = (7, 11, 15, 19, 23, 7, 11, 15, 19, 23)
    found = predictability(GRID, [at(week, 2, hour) for week, hour in enumerate(hours)])
    assert [one.words for one in found.patterns] == ["10 of the last 10 on a Wednesday"]


def test_a_band_on_all_days_is_a_pattern_of_its_own() -> None:
    found = predictability(GRID, [at(week, week % 7, 15) for week in range(10)])
    assert [one.words for one in found.patterns] == ["10 of the last 10 at 14–18"]


def test_the_old_pattern_is_forgotten_once_visits_vary() -> None:
    varied = [(0, 7), (3, 11), (5, 15), (6, 19), (1, 23), (2, 7), (4, 11), (6, 15), (0, 19), (3, 23)]
    arrivals = [at(week, 1, 10) for week in range(20)] + [
        at(20 + week, day, hour) for week, (day, hour) in enumerate(varied)
    ]
    assert predictability(GRID, arrivals).patterns == ()


def test_a_handful_of_visits_is_no_pattern() -> None:
    assert predictability(GRID, [at(week, 1, 10) for week in range(4)]).patterns == ()
    assert predictability(GRID, [at(week, 1, 10) for week in range(5)]).patterns


def test_most_fair_coins_are_not_called_a_pattern() -> None:
    """Weekday, band and both are each called one in fewer than one suite of twenty by luck alone."""
    chance, called = Random(1), 0
    for _ in range(400):
        arrivals = [at(week, chance.randrange(7), chance.choice((7, 11, 15, 19, 23))) for week in range(10)]
        called += bool(predictability(GRID, arrivals).patterns)
    assert called < 400 * 3 / 20


def test_the_last_night_and_weekend_are_told_by_the_day_of_arrival() -> None:
    saturday_night = at(3, 6, 1)
    found = predictability(GRID, [at(0, 1, 10), saturday_night, at(4, 2, 11)])
    assert found.last_night_on == date(2026, 2, 1)
    assert found.last_weekend_on == date(2026, 2, 1)
    assert predictability(GRID, [at(0, 1, 10)]).last_night_on is None


def test_a_guesser_is_right_where_visits_repeat_and_rarely_elsewhere() -> None:
    same = predictability(GRID, [at(week, 1, 10) for week in range(30)]).guesses
    assert (same.right, same.of) == (20, 20)
    every_slot = [at(week, week % 7, (7, 11, 15, 19, 23)[week % 5]) for week in range(30)]
    assert predictability(GRID, every_slot).guesses.right <= 1
    assert same.by_luck == Fraction(20, 35)


@given(st.lists(moments, max_size=40))
def test_the_parts_agree_whatever_was_visited(arrivals: list[datetime]) -> None:
    found = predictability(GRID, arrivals)
    assert found.visits == len(arrivals) == sum(found.coverage.counts.values())
    assert 0 <= found.guesses.right <= found.guesses.of <= max(0, len(arrivals) - 5)
    assert all(0 < one.times <= one.of <= LATEST for one in found.patterns)
    assert predictability(GRID, reversed(arrivals)) == found


@given(st.integers(1, 12), st.integers(1, 36))
def test_a_chance_is_a_chance(of: int, ways: int) -> None:
    chances = [at_least(times, of, Fraction(1, ways)) for times in range(of + 2)]
    assert chances[0] == 1
    assert chances[-1] == 0
    assert chances == sorted(chances, reverse=True)
