"""A filed report, read like a letter: each on the form it was filed on, by everyone who may read it."""

from collections.abc import Callable
from typing import Any

import pytest

from icv.rules.access import Role
from icv.rules.visits import Outcome
from icv.store.visits import Report
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

Browse = Callable[..., Browser]
FILED: dict[str, Any] = {
    "arrival": {
        "outcome": "completed",
        "mode": "in_person",
        "arrived_at": "2026-03-03T10:00:00+00:00",
        "admitted_at": "2026-03-03T10:20:00+00:00",
        "left_at": "2026-03-03T11:00:00+00:00",
    },
    "counts": {"in_custody": 2, "offered": 2, "accepted": 2, "declined": 0},
    "contacts": [
        {"custody_number": "EU/1/26", "was_seen": True, "checks": {"food": "no"}, "remarks": "Was cold"}
    ],
    "why_fewer_contacts": "One was taken to court",
    "suite": {"checks": {"clean": "yes"}, "notes": ""},
    "findings": [{"category": "welfare", "detail": "No blanket in cell 4", "settled": "needs_reply"}],
    "remarks": {"positives": "Kind staff", "other": "", "saw_serious": False},
}
OWN_FORM = {"contact_checks": {"food": "A hot meal was offered"}, "suite_checks": {"clean": "Swept today"}}


@pytest.mark.parametrize(
    ("version", "more", "words"),
    [
        (1, {}, ["Food and drink offered"]),
        (2, {"trainee": {"person_id": 1, "went_well": "Asked clearly"}}, ["The visitor on probation"]),
        (3, {"form": OWN_FORM, "kind": "custody"}, ["A hot meal was offered", "Swept today"]),
    ],
)
def test_a_report_shows_the_form_it_was_filed_on(
    make: Workshop, browse_as: Browse, version: int, more: dict[str, Any], words: list[str]
) -> None:
    ann, bo = make.person(name="Ann Hart"), make.person(name="Bo Lowe")
    visit = make.visit(make.suite("Euston Street"), ann, bo, outcome=Outcome.COMPLETED)
    make.keep(
        Report(
            visit_id=visit.id,
            form_version=version,
            begun_at=NOW,
            filed_at=NOW,
            reference="R-TEST-01",
            content={"form_version": version, **FILED, **more},
            digest="d",
        )
    )
    for browser, path in (
        (browse_as(Role.COORDINATOR), f"/visits/{visit.id}"),
        (browse_as(Role.VOLUNTEER, person=bo), f"/visits/{visit.id}/report"),
    ):
        browser.get(path)
        told = ["after 20 minutes", "EU/1/26", "Was cold", "One was taken to court", "No blanket in cell 4"]
        for one in [*told, "Kind staff", "Ann Hart and Bo Lowe", *words]:
            assert one in browser.text, (path, one)
