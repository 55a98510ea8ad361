"""The courses of the scheme's catalogue, as clearance asks for them."""

from datetime import date

import pytest

from icv.rules.catalogue import Catalogue
from icv.rules.clearance import (
    Validity,
)
from icv.rules.scheme import Need
from tests.rules.standings import (
    CATALOGUE,
    INDUCTION,
    LAW,
    START,
    YEARLY,
    course,
    needing,
    reasons,
)


@pytest.mark.parametrize(
    ("trainings", "against"),
    [
        ((), ("not trained",)),
        ((course("Something else"),), ("not trained",)),
        ((course(INDUCTION),), ("Law not taken",)),
        ((course(INDUCTION), course(LAW)), ()),
        ((course("Initial training"),), ()),
        ((course(INDUCTION), course(LAW, date(2026, 1, 5))), ("Law not taken until 4 January 2026",)),
        (
            (course(INDUCTION, date(2026, 1, 3)), course(LAW, date(2026, 1, 5))),
            ("not trained until 4 January 2026",),
        ),
        ((course(INDUCTION, date(2026, 1, 3)),), ("not trained",)),
    ],
)
def test_every_initial_course_of_the_catalogue_is_needed(
    trainings: tuple[Validity, ...], against: tuple[str, ...]
) -> None:
    assert reasons(needing(Need.TRAINING), trainings=trainings, catalogue=CATALOGUE) == against


def test_a_catalogue_without_an_initial_course_takes_any_training() -> None:
    kept_up = Catalogue(kept_up=(YEARLY,), known=frozenset({YEARLY, "Dogs"}))
    assert not reasons(needing(Need.TRAINING), trainings=(course("Something else"),), catalogue=kept_up)
    ended = (course(YEARLY), course("Dogs", until=date(2025, 5, 3)), course("Old", until=date(2025, 6, 4)))
    assert reasons(needing(Need.COURSES), trainings=ended, catalogue=kept_up) == (
        "training ran out on 4 June 2025",
    )


@pytest.mark.parametrize(
    ("trainings", "against"),
    [
        ((), ("Yearly refresher not taken",)),
        ((course(YEARLY),), ()),
        ((course(YEARLY, until=date(2025, 12, 31)),), ("Yearly refresher ran out on 31 December 2025",)),
        ((course(YEARLY, until=START),), ()),
        (
            (course(YEARLY), course(YEARLY, date(2025, 6, 1), date(2025, 12, 31))),
            ("Yearly refresher ran out on 31 December 2025",),
        ),
        (
            (course(YEARLY, until=date(2025, 12, 31)), course(YEARLY, date(2026, 2, 1))),
            ("Yearly refresher ran out on 31 December 2025, renewed from 1 February 2026",),
        ),
        (
            (course(YEARLY), course(LAW, until=date(2025, 5, 3))),
            ("Law ran out on 3 May 2025",),
        ),
    ],
)
def test_courses_kept_up_are_taken_and_in_date(
    trainings: tuple[Validity, ...], against: tuple[str, ...]
) -> None:
    assert reasons(needing(Need.COURSES), trainings=trainings, catalogue=CATALOGUE) == against
