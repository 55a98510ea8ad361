"""Courses: who is to take which, what counts as having taken it, and when somebody is written to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.courses import INITIAL_TRAINING, CourseFacts, CourseKind, Taken, held, latest
from icv.rules.days import NoSuchTime, from_wall_clock
from icv.rules.running_out import DAYS_AHEAD, LATEST_DAYS, Held, held_until, notice_due
from icv.rules.sittings import are_at_once, when_in_words
from icv.rules.stages import APPOINTED, Stage
from tests.workshop import NOW, TODAY

REFRESHER = CourseFacts("Refresher", CourseKind.KEPT_UP, 12)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
HOURS = st.integers(0, 48).map(lambda hours: NOW + timedelta(hours=hours))


def test_a_year_ends_the_day_before_it_was_taken() -> None:
    assert REFRESHER.last_day(date(2026, 3, 4)) == date(2027, 3, 3)
    assert REFRESHER.last_day(date(2028, 2, 29)) == date(2029, 2, 28)
    assert CourseFacts("First aid", CourseKind.OTHER).last_day(date(2026, 3, 4)) is None


@pytest.mark.parametrize(("months", "words"), [(None, "good"), (1, "1 month"), (24, "24 months")])
def test_how_long_it_counts_is_said_in_months(months: int | None, words: str) -> None:
    assert CourseFacts("First aid", CourseKind.OTHER, months).counts_for == words


def test_an_imported_training_counts_for_every_initial_course_and_no_other() -> None:
    assert CourseFacts("Foundation", CourseKind.INITIAL).counts(INITIAL_TRAINING)
    assert CourseFacts("Foundation", CourseKind.INITIAL).counts("Foundation")
    assert not CourseFacts("Foundation", CourseKind.INITIAL).counts("foundation day")
    assert not REFRESHER.counts(INITIAL_TRAINING)


@pytest.mark.parametrize("stage", Stage)
def test_who_is_to_take_what(stage: Stage) -> None:
    def asked(kind: CourseKind, *, has_taken_it: bool) -> bool:
        return CourseFacts("It", kind).is_asked_of(stage, has_taken_it)

    in_office = stage in APPOINTED
    for has in (True, False):
        assert asked(CourseKind.INITIAL, has_taken_it=has) is (in_office or stage is Stage.TRAINING)
        assert asked(CourseKind.KEPT_UP, has_taken_it=has) is in_office
        assert not asked(CourseKind.OTHER, has_taken_it=has)
    assert asked(CourseKind.TERRORISM, has_taken_it=True) is in_office
    assert not asked(CourseKind.TERRORISM, has_taken_it=False)


def test_the_latest_decides_though_an_earlier_one_counts_longer() -> None:
    early = Taken("Refresher", TODAY - timedelta(days=90), TODAY + timedelta(days=900))
    late = Taken("Refresher", TODAY - timedelta(days=30), TODAY - timedelta(days=1))
    assert latest(REFRESHER, [early, late], TODAY) == late
    assert latest(REFRESHER, [early, late], TODAY - timedelta(days=60)) == early
    assert latest(REFRESHER, [late, Taken("Refresher", late.on)], TODAY) == Taken("Refresher", late.on)
    assert latest(REFRESHER, [Taken("First aid", TODAY)], TODAY) is None


@pytest.mark.parametrize(
    ("until", "how"),
    [
        (-1, Held.RUN_OUT),
        (0, Held.RUNNING_OUT),
        (90, Held.RUNNING_OUT),
        (91, Held.IN_DATE),
        (None, Held.IN_DATE),
    ],
)
def test_how_somebody_stands(until: int | None, how: Held) -> None:
    last = None if until is None else TODAY + timedelta(days=until)
    assert held_until(last, TODAY, 90) is how
    assert held(Taken("Refresher", TODAY, last), TODAY, 90) is how
    assert how.counts is (how is not Held.RUN_OUT)
    assert held(None, TODAY, 90) is Held.NEVER


@pytest.mark.parametrize(
    ("left", "due"), [(61, None), (60, 60), (15, 60), (14, 14), (1, 14), (0, 0), (-7, 0), (-8, None)]
)
def test_which_letter_is_due(left: int, due: int | None) -> None:
    assert notice_due(TODAY + timedelta(days=left), TODAY) == due


@given(until=DAYS, first=st.integers(-100, 100), days=st.integers(0, 200))
def test_day_by_day_each_letter_is_due_in_turn(until: date, first: int, days: int) -> None:
    """Whatever day it was recorded on, no letter is skipped that is still to come and none comes back."""
    begun = until - timedelta(days=first)
    due = [notice_due(until, begun + timedelta(days=day)) for day in range(days + 1)]
    said = [one for one in due if one is not None]
    assert said == sorted(said, reverse=True)
    if first >= max(DAYS_AHEAD) and days >= first + LATEST_DAYS:
        assert set(said) == set(DAYS_AHEAD)


@given(start=HOURS, other=HOURS, lasts=st.integers(1, 9), longer=st.integers(1, 9), more=st.booleans())
def test_two_sittings_share_an_hour_or_they_do_not(
    start: object, other: object, lasts: int, longer: int, more: bool
) -> None:
    one = (start, start + timedelta(hours=lasts))  # type: ignore[operator]
    two = (other, other + timedelta(hours=longer))  # type: ignore[operator]
    shared = {one[0] + timedelta(hours=hour) for hour in range(lasts)} & {
        two[0] + timedelta(hours=hour) for hour in range(longer)
    }
    assert are_at_once(one, two) is bool(shared)
    assert are_at_once(two, one) is bool(shared)


def test_a_sitting_without_an_end_is_only_at_its_start() -> None:
    end = NOW + timedelta(hours=2)
    assert are_at_once((NOW, None), (NOW, None))
    assert are_at_once((NOW + timedelta(hours=1), None), (NOW, end))
    assert not are_at_once((end, None), (NOW, end))


def test_the_time_is_said_in_london() -> None:
    summer = from_wall_clock(NOW.replace(month=7, tzinfo=None))
    assert when_in_words(summer, summer + timedelta(hours=2)) == "Saturday 4 July 2026, 12:00 to 14:00"
    assert when_in_words(NOW, None) == "Wednesday 4 March 2026, 12:00"
    with pytest.raises(NoSuchTime):
        from_wall_clock(NOW.replace(month=3, day=29, hour=1, minute=30, tzinfo=None))
