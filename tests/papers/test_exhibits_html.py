"""Tables of exhibits as HTML: by a template engine alone, nothing lost and nothing taken for markup."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from icv.rules.exhibits import Column, Hidden, Kind, Row, Share, Table

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TABLE = Table(
    "seen",
    "People seen, by <suite>",
    "Suite",
    (Column("People"), Column("Seen", Kind.SHARE), Column("Reason", Kind.WORDS)),
    (
        Row("Leys & <b>Park</b>", (1204, Share(16, 17), "asleep")),
        Row("Euston Street", (Hidden.FEW, Share(0, 0), None)),
    ),
    Row("All suites", (1206, Share(17, 19), "")),
    said=("visits.completed", "visits.unknown"),
    note="Of those offered a visit.",
)
SAID = {"visits.completed": ("Visits completed", "Those <completed>.")}


def words_of(table: Table) -> str:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    macros = environment.get_template("paper/_exhibits.html").module
    return str(macros.table(table, SAID))  # type: ignore[attr-defined]


def test_a_table_says_all_it_holds_and_what_its_figures_count() -> None:
    made = words_of(TABLE)
    words = " ".join(re.sub("<[^>]*>", " ", made).split())
    assert words.startswith("People seen, by &lt;suite&gt; Suite People Seen Reason")
    assert "Leys &amp; &lt;b&gt;Park&lt;/b&gt; 1,204 94.1% (16 of 17) asleep" in words
    assert "Euston Street few – –" in words
    assert "All suites 1,206 89.5% (17 of 19)" in words
    assert "Of those offered a visit." in words
    assert "“Few” stands where a number could point at a person" in words
    assert words.endswith("Visits completed: Those &lt;completed&gt;.")


def test_numbers_stand_at_the_right_and_words_at_the_left() -> None:
    made = words_of(TABLE)
    assert '<td class="icv-n" data-label="People">1,204</td>' in made
    assert '<td data-label="Reason">asleep</td>' in made
    assert '<th scope="row">All suites</th>' in made


def test_nothing_is_explained_that_nobody_asked_of() -> None:
    shown = Table("one", "One", "Suite", (Column("People"),), (Row("Leys", (9,)),))
    made = words_of(shown)
    assert "icv-small" not in made
    assert "tfoot" not in made


@pytest.mark.parametrize("columns", [1, 3, 12])
def test_a_wide_table_is_scrolled_by_keyboard_too(columns: int) -> None:
    wide = Table("wide", "Wide", "Day", tuple(Column(f"{n}") for n in range(columns)), ())
    made = words_of(wide)
    assert ('tabindex="0"' in made) == (columns > 4)
    assert ("icv-cards" in made) == (columns == 3)
    assert "Nothing on record." in made
