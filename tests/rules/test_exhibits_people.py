"""What the exhibits of people in custody, findings, replies and visitors say, in good periods and bad."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits import Exhibit, Hidden, Share
from icv.rules.exhibits.hiding import grid_shown, parts_shown
from icv.rules.figures import (
    DetaineeFigures,
    EntryFigures,
    Figures,
    FindingFigures,
    Membership,
    TeamFigures,
    VisitFigures,
    VolunteerFigures,
    definitions,
)
from icv.rules.figures.answers import Answers, Found, Place, Replies, Reply, age_in_words
from icv.rules.figures.detained import Detained, First, Met
from icv.rules.figures.door import Door
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.people import Recruitment, RoundFunnel, Visitors, bands
from icv.rules.funnel import Taken, Way, funnel
from icv.rules.report import Group, WhyNotSeen
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from tests.rules.test_exhibits_visits import MAY, made, of_may, rows

FEW = Hidden.FEW
MINE = ("detained", "entry", "findings", "replies", "visitors", "recruitment")


def of(figures: Mapping[str, Any] | None = None, **more: Any) -> PanelFigures:
    return of_may(now=Figures(MAY, **{"visits": VisitFigures(undertaken=17), **(figures or {})}), **more)


def keys(exhibit: Exhibit) -> list[str]:
    return [table.key for table in exhibit.tables]


def test_a_period_with_nothing_in_it_says_so_and_shows_no_empty_table() -> None:
    nothing = of_may()
    assert [made(key, nothing).words for key in MINE] == [
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
    assert [(keys(made(key, nothing)), made(key, nothing).drawings) for key in MINE] == [([], ())] * 6


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


def members(**teams: tuple[int, int, int]) -> VolunteerFigures:
    return VolunteerFigures(tuple(TeamFigures(team, Membership(*numbers)) for team, numbers in teams.items()))


def test_visitors_are_told_as_a_flow() -> None:
    exhibit = made("visitors", of({"volunteers": members(North=(16, 1, 0), South=(2, 0, 2))}))
    assert exhibit.words == (
        "Eighteen visitors were in office when the period began; one joined and two left, which makes"
        " seventeen at its end.",
    )
    assert rows(exhibit, "visitors-flow")["All visitors"] == (18, 1, 2, 17)
    assert exhibit.drawings[0].points == (("North", 16, 1, 0, 17), ("South", 2, 0, 2, 0))
    still = made("visitors", of({"volunteers": members(North=(1, 0, 0))}))
    assert still.words == (
        "One visitor was in office when the period began; nobody joined or left, which makes one at its end.",
    )
    assert [point[0] for point in still.drawings[0].points] == ["North"]


def test_a_reason_for_leaving_that_few_share_is_not_shown_in_its_words() -> None:
    reasons = {"moved away": 9, "Fell out with Sam": 1, "": 8}
    found = of({"volunteers": members(North=(20, 0, 18))}, visitors=Visitors(reasons))
    assert rows(made("visitors", found), "visitors-left") == {
        "Moved away": (9,),
        "Another reason": (FEW,),
        "No reason on record": (FEW,),
        "Left": (18,),
    }
    alone = of({"volunteers": members(North=(2, 0, 1))}, visitors=Visitors({"Fell out with Sam": 1}))
    assert "visitors-left" not in keys(made("visitors", alone))


def test_a_reason_worded_like_a_row_of_the_table_is_not_lost() -> None:
    reasons = {"another reason": 6, "moved away": 5}
    found = of({"volunteers": members(North=(20, 0, 11))}, visitors=Visitors(reasons))
    assert rows(made("visitors", found), "visitors-left") == {
        "Moved away": (5,),
        "Another reason": (6,),
        "Left": (11,),
    }


def test_visits_a_year_fall_into_the_bands_of_the_scheme() -> None:
    assert [band.words for band in bands(Choices())] == ["None", "1 to 5", "6 to 11", "12 or more"]
    assert [band.words for band in bands(Choices(least_visits_a_year=1, expected_visits_a_year=2))] == [
        "None",
        "1",
        "2 or more",
    ]


@given(st.integers(0, 40), st.integers(0, 60), st.integers(0, 60))
def test_every_number_of_visits_is_in_one_band(visits: int, least: int, expected: int) -> None:
    choices = Choices(least_visits_a_year=least, expected_visits_a_year=expected)
    assert sum(visits in band for band in bands(choices)) == 1


def test_where_visits_name_no_visitors_nothing_is_said_of_how_often_they_went() -> None:
    found = of({"volunteers": members(North=(20, 0, 0))}, visitors=Visitors(visits={0: 20}))
    assert "visitors-visits" not in keys(made("visitors", found))
    some = of({"volunteers": members(North=(20, 0, 0))}, visitors=Visitors(visits={0: 8, 7: 12}))
    assert rows(made("visitors", some), "visitors-visits")["6 to 11"] == (12,)


def test_a_round_is_told_beside_the_one_before() -> None:
    there, gone = Way((Taken(Stage.APPLIED, MAY.first),)), Way((Taken(Stage.APPLIED), Taken(Stage.WITHDRAWN)))
    rounds = Recruitment(
        RoundFunnel("Spring", funnel([there, there, gone])), RoundFunnel("Autumn", funnel([there]))
    )
    exhibit = made("recruitment", of(recruitment=rounds))
    assert exhibit.words == (
        "The latest round, Spring, received three applications up to the end of the period.",
        "Two people were on the way then, nobody had been appointed, and one person had withdrawn"
        " or been turned down.",
    )
    assert rows(exhibit, "recruitment")["Received"] == (3, 2, 1, 0, None)
    assert rows(exhibit, "recruitment")["Appointed"] == (0, 0, 0, None, None)
    assert keys(exhibit) == ["recruitment", "recruitment-before"]


def test_every_figure_an_exhibit_shows_is_defined() -> None:
    doors, groups = (Door("North", 9),), dict.fromkeys(Group, 5)
    first = {First.CHILD: Met(9, 9), First.VULNERABLE: Met(9, 9)}
    figures = {
        "detainees": DetaineeFigures(30, offered=20, accepted=10, declined=10),
        "findings": FindingFigures(by_category={"welfare": 9}),
        "volunteers": members(North=(20, 0, 6)),
    }
    found = of(
        figures,
        doors=doors,
        detained=Detained({WhyNotSeen.ASLEEP: 9}, first, groups),
        found=Found(
            {"North": 9}, {"welfare": {Place.CLOSED: 9}}, {"x": 1}, {"Under 2 weeks": {Place.REPLIED: 1}}
        ),
        answers=Answers(whole=Replies({Reply.LATE: 1})),
        visitors=Visitors({"Moved": 6}, {1: 20}),
        recruitment=Recruitment(RoundFunnel("Spring", funnel([]))),
    )
    tables = [table for key in MINE for table in made(key, found).tables]
    assert len(tables) == len({table.key for table in tables}) == 19
    assert all(table.said and set(table.said) <= definitions(Choices()).keys() for table in tables)


NUMBERS = st.integers(0, 12)


@given(st.lists(NUMBERS, max_size=8), st.integers(0, 6))
def test_no_small_part_is_shown_and_none_alone_is_hidden(numbers: list[int], threshold: int) -> None:
    parts = dict(enumerate(numbers))
    cells = parts_shown(parts, threshold)
    assert list(cells) == list(parts)
    assert all(
        cell is FEW or (cell == parts[key] and not 1 <= parts[key] <= threshold)
        for key, cell in cells.items()
    )
    assert len(parts) == 1 or sum(cell is FEW for cell in cells.values()) != 1


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(0, 6))
def test_a_grid_keeps_its_lines_with_their_sums(lines: list[list[int]], threshold: int) -> None:
    cells, total = grid_shown(dict(enumerate(lines)), threshold)
    assert total[-1] == sum(map(sum, lines))
    for number, line in enumerate(lines):
        for cell, count in zip(cells[number], (*line, sum(line)), strict=True):
            assert cell is FEW or cell == count
