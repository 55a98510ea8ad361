"""What no phone should send, sent all the same: always an answer in JSON, never half a state."""

import json
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.digests import digest_of
from icv.rules.report import FORM_VERSION
from icv.rules.visits import Outcome
from icv.store.visits import Report, ReportSection, Submission
from tests.thorough import examples
from tests.web.test_receiving import CONTACT, EMPTY_SUITE, KEY, TwoPhones, part, two
from tests.workshop import NOW

__all__ = ["two"]

DEEP = "[" * 20_000 + "]" * 20_000


def report(phone: Any, parts: Any, **more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid4()),
        "digest": digest_of(parts) if isinstance(parts, dict) else "",
        "person": phone.person,
        "form_version": FORM_VERSION,
        "parts": parts,
        "together": False,
        **more,
    }


def nothing_is_kept(session: Session) -> bool:
    return (
        not session.scalars(sa.select(Report.id)).all()
        and not session.scalars(sa.select(Submission.id)).all()
    )


@pytest.mark.parametrize("cut", [0, 1, 40, 300, -1])
def test_a_body_cut_in_half_is_told_and_nothing_is_kept(two: TwoPhones, session: Session, cut: int) -> None:
    whole = json.dumps(report(two.ann, EMPTY_SUITE))
    told = two.ann.post("submission", whole[:cut], status=400)
    assert told["cut"] is True
    assert nothing_is_kept(session)
    assert two.ann.post("submission", whole, status=200)["is_new"] is True


def test_a_connection_that_breaks_off_is_told(two: TwoPhones, session: Session) -> None:
    whole = json.dumps(report(two.ann, EMPTY_SUITE))
    longer = {"CONTENT_LENGTH": str(len(whole) + 500)}
    assert two.ann.post("submission", whole, status=400, environ_overrides=longer)["cut"] is True
    assert nothing_is_kept(session)


def test_a_character_changed_on_the_way_is_noticed(two: TwoPhones, session: Session) -> None:
    sent = report(two.ann, EMPTY_SUITE)
    sent["parts"] = {**EMPTY_SUITE, "counts": {"in_custody": "1"}}
    assert two.ann.post("submission", json.dumps(sent), status=400)["cut"] is True
    assert nothing_is_kept(session)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_another_kind_of_body_is_not_understood(two: TwoPhones, session: Session, kind: str) -> None:
    for page in ("parts", "submission"):
        told = two.ann.post(page, json.dumps(report(two.ann, EMPTY_SUITE)), status=400, content_type=kind)
        assert told["cut"] is False
    assert nothing_is_kept(session)


@pytest.mark.parametrize("page", ["parts", "submission"])
def test_more_than_the_service_takes_is_refused(two: TwoPhones, session: Session, page: str) -> None:
    assert two.ann.post(page, b" " * (8 * 1024 * 1024 + 1), status=413) == {"too_large": True}
    assert nothing_is_kept(session)


def test_eight_megabytes_of_words_are_a_fault_beside_the_field(two: TwoPhones, session: Session) -> None:
    told = two.ann.parts(part("remarks", {"positives": "x" * (8 * 1024 * 1024 - 500)}))
    assert "keep it to 4,000 characters" in told["parts"]["remarks"]["faults"][0]["sentence"]
    assert session.scalars(sa.select(ReportSection.name)).all() == []


BODIES = [
    "null",
    "[]",
    "7",
    '"words"',
    "NaN",
    "{}",
    DEEP,
    '{"a":' * 20_000 + "1" + "}" * 20_000,
    '{"person": 1}',
    '{"parts": NaN}',
    '{"parts": Infinity}',
    "9" * 10_000,
    "\ufeff{}",
]


@pytest.mark.parametrize("page", ["parts", "submission"])
def test_a_body_of_another_shape_is_refused(two: TwoPhones, session: Session, page: str) -> None:
    for body in BODIES:
        assert "sentence" in two.ann.post(page, body, status=400), body[:50]
    assert nothing_is_kept(session)


