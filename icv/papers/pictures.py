"""Pictures of figures as SVG, the same on a page and in a paper, readable in grey.

Each has a title and a description that says all its numbers to those who cannot see it. `key` makes its ids
differ from those of another picture of its kind on the page. It holds no style attribute.
"""

from collections.abc import Iterable, Sequence
from html import escape

from icv.rules.figures.shares import percent_in_words

WIDTH = 400
INK, QUIET, LINE, PALE = "#101d21", "#47575c", "#c3cfd1", "#f0f5f5"
TEAL, RED, WHITE = "#0b6570", "#b3261e", "#ffffff"
SHADES = ("#e3eff0", "#c5d5d7", "#a7babf", "#8aa0a6", "#56737c", "#32535e", "#0e3340")
DARK_FROM = 4
"""Light to dark, one for each state of a finding; from this one on, numbers are white."""
ROW = 52


def completion_bars(
    points: Sequence[tuple[str, int, int]], target: int | None = None, *, key: str = "completion"
) -> str:
    """A bar a period or suite: (label, completed, scheduled). `target` is a percentage, a dashed line."""
    wide = 320
    parts: list[str] = []
    for row, (label, completed, scheduled) in enumerate(points):
        y = row * ROW
        length = wide * min(completed / scheduled, 1) if scheduled else 0
        parts += [
            _text(0, y + 14, label),
            _box(0, y + 20, wide, 20, PALE, LINE),
            _box(0, y + 20, length, 20, TEAL),
        ]
        parts += [_text(wide + 10, y + 35, f"{completed} of {scheduled}", bold=completed == scheduled)]
    height = len(points) * ROW
    if target is not None and points:
        x = wide * target / 100
        parts += [_line(x, 16 + row * ROW, x, 44 + row * ROW, INK, dashed=True) for row in range(len(points))]
        parts += [_text(x, height + 12, f"target {target}%", anchor="end")]
        height += 20
    said = "; ".join(_share(*point) for point in points) or "Nothing to show"
    aim = f" The target is {target}%." if target is not None else ""
    return _picture(key, "Visits completed of those scheduled", f"{said}.{aim}", height, parts)


def coverage_grid(
    counts: Sequence[Sequence[int]], days: Sequence[str], bands: Sequence[str], *, key: str = "coverage"
) -> str:
    """Visits by day (a row) and band (a column): a number and a shade a cell, a dashed outline where none."""
    left, top, tall = 50, 26, 30
    wide = (WIDTH - left) / max(len(bands), 1)
    most = max((count for row in counts for count in row), default=0)
    parts = [_text(left + wide * (n + 0.5), 17, band, anchor="middle") for n, band in enumerate(bands)]
    for row, (day, numbers) in enumerate(zip(days, counts, strict=True)):
        y = top + row * tall
        parts.append(_text(0, y + 19, day[:3]))
        for column, count in enumerate(numbers):
            parts += _cell(left + column * wide + 2, y + 2, wide - 4, tall - 4, count, most)
    covered = sum(count > 0 for row in counts for count in row)
    said = f"{covered} of {len(days) * len(bands)} timeslots visited. " + " ".join(
        f"{day}: {', '.join(f'{band} {count}' for band, count in zip(bands, numbers, strict=True))}."
        for day, numbers in zip(days, counts, strict=True)
    )
    return _picture(key, "Timeslots visited", said, top + len(days) * tall + 4, parts)


def stacked_findings(
    states: Sequence[str], bars: Sequence[tuple[str, Sequence[int]]], *, key: str = "findings"
) -> str:
    """A bar an age, split by state: (age, how many in each of `states`), the longest all across."""
    most = max((sum(counts) for _, counts in bars), default=0)
    wide = 350
    parts: list[str] = []
    for row, (label, counts) in enumerate(bars):
        x, y = 0.0, row * ROW
        parts += [_text(0, y + 14, label)]
        for place, count in enumerate(counts):
            shade = _shade(place, len(states))
            length = wide * count / most if most else 0
            parts += [_box(x, y + 20, length, 24, SHADES[shade], INK)] if count else []
            parts += [_number_inside(x, y + 20, length, 24, count, shade)] if length > 24 else []
            x += length
        parts += [_text(x + 8, y + 37, str(sum(counts)), bold=True)]
    below = len(bars) * ROW + 14
    for row, state in enumerate(states):
        y = below + row * 24
        parts += [_box(0, y, 16, 16, SHADES[_shade(row, len(states))], INK), _text(26, y + 13, state)]
    said = "; ".join(
        f"{label}: {sum(counts)}, of which "
        + ", ".join(f"{state} {count}" for state, count in zip(states, counts, strict=True))
        for label, counts in bars
    )
    return _picture(
        key, "Findings by age and state", f"{said or 'No findings'}.", below + len(states) * 24, parts
    )


