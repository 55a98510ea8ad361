"""What comes next for a person, stage by stage."""

from datetime import date, timedelta

import pytest

from icv.rules.appraisal import ReviewOutcome
from icv.rules.clearance import Standing, Step, Validity
from icv.rules.due import REVIEW_AHEAD, Act, Due, Needed, joins_on, needed_next, next_due
from icv.rules.progress import Progress
from icv.rules.refereeing import RefereeDays
from icv.rules.scheme import Choices
from icv.rules.stages import GONE, Stage

TODAY = date(2026, 3, 4)
BEGUN = date(2025, 1, 1)
CHOICES = Choices(expiry_warning_days=90, vetting_overdue_days=30)
FULL = {
    "vettings": (Validity(BEGUN, date(2029, 1, 1)),),
    "trainings": (Validity(BEGUN),),
    "terms": (Validity(BEGUN, date(2028, 1, 1)),),
    "agreements": (Validity(BEGUN),),
    "cards": (Validity(BEGUN, date(2030, 1, 1)),),
    "eligibility": (Validity(BEGUN),),
}


def at(stage: Stage, **records: object) -> Standing:
    return Standing(steps=(Step(stage, BEGUN),), **records)  # type: ignore[arg-type]


def needed(standing: Standing, choices: Choices = CHOICES, **record: object) -> Needed | None:
    return needed_next(Progress(standing, **record), TODAY, choices)  # type: ignore[arg-type]


def act(standing: Standing, choices: Choices = CHOICES, **record: object) -> Act | None:
    found = needed(standing, choices, **record)
    return found.act if found else None


def sentence(standing: Standing, choices: Choices = CHOICES, **record: object) -> str:
    found = needed(standing, choices, **record)
    assert found
    return found.sentence


ANSWERED = RefereeDays(asked_on=BEGUN, fails_on=date(2025, 2, 1), answered_on=date(2025, 1, 20))
TWO_ANSWERS = {"referees": (ANSWERED, ANSWERED)}


@pytest.mark.parametrize("stage", [Stage.APPLIED, Stage.INTERVIEWED])
def test_an_application_waits_for_a_decision(stage: Stage) -> None:
    assert act(at(stage)) is Act.MOVE
    assert "or an end to the application" in sentence(at(stage))


def test_nothing_is_asked_of_somebody_who_joins_on_a_day_to_come() -> None:
    joins = TODAY + timedelta(days=40)
    standing = Standing(steps=(Step(Stage.PROBATION, joins),))
    assert needed(standing) is None
    assert joins_on(standing, TODAY) == joins
    assert joins_on(standing, joins) is None
    assert act(Standing()) is Act.MOVE
    assert joins_on(Standing(), TODAY) is None


def test_an_interview_is_noted_before_it_counts() -> None:
    invited = at(Stage.SHORTLISTED)
    assert act(invited) is Act.INTERVIEW
    assert act(invited, interviews=((TODAY + timedelta(days=1), True),)) is Act.INTERVIEW
    assert act(invited, interviews=((BEGUN, True),)) is Act.MOVE
    against = sentence(invited, interviews=((BEGUN, True), (TODAY, False)))
    assert against.startswith("The interview of 4 March 2026 does not recommend them.")


def test_vetting_is_asked_for_then_recorded_then_training_follows() -> None:
    assert sentence(at(Stage.VETTING), **TWO_ANSWERS) == (
        "No vetting on record. Record when it was asked for."
    )
    late = at(Stage.VETTING, vetting_requested_on=TODAY - timedelta(days=31))
    assert "31 days ago, more than the scheme’s 30." in sentence(late, **TWO_ANSWERS)
    assert next_due(late, None, TODAY) == Due("vetting asked for", TODAY - timedelta(days=31))
    assert act(at(Stage.VETTING, vettings=FULL["vettings"]), **TWO_ANSWERS) is Act.MOVE


def test_referees_are_named_asked_awaited_and_asked_again() -> None:
    vetted = at(Stage.VETTING, vettings=FULL["vettings"])
    named, due = RefereeDays(), TODAY + timedelta(days=3)
    asked = RefereeDays(asked_on=BEGUN, fails_on=due)
    assert sentence(vetted) == "No referees named. Name 2 referees more."
    assert sentence(vetted, referees=(named,)) == "0 of 2 references answered. Name 1 referee more."
    assert sentence(vetted, referees=(named, ANSWERED)) == "1 of 2 references answered. Ask 1 referee."
    awaited = needed(vetted, referees=(asked, ANSWERED))
    assert awaited == Needed(
        Act.REFERENCES, "1 of 2 references answered. The next is due by 7 March 2026.", is_waiting=True
    )
    failed = RefereeDays(asked_on=BEGUN, fails_on=TODAY - timedelta(days=1))
    assert "did not answer by 3 March 2026" in sentence(vetted, referees=(failed, ANSWERED))
    assert act(vetted, referees=(failed, ANSWERED, ANSWERED)) is Act.MOVE
    given_up = RefereeDays(asked_on=BEGUN, fails_on=BEGUN, given_up_on=TODAY)
    assert "Name 1 referee more" in sentence(vetted, referees=(given_up, ANSWERED))


