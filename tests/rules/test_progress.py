"""What a stage requires and a person lacks, and how their references stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.appraisal import ReviewOutcome
from icv.rules.clearance import Standing, Step, Validity
from icv.rules.due import needed_next
from icv.rules.progress import Progress, lacking, latest, missing
from icv.rules.refereeing import RefereeDays, RefereeState, references_on
from icv.rules.requirements import CHOICE_OF_STAGE, REQUIREMENT_WORDS, Requirement
from icv.rules.scheme import Choices
from icv.rules.stages import GONE, NEXT, Stage

TODAY = date(2026, 3, 4)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
EVERYTHING = frozenset(Requirement)
ASKS_ALL = Choices(**dict.fromkeys(CHOICE_OF_STAGE.values(), EVERYTHING))  # type: ignore[arg-type]
ANSWERED = RefereeDays(asked_on=BEFORE, fails_on=TODAY, answered_on=BEFORE)
DAYS = st.one_of(st.none(), st.sampled_from([BEFORE, TODAY, AFTER]))


def at(*stages: Stage, **more: object) -> Progress:
    steps = tuple(Step(stage, BEFORE) for stage in stages)
    return Progress(Standing(steps=steps), **more)  # type: ignore[arg-type]


def test_each_requirement_has_its_words_and_each_stage_a_choice() -> None:
    assert set(REQUIREMENT_WORDS) == EVERYTHING
    assert set(CHOICE_OF_STAGE.values()) <= set(Choices.__dataclass_fields__)
    assert all(any(stage in NEXT[before] for before in Stage) for stage in CHOICE_OF_STAGE)


def test_all_that_is_missing_is_said_in_the_order_of_the_path() -> None:
    assert missing(at(Stage.TRAINING), Stage.PROBATION, ASKS_ALL, TODAY) == (
        "eligibility not declared",
        "no notes of an interview",
        "no referees named",
        "no vetting on record",
        "not trained",
        "agreement not signed",
        "no identity card",
        "no review of the probation",
    )


def test_nothing_is_missing_where_nothing_is_required() -> None:
    asks_nothing = Choices(**dict.fromkeys(CHOICE_OF_STAGE.values(), frozenset()))  # type: ignore[arg-type]
    for stage in Stage:
        assert missing(at(Stage.APPLIED), stage, asks_nothing, TODAY) == ()


def test_ends_leave_and_suspension_require_nothing() -> None:
    for stage in GONE | {Stage.ON_LEAVE, Stage.SUSPENDED}:
        assert missing(at(Stage.ACTIVE), stage, ASKS_ALL, TODAY) == ()


@pytest.mark.parametrize(
    ("stages", "asked"),
    [
        ((Stage.PROBATION,), True),
        ((Stage.PROBATION, Stage.ON_LEAVE), True),
        ((Stage.PROBATION, Stage.SUSPENDED, Stage.PROBATION, Stage.ON_LEAVE), True),
        ((Stage.PROBATION, Stage.ACTIVE, Stage.ON_LEAVE), False),
        ((Stage.ACTIVE, Stage.SUSPENDED), False),
        ((Stage.ON_LEAVE,), False),
    ],
)
def test_a_confirmation_asks_and_a_return_does_not(stages: tuple[Stage, ...], asked: bool) -> None:
    person = at(*stages, appointed_on=BEFORE)
    assert bool(missing(person, Stage.ACTIVE, ASKS_ALL, TODAY)) is asked
    assert missing(person, Stage.PROBATION, ASKS_ALL, TODAY) == ()


def test_a_return_planned_ahead_to_probation_leaves_the_confirmation_to_come() -> None:
    steps = (Step(Stage.PROBATION, BEFORE), Step(Stage.PROBATION, AFTER), Step(Stage.ON_LEAVE, TODAY))
    assert Progress(Standing(steps=steps)).is_on_probation


def test_what_came_later_does_not_count_yet() -> None:
    later = Progress(
        Standing(eligibility=(Validity(AFTER),), vettings=(Validity(AFTER),)),
        interviews=((AFTER, True),),
        reviews=((AFTER, ReviewOutcome.GO_ON),),
        referees=(RefereeDays(asked_on=BEFORE, answered_on=AFTER), ANSWERED),
    )
    lacks = lacking(later, Stage.PROBATION, ASKS_ALL, TODAY)
    assert set(lacks) == EVERYTHING
    assert lacks[Requirement.REFERENCES] == "1 of 2 references answered"
    met = {Requirement.DECLARATION, Requirement.INTERVIEW, Requirement.REFERENCES, Requirement.VETTING}
    assert set(lacking(later, Stage.PROBATION, ASKS_ALL, AFTER)) == EVERYTHING - met - {Requirement.REVIEW}


def test_of_one_day_the_record_entered_last_counts() -> None:
    assert latest(((TODAY, "first"), (BEFORE, "earlier"), (TODAY, "last"), (AFTER, "later")), TODAY) == (
        TODAY,
        "last",
    )
    assert latest((), TODAY) is None


def test_a_scheme_that_wants_no_references_misses_none() -> None:
    choices = Choices(before_training=frozenset({Requirement.REFERENCES}), references_wanted=0)
    assert missing(at(Stage.VETTING), Stage.TRAINING, choices, TODAY) == ()


@given(asked_on=DAYS, fails_on=DAYS, answered_on=DAYS, given_up_on=DAYS)
def test_a_referee_is_at_one_state_and_an_answer_outlasts_the_last_day(
    asked_on: date | None, fails_on: date | None, answered_on: date | None, given_up_on: date | None
) -> None:
    state = RefereeDays(asked_on, fails_on, answered_on, given_up_on).state_on(TODAY)
    if given_up_on and given_up_on <= TODAY:
        assert state is RefereeState.GIVEN_UP
    elif answered_on and answered_on <= TODAY:
        assert state is RefereeState.ANSWERED
    elif state is RefereeState.FAILED:
        assert asked_on
        assert fails_on == BEFORE
    else:
        assert (state is RefereeState.ASKED) is (asked_on is not None and asked_on <= TODAY)


@given(st.lists(st.builds(RefereeDays, DAYS, DAYS, DAYS, DAYS), max_size=6))
def test_references_stand_as_the_sum_of_the_referees(referees: list[RefereeDays]) -> None:
    stand = references_on(referees, TODAY)
    assert stand.by_state.total() == len(referees)
    assert stand.answered <= stand.in_hand <= len(referees)
    assert (stand.failed_on is not None) == (stand.by_state[RefereeState.FAILED] > 0)


@given(
    stage=st.sampled_from(
        [Stage.APPLIED, Stage.SHORTLISTED, Stage.INTERVIEWED, Stage.VETTING, Stage.TRAINING]
    ),
    required=st.frozensets(st.sampled_from(Requirement)),
    referees=st.lists(st.builds(RefereeDays, DAYS, DAYS, DAYS, DAYS), max_size=3),
    is_recommended=st.one_of(st.none(), st.booleans()),
)
def test_something_is_always_next_for_an_applicant_and_it_is_the_step_only_when_nothing_is_missing(
    stage: Stage,
    required: frozenset[Requirement],
    referees: list[RefereeDays],
    is_recommended: bool | None,
) -> None:
    choices = Choices(**dict.fromkeys(CHOICE_OF_STAGE.values(), required))  # type: ignore[arg-type]
    interviews = () if is_recommended is None else ((TODAY, is_recommended),)
    person = at(stage, referees=tuple(referees), interviews=interviews)
    onward = next(step for step in CHOICE_OF_STAGE if step in NEXT[stage])
    needed = needed_next(person, TODAY, choices)
    assert needed
    assert needed.sentence.endswith((".", "?"))
    if needed.sentence.startswith(("Decide", "Ready", "Vetting is cleared")):
        assert not missing(person, onward, choices, TODAY)
