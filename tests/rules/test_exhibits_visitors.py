"""Exhibits of visitors and of recruitment."""

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.figures.people import Recruitment, RoundFunnel, Visitors, bands
from icv.rules.funnel import Taken, Way, funnel
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from tests.rules.exhibits import FEW, MAY, keys, made, members, of, rows


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
