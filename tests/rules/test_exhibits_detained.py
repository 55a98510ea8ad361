"""Exhibits of those in custody and of the wait at the door: they add up, and hide what few share."""

from itertools import product
from typing import Any

import pytest

from icv.rules.exhibits import Share
from icv.rules.figures import (
    DetaineeFigures,
    EntryFigures,
)
from icv.rules.figures.detained import Detained, First, Met
from icv.rules.figures.door import Door
from icv.rules.report import AGES, SEXES, Group, WhyNotSeen
from icv.rules.scheme import Choices
from tests.rules.exhibits import FEW, TOLD_OF_PEOPLE, keys, made, of, of_may, rows


def test_a_period_with_nothing_in_it_says_so_and_shows_no_empty_table() -> None:
    nothing = of_may()
    assert [made(key, nothing).words for key in TOLD_OF_PEOPLE] == [
        ("No visits were attempted in the period, so nobody in custody was counted.",),
        ("No visits were attempted in the period, so there is nothing to say of entry.",),
        (
            "No findings were raised in the period.",
            "No finding raised by the end of the period is still open.",
        ),
        (
            "No replies from the police were due in the period.",
            "No findings put to the police were closed in the period.",
        ),
        ("No visitors were in office in the period.",),
        ("No recruitment round had begun by the end of the period.",),
    ]
    assert [(keys(made(key, nothing)), made(key, nothing).drawings) for key in TOLD_OF_PEOPLE] == [
        ([], ())
    ] * 6


def test_what_became_of_those_in_custody_adds_up_also_where_the_records_do_not() -> None:
    detainees = DetaineeFigures(10, offered=7, accepted=4, declined=2, not_available=2, observed_only=2)
    found = rows(made("detained", of({"detainees": detainees})), "detained-became")
    assert found["Not accounted for"] == (-1,)
    assert found["In custody"] == (10,)
    answered = rows(made("detained", of({"detainees": detainees})), "detained-answered")
    assert answered == {
        "Accepted": (Share(4, 7),),
        "Declined": (Share(2, 7),),
        "Not accounted for": (1,),
        "Offered a visit": (7,),
    }


def test_reasons_and_what_is_not_on_record_are_all_who_were_not_seen() -> None:
    detainees = DetaineeFigures(60, offered=40, accepted=20, declined=20, not_available=20)
    reasons = {WhyNotSeen.ASLEEP: 12, WhyNotSeen.SOLICITOR: 8}
    exhibit = made("detained", of({"detainees": detainees}, detained=Detained(reasons)))
    assert rows(exhibit, "not-seen") == {
        "Asleep": (12,),
        "With a solicitor": (8,),
        "Not on record": (20,),
        "Not seen": (40,),
    }
    assert exhibit.words == (
        "40 of 60 people in custody (67%) were offered a visit, and 20 of 40 (50%) of those accepted.",
        "40 people in custody accepted no visit; why is on record for 20 of them.",
        "The most frequent reason was: asleep (12).",
    )


def test_a_reason_that_few_had_is_hidden_and_so_is_who_had_most() -> None:
    detainees = DetaineeFigures(60, offered=20, accepted=20, not_available=40)
    reasons = {WhyNotSeen.ASLEEP: 12, WhyNotSeen.SOLICITOR: 5, WhyNotSeen.REFUSED_BY_POLICE: 1}
    exhibit = made("detained", of({"detainees": detainees}, detained=Detained(reasons)))
    assert rows(exhibit, "not-seen") == {
        "Asleep": (12,),
        "With a solicitor": (FEW,),
        "The police refused": (FEW,),
        "Not on record": (22,),
        "Not seen": (40,),
    }
    assert not any("most frequent" in words for words in exhibit.words)


def test_a_table_that_would_hide_all_it_knows_is_not_shown_nor_how_much_it_knows() -> None:
    detainees = DetaineeFigures(60, offered=20, accepted=20, not_available=40)
    reasons = {WhyNotSeen.REFUSED_BY_POLICE: 1}
    exhibit = made("detained", of({"detainees": detainees}, detained=Detained(reasons)))
    assert "not-seen" not in keys(exhibit)
    assert exhibit.words[1] == ("40 people in custody accepted no visit; why is on record for some of them.")


def test_more_reasons_than_people_who_accepted_nothing_are_all_counted() -> None:
    reasons = {WhyNotSeen.ASLEEP: 12}
    found = of({"detainees": DetaineeFigures(5, offered=5, accepted=5)}, detained=Detained(reasons))
    exhibit = made("detained", found)
    assert rows(exhibit, "not-seen") == {"Asleep": (12,), "Not seen": (12,)}
    assert exhibit.words[1] == (
        "Reports give a reason for more people than accepted no visit by the same reports’ counts."
    )


