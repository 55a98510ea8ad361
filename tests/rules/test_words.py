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
from icv.rules.words import (
    SUMMARY,
    amount_in_words,
    number_in_words,
    period_in_words,
    plural,
    plural_in_words,
    share_in_words,
    summary,
    summary_parts,
    times_in_words,
)

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


def found(visits: VisitFigures | None = None, serious: int = 0, **volunteers: int) -> Figures:
    members = (TeamFigures(None, Membership(volunteers.pop("members", 16))),)
    return Figures(
        EXAMPLE,
        visits or VisitFigures(),
        findings=FindingFigures(serious=serious, by_category={"conditions": serious}),
        volunteers=VolunteerFigures(members, **volunteers),
    )


def paragraphs(visits: VisitFigures | None = None, serious: int = 0, **volunteers: int) -> str:
    return " ".join(summary(found(visits, serious, **volunteers)))


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
    assert (
        "So far, 50% of scheduled visits were completed (1 of 2), with three more not yet due."
        in paragraphs(VisitFigures(scheduled=2, completed=1, not_yet_due=3))
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
    assert "Nobody was in vetting, and one volunteer was in training, on" in paragraphs(in_training=1)


def test_without_a_round_and_a_pipeline_the_cohort_is_still_said() -> None:
    assert paragraphs().endswith(
        "No recruitment round had begun by 31 January 2024."
        " Nobody was in vetting or in training on 31 January 2024."
        " The cohort is projected to stay at the sixteen visitors already appointed."
    )
    assert paragraphs(members=1).endswith("stay at the one visitor already appointed.")
    assert paragraphs(members=0).endswith("No visitors were in office, and none is projected.")
    assert paragraphs(members=0, in_vetting=2).endswith("the cohort is projected at two.")


def test_visits_that_were_all_cancelled_are_said() -> None:
    assert paragraphs(VisitFigures(cancelled=4)).startswith(
        "All four visits planned were cancelled before their week began, so none was scheduled."
    )
    assert paragraphs(VisitFigures(cancelled=1)).startswith("The one visit planned was cancelled before")


def test_where_nobody_went_nothing_serious_could_be_raised() -> None:
    assert "With no visit made, nothing serious could be raised." in paragraphs()
    assert "Nothing serious was raised." in paragraphs(VisitFigures(no_access=1))


def test_a_period_that_is_not_over_says_so() -> None:
    running = summary_parts(found(VisitFigures(undertaken=3), in_vetting=1), date(2024, 1, 5))
    assert running["undertaken"] == (
        "Three visits were undertaken over December and January, up to 5 January 2024."
    )
    assert running["in_vetting"] == "One volunteer was in vetting on 5 January 2024."
    future = summary_parts(found(VisitFigures(not_yet_due=1)), date(2023, 11, 30))
    assert future["share"] == "The one scheduled visit is not due yet."
    assert future["undertaken"] == "No visits have been undertaken yet: the period begins on 1 December 2023."
    assert summary(found(), date(2024, 1, 31)) == summary(found())


SMALL = st.integers(0, 3)


@given(
    st.builds(
        VisitFigures, scheduled=SMALL, completed=SMALL, not_yet_due=SMALL, cancelled=SMALL, undertaken=SMALL
    ).filter(lambda visits: visits.completed <= visits.scheduled),
    SMALL,
    st.fixed_dictionaries(dict.fromkeys(("members", "applications", "in_vetting", "in_training"), SMALL)),
    st.none() | st.dates(date(2023, 11, 1), date(2024, 3, 1)),
)
def test_every_fact_is_one_sentence_and_all_is_only_said_of_all(
    visits: VisitFigures, serious: int, volunteers: dict[str, int], as_of: date | None
) -> None:
    parts = summary_parts(found(visits, serious, **volunteers), as_of)
    assert list(parts) == [fact for facts in SUMMARY for fact in facts]
    for words in parts.values():
        assert words.endswith(".")
        assert words[0].isupper() or words[0].isdigit()
        assert "  " not in words
    assert ("100%" in parts["share"]) == (0 < visits.completed == visits.scheduled)
    assert "1 visits" not in " ".join(parts.values())
    for one in ("no visits was", "one visits", "one volunteers", "Nobody were"):
        assert one not in " ".join(parts.values())


def test_amounts_shares_and_times_in_words() -> None:
    assert [amount_in_words(days, "day") for days in (0, 1, 1.04, 2.5, 1200)] == [
        "0 days",
        "1 day",
        "1 day",
        "2.5 days",
        "1,200 days",
    ]
    assert [times_in_words(n) for n in (1, 2, 3)] == ["once", "twice", "three times"]
    assert [share_in_words(16, 17), share_in_words(0, 0)] == ["16 of 17 (94%)", "0 of 0"]
    assert share_in_words(16, 17, "visits") == "16 of 17 visits (94%)"
