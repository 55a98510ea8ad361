"""Visitors' diversity on its pages: entered question by question, and shown as the panel sees it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.diversity import Survey, SurveyLine, survey, surveys
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

BrowseAs = Callable[..., Browser]


def counted(make: Workshop, **numbers: int) -> int:
    kept = make.keep(Survey(counted_on=TODAY, county_source="Census 2021", entered_at=NOW))
    for answer, number in numbers.items():
        make.keep(SurveyLine(survey_id=kept.id, question="sex", answer=answer, visitors=number))
    return int(kept.id)


def test_a_count_is_entered_question_by_question(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    for _ in range(20):
        make.person()
    page = browse_as(Role.COORDINATOR).get("/panel/diversity/")
    assert "No count yet" in page.text
    page.follow("Enter a count")
    page.send({"counted_on-day": "1", "counted_on-month": "3", "counted_on-year": "2026", "source": "ONS"})
    assert page.heading == "Count of 1 March 2026"
    page.follow("Sex").send(
        {"visitors-female": "11", "visitors-male": "8", "county-female": "50.6", "county-male": "49.4%"}
    )
    assert "19 of 20 answered" in page.text
    page.get("/panel/diversity/")
    assert "57.9% (11 of 19)" in page.text
    assert "50.6" in page.text
    found = survey(session, surveys(session)[0].id)
    assert found is not None
    assert found.county == {"sex": {"female": 506, "male": 494}}


def test_the_panel_never_sees_a_small_number(browse_as: BrowseAs, make: Workshop) -> None:
    for _ in range(20):
        make.person()
    counted(make, female=12, male=7, prefer_not=1)
    page = browse_as(Role.PANEL).get("/panel/?from=2026-03&to=2026-03")
    assert "Diversity of visitors" in page.text
    assert "63.2% (12 of 19)" not in page.text
    assert "60.0% (12 of 20)" in page.text
    assert "5.0% (1 of 20)" not in page.text
    browse_as(Role.PANEL).get("/panel/diversity/", status=403)


def test_what_cannot_be_is_refused_with_everything_typed(browse_as: BrowseAs, make: Workshop) -> None:
    for _ in range(3):
        make.person()
    page = browse_as(Role.COORDINATOR).get(f"/panel/diversity/{counted(make)}/sex")
    page.send({"visitors-female": "4", "county-female": "60", "county-male": "41"}, status=422)
    assert "4 visitors answered, but on 4 March 2026 there were 3" in page.text
    assert "add up to 101.0%" in page.text
    assert 'value="4"' in page.html
    page.send({"visitors-female": "some", "county-female": "60.55"}, status=422)
    assert "Enter a whole number" in page.text
    assert "with one decimal at most" in page.text
    assert 'value="60.55"' in page.html


def test_numbers_changed_meanwhile_are_shown_and_not_written_over(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    for _ in range(9):
        make.person()
    number = counted(make)
    mine, theirs = browse_as(Role.COORDINATOR), browse_as(Role.COORDINATOR)
    mine.get(f"/panel/diversity/{number}/sex")
    theirs.get(f"/panel/diversity/{number}/sex").send({"visitors-female": "5"})
    mine.send({"visitors-female": "6"}, status=422)
    assert "On record now" in mine.text
    mine.send()
    found = survey(session, number)
    assert found is not None
    assert found.visitors == {"sex": {"female": 6}}


def test_a_day_is_changed_and_a_count_removed(browse_as: BrowseAs, make: Workshop, session: Session) -> None:
    number = counted(make)
    page = browse_as(Role.COORDINATOR).get(f"/panel/diversity/{number}/change")
    page.send({"counted_on-day": "", "source": "Census"}, status=422)
    page.send({"counted_on-day": "2", "source": "Census"})
    assert page.heading == "Count of 2 March 2026"
    page.get(f"/panel/diversity/{number}/remove").send(button="Remove")
    assert not surveys(session)
    page.get(f"/panel/diversity/{number}", status=404)


def test_a_question_that_is_not_asked_does_not_exist(browse_as: BrowseAs, make: Workshop) -> None:
    page = browse_as(Role.COORDINATOR)
    page.get(f"/panel/diversity/{counted(make)}/shoe-size", status=404)


def test_a_source_that_names_somebody_is_pointed_out_before_the_panel_reads_it(
    browse_as: BrowseAs, session: Session
) -> None:
    page = browse_as(Role.COORDINATOR).get("/panel/diversity/add")
    day = {"counted_on-day": "1", "counted_on-month": "3", "counted_on-year": "2026"}
    page.send({**day, "source": "Told by Mrs Jones on 07700 900123"}, status=422)
    assert "“Mrs Jones” looks like somebody’s name" in page.text
    assert "looks like a telephone number" in page.text
    assert surveys(session) == []
    page.send({"source": "Census 2021, Office for National Statistics"})
    session.expire_all()
    assert surveys(session)[0].county_source.startswith("Census 2021")