def test_ages_are_shown_where_any_report_splits_them() -> None:
    detainees = DetaineeFigures(60, offered=60, accepted=60)
    groups = {Group.ADULT: 30, Group.OLDER_CHILD: 5, Group.YOUNGER_CHILD: 2}
    exhibit = made("detained", of({"detainees": detainees}, detained=Detained(groups=groups)))
    assert "sexes" not in keys(exhibit)
    assert rows(exhibit, "ages") == {
        "Adults": (30,),
        "Aged 14 to 17": (FEW,),
        "Aged 10 to 13": (FEW,),
        "Not on record": (23,),
        "In custody": (60,),
    }


def test_what_one_table_hides_of_ages_the_one_of_sexes_does_not_tell() -> None:
    """Reports that split by age split by sex too: how many are in neither is the same number in both."""
    ages = {Group.ADULT: 60, Group.OLDER_CHILD: 25, Group.YOUNGER_CHILD: 3}
    groups = {**ages, Group.MALE: 60, Group.FEMALE: 28}
    detainees = DetaineeFigures(100, offered=100, accepted=100)
    exhibit = made("detained", of({"detainees": detainees}, detained=Detained(groups=groups)))
    assert rows(exhibit, "sexes")["Not on record"] == rows(exhibit, "ages")["Not on record"] == (12,)
    hidden = [name for name, cells in rows(exhibit, "ages").items() if cells == (FEW,)]
    assert hidden == ["Aged 14 to 17", "Aged 10 to 13"]


def test_no_small_group_is_worked_out_of_both_tables_where_few_are_not_on_record() -> None:
    """By whoever knows that as many are in no group of the one table as in none of the other."""
    worlds: dict[str, dict[tuple[Any, ...], dict[int, list[tuple[int, ...]]]]] = {"ages": {}, "sexes": {}}
    for key, groups in (("ages", AGES), ("sexes", SEXES)):
        for numbers in product(range(9), repeat=3):
            if (unknown := 8 - sum(numbers)) >= 0:
                published = published_of(key, dict(zip(groups, numbers, strict=True)), 8)
                assert {(1,), (2,)}.isdisjoint(published), (numbers, unknown)
                worlds[key].setdefault(published, {}).setdefault(unknown, []).append(numbers)
    for one, other in (("ages", "sexes"), ("sexes", "ages")):
        for (published, by), (_, beside) in product(worlds[one].items(), worlds[other].items()):
            could_be = [numbers for unknown in by.keys() & beside.keys() for numbers in by[unknown]]
            for at, cell in enumerate(published[:3]):
                values = {numbers[at] for numbers in could_be} if cell == (FEW,) else set()
                assert values not in ({1}, {2}), (published, could_be)


def published_of(key: str, groups: dict[Group, int], in_custody: int) -> tuple[Any, ...]:
    choices = Choices(suppression_threshold=2)
    figures = {"detainees": DetaineeFigures(in_custody, offered=in_custody, accepted=in_custody)}
    exhibit = made("detained", of(figures, detained=Detained(groups=groups), choices=choices))
    return tuple(rows(exhibit, key).values()) if key in keys(exhibit) else ()


@pytest.mark.parametrize(("children", "is_shown"), [(2, False), (5, True)])
def test_those_who_come_first_are_counted_unless_they_are_few(children: int, is_shown: bool) -> None:
    first = {First.CHILD: Met(children, 0), First.VULNERABLE: Met(0, 0)}
    exhibit = made(
        "detained", of({"detainees": DetaineeFigures(30, offered=30)}, detained=Detained(first=first))
    )
    assert ("seen-first" in keys(exhibit)) is is_shown


def test_waits_are_told_with_the_visits_of_which_they_are_known() -> None:
    doors = (Door("North", 9, 1, 1, 0, 0), Door("South", 4, 0, 0, 1, 1, no_access=1))
    exhibit = made("entry", of({"entry": EntryFigures(2, 2.5)}, doors=doors))
    assert exhibit.words == (
        "The median wait at the door was 2.5 minutes; how long it was is known of 16 of 17 visits (94%).",
        "Visitors waited for more than ten minutes at 2 of 16 visits (13%).",
        "Visitors were refused entry once.",
    )
    assert rows(exhibit, "entry-suites") == {
        "North": (Share(1, 11), 0, 0),
        "South": (Share(1, 5), 1, 1),
        "All suites": (Share(2, 16), 1, 1),
    }


def test_entry_at_once_everywhere_is_said() -> None:
    exhibit = made("entry", of({"entry": EntryFigures(0, 1.0)}, doors=(Door("North", 9),)))
    assert exhibit.words == (
        "The median wait at the door was 1 minute.",
        "Nobody waited for more than ten minutes.",
        "Nobody was refused entry.",
    )
    nothing_known = made("entry", of(doors=(Door("North", unknown=3),)))
    assert nothing_known.words[0] == "How long visitors waited at the door is not on record."