def funnel_bars(stages: Sequence[tuple[str, int, float | None]], *, key: str = "funnel") -> str:
    """A bar a stage: (stage, people, days it takes or None where nobody can say)."""
    most = max((count for _, count, _ in stages), default=0)
    wide = 340
    parts: list[str] = []
    for row, (stage, count, days) in enumerate(stages):
        y = row * ROW
        length = wide * count / most if most else 0
        parts += [_text(0, y + 14, stage), _box(0, y + 20, length, 20, TEAL)]
        parts += [_text(length + 8, y + 35, str(count), bold=True)]
        parts += [_text(WIDTH, y + 14, _days(days), anchor="end", colour=QUIET)] if days is not None else []
    said = "; ".join(
        f"{stage}: {count}" + (f", {_days(days)}" if days is not None else "")
        for stage, count, days in stages
    )
    return _picture(key, "People at each stage", f"{said or 'Nobody'}.", len(stages) * ROW, parts)


def cohort_line(points: Sequence[tuple[str, int]], needed: int | None, *, key: str = "cohort") -> str:
    """Cleared visitors by week: (week, how many); the number needed as a dashed line, None: not known."""
    left, right, top, bottom = 28, 394, 36, 160
    most = max([needed or 0, 1, *(count for _, count in points)])
    step = (right - left) / max(len(points) - 1, 1)
    places = [(left + n * step, _height(count, most, top, bottom)) for n, (_, count) in enumerate(points)]
    parts = [_line(left, bottom, right, bottom, INK)]
    parts += [
        _text(left - 8, _height(mark, most, top, bottom) + 5, str(mark), anchor="end") for mark in (0, most)
    ]
    if needed is not None:
        aim = _height(needed, most, top, bottom)
        parts += [_line(left, aim, right, aim, RED, dashed=True)]
        parts += [_line(240, 12, 270, 12, RED, dashed=True), _text(276, 17, f"{needed} needed")]
    if points:
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in places)
        parts += [f'<polyline points="{path}" fill="none" stroke="{TEAL}" stroke-width="3"/>']
        parts += [_dot(*places[0]), _dot(*places[-1]), _dot(left, 12)]
        parts += [_text(left + 12, 17, f"{points[0][1]} at first, {points[-1][1]} at the end", bold=True)]
        parts += [
            _text(left, bottom + 20, points[0][0]),
            _text(right, bottom + 20, points[-1][0], anchor="end"),
        ]
    said = "; ".join(f"{week}: {count}" for week, count in points) or "Nothing to show"
    aimed = "" if needed is None else f" {needed} are needed."
    return _picture(key, "Cleared visitors by week", f"{said}.{aimed}", bottom + 28, parts)


def _picture(key: str, title: str, said: str, height: float, parts: Iterable[str]) -> str:
    name = escape(key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" '
        f'width="{WIDTH * 1.3:.0f}" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="sans-serif" font-size="14">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, colour: str = INK
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'
    )


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4" fill="{TEAL}"/>'


def _box(
    x: float, y: float, width: float, height: float, fill: str, edge: str = "none", dash: bool = False
) -> str:
    dashes = ' stroke-dasharray="3 3"' if dash else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
        f'fill="{fill}" stroke="{edge}"{dashes}/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{colour}" stroke-width="1.5"{dashes}/>'


def _cell(x: float, y: float, width: float, height: float, count: int, most: int) -> list[str]:
    if not count:
        return [_box(x, y, width, height, WHITE, INK, dash=True), _number_inside(x, y, width, height, 0, 0)]
    shade = _shade(count - 1, most)
    return [_box(x, y, width, height, SHADES[shade], INK), _number_inside(x, y, width, height, count, shade)]


def _number_inside(x: float, y: float, width: float, height: float, number: int, shade: int) -> str:
    colour = WHITE if shade >= DARK_FROM else INK
    return _text(
        x + width / 2, y + height / 2 + 5, str(number), anchor="middle", bold=number > 0, colour=colour
    )


def _shade(place: int, places: int) -> int:
    """The shade of the place-th of so many, from light to dark."""
    return place * (len(SHADES) - 1) // max(places - 1, 1)


def _height(count: int, most: int, top: float, bottom: float) -> float:
    return bottom - (bottom - top) * count / most


def _share(label: str, completed: int, scheduled: int) -> str:
    share = percent_in_words(completed, scheduled)
    return f"{label}: {completed} of {scheduled}" + (f", {share}" if share else "")


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days"


def _n(number: float) -> str:
    """A coordinate, to a tenth and no longer."""
    return f"{number:.1f}".removesuffix(".0")
