"""The binder as one document, made like a panel paper from the list, the evidence and the notes."""

from collections.abc import Iterator
from datetime import date

from icv.rules.days import short_day
from icv.rules.exhibits import Column, Drawing, Kind, Picture, Row, Table
from icv.rules.exhibits.saying import said
from icv.rules.figures import definitions
from icv.rules.figures.periods import name_of
from icv.rules.paper import Block, Heading, Paper, Paragraph, Pictured, Tabled
from icv.rules.quality import Level, LevelStanding, Verdict, reached_in_words
from icv.rules.scheme import Choices
from icv.store.quality import Binder, Entry

KIND = "Quality binder"
PURPOSE = (
    "To show how the scheme stands against its own list of criteria: what the data show of each, what the"
    " coordinator notes beside it, and whether it is met."
)
MOST_OF_A_NAME = 90
"""A criterion is named by so many letters where something is told of it; whole, it stands in the table."""
NO_AWARD = "The list and the judgement are the scheme’s own. This is a record to work with, and no award."


def binder_paper(found: Binder, choices: Choices, *, as_of: date, author: str) -> Paper:
    """Dated on the day of counting, and headed by the choices of that day; nothing of it is stored."""
    said_of_figures = definitions(found.choices)
    blocks = tuple(_blocks(found))
    keys = [key for block in blocks if isinstance(block, Tabled) for key in block.table.said]
    return Paper(
        kind=KIND,
        title=f"{KIND}, {name_of(found.evidence.period)}",
        scheme=choices.scheme_name,
        office=choices.office_name,
        period=found.evidence.period,
        as_of=as_of,
        dated_on=as_of,
        author=author or choices.office_name,
        marking=choices.papers_marking,
        purpose=PURPOSE,
        asked="",
        blocks=blocks,
        definitions=tuple((key, said_of_figures[key]) for key in dict.fromkeys(keys)),
        counts={"criteria": len(found.entries)},
        reference=f"{KIND} of {short_day(as_of)}",
    )


def levels_drawn(levels: tuple[LevelStanding, ...]) -> Drawing:
    """Criteria met of those listed; levels that list none are left out."""
    return Drawing(
        Picture.COMPLETION,
        "Criteria met of those listed, by level",
        "quality-levels",
        tuple((one.level.heading, one.met.part, one.met.whole) for one in levels if one.met.whole),
    )


def levels_table(levels: tuple[LevelStanding, ...]) -> Table:
    return Table(
        "quality-levels",
        "Criteria met, by level",
        "Level",
        (Column("Met", Kind.SHARE), Column("With every level below", Kind.WORDS)),
        tuple(
            Row(one.level.heading, (one.met, "all met" if one.is_reached else _not_all(one)))
            for one in levels
        ),
        said=("quality.met", "quality.reached"),
    )


def _not_all(one: LevelStanding) -> str:
    return "not all met" if one.met.whole else "none listed"


def _blocks(found: Binder) -> Iterator[Block]:
    levels = found.levels
    yield Heading("section.standing", "Where the scheme stands")
    yield Paragraph("quality.reached", reached_in_words(levels), is_summary=True)
    yield Paragraph("quality.own", NO_AWARD)
    drawing = levels_drawn(levels)
    if drawing.points:
        yield Pictured("quality-levels.picture", drawing, said(drawing))
        yield Tabled("quality-levels.table", levels_table(levels))
    for level in Level:
        if entries := found.of(level):
            yield from _of_level(level, entries)


def _of_level(level: Level, entries: list[Entry]) -> Iterator[Block]:
    yield Heading(f"section.{level}", level.heading)
    yield Tabled(f"quality-{level}.table", _criteria(level, entries))
    for entry in entries:
        if entry.shown or entry.line.note:
            yield Paragraph(f"criterion.{entry.line.id}", _shows(entry))


def _criteria(level: Level, entries: list[Entry]) -> Table:
    shown_by = [key for entry in entries if entry.shown for key in entry.shown.said]
    return Table(
        f"quality-{level}",
        f"Criteria of the level {level.words}",
        "Criterion",
        (Column("Is it met?", Kind.WORDS), Column("Whose word", Kind.WORDS), Column("Looked at", Kind.WORDS)),
        tuple(
            Row(
                entry.line.title,
                (entry.standing.heading, _whose_word(entry), _looked_at(entry.line.judged_on)),
            )
            for entry in entries
        ),
        said=tuple(dict.fromkeys(shown_by)),
    )


def _whose_word(entry: Entry) -> str:
    if entry.line.verdict is Verdict.OPEN:
        return "nobody’s yet"
    return "the coordinator’s" if entry.has_own_word else "the evidence"


def _shows(entry: Entry) -> str:
    """1.2 Visits are planned: 94.1% (16 of 17) of scheduled visits … Note by Robin Example, 3 Mar 2026: …"""
    line = entry.line
    told = [entry.shown.sentence] if entry.shown else []
    if entry.is_contradicted:
        told.append(f"{entry.told}.")
    if line.note:
        by = f" by {line.judged_by}" if line.judged_by else ""
        on = f", {short_day(line.noted_on)}" if line.noted_on else ""
        told.append(f"Note{by}{on}: {' '.join(line.note.split())}")
    return f"{_named(line.title)}: {' '.join(told)}"


def _looked_at(day: date | None) -> str:
    return short_day(day) if day else "not yet"


def _named(title: str) -> str:
    """Its code and first words: criteria may share a code, and some have none."""
    if len(title) <= MOST_OF_A_NAME:
        return title.rstrip(".")
    last_word = title.rfind(" ", MOST_OF_A_NAME // 2, MOST_OF_A_NAME + 1)
    end = last_word if last_word > 0 else MOST_OF_A_NAME
    return f"{title[:end].rstrip(' .,;:')}…"