PARTS: list[Any] = [
    {},
    None,
    "counts",
    [None],
    ["counts"],
    [[]],
    [{}],
    [{"name": "counts"}],
    [{"name": 7, "fields": {}}],
    [{"name": "counts", "version": "1", "fields": {}}],
    [{"name": "counts", "version": True, "fields": {}}],
    [{"name": "counts", "version": -1, "fields": {}}],
    [{"name": "counts", "version": 10**30, "fields": {}}],
    [{"name": "counts", "version": 0, "fields": []}],
    [{"name": "counts", "version": 0, "fields": {"in_custody": 4}}],
    [{"name": "counts", "version": 0, "fields": {"in_custody": None}}],
    [{"name": "counts", "version": 0, "fields": {"in_custody": {"a": "b"}}}],
    [{"name": "counts", "version": 0, "fields": {"in_custody": [["4"]]}}],
    [{"name": "counts", "version": 0, "fields": {"x" * 101: "4"}}],
    [{"name": "../../etc", "version": 0, "fields": {}}],
    [{"name": "contact-0", "version": 0, "fields": {}}],
    [{"name": "contact-99999", "version": 0, "fields": {}}],
    [{"name": "contact-new:me", "version": 0, "fields": {}}],
    [part("counts", {}), part("counts", {})],
    [part(f"contact-{number}", {}) for number in range(1, 1002)],
]


def test_parts_of_another_shape_are_refused(two: TwoPhones, session: Session) -> None:
    for parts in PARTS:
        body = {"person": two.ann.person, "form_version": FORM_VERSION, "parts": parts}
        assert "sentence" in two.ann.post("parts", json.dumps(body), status=400), str(parts)[:99]
    assert nothing_is_kept(session)


REPORTS: list[tuple[Any, dict[str, Any]]] = [
    ([], {}),
    (None, {}),
    ("x", {}),
    ({"counts": []}, {}),
    ({"counts": 7}, {}),
    ({"counts": {"in_custody": 7}}, {}),
    ({"counts": {"in_custody": 1.5}}, {}),
    ({"counts 1": {}}, {}),
    (EMPTY_SUITE, {"submission": "1"}),
    (EMPTY_SUITE, {"submission": None}),
    (EMPTY_SUITE, {"digest": None}),
    (EMPTY_SUITE, {"digest": "0" * 64}),
    (EMPTY_SUITE, {"form_version": "two"}),
    (EMPTY_SUITE, {"form_version": None}),
    (EMPTY_SUITE, {"together": "yes"}),
    (EMPTY_SUITE, {"versions": []}),
    (EMPTY_SUITE, {"versions": {"counts": "one"}}),
    (EMPTY_SUITE, {"person": None}),
]


def test_reports_of_another_shape_are_refused(two: TwoPhones, session: Session) -> None:
    for parts, more in REPORTS:
        body = json.dumps(report(two.ann, parts, **more))
        assert "sentence" in two.ann.post("submission", body, status=400), (parts, more)
    assert nothing_is_kept(session)


def test_signs_that_no_database_keeps_are_left_out(two: TwoPhones, session: Session) -> None:
    words = "Half an emoji \ud83d, a NUL \x00, a bell \x07 and \ufffe"
    parts = {**EMPTY_SUITE, "remarks": {"positives": words, "saw_serious": "no", "\ud83d\x00": "x"}}
    told = two.ann.submit(parts)
    assert told["digest"] == digest_of(parts), "the phone knows its own again"
    content = session.scalars(sa.select(Report.content)).one()
    assert content is not None
    assert content["remarks"]["positives"] == "Half an emoji \ufffd, a NUL , a bell  and"
    assert two.bo.submit({**parts, "suite": {"notes": "\ud83d\x00"}})["kept_apart"] is True


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.MISSED])
def test_a_report_of_a_visit_that_was_none_is_kept_apart(
    two: TwoPhones, session: Session, outcome: Outcome
) -> None:
    two.visit.outcome, two.visit.reason, two.visit.cancelled_on = outcome, "Closed", NOW.date()
    name = str(uuid4())
    told = two.ann.submit(EMPTY_SUITE, submission=name)
    assert (told["kept_apart"], told["reference"], told["is_new"]) == (True, None, True)
    assert two.ann.submit(EMPTY_SUITE, submission=name) == {**told, "is_new": False}
    assert two.ann.submit({**EMPTY_SUITE, "counts": {"in_custody": "x"}})["kept_apart"] is True
    assert session.scalars(sa.select(Report.filed_at)).all() == []


