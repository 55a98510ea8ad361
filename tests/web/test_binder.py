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
    assert "Important These criteria are in the binder already: nothing was added." in page.text
    assert "0 criteria" not in page.text


def test_a_pasted_list_is_added_line_by_line_with_its_codes(browse_as: BrowseAs, session: Session) -> None:
    page = browse_as(Role.COORDINATOR).get("/panel/quality/add")
    page.send({"level": "gold", "lines": "3.1\tVisitors are thanked\r\n\r\nSuites are told in writing"})
    assert [(one.code, one.words, one.level) for one in criteria(session)] == [
        ("3.1", "Visitors are thanked", Level.GOLD),
        ("", "Suites are told in writing", Level.GOLD),
    ]
    assert "0 of 2 met" in page.text
    page.get("/panel/quality/add").send({"level": "gold", "lines": "3.1\tVisitors are thanked"})
    assert "Important These criteria are in the binder already: nothing was added." in page.text


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


def test_a_change_of_words_is_no_looking_at_it(browse_as: BrowseAs, make: Workshop) -> None:
    one = listed(make).id
    page = browse_as(Role.COORDINATOR).get(f"/panel/quality/{one}")
    assert "Not judged yet. Change the criterion" in page.text
    page.get(f"/panel/quality/{one}/change").send({"words": "Other words"})
    assert "Not judged yet No note yet Not yet" in page.text
    page.get(f"/panel/quality/{one}").send({"verdict": "not_met"})
    assert "Not met in the coordinator’s own word No note yet 4 Mar 2026" in page.text
    page.get(f"/panel/quality/{one}")
    assert "Last looked at on" in page.text


