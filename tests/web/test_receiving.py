"""What a phone asks and sends: the state of its report, parts of it, and the whole, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.signing import SubmissionState
from icv.rules.visits import Outcome
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.reports import saved_parts
from icv.store.visits import Report, ReportSection, Submission, Visit
from tests.web.browser import Browser
from tests.web.phone import Phone
from tests.web.test_reports import ARRIVED
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]

EMPTY_SUITE: dict[str, Any] = {
    "arrival": {"mode": "in_person", **ARRIVED},
    "counts": {"in_custody": "0"},
    "suite": {"checks-clean": "yes", "notes": "Tidy 🦊"},
    "findings": {"nothing_to_raise": "y"},
    "remarks": {"positives": "Kind staff", "saw_serious": "no"},
}
KEY = "0b7c9a52-7d1c-4f6e-9a10-3f3f7d6f0001"
CONTACT = {"custody_number": "EU/1/26", "was_seen": "yes", "checks-food": "no"}


class TwoPhones:
    def __init__(self, make: Workshop, browse_as: Browse) -> None:
        make.account(Role.COORDINATOR, name="Co Ordinator")
        self.people: list[Person] = [make.person(name="Ann Hart"), make.person(name="Bo Lowe")]
        self.visit: Visit = make.visit(make.suite("Euston Street"), *self.people, reference="V001")
        make.session.commit()
        self.ann, self.bo = (
            Phone(browse_as(Role.VOLUNTEER, person=person), self.visit.id) for person in self.people
        )
        self.ann.state()
        self.bo.state()


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> TwoPhones:
    return TwoPhones(make, browse_as)


def part(name: str, fields: dict[str, Any] | None, version: int = 0) -> dict[str, Any]:
    return {"name": name, "version": version, "fields": fields}


def test_the_state_says_whose_report_it_is_and_what_is_saved(two: TwoPhones) -> None:
    two.bo.browser.get(f"{two.bo.path}/arrival").send(ARRIVED)
    told = two.ann.state()
    assert told["visit"]["suite"] == "Euston Street"
    assert (told["is_open"], told["closed_because"], told["receipt"]) == (True, "", None)
    arrival = told["parts"]["arrival"]
    assert (arrival["version"], arrival["fields"]["arrived_at-clock"]) == (1, "10:00")
    assert two.bo.person != two.ann.person
    assert "Ann" not in two.ann.person


def test_what_the_state_gives_is_what_the_form_posts(two: TwoPhones, session: Session) -> None:
    two.ann.parts(*(part(name, fields) for name, fields in EMPTY_SUITE.items()))
    two.ann.parts(part(f"contact-new:{KEY}", CONTACT))
    before = saved_parts(session, two.visit.id)
    told = two.bo.state()["parts"]
    assert set(told) == {*EMPTY_SUITE, "contact-1"}
    for name, fields in {**EMPTY_SUITE, "contact-1": CONTACT}.items():
        assert told[name]["fields"].items() >= fields.items(), name
    again = two.bo.parts(*(part(name, one["fields"], one["version"]) for name, one in told.items()))
    assert all(one == {"saved": True, "name": name, "version": 1} for name, one in again["parts"].items())
    session.expire_all()
    assert saved_parts(session, two.visit.id) == before


def test_each_part_stands_alone(two: TwoPhones, session: Session) -> None:
    told = two.ann.parts(
        part("counts", {"in_custody": "many"}),
        part("remarks", {"positives": "Kind staff"}),
        part("arrival", {"outcome": "completed", "arrived_at-day": "4"}),
        part("weather", {"sky": "grey"}),
        part("remarks-2", {"positives": "x"}),
    )["parts"]
    assert told["remarks"] == {"saved": True, "name": "remarks", "version": 1}
    sentence = "“In custody when you arrived” must be a whole number"
    assert told["counts"]["faults"] == [{"field": "in_custody", "sentence": sentence}]
    assert told["arrival"]["saved"], "a day without a time is no answer yet"
    assert "no such part" in told["weather"]["faults"][0]["sentence"]
    assert "no such part" in told["remarks-2"]["faults"][0]["sentence"]
    assert set(session.scalars(sa.select(ReportSection.name))) == {"remarks", "arrival"}


def test_a_part_sent_twice_is_saved_once(two: TwoPhones, session: Session) -> None:
    for _ in range(2):
        told = two.ann.parts(part("remarks", {"positives": "Kind"}), part(f"contact-new:{KEY}", CONTACT))
        assert told["parts"]["remarks"]["version"] == 1
        assert told["parts"][f"contact-new:{KEY}"] == {"saved": True, "name": "contact-1", "version": 1}
    more = two.ann.parts(part(f"contact-new:{KEY}", {**CONTACT, "remarks": "Thirsty"}))
    assert more["parts"][f"contact-new:{KEY}"] == {"saved": True, "name": "contact-1", "version": 2}
    assert sorted(session.scalars(sa.select(ReportSection.name))) == ["contact-1", "remarks"]


def test_a_part_the_partner_changed_is_told_and_not_written_over(two: TwoPhones) -> None:
    two.bo.parts(part("remarks", {"positives": "Clean cells"}))
    clash = two.ann.parts(part("remarks", {"positives": "Kind staff"}))["parts"]["remarks"]["clash"]
    assert (clash["version"], clash["fields"]["positives"]) == (1, "Clean cells")
    assert clash["saved_by"] == two.bo.state()["parts"]["remarks"]["saved_by"]
    told = two.ann.parts(part("remarks", {"positives": "Kind staff, clean cells"}, 1))
    assert told["parts"]["remarks"]["version"] == 2


def test_a_person_met_may_be_taken_out_and_a_section_not(two: TwoPhones, session: Session) -> None:
    two.ann.parts(part(f"contact-new:{KEY}", CONTACT), part("remarks", {"positives": "Kind"}))
    assert "clash" in two.ann.parts(part("contact-1", None, 7))["parts"]["contact-1"]
    told = two.ann.parts(part("contact-1", None, 1), part("remarks", None, 1))["parts"]
    assert told["contact-1"] == {"saved": True, "name": "contact-1", "version": 0}
    assert "faults" in told["remarks"]
    assert two.ann.parts(part("contact-1", None, 1))["parts"]["contact-1"]["saved"], "gone stays gone"
    assert two.ann.parts(part("contact-1", CONTACT, 1))["parts"]["contact-1"]["clash"]["fields"] is None


def test_a_whole_report_is_filed_and_its_receipt_given_again(two: TwoPhones, session: Session) -> None:
    name = str(uuid4())
    first = two.ann.submit(EMPTY_SUITE, submission=name)
    report = session.scalars(sa.select(Report)).one()
    assert (first["submission"], first["reference"]) == (name, report.reference)
    assert (first["is_new"], first["kept_apart"]) == (True, False)
    assert report.content is not None
    assert report.content["remarks"]["positives"] == "Kind staff"
    for phone in (two.ann, two.bo):
        again = phone.submit(EMPTY_SUITE, submission=name)
        assert again == {**first, "is_new": False}
    assert session.scalars(sa.select(Submission.state)).all() == [SubmissionState.FILED]
    told = two.bo.state()
    assert told["receipt"] == {key: first[key] for key in ("reference", "received_at")}
    assert (told["is_open"], told["parts"]) == (False, {})


def test_an_incomplete_report_is_a_draft_and_says_what_it_lacks(two: TwoPhones, session: Session) -> None:
    parts = {**EMPTY_SUITE, "counts": {"in_custody": "2", "offered": "2", "accepted": "2"}}
    parts |= {f"contact-new:{KEY}": CONTACT, "remarks": {"positives": "Kind staff"}}
    told = two.ann.submit(parts, status=422)
    assert told["saved"] is True
    assert {(one["section"], one["field"]) for one in told["faults"]} == {
        ("contacts", "why_fewer"),
        ("remarks", "saw_serious"),
    }
    assert told["parts"][f"contact-new:{KEY}"]["name"] == "contact-1"
    assert session.scalars(sa.select(Report.filed_at)).all() == [None]
    assert session.scalars(sa.select(Submission)).all() == []
    assert len(two.ann.state()["parts"]) == 6


def test_what_cannot_be_read_keeps_the_rest_as_a_draft(two: TwoPhones) -> None:
    told = two.ann.submit({**EMPTY_SUITE, "counts": {"in_custody": "-4"}}, status=422)
    assert told["saved"] is False
    assert [(one["name"], one["field"]) for one in told["faults"]] == [("counts", "in_custody")]
    assert set(two.ann.state()["parts"]) == set(EMPTY_SUITE) - {"counts"}


def test_what_the_partner_saved_goes_in_with_it(two: TwoPhones, session: Session) -> None:
    two.bo.parts(part("suite", EMPTY_SUITE["suite"]))
    two.ann.submit({name: fields for name, fields in EMPTY_SUITE.items() if name != "suite"})
    content = session.scalars(sa.select(Report.content)).one()
    assert content is not None
    assert content["suite"]["notes"] == "Tidy 🦊"


def test_what_the_partner_wrote_unseen_gives_way_and_is_kept_apart(two: TwoPhones, session: Session) -> None:
    two.bo.parts(part("remarks", {"other": "I saw it otherwise"}))
    assert two.ann.submit(EMPTY_SUITE)["kept_apart"] is False
    copy = session.scalars(sa.select(Submission).where(Submission.state == SubmissionState.APART)).one()
    assert copy.content is not None
    assert copy.content["answers"]["remarks"]["other"] == "I saw it otherwise"
    assert session.scalars(sa.select(Letter.subject)).all() == [
        "A second copy of a visit report waits for you"
    ]


def test_what_the_sender_had_seen_needs_no_copy(two: TwoPhones, session: Session) -> None:
    two.bo.parts(part("remarks", {"other": "I saw it otherwise"}))
    two.ann.submit(EMPTY_SUITE, versions={"remarks": 1})
    assert session.scalars(sa.select(Submission.state)).all() == [SubmissionState.FILED]


def test_another_content_is_kept_apart_and_changes_nothing(two: TwoPhones, session: Session) -> None:
    first = two.ann.submit(EMPTY_SUITE)
    other = {**EMPTY_SUITE, "remarks": {"positives": "None at all", "saw_serious": "no"}}
    name = str(uuid4())
    second = two.bo.submit(other, submission=name)
    assert (second["kept_apart"], second["reference"]) == (True, first["reference"])
    assert two.bo.submit(other, submission=name) == second
    content = session.scalars(sa.select(Report.content)).one()
    assert content is not None
    assert content["remarks"]["positives"] == "Kind staff"
    copy = session.scalars(sa.select(Submission).where(Submission.submission_id == name)).one()
    assert copy.content == {"fields": other}
    assert len(session.scalars(sa.select(Letter.id)).all()) == 1


def test_the_same_id_with_another_content_is_kept_apart(two: TwoPhones, session: Session) -> None:
    name = str(uuid4())
    two.ann.submit(EMPTY_SUITE, submission=name)
    told = two.ann.submit({**EMPTY_SUITE, "remarks": {"other": "New", "saw_serious": "no"}}, submission=name)
    assert told["kept_apart"] is True
    assert sorted(session.scalars(sa.select(Submission.state))) == ["apart", "filed"]


def test_the_same_content_from_both_phones_needs_no_copy(two: TwoPhones, session: Session) -> None:
    first = two.ann.submit(EMPTY_SUITE)
    second = two.bo.submit(EMPTY_SUITE)
    assert (second["kept_apart"], second["reference"]) == (False, first["reference"])
    assert session.scalars(sa.select(Letter.id)).all() == []


def test_a_queued_copy_of_what_was_sent_on_the_page_needs_no_copy(two: TwoPhones, session: Session) -> None:
    two.ann.parts(*(part(name, fields) for name, fields in EMPTY_SUITE.items()))
    two.bo.browser.get(f"{two.bo.path}/check").send(button="Send the report")
    assert two.ann.submit(EMPTY_SUITE)["kept_apart"] is False


def test_a_report_of_a_visit_recorded_as_missed_waits_for_the_coordinator(
    two: TwoPhones, session: Session
) -> None:
    two.visit.outcome, two.visit.reason = Outcome.MISSED, "Nobody came"
    told = two.ann.submit(EMPTY_SUITE)
    assert (told["kept_apart"], told["reference"]) == (True, None)
    assert session.scalars(sa.select(Submission.state)).all() == [SubmissionState.APART]
    told = two.ann.parts(part("remarks", {"other": "x"}), status=409)
    assert "recorded this visit as missed" in told["closed_because"]


def test_before_its_week_nothing_is_taken(make: Workshop, browse_as: Browse, session: Session) -> None:
    person = make.person()
    visit = make.visit(make.suite(), person, week=TODAY + timedelta(days=7))
    phone = Phone(browse_as(Role.VOLUNTEER, person=person), visit.id)
    told = phone.state()
    assert (told["is_open"], told["closed_because"]) == (
        False,
        "The report can be started from 9 March 2026.",
    )
    phone.parts(part("remarks", {"other": "Early"}), status=409)
    phone.submit(EMPTY_SUITE, status=409)
    assert session.scalars(sa.select(Report)).all() == []


def test_after_the_report_is_filed_parts_are_not_taken(two: TwoPhones) -> None:
    two.ann.submit(EMPTY_SUITE)
    assert "has been sent" in two.bo.parts(part("remarks", {"other": "x"}), status=409)["closed_because"]


def test_another_person_on_the_same_phone_sends_nothing(two: TwoPhones, session: Session) -> None:
    two.ann.person, theirs = two.bo.person, two.ann.person
    assert two.ann.parts(part("remarks", {"other": "x"}), status=409)["other_person"] is True
    assert two.ann.submit(EMPTY_SUITE, status=409) == {"other_person": True, "person": theirs}
    assert session.scalars(sa.select(Report)).all() == []


def test_a_stale_token_is_told_with_a_new_one(two: TwoPhones) -> None:
    two.ann.token = "stale"
    told = two.ann.parts(part("remarks", {"other": "x"}), status=400)
    assert told["stale_token"] is True
    two.ann.token = told["token"]
    assert two.ann.parts(part("remarks", {"other": "x"}))["parts"]["remarks"]["saved"]


def test_whoever_is_signed_out_is_told_so_in_json(two: TwoPhones, app: Flask) -> None:
    stranger = Phone(Browser(app), two.visit.id)
    for page, body in (("parts", "{}"), ("submission", "not even JSON")):
        assert stranger.post(page, body, status=401) == {"signed_out": True}
    stranger.browser.get(f"{stranger.path}/state", status=401, follow=False)
    assert stranger._told() == {"signed_out": True}


def test_nobody_but_the_pair_knows_of_it(two: TwoPhones, make: Workshop, browse_as: Browse) -> None:
    for role, status in ((Role.VOLUNTEER, 404), (Role.COORDINATOR, 403), (Role.POLICE, 403)):
        person = make.person() if role is Role.VOLUNTEER else None
        phone = Phone(browse_as(role, person=person), two.visit.id)
        phone.token = phone.browser.token()
        assert phone.state(status=status).get("parts") is None
        phone.parts(part("remarks", {"other": "x"}), status=status)
        phone.submit(EMPTY_SUITE, status=status)


def test_a_form_from_last_year_goes_in_with_every_word(two: TwoPhones, session: Session) -> None:
    parts = {
        **EMPTY_SUITE,
        "arrival": {**EMPTY_SUITE["arrival"], "weather": "Snow on the steps", "delay": "lost_keys"},
        "suite": {"checks-clean": "yes", "checks-toilet_paper": "no", "empty": " "},
        "exercise": {"size": "Too small", "kinds": ["walled", "open"]},
    }
    told = two.ann.submit(parts, form_version=1)
    assert told["kept_apart"] is False
    content = session.scalars(sa.select(Report.content)).one()
    assert content is not None
    assert content["remarks"]["positives"] == "Kind staff"
    for words in (
        "arrival, weather: Snow on the steps",
        "arrival, delay: lost_keys",
        "suite, checks-toilet_paper: no",
        "exercise, size: Too small",
        "exercise, kinds: walled, open",
    ):
        assert words in content["remarks"]["other"]
    assert "empty" not in content["remarks"]["other"]


def test_a_part_of_last_years_form_says_what_it_could_not_place(two: TwoPhones) -> None:
    told = two.ann.parts(part("remarks", {"positives": "Kind", "mood": "Calm"}), form_version=2)["parts"]
    assert told["remarks"] == {"saved": True, "name": "remarks", "version": 1, "left_out": {"mood": "Calm"}}


def test_a_choice_that_todays_own_form_does_not_have_is_a_fault(two: TwoPhones) -> None:
    told = two.ann.parts(part("arrival", {"outcome": "eaten by a grue"}))["parts"]
    assert told["arrival"]["faults"][0]["sentence"] == "“How did the visit go”: choose one of the list"
