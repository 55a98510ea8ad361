"""The pictures: sound SVG that says its numbers in words, needs no colour and holds no style."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from icv.papers.pictures import (
    SHADES,
    cohort_line,
    completion_bars,
    coverage_grid,
    funnel_bars,
    stacked_findings,
)
from icv.rules.days import WEEKDAYS
from icv.rules.timeslots import Grid

SVG = "{http://www.w3.org/2000/svg}"
BANDS = Grid().band_names
NASTY = "Leys & <b>Park</b> \"'"
COUNTS = [[day * band % 4 for band in range(5)] for day in range(7)]

DRAWN: dict[str, Callable[[], str]] = {
    "completion": lambda: completion_bars([("Dec 2023", 9, 9), (NASTY, 7, 8)], 95),
    "coverage": lambda: coverage_grid(COUNTS, WEEKDAYS, BANDS),
    "findings": lambda: stacked_findings([NASTY, "replied"], [(NASTY, [3, 0]), ("young", [0, 21])]),
    "funnel": lambda: funnel_bars([("Applied", 27, None), (NASTY, 15, 1), ("Appointed", 0, 92)]),
    "cohort": lambda: cohort_line([("1 Dec", 12), (NASTY, 16)], 14),
    "no bars": lambda: completion_bars([], 95),
    "none scheduled": lambda: completion_bars([("Dec 2023", 0, 0)]),
    "nothing covered": lambda: coverage_grid([[0] * 5 for _ in WEEKDAYS], WEEKDAYS, BANDS),
    "no findings": lambda: stacked_findings([], []),
    "nobody": lambda: funnel_bars([]),
    "no weeks": lambda: cohort_line([], 0),
    "no number needed": lambda: cohort_line([("1 Dec", 0), ("8 Dec", 2000)], None),
}


def words(svg: str, tag: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}{tag}")]


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_sound_named_and_unstyled(name: str) -> None:
    root = ElementTree.fromstring(DRAWN[name]())
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    assert ids == [element.get("id") for element in root if element.get("id")]
    assert [element.tag for element in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert all(element.text for element in root[:2])
    assert not [element for element in root.iter() if "style" in element.attrib]


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_is_drawn_outside(name: str) -> None:
    root = ElementTree.fromstring(DRAWN[name]())
    _, _, wide, tall = map(float, (root.get("viewBox") or "").split())
    for box in root.iter(f"{SVG}rect"):
        x, y, width, height = (float(box.get(side, "nan")) for side in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + width <= wide + 0.2
        assert y + height <= tall + 0.2
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("y", "nan")) <= tall


def test_a_bar_is_as_long_as_its_share() -> None:
    root = ElementTree.fromstring(
        completion_bars([("half", 4, 8), ("whole", 8, 8), ("more than whole", 9, 8)])
    )
    boxes = [float(box.get("width", "nan")) for box in root.iter(f"{SVG}rect")]
    whole, half = boxes[0], boxes[1]
    assert half == whole / 2
    assert boxes[3] == boxes[5] == whole


def test_the_description_says_every_number() -> None:
    (said,) = words(completion_bars([("Dec 2023", 9, 9), ("Jan 2024", 7, 8)], 95), "desc")
    assert said == "Dec 2023: 9 of 9, 100%; Jan 2024: 7 of 8, 88%. The target is 95%."
    (said,) = words(funnel_bars([("Applied", 27, None), ("Vetting", 15, 1)]), "desc")
    assert said == "Applied: 27; Vetting: 15, 1 day."


def test_each_timeslot_shows_its_number_and_empties_are_outlined() -> None:
    svg = coverage_grid(COUNTS, WEEKDAYS, BANDS)
    numbers = [text for text in words(svg, "text") if re.fullmatch(r"\d", text)]
    assert numbers == [str(count) for row in COUNTS for count in row]
    empties = sum(count == 0 for row in COUNTS for count in row)
    assert svg.count("stroke-dasharray") == empties
    assert words(svg, "desc")[0].startswith(f"{35 - empties} of 35 timeslots visited. Monday: 06–10 0,")


def test_shades_darken_without_colour() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(shade) for shade in SHADES]
    assert all(lighter - darker > 20 for lighter, darker in pairwise(greys))


def test_words_from_outside_cannot_become_markup() -> None:
    for draw in DRAWN.values():
        assert "<b>" not in draw()
    assert "<b>" not in completion_bars([("x", 1, 1)], key='"><b>')
