"""What would fill an empty visit: changes within the rules, who would be given up, and at which times."""

from itertools import combinations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from icv.planner import greedy
from icv.planner.explain import Cause, Inquiry
from icv.planner.judge import as_it_stands
from icv.planner.problem import Problem
from icv.planner.rota import Rota
from icv.planner.ways import GivenUp, Move, Way
from tests.planner.checker import could_go, faults, may_go_together, times
from tests.planner.schemes import MONDAY, scheme, schemes, visitor
from tests.thorough import TIMES

quick = settings(max_examples=25 * TIMES, deadline=None, phases=[Phase.generate])


def one_to_spare() -> tuple[Problem, Rota]:
    """Visit 1 lacks its second visitor. Only visitor 2 suits it, and goes on visit 2, as visitor 4 might."""
    crew = [visitor(1), visitor(2), visitor(3), visitor(4, barred_suites=frozenset({1}))]
    problem = scheme(crew, suites=2)
    return problem, as_it_stands(problem, {1: (1, None), 2: (2, 3)})


def test_the_smallest_change_brings_in_somebody_to_spare() -> None:
    problem, rota = one_to_spare()
    assert Inquiry(problem, rota).cheapest(1) == Way((Move(2, 4, 2), Move(1, 2, None)), ())


def test_everybody_who_could_be_given_up_is_named_with_the_visit() -> None:
    problem, rota = one_to_spare()
    assert set(Inquiry(problem, rota).given_up(1)) == {GivenUp(2, 2), GivenUp(3, 2)}


def test_a_visit_whose_week_has_come_gives_nobody_up() -> None:
    problem, rota = one_to_spare()
    inquiry = Inquiry(problem, rota, fixed=[2])
    assert (inquiry.cheapest(1), inquiry.given_up(1)) == (None, ())


def test_where_nobody_is_to_spare_it_says_which_visit_would_be_left_short() -> None:
    problem = scheme(3, suites=2)
    rota = as_it_stands(problem, {1: (1, None), 2: (2, 3)})
    assert Inquiry(problem, rota).cheapest(1) == Way((Move(2, None, 2), Move(1, 2, None)), (2,))


def test_somebody_free_is_put_there_without_more() -> None:
    problem = scheme(3)
    rota = as_it_stands(problem, {1: (1, None)})
    inquiry = Inquiry(problem, rota)
    assert (inquiry.why_empty(1).cause, inquiry.cheapest(1)) == (Cause.OPEN, Way((Move(1, 2, None),), ()))


def test_beside_somebody_whom_nobody_may_join_no_change_helps() -> None:
    barred = frozenset({2, 3})
    problem = scheme([visitor(1, barred_people=barred), visitor(2), visitor(3)])
    inquiry = Inquiry(problem, as_it_stands(problem, {1: (1, None)}))
    why = inquiry.why_empty(1)
    assert (why.cause, inquiry.cheapest(1)) == (Cause.STRUCTURAL, None)
    assert why.sentence == "2 visitors: 2 in conflict with the other visitor, 0 left, this visit needs 1 more"


def emptied(problem: Problem, key: int, places: int) -> Rota:
    """The rota as drawn, with one visit emptied by hand at some of its places."""
    pairs = dict(greedy.draw(problem).pairs)
    locked = next(one.locked for one in problem.visits if one.key == key)
    one, other = pairs[key]
    first = one if locked[0] is not None or places == 1 else None
    pairs[key] = (first, other if locked[1] is not None else None)
    return as_it_stands(problem, pairs)


@given(st.data())
@quick
def test_a_way_keeps_every_rule_fills_the_visit_and_says_which_it_leaves_short(chance: st.DataObject) -> None:
    problem = chance.draw(schemes())
    if not problem.visits:
        return
    key = chance.draw(st.sampled_from([one.key for one in problem.visits]))
    rota = emptied(problem, key, chance.draw(st.integers(0, 1)))
    empty = [one for one, pair in rota.pairs.items() if None in pair]
    inquiry = Inquiry(problem, rota)
    for visit in empty:
        way = inquiry.cheapest(visit)
        if way is not None:
            after = made(problem, rota, way)
            assert broken(problem, after) <= broken(problem, rota)
            still = {one for one, pair in after.pairs.items() if None in pair}
            assert visit not in still
            assert set(way.emptied) == still - set(empty)
        assert inquiry.cheapest(visit) == way


def broken(problem: Problem, rota: Rota) -> set[str]:
    """Being alone on a visit is no fault here: it is what the way is wanted for."""
    return {fault for fault in faults(problem, rota) if "alone" not in fault}


def made(problem: Problem, rota: Rota, way: Way) -> Rota:
    pairs = {key: list(pair) for key, pair in rota.pairs.items()}
    for move in way.moves:
        places = pairs[move.visit]
        places[places.index(move.instead_of)] = move.visitor
    return as_it_stands(problem, {key: (pair[0], pair[1]) for key, pair in pairs.items()})


@given(schemes())
@quick
def test_the_pairs_of_a_timeslot_are_counted_right(problem: Problem) -> None:
    rota = greedy.draw(problem)
    for visit in problem.visits:
        pair = rota.pairs[visit.key]
        if pair != (None, None):
            continue
        able = [one for one in problem.visitors if could_go(problem, one, visit)]
        found = {one.slot: (one.visitors, one.pairs) for one in Inquiry(problem, rota).chances(visit.key)}
        for slot in {slot for one in able for slot in times(problem, visit, one)}:
            then = [one for one in able if slot in times(problem, visit, one)]
            pairs = [(one, other) for one, other in combinations(then, 2)]
            may = [two for two in pairs if may_go_together(problem, visit, *two)]
            assert found.pop(slot) == (len(then), len(may))
        assert not found


def test_the_timeslots_of_the_week_say_who_could_go_then() -> None:
    crew = [
        visitor(1, free=frozenset({(0, 1)})),
        visitor(2, free=frozenset({(0, 1), (4, 1)})),
        visitor(3, free=frozenset({(4, 1)}), away=((MONDAY, MONDAY),)),
    ]
    problem = scheme(crew)
    chances = Inquiry(problem, as_it_stands(problem, {1: (None, None)})).chances(1)
    assert [(one.slot, one.visitors, one.pairs) for one in chances] == [((0, 1), 2, 1), ((4, 1), 2, 1)]
