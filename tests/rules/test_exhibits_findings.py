"""Exhibits of findings and of the replies to them."""

from icv.rules.exhibits import Share
from icv.rules.figures import (
    FindingFigures,
)
from icv.rules.figures.answers import Answers, Found, Place, Replies, Reply, age_in_words
from tests.rules.exhibits import FEW, MAY, keys, made, of, rows


def test_findings_are_told_with_what_was_put_right() -> None:
    categories = {
        "welfare": {Place.PUT_RIGHT: 6, Place.CLOSED: 6},
        "medical": {Place.PUT_RIGHT: 6, Place.CLOSED: 6},
    }
    found = Found({"North": 24}, categories, {"strip search": 2}, {"Over 6 months": {Place.WITH_POLICE: 1}})
    figures = FindingFigures(serious=1, resolved_at_visit=12, by_category={"welfare": 12, "medical": 12})
    exhibit = made("findings", of({"findings": figures}, found=found))
    assert exhibit.words == (
        "Twenty-four findings were raised, one of them serious.",
        "12 of 24 (50%) were put right during the visit.",
        "One finding raised by the end of the period is still open.",
    )
    by_category = rows(exhibit, "findings-by-category")
    assert list(by_category) == ["Medical", "Welfare", "All findings"]
    assert by_category["All findings"] == (12, 0, 0, 0, 0, 12, 24)
    assert rows(exhibit, "findings-by-theme") == {"Strip search": (FEW,)}
    assert rows(exhibit, "findings-by-age")["All open findings"] == (0, 1, 0, 1)
    assert exhibit.drawings[0].points[0] == ("Over 6 months", 0, 1, 0)


def test_categories_stand_alone_where_a_place_has_few_findings() -> None:
    categories = {"welfare": {Place.PUT_RIGHT: 6, Place.WITH_POLICE: 1}, "medical": {Place.PUT_RIGHT: 9}}
    figures = FindingFigures(resolved_at_visit=15, by_category={"welfare": 7, "medical": 9})
    exhibit = made("findings", of({"findings": figures}, found=Found({"North": 16}, categories)))
    assert rows(exhibit, "findings-by-place")["With the police"] == (Share(1, 16),)
    assert rows(exhibit, "findings-by-category") == {"Medical": (9,), "Welfare": (7,), "All findings": (16,)}


def test_categories_of_which_all_are_few_are_not_shown_and_that_is_said() -> None:
    categories = {"welfare": {Place.PUT_RIGHT: 2, Place.WITH_POLICE: 1}}
    figures = FindingFigures(resolved_at_visit=2, by_category={"welfare": 3})
    exhibit = made("findings", of({"findings": figures}, found=Found({"North": 3}, categories)))
    assert exhibit.words[:3] == (
        "Three findings were raised, none of them serious.",
        "2 of 3 (67%) were put right during the visit.",
        "What they were about is not shown: the numbers are too small.",
    )
    assert "findings-by-category" not in keys(exhibit)


def test_one_finding_is_told_as_one() -> None:
    found = {"found": Found({"North": 1}, {"welfare": {Place.PUT_RIGHT: 1}})}
    figures = FindingFigures(resolved_at_visit=1, by_category={"welfare": 1})
    assert made("findings", of({"findings": figures}, **found)).words[:2] == (
        "One finding was raised, not a serious one.",
        "1 of 1 (100%) was put right during the visit.",
    )
    figures = FindingFigures(serious=1, by_category={"welfare": 1})
    words = made("findings", of({"findings": figures}, **found)).words
    assert words[0] == "One finding was raised, a serious one."


def test_categories_that_differ_by_a_capital_letter_are_added() -> None:
    """Files that were imported may write one in both ways."""
    categories = {"welfare": {Place.CLOSED: 9}, "Welfare": {Place.CLOSED: 6}}
    figures = FindingFigures(by_category={"welfare": 9, "Welfare": 6})
    exhibit = made("findings", of({"findings": figures}, found=Found({"North": 15}, categories)))
    assert rows(exhibit, "findings-by-category") == {
        "Welfare": (0, 0, 0, 0, 0, 15, 15),
        "All findings": (0, 0, 0, 0, 0, 15, 15),
    }


def test_the_age_of_a_finding_is_that_of_the_day_of_counting() -> None:
    assert [age_in_words(MAY.first, day) for day in (MAY.first, MAY.last, MAY.first.replace(year=2027))] == [
        "Under 2 weeks",
        "1 to 3 months",
        "Over 6 months",
    ]


def test_replies_are_judged_by_those_that_can_be() -> None:
    whole = Replies({Reply.IN_TIME: 3, Reply.LATE: 1, Reply.OVERDUE: 1, Reply.TO_COME: 2}, 1, 6.0)
    serious = Replies({Reply.IN_TIME: 1})
    others = Replies({Reply.IN_TIME: 2, Reply.LATE: 1, Reply.OVERDUE: 1, Reply.TO_COME: 2}, 1, 6.0)
    before = Replies({Reply.IN_TIME: 1, Reply.LATE: 1})
    exhibit = made("replies", of(answers=Answers(serious, others, whole, before, closed=1)))
    assert exhibit.words == (
        "3 of 5 replies due (60%) came in time; in the period before, 1 of 2 (50%) did.",
        "The median reply took 6 days.",
        "The only reply to serious findings came in time.",
        "One reply was late.",
        "One reply is overdue.",
        "One reply had to be asked for higher up.",
        "One finding put to the police was closed in the period.",
    )
    assert rows(exhibit, "replies") == {
        "Serious": (Share(1, 1), 0, None),
        "Others": (Share(2, 4), 1, 6.0),
        "All": (Share(3, 5), 1, 6.0),
    }
    assert rows(exhibit, "replies-became") == {
        "In time": (1, 2, 3),
        "Late": (0, 1, 1),
        "Overdue": (0, 1, 1),
        "Closed without a reply": (0, 0, 0),
        "May still come in time": (0, 2, 2),
        "Due": (1, 6, 7),
    }


def test_no_reply_in_time_is_said_in_words() -> None:
    none = Replies({Reply.OVERDUE: 3})
    words = made("replies", of(answers=Answers(serious=none, whole=none))).words
    assert words[:2] == (
        "None of 3 replies due came in time.",
        "None of 3 replies to serious findings came in time.",
    )


def test_replies_that_may_all_still_come_are_no_failure() -> None:
    to_come = Replies({Reply.TO_COME: 1})
    exhibit = made("replies", of(answers=Answers(others=to_come, whole=to_come)))
    assert exhibit.words[0] == "One reply was due in the period, and may still come in time."
    assert rows(exhibit, "replies") == {"Others": (Share(0, 0), 0, None), "All": (Share(0, 0), 0, None)}