def test_a_submission_of_another_visit_is_not_this_ones(two: TwoPhones, make: Any) -> None:
    name = str(uuid4())
    two.ann.submit(EMPTY_SUITE, submission=name)
    other = make.visit(make.suite(), *two.people)
    two.ann.path = f"/visits/{other.id}/report"
    assert "another visit" in two.ann.submit(EMPTY_SUITE, submission=name, status=409)["closed_because"]


def test_the_same_person_entered_twice_is_said_and_not_filed(two: TwoPhones, session: Session) -> None:
    second = KEY[:-1] + "2"
    counts = {"in_custody": "2", "offered": "2", "accepted": "2"}
    parts = {**EMPTY_SUITE, "counts": counts, f"contact-new:{KEY}": CONTACT, f"contact-new:{second}": CONTACT}
    told = two.ann.submit(parts, status=422)
    assert {one["name"] for one in told["faults"]} == {f"contact-new:{KEY}", f"contact-new:{second}"}
    assert sorted(session.scalars(sa.select(ReportSection.name))).count("contact-1") == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@examples(25)
@given(
    st.dictionaries(
        st.sampled_from(["person", "form_version", "parts", "submission", "digest"]), json_values
    ),
    st.booleans(),
)
def test_whatever_is_sent_is_answered(two: TwoPhones, body: dict[str, Any], is_own: bool) -> None:
    if is_own:
        body = {**body, "person": two.ann.person, "form_version": 3}
    for page in ("parts", "submission"):
        answer = two.ann.send(
            f"{two.ann.path}/{page}",
            data=json.dumps(body),
            content_type="application/json",
            headers={"X-CSRFToken": two.ann.token},
        )
        assert answer.status_code in {200, 400, 409, 422}, answer.get_data(as_text=True)
        assert answer.is_json


fields = st.dictionaries(
    st.sampled_from(
        ["in_custody", "was_seen", "arrived_at-day", "arrived_at-clock", "outcome", "checks-food"]
    )
    | st.text(max_size=9),
    st.text(max_size=9) | st.lists(st.text(max_size=5), max_size=3),
    max_size=6,
)
names = st.sampled_from(["arrival", "counts", "contacts", "suite", "findings", "remarks", "trainee"]) | (
    st.sampled_from(["contact-1", "finding-2", "weather", f"contact-new:{KEY}", "absent", "terrorism"])
)


@examples(25)
@given(st.dictionaries(names, fields | st.none(), max_size=6), st.integers(0, 9))
def test_whatever_is_typed_is_answered(two: TwoPhones, parts: dict[str, Any], version: int) -> None:
    body = report(two.ann, parts, form_version=version)
    answer = two.ann.send(f"{two.ann.path}/submission", json=body, headers={"X-CSRFToken": two.ann.token})
    assert answer.status_code in {200, 422}, answer.get_data(as_text=True)
    listed = [part(name, typed) for name, typed in parts.items()]
    answer = two.ann.send(
        f"{two.ann.path}/parts",
        json={"person": two.ann.person, "form_version": version, "parts": listed},
        headers={"X-CSRFToken": two.ann.token},
    )
    assert answer.status_code in {200, 409}, answer.get_data(as_text=True)