def test_what_can_be_done_comes_before_what_is_awaited() -> None:
    waiting = at(Stage.VETTING, vetting_requested_on=TODAY - timedelta(days=3))
    assert act(waiting) is Act.REFERENCES
    asked = RefereeDays(asked_on=BEGUN, fails_on=TODAY)
    awaited = needed(waiting, referees=(asked, asked))
    assert awaited
    assert awaited.is_waiting
    late = at(Stage.VETTING, vetting_requested_on=TODAY - timedelta(days=31))
    assert act(late, referees=(asked, asked)) is Act.VETTING


def test_a_referee_who_did_not_answer_is_spoken_of_before_references_are_required() -> None:
    failed = RefereeDays(asked_on=BEGUN, fails_on=BEGUN)
    assert act(at(Stage.INTERVIEWED), referees=(failed,)) is Act.REFERENCES


def test_what_the_scheme_requires_comes_before_an_appointment() -> None:
    assert act(at(Stage.TRAINING)) is Act.DECLARATION
    declared = {"eligibility": FULL["eligibility"]}
    assert act(at(Stage.TRAINING, **declared)) is Act.VETTING
    assert act(at(Stage.TRAINING, vettings=FULL["vettings"], **declared)) is Act.TRAINING
    assert act(at(Stage.TRAINING, **{**FULL, "agreements": ()})) is Act.AGREEMENT
    assert act(at(Stage.TRAINING, **FULL)) is Act.APPOINT
    assert act(at(Stage.TRAINING), Choices(before_appointment=frozenset())) is Act.APPOINT


def test_in_office_what_forbids_visits_comes_first() -> None:
    ended: dict[str, object] = {"probation_ends_on": TODAY - timedelta(days=1)}
    lapsed = {**FULL, "vettings": (Validity(BEGUN, TODAY - timedelta(days=1)),), "agreements": ()}
    assert act(at(Stage.PROBATION, **lapsed), **ended) is Act.VETTING
    assert act(at(Stage.PROBATION, **{**FULL, "agreements": ()}), **ended) is Act.REVIEW
    assert act(at(Stage.ACTIVE, **{**FULL, "agreements": ()}), **ended) is Act.AGREEMENT


def test_the_end_of_a_probation_asks_for_its_review_then_the_confirmation() -> None:
    on_probation = at(Stage.PROBATION, **FULL)

    def record(ends_on: date, *reviews: tuple[date, ReviewOutcome]) -> dict[str, object]:
        return {"probation_ends_on": ends_on, "reviews": reviews}

    assert act(on_probation, **record(TODAY + REVIEW_AHEAD + timedelta(days=1))) is None
    ahead = sentence(on_probation, **record(TODAY + REVIEW_AHEAD))
    assert ahead == "Probation ends on 1 April 2026: no review of the probation."
    yesterday = TODAY - timedelta(days=1)
    assert act(on_probation, **record(yesterday, (TODAY, ReviewOutcome.GO_ON))) is Act.MOVE
    assert act(on_probation, **record(yesterday, (TODAY, ReviewOutcome.EXTEND))) is Act.REVIEW
    ending = sentence(on_probation, **record(yesterday, (TODAY, ReviewOutcome.END)))
    assert ending.endswith("the review of 4 March 2026 says the appointment is to come to an end.")
    without_card = at(Stage.PROBATION, **{**FULL, "cards": ()})
    assert act(without_card, **record(yesterday, (TODAY, ReviewOutcome.GO_ON))) is Act.CARD
    asks_nothing = Choices(before_confirmation=frozenset())
    assert "confirm the appointment" in sentence(on_probation, asks_nothing, **record(yesterday))


def test_what_runs_out_is_shown_as_far_ahead_as_the_scheme_has_chosen() -> None:
    for ahead, expected in ((90, Act.TERM), (91, None)):
        ends = {**FULL, "terms": (Validity(BEGUN, TODAY + timedelta(days=ahead)),)}
        assert act(at(Stage.ACTIVE, **ends)) is expected


def test_a_record_renewed_no_longer_runs_out() -> None:
    soon = Validity(BEGUN, TODAY + timedelta(days=5))
    renewed = {**FULL, "vettings": (soon, Validity(TODAY, date(2030, 1, 1)))}
    assert next_due(at(Stage.ACTIVE, **renewed), None, TODAY) == Due("term ends", date(2028, 1, 1))
    assert act(at(Stage.ACTIVE, **renewed)) is None


def test_a_probation_past_its_end_stays_due() -> None:
    ended = TODAY - timedelta(days=10)
    assert next_due(at(Stage.PROBATION, **FULL), ended, TODAY) == Due("probation ends", ended)
    assert next_due(at(Stage.ACTIVE, **FULL), ended, TODAY) == Due("term ends", date(2028, 1, 1))


@pytest.mark.parametrize("stage", [*sorted(GONE), Stage.ON_LEAVE, Stage.SUSPENDED])
def test_nothing_waits_for_those_who_are_away_or_gone(stage: Stage) -> None:
    assert act(at(stage, **FULL)) is None
