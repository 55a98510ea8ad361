"""The identity guard: what gives somebody away is pointed out, and what does not is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.guarding import Hint, clues, expressions

YEAR = 2026


def _hints(words: str, **names: list[str]) -> list[tuple[str, str]]:
    return [(clue.hint.value, clue.excerpt) for clue in clues(words, YEAR, **names)]


FOUND = [
    ("She is 12/03/1998 they said", Hint.BIRTH_DATE, "12/03/1998"),
    ("on 3.4.98 he", Hint.BIRTH_DATE, "3.4.98"),
    ("12th of March 1971", Hint.BIRTH_DATE, "12th of March 1971"),
    ("record says 1971-03-12", Hint.BIRTH_DATE, "1971-03-12"),
    ("DOB: 4 May 2009, small", Hint.BIRTH_DATE, "DOB: 4 May 2009"),
    ("ring 07700 900123 now", Hint.TELEPHONE, "07700 900123"),
    ("+44 7700 900 123", Hint.TELEPHONE, "+44 7700 900 123"),
    ("(0116 496 0123)", Hint.TELEPHONE, "0116 496 0123"),
    ("lives at le1 6fb", Hint.POSTCODE, "le1 6fb"),
    ("SW1A1AA", Hint.POSTCODE, "SW1A1AA"),
    ("to a.b+c@example.co.uk.", Hint.EMAIL, "a.b+c@example.co.uk"),
    ("Mr Brown was cold", Hint.NAME, "Mr Brown"),
    ("we saw Mrs. O’Neill", Hint.NAME, "Mrs. O’Neill"),
    ("Sgt Hall brought a blanket", Hint.NAME, "Sgt Hall"),
    ("saw MR SMITH and left", Hint.NAME, "MR SMITH"),
    ("Ms. de Silva was cold", Hint.NAME, "Ms. de Silva"),
    ("Mr\u00a0Smith was cold", Hint.NAME, "Mr\u00a0Smith"),
    ("Mr J Smith was cold", Hint.NAME, "Mr J Smith"),
    ("Mr Ødegård was cold", Hint.NAME, "Mr Ødegård"),
    ("Miss İnce was cold", Hint.NAME, "Miss İnce"),
    ("born 3 May '99", Hint.BIRTH_DATE, "3 May '99"),
    ("He said 3 May ’99 I think", Hint.BIRTH_DATE, "3 May ’99"),
    ("of 3/5/'99.", Hint.BIRTH_DATE, "3/5/'99"),
    ("Rose, Jane was cold", Hint.NAME, "Rose, Jane"),
    ("the record of ROSE, JANE", Hint.NAME, "ROSE, JANE"),
    ("O’Neill, Mary; cold", Hint.NAME, "O’Neill, Mary"),
    ("Sgt. Hall came", Hint.NAME, "Sgt. Hall"),
    ("Mr May was cold", Hint.NAME, "Mr May"),
    ("MRS THEAKER was cold", Hint.NAME, "MRS THEAKER"),
]


@pytest.mark.parametrize(("words", "hint", "excerpt"), FOUND)
def test_what_gives_somebody_away_is_found(words: str, hint: Hint, excerpt: str) -> None:
    assert (hint.value, excerpt) in _hints(words)


LEFT_ALONE = [
    "Visited on 12/03/2026 at 14:05, cells 1 to 12.",
    "The Sergeant brought a blanket. Inspector was told at 23:40.",
    "Custody number EU/01234/26 and 7 of 9 people.",
    "Sergeant The cells were cold",
    "Room 4B was at 18 degrees; 12 blankets and 30 pillows.",
    "We asked for a doctor, and one came within 20 minutes.",
    "Form B 3 2AM left blank",
    "",
    "We asked for the name of Mr\n\nBlankets were clean.",
    "He was with Mr.\nCells were cold.",
    "We told the Sergeant. Blankets came at once.",
    "Nobody spoke to the Inspector. Reviews were late.",
    "Dr Called at 10, Dr Not seen; PC Screen broken",
    "MR AND the others",
    "On 12 May '26, and in the '90s",
    "Clean, Tidy. Leicester, Monday; Rights, Welfare",
]


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_what_names_nobody_is_left_alone(words: str) -> None:
    assert _hints(words) == []


def test_people_of_the_scheme_are_known_by_their_whole_names_and_the_pair_by_either() -> None:
    people, pair = ["Asha Jane Patel", "Will Field"], ["Grace Okafor"]
    named = _hints(
        "ASHA PATEL, in the field; will Field; Grace came. By the grace of", people=people, pair=pair
    )
    assert named == [("our_own", "ASHA PATEL"), ("our_own", "will Field"), ("our_own", "Grace")]


def test_own_names_are_known_the_other_way_round_with_a_comma() -> None:
    assert _hints("PATEL, Asha; Asha of Patel, Patel Asha", people=["Asha Patel"]) == [
        ("our_own", "PATEL, Asha")
    ]


def test_a_name_that_is_a_word_is_not_one_at_the_head_of_a_sentence() -> None:
    pair = ["Will Young", "Grace May"]
    for words in (
        "Will they be told?\nYoung people were asked. May we see it? “Will it be mended?”",
        "Cold: Will be asked again",
    ):
        assert _hints(words, pair=pair) == []
    named = _hints("Grace asked Will, and Mrs May came. Will Young left", people=pair, pair=pair)
    assert named == [
        ("our_own", "Grace"),
        ("our_own", "Will"),
        ("name", "Mrs May"),
        ("our_own", "May"),
        ("our_own", "Will Young"),
        ("our_own", "Young"),
    ]


@pytest.mark.parametrize(
    ("pattern", "words", "found"),
    [
        ("", "of AB/1234/26, cold", ["AB/1234/26"]),
        ("", "of eu-01234-26.", ["eu-01234-26"]),
        ("", "on 12/03/2026 in cell 12, ward A-1, COVID-19", []),
        ("AA00000000", "of EU01234026 and XEU012340261", ["EU01234026"]),
        (None, "of AB/1234/26, cold", []),
    ],
)
def test_custody_numbers_are_found_in_what_the_public_reads(
    pattern: str | None, words: str, found: list[str]
) -> None:
    assert [clue.excerpt for clue in clues(words, YEAR, number_pattern=pattern)] == found


def test_one_excerpt_is_pointed_out_once() -> None:
    assert len(_hints("Mr Brown, then Mr Brown, then MR BROWN")) == 1


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=5))
def test_any_words_and_any_names_can_be_read(words: str, names: list[str]) -> None:
    for clue in clues(words, YEAR, people=names, pair=names):
        assert clue.excerpt in words


def test_browsers_understand_the_expressions_too() -> None:
    """What only one of the two languages knows: lookbehind, named groups, verbose or inline flags."""
    for expression, flags in expressions(YEAR).values():
        assert flags in {"", "i"}
        assert not re.search(r"\(\?(?:P|<|#|\(|[aiLmsux])|\\[AZ]|\{,", expression)


def test_twenty_thousand_characters_are_read_at_once() -> None:
    """A pattern that tries everything again would take minutes for these."""
    for unit in ("0 ", "1/", "a.", "Mr ", "12 March ", "A1 ", "+44 ", "Mr. ", "Aa, ", "May '", "Will. "):
        assert isinstance(
            clues(unit * (20_000 // len(unit)), YEAR, people=["A B"] * 2000, pair=["Will"]), list
        )
