"""What the exhibits of visits say in words: only what is true, and that nothing is known where it is not."""

import dataclasses
from datetime import date

import pytest

from icv.rules.days import Period
from icv.rules.exhibits import Share
from icv.rules.exhibits.made import spread_of
from icv.rules.figures.headline import Strands
from icv.rules.figures.weeks import Step
from icv.rules.scheme import Choices
from icv.rules.visits import Mode, Outcome, VisitKind
from tests.rules.exhibits import APRIL, LAST_MAY, MAY, headline, made, of_may, rows, suite


@pytest.mark.parametrize(
    ("completed", "scheduled", "said"),
    [
        (17, 17, "All seventeen scheduled visits were completed."),
        (1, 1, "The only scheduled visit was completed."),
        (0, 3, "None of 3 scheduled visits was completed."),
        (1, 4, "1 of 4 scheduled visits was completed (25%)."),
        (999, 1000, "999 of 1,000 scheduled visits were completed (99%)."),
        (0, 0, "No scheduled visit was due in the period, so there is no share to tell."),
    ],
)
def test_the_share_is_told_with_its_whole(completed: int, scheduled: int, said: str) -> None:
    assert made("completion", of_may(suite("North", scheduled, completed))).words[0] == said


@pytest.mark.parametrize(
    ("completed", "said"), [(19, "was met"), (18, "was not met"), (20, "was met"), (0, "was not met")]
)
def test_a_target_is_met_from_its_very_share_on(completed: int, said: str) -> None:
    found = of_may(suite("North", 20, completed), choices=Choices(target_percent=95))
    completion = made("completion", found)
    assert f"The scheme’s target of 95% {said}." in completion.words
    assert [drawing.aim for drawing in completion.drawings] == [95]


def test_the_lowest_share_is_told_where_suites_differ() -> None:
    north, south, west = suite("North", 4, 4), suite("South", 4, 3), suite("West", 8, 6)
    assert (
        "The lowest share, 9 of 12 (75%), was at South and West."
        in made("completion", of_may(north, south, west)).words
    )
    assert not any("lowest" in said for said in made("completion", of_may(south, west)).words)
    assert not any("lowest" in said for said in made("completion", of_may(north)).words)


def test_reasons_are_told_in_words_and_add_up() -> None:
    why = {Outcome.MISSED: 1, Outcome.CANCELLED: 2, None: 1, Outcome.NO_ACCESS: 1}
    found = of_may(suite("North", 9, 4), share=Step(MAY, 9, 4, 0, why))
    completion = made("completion", found)
    assert completion.words[1] == (
        "Of those not completed, one did not happen, two were cancelled once the week had begun, one has no"
        " report yet and one was refused entry."
    )
    reasons = rows(completion, "not-completed")
    assert reasons.pop("Not completed") == (5,)
    assert sum(cells[0] for cells in reasons.values()) == 5


@pytest.mark.parametrize(
    ("scheduled", "completed", "why", "said"),
    [
        (1, 0, None, "The only scheduled visit was not completed. The visit has no report yet."),
        (
            2,
            1,
            Outcome.MISSED,
            "1 of 2 scheduled visits was completed (50%). The one not completed did not happen.",
        ),
        (2, 2, None, "Both scheduled visits were completed."),
    ],
)
def test_one_and_two_are_told_as_one_would(
    scheduled: int, completed: int, why: Outcome | None, said: str
) -> None:
    reasons = {why: scheduled - completed} if scheduled > completed else {}
    found = of_may(suite("North", scheduled, completed), share=Step(MAY, scheduled, completed, 0, reasons))
    assert " ".join(made("completion", found).words) == said


def test_what_is_not_over_is_told_as_of_so_far() -> None:
    found = of_may(suite("North", 3, 3), visits={"not_yet_due": 2}, choices=Choices(target_percent=95))
    assert " ".join(made("completion", found).words) == (
        "All three scheduled visits due so far were completed. The scheme’s target of 95% is met so far."
        " Two scheduled visits are not yet due."
    )


def test_teams_are_told_apart_where_there_are_several_and_add_up_to_all() -> None:
    suites = (suite("A", 4, 4, team="East"), suite("B", 3, 1, team="East"), suite("C", 2, 2))
    assert rows(made("completion", of_may(*suites)), "completion-by-team") == {
        "East": (Share(5, 7),),
        "No team": (Share(2, 2),),
        "All teams": (Share(7, 9),),
    }
    assert len(made("completion", of_may(*suites[:2])).tables) == 2


