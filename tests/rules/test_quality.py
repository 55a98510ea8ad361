"""The quality binder's rules: what the data say, whose word counts, and how far up the levels all is met."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.exhibits import Share
from icv.rules.figures import definitions
from icv.rules.quality import (
    BEGINNING,
    SAID,
    Evidence,
    Level,
    PeriodEvidence,
    Shown,
    Standing,
    SuiteSpread,
    Verdict,
    by_level,
    contradicts,
    needs_note,
    pasted,
    reached,
    reached_in_words,
    shown,
    standing,
    told,
)
from icv.rules.scheme import Choices

NOTHING = PeriodEvidence(
    period=Period(date(2025, 3, 1), date(2026, 2, 28)),
    completed=Share(0, 0),
    not_yet_due=0,
    suites=(),
    has_night=True,
    trained=Share(0, 0),
    reviewed=Share(0, 0),
    answered=Share(0, 0),
    papers=0,
    publishes_statistics=False,
)
KEYHAM = SuiteSpread("Keyham Lane", Share(30, 35), weekends=4, nights=2)
EUSTON = SuiteSpread("Euston Street", Share(20, 35), weekends=1, nights=0)


def said(evidence: Evidence, at_least: int, **more: object) -> Shown:
    found = shown(evidence, at_least, replace(NOTHING, **more))  # type: ignore[arg-type]
    assert found is not None
    return found


def is_enough(answer: bool | None) -> Shown:
    return Shown(Evidence.TRAINING, "", answer, ())


# -- what the data say


def test_a_share_is_said_with_what_is_asked_for() -> None:
    found = said(Evidence.VISITS_AGAINST_PLAN, 90, completed=Share(16, 17))
    assert found.sentence == "94.1% (16 of 17) of scheduled visits were completed; at least 90% asked for."
    assert found.is_enough is True
    assert said(Evidence.VISITS_AGAINST_PLAN, 95, completed=Share(16, 17)).is_enough is False


def test_a_share_that_only_rounds_up_is_not_enough() -> None:
    found = said(Evidence.FINDINGS_ANSWERED, 95, answered=Share(1899, 2000))
    assert found.is_enough is False
    assert found.sentence.startswith("Just under 95.0% (1,899 of 2,000)")


@pytest.mark.parametrize("evidence", [one for one in Evidence if one.is_share])
def test_nothing_on_record_can_say_nothing(evidence: Evidence) -> None:
    found = said(evidence, 1)
    assert found.is_enough is None
    assert found.sentence.startswith("It cannot be said: ")


def test_visits_to_come_are_spoken_of() -> None:
    found = said(Evidence.VISITS_AGAINST_PLAN, 90, completed=Share(1, 1), not_yet_due=2)
    assert found.sentence.endswith(" Two visits of the period are not yet due.")


def test_spread_needs_a_weekend_and_a_night_at_every_suite() -> None:
    found = said(Evidence.SPREAD, 60, suites=(EUSTON, KEYHAM))
    assert found.sentence == (
        "71.4% (50 of 70) of timeslots were visited; at least 60% asked for. Suites visited: 2 of 2 at a"
        " weekend and 1 of 2 at night (never: Euston Street)."
    )
    assert found.is_enough is False
    assert said(Evidence.SPREAD, 60, suites=(KEYHAM,)).is_enough is True
    without = said(Evidence.SPREAD, 50, suites=(EUSTON,), has_night=False)
    assert (without.is_enough, "night" in without.sentence) == (True, False)


def test_of_many_suites_only_some_are_named() -> None:
    suites = tuple(replace(EUSTON, suite=f"Suite {number}") for number in range(1, 7))
    found = said(Evidence.SPREAD, 50, suites=suites)
    assert "0 of 6 at night (never: Suite 1, Suite 2, Suite 3 and 3 more)" in found.sentence


def test_papers_are_counted_and_publishing_is_said() -> None:
    found = said(Evidence.PAPERS_PUBLISHED, 1, papers=1, publishes_statistics=True)
    assert (
        found.sentence == "1 panel paper frozen; at least 1 asked for. The scheme’s statistics are published."
    )
    assert found.is_enough is True
    assert said(Evidence.PAPERS_PUBLISHED, 1).is_enough is False


def test_every_number_says_what_it_counts() -> None:
    known = definitions(Choices())
    assert set(SAID) == set(Evidence) - {Evidence.NONE}
    assert all(key in known for keys in SAID.values() for key in keys)


# -- whose word


@given(st.sampled_from(Verdict), st.sampled_from([None, is_enough(True), is_enough(False), is_enough(None)]))
def test_a_word_against_the_data_says_so_and_needs_a_note(verdict: Verdict, evidence: Shown | None) -> None:
    stands = standing(verdict, evidence)
    if verdict is Verdict.MET:
        assert stands is Standing.MET
        assert needs_note(verdict, evidence) is (evidence is None or evidence.is_enough is not True)
    if verdict is Verdict.NOT_MET:
        assert stands is Standing.NOT_MET
        assert needs_note(verdict, evidence) is (evidence is not None and evidence.is_enough is True)
    if verdict is Verdict.BY_EVIDENCE:
        assert (stands is Standing.MET) is (evidence is not None and evidence.is_enough is True)
        assert not needs_note(verdict, evidence)
    assert ("the evidence says otherwise" in told(verdict, evidence)) is contradicts(verdict, evidence)


def test_it_is_told_whose_word_it_is() -> None:
    assert told(Verdict.MET, is_enough(False)) == (
        "Met, in the coordinator’s own word; the evidence says otherwise"
    )
    assert told(Verdict.BY_EVIDENCE, is_enough(False)) == "Not met by the evidence"
    assert told(Verdict.BY_EVIDENCE, is_enough(None)) == "Cannot be said from the evidence"
    assert told(Verdict.OPEN, None) == "Not judged yet"


# -- levels

JUDGED = st.lists(st.tuples(st.sampled_from(Level), st.sampled_from(Standing)), max_size=30)


@given(JUDGED)
def test_a_level_is_reached_only_with_every_level_below_it(judged: list[tuple[Level, Standing]]) -> None:
    levels = by_level(judged)
    assert [one.level for one in levels] == list(Level)
    assert sum(one.met.whole for one in levels) == len(judged)
    assert sum(one.met.part for one in levels) == sum(one is Standing.MET for _, one in judged)
    highest = reached(levels)
    up_to = list(Level)[: list(Level).index(highest) + 1] if highest else []
    for level in up_to:
        own = [one for of, one in judged if of is level]
        assert own
        assert set(own) == {Standing.MET}
    assert [one.is_reached for one in levels] == [one.level in up_to for one in levels]


def test_reaching_a_level_is_never_put_as_an_award() -> None:
    met = [(level, Standing.MET) for level in (Level.CODE_COMPLIANT, Level.SILVER)]
    assert reached_in_words(by_level(met)) == (
        "By the scheme’s own judgement, all criteria listed for silver, and for every level below it, are"
        " met."
    )
    assert reached_in_words(by_level([])) == "No criteria are listed yet."
    assert reached_in_words(by_level([(Level.GOLD, Standing.MET)])) == (
        "Not all criteria of the first level, code compliant, are met: none is listed."
    )
    open_one = [*met, (Level.CODE_COMPLIANT, Standing.OPEN)]
    assert reached_in_words(by_level(open_one)).endswith("are met: 1 of 2 is not.")


# -- a pasted list


def test_a_line_is_a_code_a_tab_and_words_or_words_alone() -> None:
    lines = pasted(Level.GOLD, " 1.2 \tVisits  are made\t daily \n\n\tNo code\nOnly words\r\n1.3\t\n")
    assert [(one.code, one.words) for one in lines] == [
        ("1.2", "Visits are made daily"),
        ("", "No code"),
        ("", "Only words"),
        ("", "1.3"),
    ]
    assert {one.level for one in lines} == {Level.GOLD}


def test_a_line_too_long_is_named() -> None:
    with pytest.raises(ValueError, match="Line 2 is longer than 600 characters"):
        pasted(Level.GOLD, "Short\n" + "long " * 200)
    with pytest.raises(ValueError, match="Line 1: the code before the tab"):
        pasted(Level.GOLD, "A sentence instead of a code\twords")


def test_the_beginning_is_short_and_fit_to_be_added() -> None:
    assert len(BEGINNING) <= 12
    assert {one.level for one in BEGINNING} == set(Level)
    assert all((one.at_least is None) is (one.evidence is Evidence.NONE) for one in BEGINNING)
