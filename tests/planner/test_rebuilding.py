"""A published rota mended after a drop-out: as few places as can be change hands, nobody else is touched."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from icv.planner import greedy
from icv.planner.problem import Planned, Problem, Slot
from icv.planner.rebuilding import Kept, Rebuilding, Rebuilt, suggest
from icv.planner.rota import Drawn
from icv.planner.solving.confirming import confirm
from icv.planner.solving.highs import Highs
from icv.planner.wire import BadProblem
from tests.planner import checker
from tests.planner.schemes import MONDAY, scheme, schemes, visitor, week
from tests.planner.test_proofs import every_pair

quick = settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate])
Pair = tuple[int | None, int | None]


def published(problem: Problem) -> tuple[Kept, ...]:
    return tuple(
        Kept(one.visit, one.visitors, one.timeslots[0] if one.timeslots else None)
        for one in greedy.draw(problem).drawn
    )


def confirmed(asked: Rebuilding) -> Rebuilt:
    return confirm(asked, Highs(lambda: False))


def test_one_place_given_up_is_one_change_where_somebody_may_simply_take_it() -> None:
    problem = scheme(12, suites=2, weeks=5)
    kept = published(problem)
    given_up = (kept[4].visit, kept[4].visitors[1])
    rebuilt = confirmed(Rebuilding(problem, kept, given_up=frozenset([given_up])))  # type: ignore[arg-type]
    assert (rebuilt.changes, rebuilt.least, rebuilt.is_proven, rebuilt.unfilled) == (1, 1, True, ())
    (changed,) = rebuilt.changed
    assert changed.visitors[0] == kept[4].visitors[0]
    assert changed.visitors[1] not in kept[4].visitors
    assert changed.timeslots[0] == kept[4].timeslot


def test_the_lightest_loaded_takes_the_place() -> None:
    crew = [visitor(key, carried_visits=float(key)) for key in range(1, 7)]
    kept = (Kept(1, (5, 6)),)
    rebuilt = suggest(Rebuilding(scheme(crew), kept, gone=frozenset([6])))
    assert rebuilt.changed[0].visitors == (5, 1)


def test_somebody_moves_where_nobody_may_simply_take_the_place() -> None:
    """Only 1 and 2 may go to the second suite; 3 can take over at the first."""
    crew = [visitor(1), visitor(2), visitor(5), *(visitor(k, barred_suites=frozenset({2})) for k in (3, 4))]
    problem = scheme(crew, suites=2)
    kept = (Kept(1, (1, 3)), Kept(2, (5, 2)))
    rebuilt = confirmed(Rebuilding(problem, kept, gone=frozenset([5])))
    assert (rebuilt.changes, rebuilt.least) == (2, 2)
    assert {one.visit: one.visitors for one in rebuilt.changed} == {1: (4, 3), 2: (1, 2)}


def test_whoever_is_left_alone_stays_where_nobody_can_join_them() -> None:
    rebuilt = confirmed(Rebuilding(scheme(2), (Kept(1, (1, 2)),), gone=frozenset([2])))
    assert rebuilt == Rebuilt((Drawn(1, (1, None)),), (1,), 1, 1)


def test_nobody_is_sent_where_they_would_be_alone() -> None:
    """2 leaves the second visit for the first; 3, in conflict with 2, could only stand there instead."""
    crew = [
        visitor(1, barred_suites=frozenset({2})),
        visitor(2, most_in_period=1),
        visitor(3, barred_suites=frozenset({1}), barred_people=frozenset({2})),
        visitor(4),
        visitor(5),
    ]
    asked = Rebuilding(scheme(crew, suites=2), (Kept(1, (1, 4)), Kept(2, (2, 5))), gone=frozenset([4, 5]))
    assert {one.visit: one.visitors for one in suggest(asked).changed} == {1: (1, 2), 2: (None, None)}


def test_frozen_weeks_and_visits_published_empty_stay_as_they_are() -> None:
    problem = scheme(8, weeks=3)
    kept = (Kept(1, (1, 2)), Kept(2, (None, None)), Kept(3, (1, 3)))
    asked = Rebuilding(problem, kept, gone=frozenset([1]), frozen_before=week(1))
    assert [one.visit for one in confirmed(asked).changed] == [3]


def test_a_place_held_against_a_rule_stays_with_its_holder() -> None:
    """2 is away, and went on the visit all the same; 3 and 4 are in conflict, and agreed to go together."""
    crew = [visitor(2, away=((None, None),)), visitor(4, barred_people=frozenset({3}))]
    crew += [visitor(key) for key in (1, 3, 5, 6, 7)]
    kept = (Kept(1, (1, 2)), Kept(2, (3, 4)))
    rebuilt = confirmed(Rebuilding(scheme(crew, suites=2), kept, gone=frozenset([1])))
    assert (rebuilt.changes, [one.visit for one in rebuilt.changed]) == (1, [1])
    assert rebuilt.changed[0].visitors[1] == 2


def test_every_visit_must_be_given_as_it_was_published() -> None:
    with pytest.raises(BadProblem, match="every visit"):
        suggest(Rebuilding(scheme(4, weeks=2), (Kept(1, (1, 2)),)))


def test_the_planner_mends_in_its_own_process_too() -> None:
    problem = scheme(8, weeks=3)
    asked = Rebuilding(problem, published(problem), gone=frozenset([1]), frozen_before=MONDAY)
    assert Rebuilding.from_json(asked.to_json()) == asked
    done = subprocess.run(
        [sys.executable, "-m", "icv.planner", "--rebuild"],
        input=asked.to_json(),
        capture_output=True,
        text=True,
        check=True,
    )
    last = done.stdout.splitlines()[-1].removeprefix('{"rebuilt": ').removesuffix("}")
    assert Rebuilt.from_json(last) == confirmed(asked)


@st.composite
def drop_outs(draw: st.DrawFn, most_people: int, most_suites: int, most_weeks: int) -> Rebuilding:
    problem = draw(schemes(most_people, most_suites, most_weeks))
    kept = published(problem)
    keys = [one.key for one in problem.visitors]
    places = [(one.visit, who) for one in kept for who in one.visitors if who is not None]
    return Rebuilding(
        problem,
        kept,
        gone=draw(st.frozensets(st.sampled_from(keys), max_size=2)) if keys else frozenset(),
        given_up=draw(st.frozensets(st.sampled_from(places), max_size=2)) if places else frozenset(),
        frozen_before=draw(st.none() | st.just(week(1))),
    )


@quick
@given(drop_outs(7, 3, 5))
def test_nobody_gone_is_seated_no_rule_is_broken_and_the_suggestion_is_never_better(
    asked: Rebuilding,
) -> None:
    suggestion, best = suggest(asked), confirmed(asked)
    for rebuilt in (suggestion, best):
        assert faults(asked, {one.visit: one.visitors for one in rebuilt.changed}) == []
    assert (len(best.unfilled), best.changes) <= (len(suggestion.unfilled), suggestion.changes)
    assert best.least is None or best.least <= best.changes


@settings(quick, max_examples=40)
@given(drop_outs(4, 2, 2))
def test_no_way_at_all_leaves_fewer_visits_empty_or_changes_fewer_places(asked: Rebuilding) -> None:
    best = confirmed(asked)
    assert best.is_proven
    assert [
        pairs for pairs in every_way(asked, (len(best.unfilled), best.changes)) if not faults(asked, pairs)
    ] == []


def movable(asked: Rebuilding) -> list[Kept]:
    weeks = {one.key: one.week_starts for one in asked.problem.visits}
    first = asked.frozen_before or week(-99)
    return [one for one in asked.kept if None not in one.visitors and weeks[one.visit] >= first]


def changed(kept: Kept, pair: Pair) -> int:
    return 2 - len({one for one in pair if one is not None} & set(kept.visitors))


def every_way(asked: Rebuilding, worth: tuple[int, int]) -> Iterator[dict[int, Pair]]:
    """All that would be better than this worth, by the rules or not."""
    visits, kept = {one.key: one for one in asked.problem.visits}, movable(asked)
    options = [
        [*every_pair(asked.problem, visits[one.visit]), *((who, None) for who in one.visitors), one.visitors]
        for one in kept
    ]
    for pairs in product(*options):
        empty = sum(None in pair for pair in pairs)
        if (empty, sum(map(changed, kept, pairs))) < worth:
            yield {one.visit: pair for one, pair in zip(kept, pairs, strict=True)}


def faults(asked: Rebuilding, now: dict[int, Pair]) -> list[str]:
    """Whoever stays where they are is let off the rules; the rest are held to them, and to what was asked."""
    moving, published = {one.visit for one in movable(asked)}, {one.visit: one.visitors for one in asked.kept}
    locked = {
        one.key: one.locked if one.key in moving else published[one.key] for one in asked.problem.visits
    }
    out = {(key, who) for key in locked for who in asked.gone} | asked.given_up
    seated = {(key, who) for key, pair in now.items() for who in pair}
    again = [f"{who} is out of {key}" for key, who in out & seated if who not in locked[key]]
    pairs = published | now
    moved = [
        f"visit {key} was to stay"
        for key, lock in locked.items()
        if not {one for one in lock if one is not None} <= set(pairs[key])
    ]
    problem = replace(
        asked.problem,
        visits=tuple(
            replace(one, locked=_staying(published[one.key], pairs[one.key])) for one in asked.problem.visits
        ),
    )
    drawn = tuple(
        Drawn(one.key, pairs[one.key], _times(problem, one, pairs[one.key])) for one in problem.visits
    )
    return [*again, *moved, *checker.faults(problem, replace(greedy.draw(scheme(0)), drawn=drawn))]


def _staying(published: Pair, now: Pair) -> Pair:
    one, other = (who if who in published else None for who in now)
    return one, other


def _times(problem: Problem, visit: Planned, pair: Pair) -> tuple[Slot, ...]:
    crew = [one for one in problem.visitors if one.key in pair]
    return tuple(checker.common_times(problem, visit, *crew)) if len(crew) == 2 else ()