def test_a_suite_that_was_closed_all_along_is_not_told_of() -> None:
    found = of_may(suite("Open"), suite("Closed", was_open=False))
    for key, table in (("completion", "completion-by-suite"), ("spread", "spread-suites")):
        assert set(rows(made(key, found), table)) == {"Open", "All suites"}


def test_so_many_suites_are_drawn_by_their_teams() -> None:
    suites = [suite(f"Suite {number:02}", 1, 1, team=f"Team {number % 3}") for number in range(41)]
    assert [drawing.table for drawing in made("completion", of_may(*suites)).drawings] == [
        "completion-by-team"
    ]
    assert [drawing.table for drawing in made("completion", of_may(*suites[:40])).drawings] == [
        "completion-by-suite"
    ]


NIGHT, SUNDAY_NOON, MONDAY_NOON = (2, 4), (6, 1), (0, 1)


def test_every_suite_is_said_to_be_visited_at_night_only_when_true() -> None:
    north = suite("North", arrivals={NIGHT: 1, SUNDAY_NOON: 1})
    south, lacking = suite("South", arrivals={NIGHT: 2, (5, 0): 1}), suite("West", arrivals={MONDAY_NOON: 3})
    said = made("spread", of_may(north, south)).words
    assert "Every suite was visited at night at least once." in said
    assert "Every suite was visited at the weekend at least once." in said
    said = made("spread", of_may(north, south, lacking)).words
    assert "West had no visit at night." in said
    assert not any("Every suite" in sentence for sentence in said)
    said = made("spread", of_may(north, dataclasses.replace(lacking, untimed=1))).words
    assert "West had no known visit at night." in said
    assert "The time of one visit is not known: what is said here is of the others." in said


def test_days_that_nobody_came_on_are_named() -> None:
    all_but = suite("North", arrivals={(day, 0): 1 for day in (0, 1, 2, 3, 5)})
    assert made("spread", of_may(all_but)).words[0] == "No visit was made on a Friday or Sunday."
    assert made("spread", of_may(suite("North", arrivals={NIGHT: 1}))).words[0] == (
        "Visits were made only on a Wednesday."
    )


def test_visits_at_unknown_times_are_counted_and_no_more_is_said() -> None:
    spread = made("spread", of_may(suite("North", untimed=4)))
    assert spread.words == ("Four visits were made, at times that are not on record.",)
    assert rows(spread, "spread-all")["Time not known"][-1] == 4
    assert rows(spread, "spread-all")["All days"][-1] == 4
    assert made("spread", of_may(suite("North"))).words == ("No visit was made in the period.",)


def test_the_week_of_each_suite_is_shown_of_a_few_and_of_those_asked_for() -> None:
    suites = [suite(f"Suite {number}", arrivals={NIGHT: 1}) for number in range(7)]
    assert len(made("spread", of_may(*suites[:6])).drawings) == 7
    assert len(made("spread", of_may(*suites)).drawings) == 1
    chosen = spread_of(of_may(*suites), {"Suite 4"})
    assert [drawing.table for drawing in chosen.drawings] == ["spread-all", "spread-5"]
    assert chosen.tables[-1].caption.endswith("Suite 4")
    assert spread_of(of_may(*suites), {"nowhere"}).tables[-1].key == "spread-suites"


def test_a_week_of_other_bands_is_told_by_its_own_parts() -> None:
    whole_day = Choices(bands=(Choices().bands[0],))
    found = of_may(
        suite("North", arrivals={(0, 0): 1}), suite("South", arrivals={(1, 0): 1}), choices=whole_day
    )
    assert not any("night" in said for said in made("spread", found).words)
    assert list(rows(made("spread", found), "spread-parts")) == ["All times"]


def test_what_is_not_on_record_is_not_nought() -> None:
    nothing, year = (
        headline(Step(period, is_on_record=False), undertaken=None, closing=None)
        for period in (APRIL, LAST_MAY)
    )
    compared = made("compared", of_may(suite("North", 4, 4), before=nothing, year_before=year))
    assert rows(compared, "compared-share")["The period before: April 2026"] == ("no records", None)
    assert rows(compared, "compared-before")["Visits made"] == (0, "no records", None, None)
    assert rows(compared, "compared-before")["Findings raised"] == (0, 0, 0, None)
    assert compared.words == (
        "No visits are on record of April 2026 (the period before) or May 2025 (a year earlier):"
        " nothing can be compared.",
    )


