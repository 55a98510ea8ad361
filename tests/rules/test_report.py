"""The rules of a report: what cannot be, what is missing, what is asked of which visit, what is filed."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.checks import CONTACT_CHECKS, SUITE_CHECKS
from icv.rules.days import Period, from_wall_clock
from icv.rules.digests import digest_of
from icv.rules.findings import CATEGORIES
from icv.rules.report import (
    Arrival,
    ContactNote,
    Delay,
    Draft,
    FindingNote,
    Frame,
    Headcount,
    Rank,
    Remarks,
    Section,
    Settled,
    SuiteNote,
    Three,
    Trainee,
    TraineeNote,
    differences,
    kind_of,
    next_name,
    read,
    references,
)
from icv.rules.report.receipts import REFERENCE_LETTERS
from icv.rules.scheme import Choices
from icv.rules.visits import ATTEMPTED, Mode, Outcome
from tests.workshop import NOW, TODAY

WEEK = Period(TODAY - timedelta(days=2), TODAY + timedelta(days=4))
FRAME = Frame(WEEK, NOW, Choices())
ARRIVED = NOW - timedelta(hours=3)


def minutes(number: int) -> datetime:
    return ARRIVED + timedelta(minutes=number)


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_counts_made_of_their_parts_always_add_up(parts: list[int]) -> None:
    accepted, declined, not_offered, not_available, observed = parts
    counts = Headcount(
        in_custody=sum(parts),
        offered=accepted + declined,
        accepted=accepted,
        declined=declined,
        not_offered=not_offered,
        not_available=not_available,
        observed_only=observed,
    )
    assert counts.faults(FRAME) == []
    assert Headcount(**{**counts.answers(), "in_custody": sum(parts) + 1}).faults(FRAME)


def test_a_reason_stands_in_for_counts_that_do_not_add_up_but_not_for_impossible_ones() -> None:
    assert not Headcount(in_custody=5, why_not_adding_up="Two came meanwhile").faults(FRAME)
    assert Headcount(in_custody=-5, why_not_adding_up="Two came meanwhile").faults(FRAME)
    assert Headcount(in_custody=501, why_not_adding_up="A big suite").faults(FRAME)


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"arrived_at": NOW + timedelta(minutes=1)}, "arrived_at"),
        ({"arrived_at": minutes(5), "admitted_at": minutes(4)}, "admitted_at"),
        ({"admitted_at": minutes(5), "left_at": minutes(4)}, "left_at"),
        ({"arrived_at": minutes(5), "left_at": minutes(4)}, "left_at"),
        ({"arrived_at": NOW - timedelta(hours=30), "left_at": NOW}, "left_at"),
        ({"arrived_at": NOW - timedelta(days=4)}, "arrived_at"),
    ],
)
def test_times_that_cannot_be_are_named(times: dict[str, datetime], field: str) -> None:
    assert [fault.field for fault in Arrival(**times).faults(FRAME)] == [field]


def test_a_visit_belongs_to_its_week_by_the_day_of_arrival_in_london() -> None:
    summer = Frame(Period(TODAY.replace(month=6, day=1), TODAY.replace(month=6, day=7)), NOW, Choices())
    summer = Frame(summer.week, from_wall_clock(datetime(2026, 6, 9)), Choices())
    last_minute = from_wall_clock(datetime(2026, 6, 7, 23, 59))
    assert not Arrival(arrived_at=last_minute, left_at=last_minute + timedelta(hours=1)).faults(summer)
    assert Arrival(arrived_at=last_minute + timedelta(minutes=1)).faults(summer)


@pytest.mark.parametrize(("waited", "asks"), [(0, False), (10, False), (11, True)])
def test_only_a_long_wait_asks_why(waited: int, asks: bool) -> None:
    arrival = Arrival(
        outcome=Outcome.COMPLETED, arrived_at=ARRIVED, admitted_at=minutes(waited), left_at=minutes(60)
    )
    assert bool(arrival.missing(FRAME)) is asks


def test_a_short_wait_with_a_reason_still_asks_who_decided() -> None:
    arrival = Arrival(
        outcome=Outcome.COMPLETED,
        arrived_at=ARRIVED,
        admitted_at=minutes(2),
        left_at=minutes(60),
        delay=Delay.BUSY,
    )
    assert [fault.field for fault in arrival.missing(FRAME)] == ["rank"]


@pytest.mark.parametrize(
    ("delay", "rank", "flags"),
    [
        (Delay.SAFETY, Rank.INSPECTOR, 0),
        (Delay.SAFETY, Rank.SUPERINTENDENT, 0),
        (Delay.SAFETY, Rank.SERGEANT, 1),
        (Delay.BUSY, Rank.INSPECTOR, 1),
        (Delay.BUSY, Rank.NOBODY, 2),
        (None, None, 0),
    ],
)
def test_a_delay_outside_the_code_is_flagged(delay: Delay | None, rank: Rank | None, flags: int) -> None:
    assert len(Arrival(delay=delay, rank=rank).flags("inspector")) == flags


@pytest.mark.parametrize("outcome", sorted(ATTEMPTED - {Outcome.COMPLETED}))
def test_a_visit_that_was_not_made_is_asked_little_and_says_why(outcome: Outcome) -> None:
    draft = Draft({"arrival": Arrival(outcome=outcome)})
    at_the_door = (Section.ARRIVAL, Section.FINDINGS, Section.REMARKS)
    assert draft.sections == (at_the_door[:1] if outcome is Outcome.SUITE_CLOSED else at_the_door)
    assert "reason" in [fault.field for _, fault in draft.missing(FRAME)]


def test_an_empty_suite_has_nobody_to_meet_and_a_telephone_no_cells_to_see() -> None:
    assert Section.CONTACTS not in Draft({"counts": Headcount(in_custody=0)}).sections
    assert Section.CONTACTS in Draft({"counts": Headcount(in_custody=1)}).sections
    assert Section.SUITE not in Draft({"arrival": Arrival(mode=Mode.TELEPHONE)}).sections


@pytest.mark.parametrize("number", ["EU/01234/26", "12", "A-1.2"])
def test_custody_numbers_are_taken(number: str) -> None:
    assert not ContactNote(custody_number=number, was_seen=True).faults(FRAME)


@pytest.mark.parametrize("number", ["", "John", "J Smith", "Zoë", "1" * 21])
def test_names_are_not_custody_numbers(number: str) -> None:
    faults = ContactNote(custody_number=number, was_seen=True).faults(FRAME)
    assert [fault.field for fault in faults] == ["custody_number"]


PARTS = [
    Arrival(outcome=Outcome.COMPLETED, arrived_at=ARRIVED, admitted_at=minutes(3), delay=Delay.SAFETY),
    Headcount(in_custody=3, offered=3, accepted=1, declined=2),
    ContactNote(custody_number="EU/1/26", was_seen=True, checks={"food": Three.NO}, consents_to_talk=False),
    SuiteNote(checks={"clean": Three.YES}, notes="Cold"),
    FindingNote(category="medical", detail="Late", settled=Settled.NEEDS_REPLY, is_serious=True),
    Remarks(positives="Kind", saw_serious=False),
    TraineeNote(checks={"ready": Three.NO}, went_well="Calm", work_on="Speak up"),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_a_part_is_the_same_after_being_kept(part: Any) -> None:
    assert read(type(part), json.loads(json.dumps(part.answers()))) == part


def test_a_filed_report_can_be_read_again() -> None:
    names = ["arrival", "counts", "contact-1", "suite", "finding-4", "remarks"]
    draft = Draft(dict(zip(names, PARTS[:6], strict=True)))
    again = Draft.filed(json.loads(json.dumps(draft.content())))
    assert again.content() == draft.content()
    assert list(again.findings.values()) == [PARTS[4]]


def test_what_the_visit_did_not_need_is_not_filed() -> None:
    draft = Draft({"arrival": Arrival(outcome=Outcome.NO_ACCESS), "counts": PARTS[1], "contact-1": PARTS[2]})
    assert not {"counts", "contacts", "suite"} & set(draft.content())


def test_differences_are_those_of_the_answers_alone() -> None:
    theirs, yours = Remarks(positives="Kind", other="Same"), Remarks(positives="Clean", other="Same")
    assert differences(theirs, yours) == [("What was good", "Kind", "Clean")]
    assert differences(theirs, theirs) == []


@pytest.mark.parametrize("name", ["weather", "contact", "arrival-1", "contact-", "-1"])
def test_no_part_has_a_name_of_its_own_making(name: str) -> None:
    with pytest.raises(KeyError):
        kind_of(name)


def test_names_go_on_after_the_last() -> None:
    assert next_name("contact", {"contact-2": 0, "contact-11": 0, "finding-30": 0}) == "contact-12"


@given(st.text(), st.text())
def test_references_are_short_and_of_letters_nobody_mishears(digest: str, visit: str) -> None:
    first, second = (reference for reference, _ in zip(references(digest, visit), range(2), strict=False))
    assert first != second
    for reference in (first, second):
        assert len(reference) == 9
        assert set(reference[2:]) - {"-"} <= set(REFERENCE_LETTERS)


def test_a_digest_follows_the_answers_and_not_their_order() -> None:
    assert digest_of({"a": 1, "b": "é"}) == digest_of({"b": "é", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_every_check_has_its_category() -> None:
    assert {check.category for check in (*CONTACT_CHECKS, *SUITE_CHECKS)} <= set(CATEGORIES)


SHE = Trainee(7, "Asha Patel")
IN_HER_PROBATION = {
    day: SHE if day < TODAY else None for day in (WEEK.first + timedelta(n) for n in range(7))
}


def test_only_a_visit_with_somebody_on_probation_on_its_day_asks_how_it_went_for_them() -> None:
    yesterday, today = (Arrival(arrived_at=ARRIVED - timedelta(days=back)) for back in (1, 0))
    assert Section.TRAINEE in Draft({"arrival": yesterday}, IN_HER_PROBATION).sections
    assert Section.TRAINEE not in Draft({"arrival": today}, IN_HER_PROBATION).sections
    assert Draft({}, IN_HER_PROBATION).trainee is None, "the week's last day, while the day is not known"
    assert Draft({}, {WEEK.last: SHE}).trainee == SHE
    assert Section.TRAINEE not in Draft({"arrival": yesterday}).sections


def test_something_has_to_be_said_of_the_visitor_on_probation() -> None:
    assert TraineeNote().missing(FRAME)
    assert TraineeNote(checks={"ready": Three.NOT_ASKED}).missing(FRAME)
    assert not TraineeNote(checks={"ready": Three.NO}).missing(FRAME)
    assert not TraineeNote(work_on="Speak up").missing(FRAME)


def test_what_is_said_of_them_is_filed_with_whom_it_is_about_and_not_their_name() -> None:
    note = TraineeNote(checks={"took_part": Three.YES}, went_well="Calm")
    arrival = Arrival(outcome=Outcome.COMPLETED, arrived_at=ARRIVED)
    draft = Draft({"arrival": arrival, "trainee": note}, {TODAY: SHE})
    content = json.loads(json.dumps(draft.content()))
    assert content["trainee"]["person_id"] == 7
    assert "Asha" not in json.dumps(content)
    again = Draft.filed(content)
    assert again.trainee_note == note
    assert again.content() == content
    assert "trainee" not in Draft(draft.parts).content(), "nobody is on probation that day"


def test_a_report_of_the_first_version_is_read_as_it_was() -> None:
    names = ["arrival", "counts", "contact-1", "suite", "finding-1", "remarks"]
    content = {**Draft(dict(zip(names, PARTS[:6], strict=True))).content(), "form_version": 1}
    again = Draft.filed(json.loads(json.dumps(content)))
    assert "trainee" not in again.parts
    assert {**again.content(), "form_version": 1} == content
