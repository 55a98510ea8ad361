"""Numbers and the panel's paragraphs in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.figures import (
    Figures,
    FindingFigures,
    Membership,
    TeamFigures,
    VisitFigures,
    VolunteerFigures,
)
from icv.rules.words import number_in_words, period_in_words, plural, plural_in_words, summary

EXAMPLE = Period(date(2023, 12, 1), date(2024, 1, 31))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"), (11, "eleven"), (17, "seventeen"), (20, "twenty"), (27, "twenty-seven"),
        (31, "thirty-one"), (99, "ninety-nine"), (100, "100"), (1204, "1,204"), (-3, "-3"),
    ],
)  # fmt: skip
def test_a_number_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


@given(st.integers(0, 98), st.integers(1, 99))
def test_no_two_numbers_share_their_words(one: int, more: int) -> None:
    assert number_in_words(one) != number_in_words(one + more)


def test_one_is_singular_and_everything_else_is_plural() -> None:
    assert [plural(n, "visit") for n in (0, 1, 2, 1204)] == [
        "0 visits",
        "1 visit",
        "2 visits",
        "1,204 visits",
    ]
    assert plural(2, "person", "people") == "2 people"
    assert [plural_in_words(n, "visit") for n in (0, 1, 2)] == ["no visits", "one visit", "two visits"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 12, 1), date(2024, 1, 31), "over December and January"),
        (date(2024, 2, 1), date(2024, 2, 29), "in February"),
        (date(2024, 4, 1), date(2024, 6, 30), "from April to June"),
        (date(2017, 4, 1), date(2018, 3, 31), "from April 2017 to March 2018"),
        (date(2024, 1, 1), date(2024, 12, 31), "from January to December 2024"),
        (date(2015, 1, 1), date(2024, 12, 31), "from January 2015 to December 2024"),
        (date(2023, 12, 4), date(2024, 1, 31), "from 4 December 2023 to 31 January 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "from 1 February to 28 February 2024"),
        (date(2024, 2, 1), date(2024, 2, 1), "on 1 February 2024"),
    ],
)
def test_a_period_in_words(first: date, last: date, words: str) -> None:
    assert period_in_words(Period(first, last)) == words


def paragraphs(visits: VisitFigures | None = None, serious: int = 0, **volunteers: int) -> str:
    members = (TeamFigures(None, Membership(volunteers.pop("members", 16))),)
    return " ".join(
        summary(
            Figures(
                EXAMPLE,
                visits or VisitFigures(),
                findings=FindingFigures(serious=serious, by_category={"conditions": serious}),
                volunteers=VolunteerFigures(members, **volunteers),
            )
        )
    )


def test_the_worked_example_reads_as_it_was_published() -> None:
    visits = VisitFigures(scheduled=17, completed=17, undertaken=17)
    assert paragraphs(visits, applications=27, in_vetting=15) == (
        "100% of scheduled visits were completed (17 of 17)."
        " Seventeen visits were undertaken over December and January."
        " Nothing serious was raised."
        " Twenty-seven applications were received in the latest recruitment round."
        " Fifteen volunteers were in vetting on 31 January 2024."
        " If all of them are appointed, the cohort is projected at thirty-one."
    )


def test_nearly_all_is_not_called_all() -> None:
    assert "99% of scheduled visits were completed (999 of 1,000)." in paragraphs(
        VisitFigures(scheduled=1000, completed=999)
    )


def test_nothing_scheduled_is_not_called_a_failure() -> None:
    assert "No visits were scheduled. No visits were undertaken over" in paragraphs()


def test_visits_still_to_come_are_said() -> None:
    assert "Of three scheduled visits none is due yet." in paragraphs(VisitFigures(not_yet_due=3))
    assert "So far, 50% of scheduled visits were completed (1 of 2), with three more to come." in paragraphs(
        VisitFigures(scheduled=2, completed=1, not_yet_due=3)
    )


def test_one_is_one() -> None:
    one = paragraphs(VisitFigures(undertaken=1), serious=1, applications=1, in_vetting=1)
    for sentence in (
        "One visit was undertaken",
        "One serious finding was raised.",
        "One application was received",
        "One volunteer was in vetting on",
        "If that person is appointed, the cohort is projected at seventeen.",
    ):
        assert sentence in one


def test_serious_findings_are_counted_in_words() -> None:
    assert "Three serious findings were raised." in paragraphs(serious=3)


def test_vetting_and_training_are_told_apart() -> None:
    assert "Two volunteers were in vetting and one in training on" in paragraphs(in_vetting=2, in_training=1)
    assert "One volunteer was in training on" in paragraphs(in_training=1)


def test_without_a_round_and_a_pipeline_the_cohort_is_still_said() -> None:
    assert paragraphs().endswith(
        "No recruitment round is on record. Nobody was in vetting or in training on 31 January 2024."
        " The cohort was sixteen visitors."
    )
