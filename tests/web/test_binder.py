"""The quality binder on its pages: the list kept, judged and read by the coordinator alone."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.quality import Evidence, Level, Verdict
from icv.rules.visits import Outcome
from icv.store.quality import Criterion, criteria
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

BrowseAs = Callable[..., Browser]


def listed(make: Workshop, words: str = "Visits are made.", **more: object) -> Criterion:
    kept = {"level": Level.SILVER, "place": 1, "verdict": Verdict.OPEN, "changed_at": NOW, **more}
    return make.keep(Criterion(words=words, **kept))  # type: ignore[no-any-return]


def test_an_empty_binder_says_what_to_do_and_offers_a_beginning(
    browse_as: BrowseAs, session: Session
) -> None:
    page = browse_as(Role.COORDINATOR).get("/panel/quality/")
    assert "No criteria yet" in page.text
    page.send(button="Begin with this list")
    assert "12 criteria added" in page.text
    assert len(criteria(session)) == 12
    page.post("/panel/quality/beginning")
    assert len(criteria(session)) == 12


def test_a_pasted_list_is_added_line_by_line_with_its_codes(browse_as: BrowseAs, session: Session) -> None:
    page = browse_as(Role.COORDINATOR).get("/panel/quality/add")
    page.send({"level": "gold", "lines": "3.1\tVisitors are thanked\r\n\r\nSuites are told in writing"})
    assert [(one.code, one.words, one.level) for one in criteria(session)] == [
        ("3.1", "Visitors are thanked", Level.GOLD),
        ("", "Suites are told in writing", Level.GOLD),
    ]
    assert "0 of 2 met" in page.text


def test_the_evidence_stands_beside_the_criterion(browse_as: BrowseAs, make: Workshop) -> None:
    suite = make.suite("Euston Street")
    make.visit(suite, week=NOW.date().replace(month=2), outcome=Outcome.COMPLETED)
    listed(
        make,
        evidence=Evidence.VISITS_AGAINST_PLAN,
        at_least=90,
        verdict=Verdict.BY_EVIDENCE,
        level=Level.GOLD,
    )
    page = browse_as(Role.COORDINATOR).get("/panel/quality/")
    assert "100.0% (1 of 1) of scheduled visits were completed; at least 90% asked for" in page.text
    assert "1 of 1 met" in page.text


def test_a_word_is_kept_with_its_note_and_name(browse_as: BrowseAs, make: Workshop, session: Session) -> None:
    one = listed(make)
    page = browse_as(Role.COORDINATOR).get(f"/panel/quality/{one.id}")
    page.send({"verdict": "met"}, status=422)
    assert "Write what shows that it is met" in page.text
    page.send({"verdict": "met", "words": "Letter of March, in the office’s folder"})
    assert "1 of 1 met" in page.text
    assert "Letter of March" in page.text
    assert criteria(session)[0].version == 2


def test_two_coordinators_at_once_lose_nothing_silently(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    one = listed(make)
    mine, theirs = browse_as(Role.COORDINATOR), browse_as(Role.COORDINATOR)
    mine.get(f"/panel/quality/{one.id}")
    theirs.get(f"/panel/quality/{one.id}").send({"verdict": "not_met", "words": "Their note"})
    mine.send({"verdict": "met", "words": "My note"}, status=422)
    assert "changed this criterion at 12:00, after you opened it" in mine.text
    assert "Their note" in mine.text
    assert "My note" in mine.html
    assert [one.note for one in criteria(session)] == ["Their note"]
    mine.send()
    session.expire_all()
    assert [one.note for one in criteria(session)] == ["My note"]
