"""Diversity monitoring: each person counts once to every question, and no small number can be worked out."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.monitoring import NO_ANSWER, QUESTIONS, RATHER_NOT, answered, shown, to_count
from icv.rules.suppression import Suppressed
from tests.rules.test_suppression import possible

ANSWERS = st.fixed_dictionaries(
    {question.name: st.sampled_from([*question.answers, None]) for question in QUESTIONS}
)
PEOPLE = st.lists(ANSWERS, max_size=30)


def counted(people: list[dict[str, str | None]]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for given_by_one in people:
        for question, answer in to_count(given_by_one).items():
            counts[question][answer] += 1
    return counts


def test_every_question_may_be_declined() -> None:
    assert len(QUESTIONS) == 7
    assert all(RATHER_NOT in question.answers for question in QUESTIONS)


def test_somebody_who_answers_one_question_counts_to_all() -> None:
    assert to_count({"sex": "female"}) == {
        question.name: "female" if question.name == "sex" else NO_ANSWER for question in QUESTIONS
    }


@pytest.mark.parametrize("given_by_one", [{}, {"sex": None}, {"sex": "?"}, {"shoe size": "9"}])
def test_somebody_who_answers_nothing_is_not_counted(given_by_one: dict[str, str | None]) -> None:
    assert to_count(given_by_one) == {}


@given(PEOPLE, st.integers(1, 6))
def test_no_hidden_number_can_be_worked_out_from_all_that_is_shown(
    people: list[dict[str, str | None]], threshold: int
) -> None:
    counts = counted(people)
    total, found = answered(counts), shown(counts, threshold)
    assert total == sum(any(one.values()) for one in people)
    if found is None:
        assert total > 0
        return
    for one in found:
        numbers = dict(one.lines)
        assert not any(number is not None and 1 <= number <= threshold for number in numbers.values())
        hidden = [words for words, number in numbers.items() if number is None]
        if hidden:
            true = {words: counts[one.question.name][answer] for answer, words in _all(one.question.answers)}
            # Where everything is hidden, zeros are too, if there are any: that there are none is not told.
            least = 0 if len(hidden) == len(numbers) or 0 in {true[words] for words in hidden} else 1
            assert len(possible(Suppressed(numbers, total), least=least)) >= 2
        else:
            assert sum(number or 0 for number in numbers.values()) == total


def _all(answers: object) -> list[tuple[str, str]]:
    return [*answers.items(), (NO_ANSWER, "Left out")]  # type: ignore[attr-defined]


@given(PEOPLE)
def test_so_few_that_their_number_tells_are_not_shown_at_all(
    people: list[dict[str, str | None]],
) -> None:
    counts = counted(people)
    assert (shown(counts, 4) is None) >= (0 < answered(counts) <= 4)


def test_nobody_is_shown_as_nobody() -> None:
    found = shown({}, 4)
    assert found
    assert {number for one in found for _, number in one.lines} == {0}


def test_a_scheme_that_hides_nothing_sees_everything() -> None:
    found = shown({"sex": {"female": 1, "male": 2}}, 0)
    assert found
    assert dict(found[1].lines) == {"Female": 1, "Male": 2, "Prefer not to say": 0, "Left out": 0}


def test_an_answer_that_is_offered_no_more_still_hides_its_neighbours() -> None:
    """Nine women and one of an answer since taken out: with ten in all, the nine would tell of the one."""
    found = shown({"sex": {"female": 9, "once offered": 1}}, 4)
    assert found
    assert dict(found[1].lines)["Female"] is None
