"""Every choice of a scheme has its words, its place and its bounds, and the defaults keep to them."""

from datetime import time
from typing import Any

import pytest

from icv.rules.checks import Check
from icv.rules.choices import ASKED, GROUPS, fault, held_in, in_words
from icv.rules.requirements import Requirement
from icv.rules.scheme import CHOICE_NAMES, Choices, Need
from icv.rules.visits import Outcome


def test_every_choice_is_asked_for_in_one_group() -> None:
    grouped = [name for _, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(CHOICE_NAMES) == sorted(ASKED)


@pytest.mark.parametrize("name", CHOICE_NAMES)
def test_a_choice_as_delivered_is_a_possible_one_and_has_words(name: str) -> None:
    value = getattr(Choices(), name)
    assert fault(name, value) is None
    assert in_words(name, value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("most_visits_a_month", None, "No limit"),
        ("gap_weeks", 0, "0 weeks"),
        ("term_years", 1, "1 year"),
        ("suppression_threshold", 4, "4 people"),
        ("clearance_needs", frozenset(), "Nothing but the appointment"),
        ("bands", (time(0), time(12, 30)), "00–12:30, 12:30–00"),
        ("feed_shows_suite", True, "Yes"),
    ],
)
def test_a_choice_reads_as_a_person_says_it(name: str, value: object, words: str) -> None:
    assert in_words(name, value) == words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scheme_name", ""),
        ("scheme_name", "x" * 101),
        ("visits_a_week", 0),
        ("visits_a_week", None),
        ("probation_months", 37),
        ("most_visits_a_month", 0),
        ("bands", ()),
        ("bands", (time(6), time(6))),
        ("bands", (time(10), time(6))),
        ("completed_outcomes", frozenset({Outcome.ABANDONED})),
        ("completed_outcomes", frozenset({Outcome.COMPLETED, Outcome.MISSED})),
        ("finding_categories", ()),
        ("finding_categories", ("care", "Care")),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_words(name: str, value: object) -> None:
    assert fault(name, value)


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("term_years", 3, None),
        ("terrorism_vetting_levels", (), ()),
        ("finding_categories", ("welfare", "food"), ("welfare", "food")),
        ("clearance_needs", frozenset({Need.VETTING}), ("Vetting cleared and not expired",)),
        ("before_vetting", frozenset({Requirement.DECLARATION}), ("Eligibility declared",)),
        ("completed_outcomes", frozenset({Outcome.COMPLETED}), ("Completed",)),
        ("bands", (time(6), time(18)), ("06–18", "18–06")),
        ("dog_checks", (Check("a", "Water", "food"), Check("b", "Bedding")), ("Water (food)", "Bedding")),
    ],
)
def test_what_a_choice_holds_is_told_one_by_one_where_it_is_a_list(
    name: str, value: Any, held: tuple[str, ...] | None
) -> None:
    """Two lists are held against each other by these words: two checks that differ must not read alike."""
    assert held_in(name, value) == held
