"""Record reviews and dog-welfare visits through real pages, from planning to their counters."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.report import FORM_VERSION, Draft
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome, VisitKind
from icv.services import strands
from icv.store.scheme import Setting, write_choice
from icv.store.submissions import Copy
from icv.store.visits import StrandCount, Visit
from icv.web.visits.comparing import compared
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


class Office:
    def __init__(self, make: Workshop, browse_as: Browse) -> None:
        self.make, self.session = make, make.session
        self.suite, self.ann = make.suite("Euston Street"), make.person(name="Ann Hart")
        self.bo = make.person(name="Bo Lowe")
        self.coordinator = browse_as(Role.COORDINATOR)
        self.visitor = browse_as(Role.VOLUNTEER, person=self.ann)
        self.by = make.actor(Role.COORDINATOR)

    def planned(self, kind: VisitKind, place: str = "", day: date = TODAY) -> Visit:
        asked = strands.Plan(kind, self.suite.id, day, (self.ann.id,), place)
        visit = strands.plan(self.session, asked, choices=Choices(), by=self.by, at=NOW)
        self.session.commit()
        return visit

    def form(self, **more: str) -> Mapping[str, str]:
        return {"suite": str(self.suite.id), "visitor_1": str(self.ann.id), **day(TODAY, "day"), **more}


@pytest.fixture
def office(make: Workshop, browse_as: Browse) -> Office:
    return Office(make, browse_as)


def test_dogs_are_visited_reported_on_a_phone_and_counted_apart(office: Office) -> None:
    office.coordinator.get("/strands/").follow("Dog-welfare visits")
    office.coordinator.follow("Plan a dog-welfare visit")
    office.coordinator.send(office.form(place="The force’s kennels"))
    assert "The force’s kennels" in office.coordinator.text
    office.visitor.get("/duties/")
    assert "Dog-welfare visit: The force’s kennels" in office.visitor.text
    assert "Agree a day and time" not in office.visitor.text
    assert "Ask others to take it" not in office.visitor.text
    office.visitor.follow("Start the report")
    assert "0 of 4 done" in office.visitor.text
    assert "My partner did not come" not in office.visitor.text
    office.visitor.follow("The day").send(day(TODAY, "on"))
    office.visitor.send({"seen": "7", "checks-water": "no", "checks-food": "yes"})
    assert "Fresh water within reach: no" in office.visitor.text
    office.visitor.send({"nothing_to_raise": "y"})
    office.visitor.send({"saw_serious": "no"})
    office.visitor.follow("Check and send").send(button="Send the report")
    assert "Report received" in office.visitor.heading
    assert "saw 7 dogs" in office.visitor.text
    office.coordinator.get("/strands/?kind=dog_welfare")
    assert "7 dogs seen" in office.coordinator.text
    assert "0 of 1" in office.coordinator.text
    office.coordinator.get("/visits/?state=in")
    assert "No visits here" in office.coordinator.text


def test_records_are_entered_one_by_one_and_the_coordinator_reads_them(office: Office) -> None:
    visit = office.planned(VisitKind.RECORD_REVIEW)
    path = f"/visits/{visit.id}/report"
    office.visitor.get(f"{path}/day").send(day(TODAY, "on"))
    assert office.visitor.path == f"{path}/records"
    for number, answer in (("S1", "yes"), ("S2", "no")):
        office.visitor.get(f"{path}/records").follow("Add a record")
        office.visitor.send({"custody_number": number, "checks-meals": answer})
    assert "Meals and drinks offered and written down: no in S2" in office.visitor.text
    office.visitor.send({"sample": "Every tenth of February"}, button="That is all of them")
    office.visitor.send({"nothing_to_raise": "y"})
    office.visitor.send({"saw_serious": "no"})
    office.visitor.follow("Check and send").send(button="Send the report")
    assert "Every tenth of February" in office.visitor.text
    office.coordinator.get("/strands/").follow(visit.reference)
    assert "read 2 custody records of Euston Street" in office.coordinator.text
    office.coordinator.get("/strands/")
    assert "2 records read" in office.coordinator.text
    assert "1 of 2" in office.coordinator.text
    assert "50.0%" in office.coordinator.text


def test_a_review_without_a_record_cannot_be_sent(office: Office) -> None:
    path = f"/visits/{office.planned(VisitKind.RECORD_REVIEW).id}/report"
    office.visitor.get(f"{path}/day").send(day(TODAY, "on"))
    office.visitor.get(f"{path}/check")
    assert "Enter each record you read, at least one" in office.visitor.text


@pytest.mark.parametrize(
    ("page", "typed", "said"),
    [
        ("day", day(TODAY + timedelta(days=2), "on"), "still to come"),
        ("day", {"on-day": "31", "on-month": "2", "on-year": "2026"}, "There is no 31 February"),
        ("dogs", {"seen": "-3"}, "from 0 to 500"),
        ("dogs", {"seen": "many"}, "must be a whole number"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_stays(
    office: Office, page: str, typed: Mapping[str, str], said: str
) -> None:
    visit = office.planned(VisitKind.DOG_WELFARE)
    office.visitor.get(f"/visits/{visit.id}/report/{page}").send(typed, status=422)
    assert said in office.visitor.html or "whole number" in office.visitor.text
    assert all(f'value="{value}"' in office.visitor.html for value in typed.values())


def test_pages_of_another_kind_of_visit_lead_back(office: Office, make: Workshop) -> None:
    dogs = f"/visits/{office.planned(VisitKind.DOG_WELFARE).id}/report"
    custody = f"/visits/{make.visit(office.suite, office.ann).id}/report"
    make.session.commit()
    for path in (f"{dogs}/counts", f"{dogs}/contact/add", f"{dogs}/records", f"{dogs}/arrival"):
        office.visitor.get(path)
        assert office.visitor.path == dogs
    for path in (f"{custody}/dogs", f"{custody}/records", f"{custody}/record/add", f"{custody}/day"):
        office.visitor.get(path)
        assert office.visitor.path == custody


def test_somebody_elses_is_not_there(office: Office, browse_as: Browse) -> None:
    visit = office.planned(VisitKind.RECORD_REVIEW)
    stranger = browse_as(Role.VOLUNTEER, person=office.bo)
    for page in ("", "/day", "/records", "/record/add"):
        stranger.get(f"/visits/{visit.id}/report{page}", status=404)


def test_records_are_named_by_custody_number_where_the_scheme_says_so(office: Office, make: Workshop) -> None:
    path = f"/visits/{office.planned(VisitKind.RECORD_REVIEW).id}/report/record/add"
    office.visitor.get(path)
    assert "Number in the sample" in office.visitor.text
    value = write_choice(True)
    make.keep(
        Setting(name="records_by_custody_number", value=value, effective_on=date(2026, 1, 1), set_at=NOW)
    )
    make.session.commit()
    office.visitor.get(path)
    assert "Custody number" in office.visitor.text


def test_a_plan_that_cannot_be_keeps_what_was_typed(office: Office) -> None:
    office.coordinator.get("/strands/plan?kind=dog_welfare")
    typed = office.form(place="Kennels", visitor_2=str(office.ann.id))
    office.coordinator.send(typed, status=422)
    assert "two different visitors" in office.coordinator.text
    assert 'value="Kennels"' in office.coordinator.html
    office.coordinator.send({**typed, "visitor_1": "0", "visitor_2": "0"}, status=422)
    assert "Choose who makes it" in office.coordinator.text
    office.coordinator.send({**typed, "visitor_2": "0", "day-year": "2031"}, status=422)
    assert "within a year" in office.coordinator.text


def test_it_is_given_to_somebody_else_or_called_off(office: Office, session: Session) -> None:
    visit = office.planned(VisitKind.RECORD_REVIEW, day=TODAY + timedelta(days=7))
    office.coordinator.get(f"/visits/{visit.id}").follow("Change who makes it")
    office.coordinator.send({"visitor_1": str(office.bo.id), "visitor_2": "0"})
    assert "Bo Lowe" in office.coordinator.text
    office.coordinator.follow("Call it off").send({"reason": ""}, status=422)
    office.coordinator.send({"reason": "No sample came"})
    assert "called off" in office.coordinator.text
    session.expire_all()
    assert session.get_one(Visit, visit.id).outcome is Outcome.CANCELLED
    office.coordinator.get(f"/strands/{visit.id}/call-off").send({"reason": "Again"}, status=422)


def test_a_visit_to_detainees_is_not_changed_here(office: Office, make: Workshop) -> None:
    visit = make.visit(office.suite)
    make.session.commit()
    office.coordinator.get(f"/strands/{visit.id}/visitors", status=404)
    office.coordinator.get(f"/strands/{visit.id}/call-off", status=404)


def test_a_report_on_paper_is_entered_for_them(office: Office, session: Session) -> None:
    visit = office.planned(VisitKind.DOG_WELFARE, day=TODAY - timedelta(days=7))
    office.coordinator.get(f"/visits/{visit.id}").follow("Enter a paper report").follow("The day")
    office.coordinator.send(day(TODAY - timedelta(days=7), "on"))
    office.coordinator.send({"seen": "3"})
    office.coordinator.send({"nothing_to_raise": "y"})
    office.coordinator.send({"saw_serious": "no"})
    office.coordinator.follow("Check and enter").send()
    assert session.scalars(sa.select(StrandCount.number)).all() == [3]


def test_terrorism_visits_have_a_counter_of_their_own_beside(office: Office, make: Workshop) -> None:
    for week in range(12):
        visit = make.visit(
            office.suite,
            office.ann,
            week=TODAY - timedelta(weeks=week),
            kind=VisitKind.RECORD_REVIEW,
            is_scheduled=False,
            outcome=Outcome.COMPLETED,
        )
        make.keep(StrandCount(visit_id=visit.id, made_on=visit.week_starts_on, number=week))
    make.visit(
        office.suite, kind=VisitKind.TERRORISM, outcome=Outcome.COMPLETED, week=TODAY - timedelta(weeks=2)
    )
    make.session.commit()
    office.coordinator.get("/strands/")
    assert "Record reviews: 12" in office.coordinator.text
    assert "Visits to terrorism detainees" in office.coordinator.text


def test_a_finding_is_put_to_the_police_with_where_it_was_seen(office: Office, browse_as: Browse) -> None:
    visit = office.planned(VisitKind.DOG_WELFARE, place="The force’s kennels")
    office.make.finding(visit, detail="No fresh water")
    office.session.commit()
    police = browse_as(Role.POLICE).get("/police/")
    assert "The force’s kennels" in police.text


def test_copies_of_a_review_are_compared_record_by_record() -> None:
    filed = Draft.of({"record-1": {"custody_number": "S1", "checks": {"meals": "yes"}}})
    answers = {"record-4": {"custody_number": "s1", "checks": {"meals": "no"}}}
    part = compared(Copy(1, 1, FORM_VERSION, {"answers": answers}, NOW, None, None, False), filed)[0]
    assert (part.title, part.is_only_here) == ("Record s1", False)
    assert [(row.label, row.filed, row.copy) for row in part.apart] == [
        ("Meals and drinks offered and written down", "Yes", "No")
    ]
