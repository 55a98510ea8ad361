"""The certificate of service: read back as a reader that speaks would read it."""

import sys
from dataclasses import replace
from datetime import date

import pytest

from icv.papers.apart import Failed, run_apart
from icv.papers.certificate import Service, certificate
from icv.rules.refusals import Refusal
from tests.papers.pdf import Pdf

SERVICE = Service(
    name="Asha Patel",
    scheme="Fenshire custody visiting scheme",
    office="Office of the Police and Crime Commissioner",
    since=date(2018, 5, 3),
    until=None,
    visits=148,
    minutes=9300,
    untimed=12,
    courses=(("Initial training", date(2018, 4, 20)), ("Refresher: equality & care", date(2025, 4, 12))),
    issued_on=date(2026, 3, 4),
)


def words(service: Service) -> str:
    return " ".join(Pdf(certificate(service)).text.split())


def test_it_can_be_read_aloud() -> None:
    pdf = Pdf(certificate(SERVICE))
    assert pdf.claims_ua
    assert pdf.language == "en-GB"
    assert pdf.title == "Certificate of service: Asha Patel"
    assert pdf.roles.count("H1") == 1
    assert pdf.roles.count("H2") == 2
    assert pdf.roles.count("LI") == 2
    assert {font.split("-")[0] for font in pdf.fonts} == {"LibertinusSerif"}


def test_it_says_what_was_done_and_for_how_long() -> None:
    assert words(SERVICE) == (
        "Fenshire custody visiting scheme Certificate of service This is to certify that Asha Patel"
        " has served as an independent custody visitor since 3 May 2018, and serves still."
        " Visits made 148 visits to custody suites, and 155 hours spent there,"
        " not counting 12 visits of which the times are not on record."
        " Training completed Initial training, 20 April 2018 Refresher: equality & care, 12 April 2025"
        " Issued on 4 March 2026 from the records of the scheme, by:"
        " Office of the Police and Crime Commissioner"
    )


@pytest.mark.parametrize(
    ("change", "said", "unsaid"),
    [
        (
            {"until": date(2026, 2, 1)},
            "as an independent custody visitor from 3 May 2018 to 1 Feb",
            "",
        ),
        ({"visits": 0, "minutes": 0, "untimed": 0}, "serves still. Training", "Visits made"),
        ({"untimed": 0}, "148 visits to custody suites, and 155 hours spent there. ", "not counting"),
        ({"untimed": 148, "minutes": 0}, "148 visits to custody suites. ", "hours"),
        (
            {"visits": 1, "minutes": 45, "untimed": 0},
            "1 visit to custody suites, and 45 minutes spent",
            "148",
        ),
        ({"courses": ()}, "Issued on", "Training completed"),
    ],
)
def test_it_says_no_more_than_is_known(change: dict[str, object], said: str, unsaid: str) -> None:
    text = words(replace(SERVICE, **change))  # type: ignore[arg-type]
    assert said in text
    assert not unsaid or unsaid not in text


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd") *bold* _x_ $y$ `z` <label> @ref // no /* no */ \\ #panic()',
        '"}, "served": "nothing", "x": "',
        "Łukasz Ó Briain-Þórsdóttir",
        "Αλέξης Иванова",
    ],
)
def test_a_name_is_words_and_nothing_else(name: str) -> None:
    text = words(replace(SERVICE, name=name))
    assert f"certify that {name} has served" in text


def test_a_very_long_name_and_many_courses_still_fit() -> None:
    courses = tuple((f"Course {number}", date(2020, 1, 1)) for number in range(60))
    text = words(replace(SERVICE, name="Wolfeschlegelsteinhausenbergerdorff " * 5, courses=courses))
    assert "Course 59" in text
    assert "Commissioner" in text


@pytest.mark.parametrize(
    "name", ["W" * 100, "Ada " + "o" * 60, "Wolfeschlegelsteinhausenbergerdorff" * 2, "W" * 30]
)
def test_no_word_is_so_long_that_it_runs_off_the_page(name: str) -> None:
    pdf = Pdf(
        certificate(replace(SERVICE, name=name, office="O" * 90, courses=(("C" * 80, date(2020, 1, 1)),)))
    )
    assert len(pdf.lefts) > 8
    assert min(pdf.lefts) > 80
    assert name.replace(" ", "") in "".join(pdf.text.split())


def test_a_name_is_as_large_as_its_longest_word_allows() -> None:
    pdf = Pdf(certificate(replace(SERVICE, name="Wolfeschlegelsteinhausenbergerdorff")))
    assert "Wolfeschlegelsteinhausenbergerdorff" in pdf.text


def test_letters_that_no_font_has_are_a_refusal() -> None:
    with pytest.raises(Refusal, match="letter that none of the fonts here has"):
        certificate(replace(SERVICE, name="Asha \ufffe"))


def test_the_letter_that_cannot_be_shown_is_named_and_the_typesetter_is_not() -> None:
    with pytest.raises(Refusal, match=r"“\S+”, a letter.+can install a font") as refused:
        certificate(replace(SERVICE, name="Asha \ufffe"))
    assert "PDF/UA" not in str(refused.value)


def test_the_same_service_gives_the_same_pages() -> None:
    assert Pdf(certificate(SERVICE)).text == Pdf(certificate(SERVICE)).text


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(Refusal, match="took too long"):
        run_apart("timeit", "-n1", "-r1", "import time; time.sleep(30)", seconds=1)


def test_a_broken_helper_is_told_from_a_refusal() -> None:
    with pytest.raises(Failed, match="No module named"):
        run_apart("icv.papers.nothing", seconds=30)


def test_making_one_loads_no_typesetter_here() -> None:
    before = "typst" in sys.modules
    certificate(SERVICE)
    assert ("typst" in sys.modules) == before
