"""The pictures: sound SVG that says its numbers in words, needs no colour and holds no style."""

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from icv.papers.pictures import (
    SHADES,
    cohort_line,
    coverage_grid,
    draw,
    funnel_bars,
    stacked_findings,
)
from icv.papers.pictures.lettering import lines, width
from icv.rules.days import WEEKDAYS
from icv.rules.exhibits.saying import said
from icv.rules.exhibits.shape import Drawing, Picture
from icv.rules.timeslots import Grid

SVG = "{http://www.w3.org/2000/svg}"
BANDS = Grid().band_names
NASTY = "Leys & <b>Park</b> \"'"
COUNTS = [[day * band % 4 for band in range(5)] for day in range(7)]

LONG = (
    "Northern and Western Borough Custody Investigation Centre (Contingency) of Llanfairpwllgwyngyllgogerych"
)
TEAMS = (("City", 16, 2, 1, 17), (LONG, 3, 5, 8, 0), ("No team", 0, 0, 0, 0))
SIDES = (("Women", 62.5, 50.8), (LONG, None, 3.2), ("Under 25", 0, 12.0))
FORTY = tuple((f"Suite {number}", number * 3 % 17) for number in range(40))


def drawn(picture: Picture, *points: tuple[str | float | None, ...], **more: object) -> str:
    return draw(Drawing(picture, "A picture", "table", points, **more), key="key")  # type: ignore[arg-type]


def completion_bars(
    points: Sequence[tuple[str, int, int]], target: int | None = None, *, key: str = "completion"
) -> str:
    title = "Visits completed of those scheduled"
    return draw(Drawing(Picture.COMPLETION, title, "", tuple(points), aim=target), key=key)


DRAWN: dict[str, Callable[[], str]] = {
    "bars": lambda: drawn(Picture.BARS, ("No wait", 1204), (LONG, None), ("Longer", 2.5), (NASTY, 0)),
    "forty bars": lambda: drawn(Picture.BARS, *FORTY),
    "one team": lambda: drawn(Picture.FLOW, TEAMS[0]),
    "teams": lambda: drawn(Picture.FLOW, *TEAMS),
    "no teams": lambda: drawn(Picture.FLOW),
    "a team of nobody": lambda: drawn(Picture.FLOW, TEAMS[2]),
    "sides": lambda: drawn(Picture.SIDES, *SIDES, labels=("Our visitors", LONG)),
    "no sides": lambda: drawn(Picture.SIDES, labels=("Our visitors", "The county")),
    "long names": lambda: drawn(Picture.COMPLETION, (LONG, 1017, 1204), (LONG * 3, 0, 9), aim=100),
    "a low target": lambda: drawn(Picture.COMPLETION, ("Leys", 1, 9), aim=0),
    "long stages": lambda: drawn(Picture.FUNNEL, (LONG, 12, 12.5), (LONG, 0, None)),
    "long ages": lambda: drawn(Picture.FINDINGS, (LONG, 3, 0), ("Under a week", 1, 400), labels=(LONG, "b")),
    "long weeks": lambda: drawn(Picture.COHORT, (LONG, 20000), (LONG, 1), aim=30000),
    "two hours a band": lambda: drawn(
        Picture.COVERAGE,
        *((day, *range(0, 6000, 500)) for day in WEEKDAYS),
        labels=tuple(f"{hour:02}–{hour + 2:02}" for hour in range(0, 24, 2)),
    ),
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


@pytest.mark.parametrize("name", DRAWN)
def test_words_run_neither_into_each_other_nor_out_of_the_picture(name: str) -> None:
    root = ElementTree.fromstring(DRAWN[name]())
    _, _, wide, _ = map(float, (root.get("viewBox") or "").split())
    places = [place_of(text) for text in root.iter(f"{SVG}text")]
    for start, end, _, words in places:
        assert start >= -0.5, words
        assert end <= wide + 0.5, words
    for (start, end, y, words), (other_start, other_end, other_y, others) in combinations(places, 2):
        apart = end <= other_start or other_end <= start
        assert apart or abs(y - other_y) >= 13, f"{words} and {others}"


def place_of(text: ElementTree.Element) -> tuple[float, float, float, str]:
    """From where to where across, how far down, and the words, as wide as the widest lettering has them."""
    words = text.text or ""
    x, wide = float(text.get("x", "nan")), width(words, bold="font-weight" in text.attrib)
    start = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "")]
    return start, start + wide, float(text.get("y", "nan")), words


def test_a_long_name_is_broken_between_words_and_then_cut() -> None:
    assert lines("Euston Street", 300) == ["Euston Street"]
    first, last = lines(LONG, 300)
    assert LONG.startswith(first)
    assert last.endswith("…")
    assert lines("Llanfairpwllgwyngyllgogerych" * 4, 100)[0].endswith("…")
    assert lines("", 100) == [""]


def test_members_fall_from_the_start_to_the_end() -> None:
    root = ElementTree.fromstring(drawn(Picture.FLOW, ("City", 16, 4, 2, 18)))
    opening, joined, left, closing = (
        (float(box.get("x", "nan")), float(box.get("width", "nan"))) for box in root.iter(f"{SVG}rect")
    )
    assert joined[0] == pytest.approx(opening[0] + opening[1], abs=0.2)
    assert left[0] + left[1] == pytest.approx(joined[0] + joined[1], abs=0.2)
    assert left[0] == pytest.approx(closing[0] + closing[1], abs=0.2)


def test_of_several_teams_the_sum_is_drawn_first() -> None:
    start, opening, *_ = words(drawn(Picture.FLOW, TEAMS[0], TEAMS[0]), "text")
    assert (start, opening) == ("At the start", "32")


def test_new_pictures_say_their_numbers() -> None:
    assert said(Drawing(Picture.FLOW, "", "", TEAMS[:1])) == (
        "City: 16 at the start, 2 joined, 1 left, 17 at the end."
    )
    assert said(Drawing(Picture.FLOW, "", "", TEAMS)).startswith(
        "All: 19 at the start, 7 joined, 9 left, 17 at the end; City: 16 at the start"
    )
    assert said(Drawing(Picture.SIDES, "", "", SIDES[:2], ("ours", "the county’s"))).endswith(
        f"{LONG}: ours not shown, the county’s 3.2%."
    )
    assert said(Drawing(Picture.BARS, "", "", (("No wait", 1204), ("Over 10", None)))) == (
        "No wait: 1,204; Over 10: not shown."
    )


def test_a_bar_is_as_long_as_its_share() -> None:
    root = ElementTree.fromstring(
        completion_bars([("half", 4, 8), ("whole", 8, 8), ("more than whole", 9, 8)])
    )
    boxes = [float(box.get("width", "nan")) for box in root.iter(f"{SVG}rect")]
    whole, half = boxes[0], boxes[1]
    assert half == pytest.approx(whole / 2, abs=0.1)
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
    for picture in DRAWN.values():
        assert "<b>" not in picture()
    assert "<b>" not in completion_bars([("x", 1, 1)], key='"><b>')
