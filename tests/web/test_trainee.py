"""How an accompanied visit went for a visitor on probation: asked of the pair, read by few."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import FindingState
from icv.rules.stages import Stage
from icv.store.visits import Report
from tests.web.browser import Browser
from tests.web.test_reports import ARRIVED
from tests.workshop import Workshop

Browse = Callable[..., Browser]
SAID = "Put people at their ease"


class Accompanied:
    """Ann Hart goes with Tam Reed, who is on probation."""

    def __init__(self, make: Workshop, browse_as: Browse) -> None:
        self.ann_hart = make.person(name="Ann Hart")
        self.trainee = make.person(Stage.PROBATION, name="Tam Reed", on=date(2025, 11, 1))
        self.visit = make.visit(make.suite("Euston Street"), self.ann_hart, self.trainee, reference="V001")
        self.ann = browse_as(Role.VOLUNTEER, person=self.ann_hart)
        self.tam = browse_as(Role.VOLUNTEER, person=self.trainee)
        self.path = f"/visits/{self.visit.id}/report"

    def fill_in(self) -> None:
        self.ann.get(f"{self.path}/arrival").send(ARRIVED)
        self.ann.send({"in_custody": "0"})
        self.ann.send()
        self.ann.send({"nothing_to_raise": "y"})
        self.ann.send({"saw_serious": "no"})

    def send(self) -> None:
        self.fill_in()
        self.ann.send({"checks-took_part": "yes", "checks-ready": "no", "went_well": SAID})
        self.ann.get(f"{self.path}/check").send(button="Send the report")


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> Accompanied:
    return Accompanied(make, browse_as)


def test_it_is_asked_last_and_something_has_to_be_said(two: Accompanied) -> None:
    two.fill_in()
    assert two.ann.path == f"{two.path}/trainee"
    assert two.ann.heading == "The visitor on probation"
    assert "How did the visit go for Tam Reed?" in two.ann.text
    assert "Tam Reed can read it" in two.ann.text
    two.ann.get(f"{two.path}/check")
    assert "Say how the visit went for the visitor on probation" in two.ann.text
    assert "Send the report" not in two.ann.text


def test_both_visitors_and_the_coordinator_read_it(
    two: Accompanied, browse_as: Browse, session: Session
) -> None:
    two.send()
    assert SAID in two.ann.text
    assert SAID in two.tam.get(two.path).text
    coordinator = browse_as(Role.COORDINATOR).get(f"/visits/{two.visit.id}")
    assert "Is ready for the next step No" in coordinator.text
    assert "never goes to the police or to the panel" in coordinator.text
    report = session.scalars(sa.select(Report)).one()
    assert report.content is not None
    assert (report.form_version, report.content["trainee"]["person_id"]) == (3, two.trainee.id)


def test_neither_police_nor_panel_ever_see_it(two: Accompanied, make: Workshop, browse_as: Browse) -> None:
    two.send()
    finding = make.finding(two.visit, state=FindingState.AWAITING_REPLY)
    police = browse_as(Role.POLICE)
    for path in ("/police/", f"/police/{finding.id}"):
        assert SAID not in police.get(path).html
    browse_as(Role.POLICE).get(f"/visits/{two.visit.id}", status=403)
    panel = browse_as(Role.PANEL)
    assert SAID not in panel.get("/panel/").html
    panel.get(f"/visits/{two.visit.id}", status=403)


def test_it_is_not_asked_of_a_pair_without_anybody_on_probation(make: Workshop, browse_as: Browse) -> None:
    people = [make.person(), make.person()]
    visit = make.visit(None, *people)
    browser = browse_as(Role.VOLUNTEER, person=people[0])
    path = f"/visits/{visit.id}/report"
    assert "on probation" not in browser.get(path).text
    browser.get(f"{path}/trainee")
    assert browser.path == path


def test_two_on_probation_have_nobody_to_say_how_they_did(make: Workshop, browse_as: Browse) -> None:
    people = [make.person(Stage.PROBATION), make.person(Stage.PROBATION)]
    browser = browse_as(Role.VOLUNTEER, person=people[0])
    assert "on probation" not in browser.get(f"/visits/{make.visit(None, *people).id}/report").text


def test_what_is_typed_is_kept_when_the_partner_was_first(two: Accompanied) -> None:
    two.fill_in()
    two.tam.get(f"{two.path}/trainee")
    two.ann.send({"went_well": SAID})
    two.tam.send({"work_on": "Speak up"}, status=422)
    assert "Speak up" in two.tam.html
    assert SAID in two.tam.text
