"""What bad input meets: an answer beside the field, and everything typed still there."""

import gzip
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.visits import Report, ReportSection
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.test_reports import TwoVisitors, moment
from tests.workshop import NOW, Workshop

Browse = Callable[..., Browser]
EMOJI = "👮🏽‍♀️ cold tea ☕, “crème”, 日本"


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> TwoVisitors:
    return TwoVisitors(make, browse_as)


def test_an_hour_that_did_not_exist_is_named_and_kept(
    make: Workshop, browse_as: Browse, clock: Clock
) -> None:
    clock.at = NOW.replace(month=3, day=29, hour=20)
    person = make.person()
    visit = make.visit(make.suite(), person, week=date(2026, 3, 29))
    browser = browse_as(Role.VOLUNTEER, person=person).get(f"/visits/{visit.id}/report/arrival")
    typed = {**moment("arrived_at", "01:30", 29), "outcome": "suite_closed", "reason": "Closed for works"}
    browser.send(typed, status=422)
    assert "01:30 did not exist on 29 March 2026: the clocks went forward" in browser.text
    assert 'value="01:30"' in browser.html
    assert "Closed for works" in browser.html


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("remarks", "other"),
        ("suite", "notes"),
        ("contact/add", "remarks"),
        ("finding/add", "detail"),
        ("absent", "words"),
    ],
)
def test_twenty_thousand_characters_are_answered_beside_the_field_with_every_one_kept(
    two: TwoVisitors, page: str, field: str
) -> None:
    long = "It was cold. " * 1600
    two.ann.get(f"{two.path}/{page}").send({field: long}, status=422)
    assert "keep it to" in two.ann.text
    assert long.strip() in two.ann.html


@pytest.mark.parametrize("page", ["remarks", "contact/add", "absent"])
def test_any_letters_are_kept_as_typed(two: TwoVisitors, session: Session, page: str) -> None:
    field = {"remarks": "positives", "contact/add": "remarks", "absent": "words"}[page]
    more = {"custody_number": "EU/1/26", "was_seen": "yes"} if page == "contact/add" else {}
    two.ann.get(f"{two.path}/{page}").send({field: EMOJI, **more})
    answers = session.scalars(sa.select(ReportSection.answers)).one()
    assert answers[field] == EMOJI
    assert EMOJI in two.ann.get(f"{two.path}/{page.replace('add', '1')}").html


def test_a_draft_of_last_years_form_is_gone_on_with(two: TwoVisitors, session: Session) -> None:
    """As version 2 kept its parts: none of the newer fields, and a check the scheme asks no more."""
    report = Report(visit_id=two.visit.id, begun_at=NOW, form_version=2)
    session.add(report)
    session.flush()
    old: dict[str, dict[str, Any]] = {
        "arrival": {"outcome": "completed", "mode": "in_person", "arrived_at": "2026-03-04T10:00:00+00:00"}
        | {"admitted_at": "2026-03-04T10:04:00+00:00", "left_at": "2026-03-04T11:00:00+00:00", "delay": None}
        | {"delay_words": "", "rank": None, "reason": ""},
        "counts": {"in_custody": 1, "offered": 1, "accepted": 1, "why_not_adding_up": ""},
        "contact-1": {"custody_number": "EU/1/26", "was_seen": True, "checks": {"food": "no", "gone": "no"}},
        "suite": {"checks": {"clean": "yes"}, "notes": ""},
        "finding-1": {
            "category": "welfare",
            "detail": "No blanket",
            "settled": "needs_reply",
            "is_serious": False,
        },
        "remarks": {"positives": "", "other": "", "saw_serious": False},
    }
    session.add_all(
        ReportSection(report_id=report.id, name=name, answers=answers, version=1, saved_at=NOW)
        for name, answers in old.items()
    )
    for page in ("", "/arrival", "/counts", "/contacts", "/contact/1", "/findings", "/finding/1", "/check"):
        two.ann.get(two.path + page)
    two.ann.send(button="Send the report")
    filed = session.scalars(sa.select(Report)).one()
    session.refresh(filed)
    assert filed.form_version == 3
    assert filed.content is not None
    assert filed.content["contacts"][0]["checks"]["food"] == "no"


def test_pages_of_the_form_are_light(two: TwoVisitors) -> None:
    """The heaviest, with all its checks, packed as it goes over the line."""
    for page in ("/arrival", "/counts", "/contact/add", "/suite"):
        two.ann.get(two.path + page)
        assert len(gzip.compress(two.ann.html.encode())) < 8_000, page
