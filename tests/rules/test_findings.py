"""The way of a finding, held by every path through it."""

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.findings import (
    LEADS_TO,
    NEXT,
    PUT_TO_POLICE,
    SETTLED_ON_THE_SPOT,
    WITH_POLICE,
    EventKind,
    FindingState,
    may,
)

MOVES = st.lists(st.sampled_from(list(LEADS_TO)), max_size=30)
STARTS = st.sampled_from([FindingState.RAISED, *SETTLED_ON_THE_SPOT])


def walked(state: FindingState, asked: list[EventKind]) -> list[tuple[EventKind, FindingState, FindingState]]:
    """The moves that were allowed, each with the states around it."""
    made = []
    for move in asked:
        if may(move, state):
            made.append((move, state, LEADS_TO[move]))
            state = LEADS_TO[move]
    return made


@given(STARTS, MOVES)
def test_every_move_is_in_the_table(start: FindingState, asked: list[EventKind]) -> None:
    assert all(after in NEXT[before] for _, before, after in walked(start, asked))


@given(STARTS, MOVES)
def test_the_police_reply_only_to_what_awaits_them(start: FindingState, asked: list[EventKind]) -> None:
    replies = [before for move, before, _ in walked(start, asked) if move is EventKind.REPLIED]
    assert set(replies) <= WITH_POLICE


@given(STARTS, MOVES)
def test_only_a_reply_is_sent_back(start: FindingState, asked: list[EventKind]) -> None:
    sent_back = [before for move, before, _ in walked(start, asked) if move is EventKind.SENT_BACK]
    assert set(sent_back) <= {FindingState.REPLIED}


def test_every_state_has_its_row_and_no_dead_end() -> None:
    assert set(NEXT) == set(FindingState)
    for state in FindingState:
        assert any(may(move, state) for move in LEADS_TO), f"nothing can be done with a finding {state.words}"


def test_every_step_of_the_table_can_be_made() -> None:
    for state, following in NEXT.items():
        assert {LEADS_TO[move] for move in LEADS_TO if may(move, state)} == following


def test_nothing_returns_to_raised() -> None:
    assert FindingState.RAISED not in set(LEADS_TO.values())
    assert set(LEADS_TO.values()) <= PUT_TO_POLICE
