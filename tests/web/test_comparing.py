"""Comparison with other schemes: their file taken in, read beside ours, and removed."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.exhibits.shape import Row
from icv.rules.figures_file import MOST_BYTES, FiguresFile, as_text, read
from icv.rules.visits import Outcome
from icv.store.comparison import OtherFigures, other_figures
from tests.rules.figures_files import BY_CATEGORY, a_file, spoilt
from tests.web.browser import Browser
from tests.workshop import Workshop

PAGE = "/panel/comparison/"


@pytest.fixture
def coordinator(browse_as: Callable[..., Browser]) -> Browser:
    return browse_as(Role.COORDINATOR)


@pytest.fixture
def visited(make: Workshop) -> None:
    suite = make.suite("Euston Street")
    for day in (3, 10, 17, 24):
        make.visit(suite, make.person(), week=date(2024, 6, day), outcome=Outcome.COMPLETED)
    make.visit(suite, make.person(), week=date(2024, 7, 1))


def take_in(browser: Browser, content: bytes | FiguresFile, *, status: int = 200) -> Browser:
    sent = as_text(content).encode() if isinstance(content, FiguresFile) else content
    return browser.get(PAGE).send(
        {"file": (io.BytesIO(sent), "figures.json")}, button="Take in the file", status=status
    )


@pytest.mark.usefixtures("visited")
def test_another_schemes_file_is_read_beside_ours(coordinator: Browser) -> None:
    coordinator.get("/panel/").follow("Beside other schemes")
    assert "No file was taken in yet" in coordinator.text
    take_in(coordinator, a_file("North"))
    assert coordinator.heading == "Beside North"
    assert "Taken in: the figures of North." in coordinator.text
    assert "80.0% (4 of 5) 90.0% (18 of 20)" in coordinator.text
    assert "The periods differ" not in coordinator.text
    assert "Euston Street" not in coordinator.text, "suites are not compared"
    coordinator.get(PAGE).follow("North")
    assert coordinator.heading == "Beside North"


@pytest.mark.usefixtures("visited")
def test_our_own_file_shows_the_same_where_it_is_read(coordinator: Browser) -> None:
    coordinator.get(PAGE).follow("Figures of 2024–25")
    assert coordinator.answer is not None
    assert coordinator.answer.headers["Content-Disposition"] == 'attachment; filename="figures-2024-25.json"'
    own = read(coordinator.answer.data)
    take_in(coordinator, own)
    assert "80.0% (4 of 5) 80.0% (4 of 5)" in coordinator.text
    assert "Both define every figure below in the same words" in coordinator.text
    assert f"{own.scheme[:20]}" in coordinator.text


@pytest.mark.usefixtures("visited")
def test_periods_that_differ_are_said_to(coordinator: Browser) -> None:
    take_in(coordinator, a_file("North", period=Period(date(2012, 1, 1), date(2012, 3, 31))))
    assert "The periods differ" in coordinator.text
    assert "January to March 2012" in coordinator.text
    assert "2024–25" in coordinator.text


def test_a_scheme_without_visits_has_nothing_to_put_beside(coordinator: Browser) -> None:
    take_in(coordinator, a_file("North"))
    assert "There is nothing of ours to put beside it" in coordinator.text


@pytest.mark.usefixtures("visited")
def test_what_they_define_differently_is_marked_and_both_are_printed(coordinator: Browser) -> None:
    definitions = dict(a_file().definitions)
    definitions["findings.raised"] = replace(definitions["findings.raised"], words="Only the bad ones.")
    take_in(coordinator, a_file("North", definitions=definitions))
    assert "Defined differently by the two: findings raised" in coordinator.text
    assert "North: Only the bad ones." in coordinator.text


@pytest.mark.usefixtures("visited")
def test_what_their_file_says_is_words_and_never_markup(coordinator: Browser) -> None:
    evil = "<script>alert(1)</script>{{ 7 * 7 }}&'\""
    table = replace(BY_CATEGORY, caption=evil, corner=evil, rows=(Row(evil, (9,)),))
    definitions = {key: replace(one, name=evil, words=evil) for key, one in a_file().definitions.items()}
    take_in(coordinator, a_file(evil, table, definitions=definitions))
    assert evil in coordinator.text
    for page in (coordinator.html, coordinator.get(PAGE).html):
        assert "<script>alert" not in page
        assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "not a figures file"),
        (b"[" * 100_000, "not a figures file"),
        (b"x" * (MOST_BYTES + 1), "larger than 500 kB"),
        (spoilt("people", by=["Jane"]), "does not belong there: “people”"),
        (spoilt("totals", "visits.scheduled", by=-1), "“visits.scheduled” is not between 0"),
        (spoilt("digest", by="0" * 64), "changed after it was made"),
    ],
)
def test_what_is_no_figures_file_is_told_beside_the_field(
    coordinator: Browser, session: Session, content: bytes, what: str
) -> None:
    take_in(coordinator, content, status=422)
    assert what in coordinator.text
    assert other_figures(session) == []


def test_a_file_too_large_to_send_says_so(coordinator: Browser) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = coordinator.client.post(PAGE, data=b"x" * (8 * 2**20 + 1), content_type=kind)
    assert answer.status_code == 413


def test_the_same_file_sent_again_is_told_to_be_there(coordinator: Browser, session: Session) -> None:
    take_in(coordinator, a_file("North"))
    take_in(coordinator, a_file("North"), status=422)
    assert "here already" in coordinator.text
    assert len(other_figures(session)) == 1


def test_a_file_is_removed_and_asking_again_says_so(coordinator: Browser, session: Session) -> None:
    take_in(coordinator, a_file("North"))
    number = other_figures(session)[0].id
    coordinator.get(PAGE).send(button="Remove the figures of North")
    assert "Removed: the figures of North." in coordinator.text
    assert "No file was taken in yet" in coordinator.text
    coordinator.post(f"{PAGE}{number}/remove")
    assert "removed already" in coordinator.text
    coordinator.get(f"{PAGE}{number}", status=404)


@pytest.mark.usefixtures("visited")
def test_a_file_that_an_earlier_version_took_in_and_this_one_cannot_read_can_still_be_removed(
    coordinator: Browser, session: Session
) -> None:
    take_in(coordinator, a_file("North"))
    kept = session.scalars(sa.select(OtherFigures)).one()
    kept.content = kept.content | {"version": 0}
    session.commit()
    coordinator.get(f"{PAGE}{kept.id}")
    assert "“version” is 0" in coordinator.text
    coordinator.send(button="Remove the figures of North")
    assert "No file was taken in yet" in coordinator.text


@pytest.mark.parametrize("asked", ["", "?year=2099-00", "?year=x", "?year=2024-25"])
def test_of_a_year_without_visits_there_is_no_file(coordinator: Browser, asked: str) -> None:
    coordinator.get(f"{PAGE}own.json{asked}", status=404)
