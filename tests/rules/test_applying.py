"""The application: what it asks, what is wrong with an answer, who may not apply, what it declares."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules import applying
from icv.rules.applying import NO_TIE, ONE_OF_THEM, bar, faults, following, missing, page_named, pages, tidied
from icv.rules.applying.words import LABELS, REFEREE_LABELS
from icv.rules.reaching import is_email, is_phone, is_plain_name
from tests.applications import CHOICES, answers, referee

SAM = referee("Sam", "sam@example.net")
NO_REFEREES = replace(CHOICES, references_wanted=0)


def told(page: str, own: dict[str, Any], others: dict[str, Any] | None = None) -> dict[str, str]:
    asked = page_named(page, CHOICES)
    assert asked
    return {fault.field: fault.sentence for fault in faults(asked, tidied(own), others or {}, CHOICES)}


def test_a_good_application_lacks_nothing() -> None:
    assert missing(answers(), CHOICES) == []
    assert bar(answers(), CHOICES) is None


def test_a_scheme_asks_for_as_many_referees_as_it_wants_and_of_no_role_it_does_not_bar() -> None:
    names = [page.name for page in pages(replace(CHOICES, references_wanted=5, barred_roles=()))]
    assert [name for name in names if name.startswith("referee")] == [f"referee-{n}" for n in range(1, 6)]
    assert "roles" not in names
    assert page_named("referee-1", NO_REFEREES) is None


def test_every_answer_has_a_label_to_be_read_by() -> None:
    for page, own in answers().items():
        labels = REFEREE_LABELS if page.startswith("referee") else LABELS[page]
        assert set(own) == set(labels)


@pytest.mark.parametrize("page", [page.name for page in pages(CHOICES)])
def test_a_page_left_out_or_empty_keeps_it_from_being_sent(page: str) -> None:
    left_out = answers(**{page.replace("-", "_"): None})
    assert [(one.name, fault.sentence) for one, fault in missing(left_out, CHOICES)] == [
        (page, "This page is not answered yet")
    ]
    if page != "heard":
        assert told(page, {})


@pytest.mark.parametrize(
    ("page", "own", "field", "words"),
    [
        ("name", {"name": " "}, "name", "Enter your name"),
        ("name", {"name": "Win at evil.com"}, "name", "in letters"),
        ("name", {"name": "x" * 101}, "name", "Keep this to 100 characters"),
        ("contact", {"email": "ada"}, "email", "like name@example.org"),
        ("contact", {"email": "ada@example.org", "phone": "none"}, "phone", "telephone number"),
        ("area", {"ties": [], "town": "Oadby"}, "ties", "live, work or study"),
        ("area", {"ties": ["live"], "town": ""}, "town", "Enter the town"),
        ("area", {"ties": ["live", NO_TIE], "town": "x"}, "ties", "not both"),
        ("area", {"ties": ["on the moon"], "town": "x"}, "ties", "live, work or study"),
        ("age", {"is_adult": None}, "is_adult", "18 or over"),
        ("roles", {"declared": list(CHOICES.barred_roles[1:])}, "declared", "I am not a magistrate"),
        ("roles", {"declared": [*CHOICES.barred_roles, ONE_OF_THEM]}, "declared", "not both"),
        ("connections", {"has_any": True, "words": " "}, "words", "what the connection is"),
        ("connections", {"has_any": True, "words": "x" * 1001}, "words", "1,000 characters: it has 1,001"),
        ("why", {"why": ""}, "why", "own words"),
        ("why", {"why": "x" * 2001}, "why", "2,000 characters"),
        ("referee-1", {**referee("Sam", "ADA@example.org")}, "email", "your own address"),
        ("referee-1", {**referee("Sam", "")}, "email", "the questions go there"),
        ("referee-2", {**referee("Sam", "SAM@example.net")}, "email", "as your first referee"),
        ("referee-1", {**SAM, "is_no_relative": False}, "is_no_relative", "must not be related"),
        ("referee-1", {**SAM, "relation": ""}, "relation", "knows you"),
        ("consent", {"vetting": False, "references": True}, "vetting", "without vetting"),
        ("consent", {"vetting": True, "references": False}, "references", "without references"),
    ],
)
def test_what_is_no_answer_is_told_beside_its_field(
    page: str, own: dict[str, Any], field: str, words: str
) -> None:
    assert words in told(page, own, answers())[field]


def test_two_thousand_characters_count_as_they_are_read_not_as_they_are_sent() -> None:
    lines = "\r\n".join(["x" * 9] * 200)
    assert len(lines) > 2000
    assert told("why", {"why": lines}) == {}


def test_a_referee_who_was_named_before_the_own_address_was_changed_is_found_out_before_sending() -> None:
    said = answers(contact={"email": "sam@example.net", "phone": ""})
    assert [page.name for page, _ in missing(said, CHOICES)] == ["referee-1"]


def test_a_role_that_the_scheme_bars_since_is_declared_before_sending() -> None:
    stricter = replace(CHOICES, barred_roles=(*CHOICES.barred_roles, "an appropriate adult"))
    ((page, fault),) = missing(answers(), stricter)
    assert page.name == "roles"
    assert "I am not an appropriate adult" in fault.sentence


@pytest.mark.parametrize(
    ("said", "page", "words"),
    [
        (answers(age={"is_adult": False}), "age", "18 or over"),
        (answers(area={"ties": [NO_TIE], "town": ""}), "area", "live, work or study"),
        (answers(roles={"declared": [ONE_OF_THEM]}), "roles", "independent"),
    ],
)
def test_who_may_not_apply_is_told_why_and_what_instead(said: dict[str, Any], page: str, words: str) -> None:
    told_kindly = bar(said, CHOICES)
    assert told_kindly
    assert told_kindly.page.name == page
    assert words in told_kindly.why
    assert told_kindly.instead
    assert page not in {one.name for one, _ in missing(said, CHOICES)}


def test_one_goes_on_to_what_is_not_answered_yet_and_at_last_to_none() -> None:
    why, name = page_named("why", CHOICES), page_named("name", CHOICES)
    assert why
    assert name
    assert following(name, {}, CHOICES) == page_named("contact", CHOICES)
    assert following(why, answers(name=None, heard=None), CHOICES) == page_named("heard", CHOICES)
    assert following(why, answers(name=None), CHOICES) == name
    assert following(why, answers(), CHOICES) is None


def test_it_declares_what_was_ticked_in_the_words_that_were_shown() -> None:
    assert applying.declared(answers()).splitlines() == [
        "I am 18 or over",
        "I live and work in the area: Oadby",
        "I am not a magistrate",
        "I am not a police officer or a member of police staff",
        "I am not a special constable",
        "I am not a Police and Crime Commissioner, or a member of their staff",
        "I agree to be vetted by the police",
        "I agree that my referees are asked about me",
        "What I have said in my application is true",
    ]


def test_connections_are_told_only_where_there_are_any() -> None:
    typed_and_taken_back = {"has_any": False, "words": "My brother"}
    assert applying.connections(answers(connections=typed_and_taken_back)) == ""
    assert applying.connections(answers(connections={"has_any": True, "words": "My brother"})) == "My brother"


def test_what_was_asked_once_is_still_read_when_it_is_asked_no_more() -> None:
    read = applying.sections(answers(), NO_REFEREES)
    assert [section.page.title for section in read][-2:] == ["Referee 1", "Referee 2"]
    assert ("Referee 1: name", "Sam Rivers") in read[-2].lines


def test_referees_are_those_the_scheme_wants() -> None:
    assert [one.name for one in applying.referees(answers(), CHOICES)] == ["Sam Rivers", "Lee Hill"]
    assert applying.referees(answers(), NO_REFEREES) == []


def test_the_time_it_takes_is_said_in_fives() -> None:
    assert applying.minutes(CHOICES) % 5 == 0
    assert applying.minutes(replace(CHOICES, references_wanted=0)) < applying.minutes(
        replace(CHOICES, references_wanted=5)
    )


FIELDS = ["name", "email", "phone", "words", "why", "relation", "town", "heard"]
WORDS = st.fixed_dictionaries({}, optional={field: st.text(max_size=30) for field in FIELDS})
REST = st.fixed_dictionaries(
    {},
    optional={
        "ties": st.lists(st.sampled_from(["live", NO_TIE, "x"]), max_size=3),
        "declared": st.lists(st.sampled_from([*CHOICES.barred_roles, ONE_OF_THEM, "x"]), max_size=6),
        **{name: st.none() | st.booleans() for name in ("is_adult", "has_any", "is_no_relative", "vetting")},
    },
)


@given(
    st.dictionaries(
        st.sampled_from([page.name for page in pages(CHOICES)]),
        WORDS.flatmap(lambda words: REST.map(lambda rest: {**words, **rest})),
    )
)
def test_whatever_is_typed_can_be_judged_and_read(said: dict[str, dict[str, Any]]) -> None:
    said = {page: tidied(own) for page, own in said.items()}
    found = missing(said, CHOICES)
    assert {page.name for page, _ in found} >= {page.name for page in pages(CHOICES)} - set(said)
    applying.sections(said, CHOICES)
    applying.referees(said, CHOICES)
    applying.declared(said)
    bar(said, CHOICES)


@pytest.mark.parametrize("typed", ["ada@example.org", "o'hara+x@a-b.co.uk", "ada@bücher.example"])
def test_an_address_a_letter_can_go_to(typed: str) -> None:
    assert is_email(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "a b@example.org",
        "ada@example",
        "<ada@example.org>",
        "ädä@example.org",
        "a@b@c.org",
        "ada@example.org,b@example.org",
        f"{'a' * 250}@example.org",
        "ada@example.org.",
        "ada@[example.org",
        "ada@[192.0.2.1]",
        "ada@(example.org",
        "ada@example\x01.org",
        'ada@"example.org',
    ],
)
def test_an_address_no_letter_can_go_to(typed: str) -> None:
    assert not is_email(typed)


def test_names_lead_nowhere() -> None:
    for name in (
        "Ada",
        "J. R. R. Tolkien",
        "J.R.R. Tolkien",
        "Siân O’Neill-Brontë",
        "李小龍",
        "Mary St. John",
    ):
        assert is_plain_name(name)
    for name in (
        "evil.com",
        "see https://evil",
        "a@b",
        "www evil",
        "<b>",
        "Win 100",
        "...",
        "\u200b",
        "A\u202e",
    ):
        assert not is_plain_name(name)


def test_telephone_numbers() -> None:
    assert is_phone("+44 (0)116 496 0123 ext 12")
    assert not is_phone("ring me")
