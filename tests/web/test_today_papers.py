"""What waits beside the visiting: papers begun and left, criteria nobody looks at, drafts overtaken."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, add_months
from icv.rules.paper import PaperKind
from icv.rules.quality import Evidence, Level, Verdict
from icv.rules.scheme import Choices
from icv.services import papers
from icv.store.papers import PanelPaper, PaperWords
from icv.store.quality import Criterion
from icv.store.rota import RotaState
from icv.store.today import About, people_on, waiting
from tests.waiting import MONDAY, draft, rota
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


def found(session: Session, *about: About) -> list[tuple[str, str]]:
    session.flush()
    everything = waiting(session, Choices(), people_on(session, Choices(), TODAY), at=NOW)
    return [(one.what, one.who) for one in everything if one.about in about]


def test_a_draft_waits_once_nobody_has_written_in_it_for_a_week(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    for month, days_ago in ((1, 6), (2, 9), (3, 9)):
        period = Period(date(TODAY.year - 1, month, 1), date(TODAY.year - 1, month, 28))
        papers.begin(session, PaperKind.COMMITTEE, period, by=by, at=NOW - days_ago * A_DAY)
    _, written_in, left = session.scalars(sa.select(PanelPaper).order_by(PanelPaper.id))
    session.add(PaperWords(paper_id=written_in.id, block="x", words="y", written_at=NOW - A_DAY))
    session.add(PaperWords(paper_id=left.id, block="x", words="y", written_at=NOW - 8 * A_DAY))
    assert found(session, About.PAPER) == [("Draft paper to finish", left.title)]


def test_criteria_wait_together_once_nobody_has_looked_for_a_year(session: Session, make: Workshop) -> None:
    for place, seen_on in enumerate((add_months(TODAY, -11), add_months(TODAY, -13), add_months(TODAY, -14))):
        make.keep(
            Criterion(
                level=Level.GOLD,
                place=place,
                words="Visits are made",
                evidence=Evidence.NONE,
                verdict=Verdict.OPEN,
                changed_at=NOW - (TODAY - seen_on),
            )
        )
    line = "Criteria not looked at for a year", "Quality binder: 2 criteria"
    assert found(session, About.BINDER) == [line]


def test_a_draft_rota_whose_visits_are_there_already_is_to_be_discarded(
    session: Session, make: Workshop
) -> None:
    suite = make.suite()
    draft(make, suite.id)
    assert [what for what, _ in found(session, About.ROTA)] == ["Draft rota to publish"]
    make.visit(suite, week=MONDAY + A_WEEK, outcome="cancelled", cancelled_on=TODAY, reason="Suite closed")
    assert [what for what, _ in found(session, About.ROTA)] == ["Draft rota to publish"]
    make.visit(suite, week=MONDAY + A_WEEK, rota_id=rota(make, RotaState.PUBLISHED).id)
    assert [what for what, _ in found(session, About.ROTA)] == ["Draft rota overtaken: discard it"]


def test_of_two_drafts_an_overtaken_one_is_no_choice(session: Session, make: Workshop) -> None:
    suite = make.suite()
    draft(make, suite.id), draft(make, suite.id)
    assert [what for what, _ in found(session, About.ROTA, About.DRAFTS)] == ["Two drafts: choose one"]
    make.visit(suite, week=MONDAY + A_WEEK)
    expected = ["Draft rota overtaken: discard it"] * 2
    assert [what for what, _ in found(session, About.ROTA, About.DRAFTS)] == expected


def test_both_lead_to_their_pages(browse_as: Browse, make: Workshop, session: Session) -> None:
    browser = browse_as(Role.COORDINATOR)
    period = Period(date(TODAY.year - 1, 1, 1), date(TODAY.year - 1, 1, 31))
    at = NOW - 9 * A_DAY
    papers.begin(session, PaperKind.COMMITTEE, period, by=make.actor(Role.COORDINATOR), at=at)
    make.keep(
        Criterion(
            level=Level.GOLD,
            place=1,
            words="Visits are made",
            evidence=Evidence.NONE,
            verdict=Verdict.OPEN,
            changed_at=NOW - timedelta(days=800),
        )
    )
    session.commit()
    assert "January" in browser.get("/today/").follow("Draft paper to finish").text
    assert "Quality binder" in browser.get("/today/").follow("Criteria not looked at").text
