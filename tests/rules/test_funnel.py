"""The funnel of a round: parts sum to their wholes whatever was recorded, and days are those people spent."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.funnel import FUNNEL, Loss, Taken, Way, funnel
from icv.rules.stages import NEXT, PIPELINE, Stage

DAY = date(2026, 1, 5)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def way(*steps: tuple[Stage, int], reason: str = "", was_appointed: bool = False) -> Way:
    return Way(tuple(Taken(stage, on(days), reason) for stage, days in steps), was_appointed)


@st.composite
def walked(draw: st.DrawFn) -> Way:
    """A way along the path as the program lets people go."""
    stage, day = Stage.APPLIED, 0
    steps = [Taken(stage, on(day))]
    for _ in range(draw(st.integers(0, 9))):
        if not NEXT[stage]:
            break
        stage = draw(st.sampled_from(sorted(NEXT[stage])))
        day += draw(st.integers(0, 60))
        steps.append(Taken(stage, on(day), draw(st.sampled_from(["", "No time", "no  time."]))))
    return Way(tuple(steps), any(step.stage is Stage.PROBATION for step in steps))


anything = st.builds(
    Way,
    st.lists(
        st.builds(
            Taken, st.sampled_from(Stage), st.none() | st.dates(), st.sampled_from(["", "Moved", "moved."])
        ),
        max_size=6,
    ).map(tuple),
    st.booleans(),
)
ways_of_a_round = st.lists(walked() | anything, max_size=30)


@given(ways_of_a_round)
def test_every_stage_is_those_there_those_lost_and_those_who_went_on(ways: list[Way]) -> None:
    lines = funnel(ways).lines
    onward = [*(line.reached for line in lines[1:]), 0]
    assert [line.reached for line in lines] == [
        line.now + line.lost + later for line, later in zip(lines, onward, strict=True)
    ]


@given(ways_of_a_round)
def test_everybody_who_applied_is_somewhere_once(ways: list[Way]) -> None:
    found = funnel(ways)
    assert found.received == len(ways)
    assert found.received == found.in_pipeline + found.lost + found.appointed
    assert found.received == sum(line.now + line.lost for line in found.lines)


@given(ways_of_a_round)
def test_no_more_are_timed_than_have_been_there(ways: list[Way]) -> None:
    for line in funnel(ways).lines:
        assert 0 <= line.timed <= line.over <= line.reached
        assert (line.median_days is None) is (line.timed == 0)
    assert funnel(ways).lines[-1].timed == 0


@given(ways_of_a_round)
def test_reasons_count_everybody_lost_once(ways: list[Way]) -> None:
    for line in funnel(ways).lines:
        assert all(loss.people > 0 for loss in line.losses)
        assert len({(loss.how, loss.reason.casefold()) for loss in line.losses}) == len(line.losses)


@given(st.lists(walked(), max_size=30))
def test_who_walked_the_whole_way_is_timed_at_every_stage(ways: list[Way]) -> None:
    for line in funnel(ways).lines[:-1]:
        assert line.timed == line.over


@given(st.lists(walked(), min_size=1, max_size=30))
def test_the_order_of_people_does_not_matter(ways: list[Way]) -> None:
    assert funnel(ways) == funnel(ways[::-1])


@given(st.lists(walked(), max_size=20), walked())
def test_one_more_applicant_adds_one_to_each_stage_they_came_to(ways: list[Way], one: Way) -> None:
    before, after = funnel(ways).lines, funnel([*ways, one]).lines
    added = [later.reached - line.reached for line, later in zip(before, after, strict=True)]
    assert added == [1] * (one.place + 1) + [0] * (len(FUNNEL) - one.place - 1)


def test_nobody_yet_is_a_funnel_of_noughts() -> None:
    found = funnel([])
    assert [line.stage for line in found.lines] == [*PIPELINE, Stage.PROBATION]
    assert {line.reached for line in found.lines} == {0}


def test_who_was_imported_at_vetting_was_received_shortlisted_and_interviewed_in_unknown_days() -> None:
    found = funnel([way((Stage.VETTING, 60), (Stage.TRAINING, 90))])
    assert [line.reached for line in found.lines] == [1, 1, 1, 1, 1, 0]
    assert [line.median_days for line in found.lines] == [None, None, None, 30, None, None]


def test_a_stage_that_was_jumped_leaves_the_days_before_it_unknown() -> None:
    found = funnel([way((Stage.APPLIED, 0), (Stage.VETTING, 60))])
    assert found.lines[0].timed == 0
    assert found.lines[0].over == 1


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    ways = [way((Stage.APPLIED, 0), (Stage.SHORTLISTED, days)) for days in (1, 4, 9, 100)]
    assert funnel(ways).lines[0].median_days == 6.5


def test_days_count_for_those_who_were_lost_and_not_for_those_still_there() -> None:
    ways = [way((Stage.APPLIED, 0), (Stage.REJECTED, 8), reason="Too far away"), way((Stage.APPLIED, 3))]
    line = funnel(ways).lines[0]
    assert (line.median_days, line.timed, line.waiting_since) == (8, 1, on(3))


def test_reasons_are_grouped_by_how_it_ended_the_most_frequent_first() -> None:
    ends = [
        (Stage.WITHDRAWN, "no longer has the time"),
        (Stage.REJECTED, ""),
        (Stage.REJECTED, "Lives  too far away."),
        (Stage.WITHDRAWN, "Moved"),
        (Stage.REJECTED, "lives too far away"),
        (Stage.WITHDRAWN, "moved."),
    ]
    ways = [
        Way((Taken(Stage.APPLIED, on(0)), Taken(Stage.SHORTLISTED, on(1)), Taken(how, on(2), why)))
        for how, why in ends
    ]
    assert funnel(ways).lines[1].losses == (
        Loss(Stage.REJECTED, "Lives too far away", 2),
        Loss(Stage.REJECTED, "", 1),
        Loss(Stage.WITHDRAWN, "Moved", 2),
        Loss(Stage.WITHDRAWN, "No longer has the time", 1),
    )


def test_a_visitor_who_has_left_was_appointed_all_the_same() -> None:
    left = way((Stage.TRAINING, 0), (Stage.PROBATION, 7), (Stage.ACTIVE, 190), (Stage.LEFT, 400))
    found = funnel([left])
    assert (found.appointed, found.lines[-1].now, found.lines[-1].lost) == (1, 0, 1)
    assert found.lines[-1].median_days is None


def test_who_was_imported_as_left_counts_as_appointed_only_if_they_were() -> None:
    left = ((Stage.LEFT, 30),)
    assert funnel([way(*left, was_appointed=True)]).appointed == 1
    never = funnel([way(*left)])
    assert (never.appointed, never.lines[0].lost) == (0, 1)


def test_the_first_day_at_a_stage_is_kept_through_steps_within_it() -> None:
    one = way((Stage.PROBATION, 0), (Stage.ON_LEAVE, 20), (Stage.PROBATION, 50))
    assert one.since == on(0)
    assert Way().since is None