def test_two_coordinators_at_once_lose_nothing_silently(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    one = listed(make)
    mine, theirs = browse_as(Role.COORDINATOR), browse_as(Role.COORDINATOR)
    mine.get(f"/panel/quality/{one.id}")
    theirs.get(f"/panel/quality/{one.id}").send({"verdict": "not_met", "words": "Their note"})
    mine.send({"verdict": "met", "words": "My note"}, status=422)
    assert "changed this criterion on 4 March 2026 at 12:00, after you opened the page" in mine.text
    assert "Their note" in mine.text
    assert "My note" in mine.html
    assert [one.note for one in criteria(session)] == ["Their note"]
    mine.send()
    session.expire_all()
    assert [one.note for one in criteria(session)] == ["My note"]


def test_a_note_on_a_criterion_that_somebody_removed_is_shown_once_more(
    browse_as: BrowseAs, make: Workshop
) -> None:
    one = listed(make).id
    mine, theirs = browse_as(Role.COORDINATOR), browse_as(Role.COORDINATOR)
    mine.get(f"/panel/quality/{one}")
    theirs.get(f"/panel/quality/{one}/remove").send(button="Remove")
    mine.send({"verdict": "met", "words": "A letter of March <b>"}, status=404)
    assert "A letter of March <b>" in mine.text


def test_criteria_are_changed_moved_and_removed(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    first, second = listed(make, "First").id, listed(make, "Second", place=2).id
    page = browse_as(Role.COORDINATOR).get("/panel/quality/")
    page.send(button="Up")
    assert [one.words for one in criteria(session)] == ["Second", "First"]
    page.get(f"/panel/quality/{first}/change")
    page.send({"evidence": "training", "at_least": ""}, status=422)
    assert "Enter what is asked for at least, from 1 to 100 per cent" in page.text
    page.send({"evidence": "training", "at_least": "90", "code": "1.1"})
    assert "It cannot be said: nobody was in office." in page.text
    page.get(f"/panel/quality/{second}/remove").send(button="Remove")
    session.expire_all()
    assert [one.title for one in criteria(session)] == ["1.1 First"]
    page.get(f"/panel/quality/{second}", status=404)


def test_removing_or_moving_what_is_removed_already_says_so_above_the_list(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    """Pressed twice, or in a second tab that still shows it: what was wanted is done, no page is missing."""
    gone = listed(make, "First").id
    listed(make, "Second", place=2)
    page = browse_as(Role.COORDINATOR).get(f"/panel/quality/{gone}/remove").send(button="Remove")
    for way in ("remove", "up", "down"):
        page.post(f"/panel/quality/{gone}/{way}", {"version": "1"})
        assert page.heading == "Quality binder"
        assert "Important This criterion has been removed already." in page.text
    page.get(f"/panel/quality/{gone}/remove")
    assert "This criterion has been removed already." in page.text
    assert [one.words for one in criteria(session)] == ["Second"]
    for way in ("remove", "up", "down"):
        page.post(f"/panel/quality/{gone + 999}/{way}", status=404)


def test_what_others_changed_is_not_removed_unseen(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    one = listed(make)
    mine = browse_as(Role.COORDINATOR).get(f"/panel/quality/{one.id}/remove")
    browse_as(Role.COORDINATOR).get(f"/panel/quality/{one.id}").send({"verdict": "not_met", "words": "New"})
    mine.send(button="Remove", status=422)
    assert "New" in mine.text
    mine.send(button="Remove")
    assert not criteria(session)


def test_a_version_left_out_changes_nothing(browse_as: BrowseAs, make: Workshop, session: Session) -> None:
    one = listed(make)
    page = browse_as(Role.COORDINATOR).get(f"/panel/quality/{one.id}")
    page.post(f"/panel/quality/{one.id}", {"verdict": "not_met", "words": "Unseen"}, status=422)
    page.post(f"/panel/quality/{one.id}", {"verdict": "not_met", "version": "x1", "words": "U"}, status=422)
    assert [line.note for line in criteria(session)] == [""]


def test_words_that_give_somebody_away_are_pointed_out(browse_as: BrowseAs, make: Workshop) -> None:
    page = browse_as(Role.COORDINATOR).get(f"/panel/quality/{listed(make).id}")
    page.send({"verdict": "not_met", "words": "Ask Mr Crabtree on 07700 900123"}, status=422)
    assert "looks like a telephone number" in page.text
    page.send({"is_looked_over": "y"})
    assert "Ask Mr Crabtree" in page.text


def test_a_pasted_list_that_cannot_be_read_stays_as_typed(browse_as: BrowseAs) -> None:
    page = browse_as(Role.COORDINATOR).get("/panel/quality/add")
    page.send({"level": "gold", "lines": "One\n" + "long " * 130}, status=422)
    assert "Line 2 is longer than 600 characters" in page.text
    assert "long long" in page.html
    page.send({"lines": "  "}, status=422)


def test_another_period_is_asked_for_and_a_bad_one_refused(browse_as: BrowseAs, make: Workshop) -> None:
    listed(make, evidence=Evidence.PAPERS_PUBLISHED, at_least=1, verdict=Verdict.BY_EVIDENCE)
    page = browse_as(Role.COORDINATOR).get("/panel/quality/?from=2026-01&to=2026-02")
    assert "January to February 2026" in page.text
    page.get("/panel/quality/?from=2026-02&to=2026-01", status=422)
    assert "There is a problem" in page.text
    page.get("/panel/quality/binder.html?from=2026-02&to=2026-01", status=404)


def test_the_binder_leaves_as_one_document(browse_as: BrowseAs, make: Workshop) -> None:
    listed(make, "Visitors are thanked.", code="1.2")
    page = browse_as(Role.COORDINATOR).get("/panel/quality/?from=2026-01&to=2026-02")
    [address] = [link.get("href") for link in page.page.iter("a") if link.text == "Web page"]
    document = page.client.get(address)
    assert document.headers["Content-Disposition"] == (
        'attachment; filename="quality-binder-2026-01-01-2026-02-28.html"'
    )
    assert "1.2 Visitors are thanked." in document.get_data(as_text=True)
    assert page.client.get("/panel/quality/binder.pdf").data.startswith(b"%PDF-")
    page.get("/panel/quality/binder.exe", status=404)


def test_neither_the_panel_nor_the_police_read_the_binder(browse_as: BrowseAs) -> None:
    for role in (Role.PANEL, Role.POLICE):
        browse_as(role).get("/panel/quality/", status=403)
        browse_as(role).get("/panel/quality/binder.pdf", status=403)