def test_of_a_period_before_all_records_no_counts_are_told() -> None:
    nothing = headline(Step(APRIL, is_on_record=False), undertaken=None, raised=None)
    compared = made("compared", of_may(suite("North", 4, 4), before=nothing))
    assert [table.key for table in compared.tables] == ["compared-share", "compared-year"]
    assert compared.words[0].startswith("No visits are on record of the period before (April 2026)")


def test_a_share_changes_in_points_and_a_count_in_number_and_per_cent() -> None:
    before = headline(Step(APRIL, 10, 9), undertaken=8)
    found = of_may(suite("North", 16, 16, untimed=10), before=before)
    compared = made("compared", found)
    assert rows(compared, "compared-share")["The period before: April 2026"] == (Share(9, 10), 10.0)
    assert rows(compared, "compared-before")["Visits made"] == (10, 8, 2, 25.0)
    assert compared.words[0] == (
        "Against the period before (April 2026), with 90.0% (9 of 10) of scheduled visits completed,"
        " the share is up 10.0 points."
    )
    assert "%" not in compared.words[0].split("share")[-1]


def test_a_period_that_runs_on_is_said_to_be_compared_as_it_stands() -> None:
    compared = made("compared", of_may(suite("North", 2, 1), as_of=date(2026, 5, 20)))
    assert compared.words[0] == "The period is not over: it is compared as it stood on 20 May 2026."


def test_a_single_day_is_told_of_as_a_day() -> None:
    found = of_may(suite("North", 3, 2), before=headline(Step(Period(APRIL.last, APRIL.last))))
    assert made("compared", found).words[0] == (
        "On 30 April 2026 (the period before) no visits were scheduled and due: the share cannot be compared"
        " with it."
    )


def test_a_definition_that_changed_is_said_under_the_comparison() -> None:
    other = Step(APRIL, 4, 4, counts_as_completed=frozenset({Outcome.NO_ACCESS, Outcome.COMPLETED}))
    found = of_may(suite("North", 4, 4), before=headline(other))
    assert "judged by its own" in made("compared", found).tables[0].note
    assert made("compared", of_may(suite("North", 4, 4))).tables[0].note == ""


def test_the_trend_has_no_total_where_its_steps_are_judged_otherwise_than_the_whole() -> None:
    halves = Period(MAY.first, date(2026, 5, 15)), Period(date(2026, 5, 16), MAY.last)
    same = tuple(Step(half, 2, 1) for half in halves)
    other = (same[0], dataclasses.replace(same[1], completed=2, counts_as_completed=frozenset(Outcome)))
    told = made("trend", of_may(suite("North", 4, 2), steps=same)).tables[0]
    assert (told.total.cells if told.total else None, told.note) == ((Share(2, 4),), "")
    told = made("trend", of_may(suite("North", 4, 2), steps=other)).tables[0]
    assert told.total is None
    assert "changed" in told.note


def test_modes_are_told_with_their_outcomes() -> None:
    by_mode = {Mode.IN_PERSON: 2, Mode.TELEPHONE: 1, Mode.VIDEO: 0}
    outcomes = {(Mode.IN_PERSON, Outcome.COMPLETED): 1, (Mode.IN_PERSON, Outcome.NO_ACCESS): 1}
    outcomes[Mode.TELEPHONE, Outcome.COMPLETED] = 1
    told = made(
        "modes",
        of_may(visits={"undertaken": 2, "no_access": 1, "by_mode": by_mode, "by_mode_and_outcome": outcomes}),
    )
    assert told.words == ("Three visits were attempted: two in person and one by telephone.",)
    assert rows(told, "modes")["In person"] == (1, 0, 1, 0, Share(2, 3))
    assert rows(told, "modes")["All modes"] == (2, 0, 1, 0, Share(3, 3))


def test_strands_are_told_beside_each_other_and_never_added() -> None:
    counts = {VisitKind.TERRORISM: 1, VisitKind.RECORD_REVIEW: 2, VisitKind.DOG_WELFARE: 0}
    strands = Strands(dict.fromkeys(Mode, 3), counts, {VisitKind.RECORD_REVIEW: 40, VisitKind.DOG_WELFARE: 0})
    told = made("strands", of_may(headline=headline(Step(MAY), strands=strands)))
    assert [table.total for table in told.tables] == [None]
    assert rows(told, "strands")["Record reviews"][:2] == (2, "40 records")
    assert "Dog-welfare visits" not in rows(told, "strands")
    assert told.words == (
        "One visit to a terrorism detainee besides the custody visits.",
        "Two record reviews, forty records.",
    )
