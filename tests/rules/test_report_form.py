"""Version 3 of the form: what it asks of which visit, what it offers as findings, and old reports."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.checks import CONTACT_CHECKS, Check
from icv.rules.report import (
    CELLS,
    Arrival,
    ContactNote,
    Delay,
    Draft,
    Escort,
    FindingNote,
    Frame,
    Group,
    Headcount,
    Questions,
    Rank,
    Section,
    Settled,
    SuiteNote,
    TerrorismNote,
    Three,
    WhyNotSeen,
    fits,
    read,
)
from icv.rules.report.split import rows
from icv.rules.scheme import Choices
from icv.rules.visits import Mode, Outcome, VisitKind
from tests.rules.test_report import ARRIVED, FRAME, minutes

FIVE = {"in_custody": 5, "offered": 3, "accepted": 2, "declined": 1, "not_available": 2}


# -- counts by age and sex


def test_a_split_that_is_left_alone_is_not_asked_for() -> None:
    assert Headcount(**FIVE).faults(FRAME) == []
    assert not any("(" in line.words for line in Headcount(**FIVE).lines())


def test_adults_are_the_rest_once_children_are_counted() -> None:
    headcount = Headcount(**FIVE, split={"in_custody_older_child": 2, "offered_older_child": 1})
    assert headcount.faults(FRAME) == []
    counts = headcount.counts
    assert counts is not None
    assert next(rows(headcount.split, counts))[2] == {
        Group.ADULT: 3,
        Group.OLDER_CHILD: 2,
        Group.YOUNGER_CHILD: 0,
    }
    assert "In custody when you arrived: 5 (adults 3, aged 14 to 17 2)" in [
        f"{line.label}: {line.words}" for line in headcount.lines()
    ]


@pytest.mark.parametrize(
    ("split", "field"),
    [
        ({"in_custody_older_child": 6}, "split-in_custody_older_child"),
        ({"in_custody_adult": 4, "in_custody_older_child": 2}, "split-in_custody_adult"),
        ({"in_custody_adult": 4}, "split-in_custody_adult"),
        ({"in_custody_female": -1}, "split-in_custody_female"),
        ({"in_custody_older_child": 1, "offered_older_child": 2}, "split-in_custody_older_child"),
        ({"offered_female": 1, "accepted_female": 1, "declined_female": 1}, "split-offered_female"),
    ],
)
def test_splits_that_cannot_be_are_named_by_their_box(split: dict[str, int], field: str) -> None:
    faults = Headcount(**FIVE, split=split).faults(FRAME)
    assert field in [fault.field for fault in faults]


def test_a_reason_stands_in_for_a_split_that_does_not_add_up_but_not_for_one_below_zero() -> None:
    odd = Headcount(**FIVE, split={"in_custody_adult": 4}, why_not_adding_up="One would not say")
    assert odd.faults(FRAME) == []
    assert replace(odd, split={"in_custody_adult": -4}).faults(FRAME)


@given(st.dictionaries(st.sampled_from(sorted(CELLS)), st.integers(0, 9)))
def test_a_split_is_the_same_after_being_kept(split: dict[str, int]) -> None:
    headcount = Headcount(**FIVE, split=split)
    assert read(Headcount, json.loads(json.dumps(headcount.answers()))) == headcount


# -- what is asked of which visit


def test_a_terrorism_visit_has_its_own_page_and_no_other_visit_has() -> None:
    terrorism = Questions(VisitKind.TERRORISM)
    assert Section.TERRORISM in Draft(questions=terrorism).sections
    assert Section.TERRORISM not in Draft().sections
    missing = {fault.field for _, fault in Draft(questions=terrorism).missing(FRAME)}
    assert {"was_arranged", "reviewer_informed"} <= missing


@pytest.mark.parametrize(("day", "is_fine"), [(None, True), (0, False), (1, True), (14, True), (15, False)])
def test_a_terrorism_detention_has_fourteen_days(day: int | None, is_fine: bool) -> None:
    assert (TerrorismNote(detention_day=day).faults(FRAME) == []) is is_fine


def test_a_telephone_visit_has_no_door_to_wait_at() -> None:
    arrival = Arrival(
        outcome=Outcome.COMPLETED,
        mode=Mode.TELEPHONE,
        arrived_at=ARRIVED,
        admitted_at=minutes(40),
        left_at=minutes(60),
        escort=Escort.SERGEANT,
    )
    assert arrival.missing(FRAME) == []
    assert arrival.pruned.admitted_at is None
    assert arrival.pruned.escort is None
    assert Draft({"arrival": arrival}).content()["arrival"]["admitted_at"] is None


def test_people_entered_before_the_counts_said_nobody_are_not_dropped_unsaid() -> None:
    draft = Draft(
        {
            "arrival": Arrival(outcome=Outcome.COMPLETED),
            "counts": Headcount(in_custody=0),
            "contact-1": ContactNote(custody_number="EU/1/26", was_seen=True),
        }
    )
    assert Section.CONTACTS in draft.sections
    assert any(section is Section.CONTACTS for section, _ in draft.missing(FRAME))


def test_a_visit_that_was_broken_off_keeps_what_it_got_to() -> None:
    arrival = Arrival(outcome=Outcome.ABANDONED, arrived_at=ARRIVED)
    assert Draft({"arrival": arrival}).optional == (Section.COUNTS, Section.CONTACTS, Section.SUITE)
    draft = Draft({"arrival": arrival, "counts": Headcount(**FIVE)})
    assert Section.COUNTS in draft.sections
    assert draft.content()["counts"]["in_custody"] == 5
    assert "contacts" not in draft.content()


def test_a_closed_suite_asks_one_page_unless_there_was_something_to_say() -> None:
    arrival = Arrival(outcome=Outcome.SUITE_CLOSED, arrived_at=ARRIVED, reason="Flooded")
    assert Draft({"arrival": arrival}).missing(FRAME) == []
    finding = FindingNote(category="conditions", detail="No notice on the door", settled=Settled.NEEDS_REPLY)
    assert Section.FINDINGS in Draft({"arrival": arrival, "finding-1": finding}).sections


def test_who_did_not_let_visitors_in_is_asked_and_flagged_below_an_inspector() -> None:
    arrival = Arrival(outcome=Outcome.NO_ACCESS, arrived_at=ARRIVED, left_at=minutes(5), reason="Busy")
    assert [fault.field for fault in arrival.missing(FRAME)] == ["rank"]
    assert replace(arrival, rank=Rank.SERGEANT).flags("inspector")
    assert not replace(arrival, rank=Rank.INSPECTOR).flags("inspector")


# -- custody numbers


@pytest.mark.parametrize(
    ("pattern", "number", "is_right"),
    [
        ("AA/00000/00", "EU/01234/26", True),
        ("AA/00000/00", "eu/01234/26", True),
        ("AA/00000/00", "EU/1234/26", False),
        ("AA/00000/00", "EU/01234/26 ", False),
        ("AA/00000/00", "ÉU/01234/26", False),
        ("00.A", "12xB", False),
        ("", "EU/01234/26", True),
        ("", "John 12", False),
        ("", "Zoë 12", False),
        ("", "👮 12", False),
    ],
)
def test_the_shape_of_a_custody_number(pattern: str, number: str, is_right: bool) -> None:
    assert fits(pattern, number) is is_right


def test_a_wrong_shape_is_pointed_out_and_not_refused() -> None:
    frame = Frame(FRAME.week, FRAME.now, Choices(custody_number_pattern="AA/00000/00"))
    contact = ContactNote(custody_number="12", was_seen=True)
    assert contact.faults(frame) == []
    assert ["like AA/00000/00" in doubt.sentence for doubt in contact.doubts(frame)] == [True]


# -- findings offered


def contact(number: str, **answers: Three) -> ContactNote:
    return ContactNote(custody_number=number, was_seen=True, checks=answers)


SHOWING: dict[str, Any] = {
    "arrival": Arrival(outcome=Outcome.COMPLETED, delay=Delay.BUSY, rank=Rank.SERGEANT),
    "contact-1": contact("EU/1/26", food=Three.NO, no_complaint=Three.NO),
    "contact-2": contact("EU/2/26", food=Three.NO, rights=Three.YES),
    "contact-3": ContactNote(
        custody_number="EU/3/26", was_seen=False, why_not_seen=WhyNotSeen.REFUSED_BY_POLICE, grounds="Risk"
    ),
    "suite": SuiteNote(checks={"cctv": Three.NO}),
}


def test_every_answer_that_shows_something_is_offered_once_with_its_category() -> None:
    shown = {one.key: one.category for one in Draft(SHOWING).shown(Choices())}
    assert shown == {
        "entry.delay": "staffing",
        "entry.rank": "staffing",
        "contact.food": "food and drink",
        "contact.no_complaint": "complaints route",
        "contact.refused": "rights and information",
        "suite.cctv": "safety and security",
    }


def test_what_has_been_raised_is_not_offered_again() -> None:
    raised = FindingNote(category="food and drink", detail="No food", check="contact.food")
    keys = [one.key for one in Draft({**SHOWING, "finding-1": raised}).shown(Choices())]
    assert "contact.food" not in keys


def test_a_refusal_without_a_rank_is_pointed_out() -> None:
    assert [name for name, _ in Draft(SHOWING).doubts(FRAME)] == ["contact-3"]


# -- an old report shows its own form for ever


def test_a_filed_report_keeps_the_words_of_its_checks() -> None:
    own = Choices(contact_checks=(Check("food", "A hot meal was offered", "food and drink"),))
    parts = {"arrival": Arrival(outcome=Outcome.COMPLETED), "contact-1": contact("EU/1/26", food=Three.NO)}
    kept = {name: part.answers() for name, part in parts.items()}
    content = json.loads(json.dumps(Draft.of(kept, questions=Questions.of(own)).content()))
    assert content["form"]["contact_checks"] == {"food": "A hot meal was offered"}
    again = Draft.filed(content)
    assert "A hot meal was offered" in str(again.contacts["contact-1"].lines())
    assert again.content() == content


@pytest.mark.parametrize("version", [1, 2])
def test_reports_of_older_versions_are_read_with_the_words_they_were_asked_in(version: int) -> None:
    """As filed then, field by field: no kind, no form, none of the newer answers."""
    content = {
        "form_version": version,
        "arrival": {"outcome": "completed", "mode": "telephone", "arrived_at": "2025-03-04T10:00:00+00:00"}
        | {"admitted_at": "2025-03-04T10:20:00+00:00", "left_at": None, "delay": "busy", "rank": "sergeant"},
        "counts": dict(FIVE, why_not_adding_up=""),
        "contacts": [
            {"custody_number": "EU/1/25", "was_seen": True, "checks": {"food": "no"}, "remarks": "Cold"},
        ],
        "why_fewer_contacts": "",
        "suite": {"checks": {"clean": "yes"}, "notes": ""},
        "findings": [{"category": "welfare", "detail": "No blanket", "settled": "needs_reply"}],
        "remarks": {"positives": "", "other": "", "saw_serious": False},
    }
    again = Draft.filed(content)
    assert again.arrival.wait_minutes == 20, (
        "what was filed is shown, though a telephone visit asks it no more"
    )
    food = next(check.title for check in CONTACT_CHECKS if check.key == "food")
    assert food in str(again.contacts["contact-1"].lines())
    assert again.findings["finding-1"].check == ""
    assert not again.contacts["contact-1"].comes_first
    assert again.headcount.split == {}


def test_a_long_wait_alone_asks_for_rank_and_reason() -> None:
    arrival = Arrival(outcome=Outcome.COMPLETED, arrived_at=ARRIVED, admitted_at=minutes(9))
    assert not arrival.asks_of_wait(10)
    assert replace(arrival, admitted_at=minutes(11)).asks_of_wait(10)
    assert replace(arrival, delay=Delay.SAFETY).asks_of_wait(10)
