"""A paper laid out: paragraphs, tables and figures numbered, each definition where it is first needed.

Every form that is read from top to bottom is made of this, so that paragraph 7 is paragraph 7 in all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from icv.papers.panel.annexing import TITLE, annexed
from icv.papers.panel.columns import ANNEX, BODY, UPRIGHT_ANNEX, Cut, Measure, cuts, printed
from icv.papers.panel.drawings import parts_of, width_cm
from icv.papers.panel.laid import Annex, Arranged, Figure, Grid, Headed, Line, Numbered, Part
from icv.papers.pictures import draw
from icv.rules.days import Period, day_in_words, week_in_words
from icv.rules.exhibits import Kind, Row, Table
from icv.rules.exhibits.saying import said
from icv.rules.exhibits.told import listed
from icv.rules.paper import Heading, Paper, PaperKind, Paragraph, Pictured, Tabled
from icv.rules.paper.naming import figure_name

FEWEST_FOR_CONTENTS = 5
END = "End of the paper"
UNNAMED = "–"
NOTHING = "Nothing is on record to show here."


def arranged(paper: Paper) -> Arranged:
    layout = _Layout(dict(paper.definitions))
    parts = tuple(layout.parts(paper))
    annex = layout.annex(paper)
    last = Headed("definitions", "What other figures count")
    heads = (
        *(part for part in parts if isinstance(part, Headed)),
        *((last,) if layout.unsaid else ()),
        *((annex.headed,) if annex else ()),
    )
    is_long = paper.kind == PaperKind.ANNUAL.words and len(heads) >= FEWEST_FOR_CONTENTS
    return Arranged(
        details=tuple(details(paper)),
        remarks=_remarks(paper),
        contents=heads if is_long else (),
        parts=parts,
        definitions=tuple((figure_name(key), words) for key, words in layout.unsaid.items()),
        definitions_headed=last,
        annex=annex,
        ending=tuple(_ending(paper)),
    )


def period_in_full(period: Period) -> str:
    if period.first == period.last:
        return day_in_words(period.first)
    return week_in_words(period.first, period.last)


def details(paper: Paper) -> Iterator[tuple[str, str]]:
    """What stands beneath the title; nothing of what is not known."""
    known = {
        "Scheme": paper.scheme,
        "Office": paper.office if paper.office != paper.author else "",
        "Kind": paper.kind,
        "Period": period_in_full(paper.period),
        "Date": day_in_words(paper.dated_on),
        "Author": paper.author,
        "Figures": f"As on record on {day_in_words(paper.as_of)}",
        "Reference": paper.reference or "None: this is a draft",
        "Marking": paper.marking,
    }
    yield from ((what, words) for what, words in known.items() if words)


def _remarks(paper: Paper) -> tuple[str, ...]:
    earlier = paper.restated
    if earlier is None:
        return ()
    reason = earlier.why.casefold()
    is_said = any(isinstance(one, Paragraph) and reason in one.text.casefold() for one in paper.blocks)
    corrected = f"{earlier.reference} of {day_in_words(earlier.frozen_on)}"
    why = "" if is_said else f" Why: {earlier.why}"
    return (f"This paper corrects {corrected}, which stays as it was sent.{why}",)


def _ending(paper: Paper) -> Iterator[str]:
    """From what the figures were counted, and by what the paper it corrects is known again."""
    if paper.counts:
        yield _counted(paper)
    if paper.restated:
        yield f"The digest (SHA-256) of {paper.restated.reference} is {paper.restated.digest}."
    yield END


def _counted(paper: Paper) -> str:
    counts = ", ".join(f"{what} {number:,}" for what, number in paper.counts.items())
    return f"Records the figures were counted from: {counts}."


@dataclass(slots=True)
class _Layout:
    """Counts on while the paper is walked through. `unsaid` are the definitions no table has printed yet."""

    unsaid: dict[str, str]
    paragraphs: int = 0
    tables: int = 0
    figures: int = 0
    headings: int = 0
    said_in: dict[str, int] = field(default_factory=dict)
    extracts: list[str] = field(default_factory=list)

    def parts(self, paper: Paper) -> Iterator[Part]:
        for title, text in (("Purpose", paper.purpose), ("What the panel is asked", paper.asked)):
            if text.strip():
                yield self._headed(title)
                yield self._numbered([text])
        for block in _together(paper):
            match block:
                case Heading() if not block.text.strip():
                    continue
                case Heading():
                    yield self._headed(block.text)
                case Tabled():
                    yield from self._tabled(block)
                case Pictured():
                    yield from self._figure(block)
                case _:
                    yield self._numbered([one.text for one in block], is_summary=block[0].is_summary)

    def annex(self, paper: Paper) -> Annex | None:
        """Its definitions are printed under the extracts. Where it fits upright, that takes fewer pages."""
        whole = annexed(paper)
        if whole is None:
            return None
        tables = "table" if len(self.extracts) == 1 else "tables"
        told = replace(whole, note=f"Its columns are those of {tables} {listed(self.extracts)}. {whole.note}")
        lies = len(cuts(told, UPRIGHT_ANNEX)) > 1
        grids = self._table(told, ANNEX if lies else UPRIGHT_ANNEX)
        return Annex(Headed("annex", TITLE), tuple(grids), lies)

    def _headed(self, text: str) -> Headed:
        self.headings += 1
        return Headed(f"part-{self.headings}", text)

    def _numbered(self, texts: list[str], *, is_summary: bool = False) -> Numbered:
        lines = tuple(line.strip() for text in texts for line in text.split("\n") if line.strip())
        first = self.paragraphs + 1
        self.paragraphs += len(lines)
        return Numbered(first, lines, is_summary)

    def _figure(self, block: Pictured) -> Iterator[Figure]:
        self.figures += 1
        pieces = parts_of(block.drawing)
        for number, piece in enumerate(pieces, 1):
            anchor, caption = f"figure-{self.figures}", f"Figure {self.figures}: {block.drawing.title}"
            if len(pieces) > 1:
                anchor, caption = f"{anchor}-{number}", f"{caption} (part {number} of {len(pieces)})"
            svg = draw(piece, key=anchor)
            yield Figure(anchor, caption, block.said if len(pieces) == 1 else said(piece), svg, width_cm(svg))

    def _tabled(self, block: Tabled) -> Iterator[Grid]:
        yield from self._table(block.shown)
        if block.extract:
            self.extracts.append(str(self.tables))

    def _table(self, table: Table, measure: Measure = BODY) -> Iterator[Grid]:
        self.tables += 1
        pieces = cuts(table, measure)
        for number, cut in enumerate(pieces, 1):
            caption = f"Table {self.tables}: {table.caption}"
            if len(pieces) > 1:
                caption += f" (part {number} of {len(pieces)})"
            beneath = tuple(self._beneath(table)) if number == len(pieces) else ()
            yield _grid(table, cut, caption, beneath)

    def _beneath(self, table: Table) -> Iterator[tuple[str, str]]:
        if not table.rows:
            yield "", NOTHING
        for note in table.notes:
            yield "", note
        seen: dict[int, list[str]] = {}
        for key in table.said:
            if key in self.unsaid:
                self.said_in[key] = self.tables
                yield figure_name(key), self.unsaid.pop(key)
            elif key in self.said_in:
                seen.setdefault(self.said_in[key], []).append(figure_name(key))
        for number, names in seen.items():
            yield ", ".join(names), f"see table {number}."


def _together(paper: Paper) -> Iterator[Heading | Tabled | Pictured | list[Paragraph]]:
    """The blocks, paragraphs in a row as one; those of the summary all stand where the first of them does."""
    summary = [block for block in paper.blocks if isinstance(block, Paragraph) and _is_summary(block)]
    row: list[Paragraph] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph) and not block.is_summary:
            row += [block] if block.text.strip() else []
            continue
        if isinstance(block, Paragraph) and block not in summary[:1]:
            continue
        if row:
            yield row
            row = []
        yield summary if isinstance(block, Paragraph) else block
    if row:
        yield row


def _is_summary(paragraph: Paragraph) -> bool:
    return paragraph.is_summary and bool(paragraph.text.strip())


def _grid(table: Table, cut: Cut, caption: str, beneath: tuple[tuple[str, str], ...]) -> Grid:
    columns = [table.columns[place] for place in cut.places]
    return Grid(
        caption,
        table.corner or UNNAMED,
        tuple(column.heading or UNNAMED for column in columns),
        tuple(column.kind is not Kind.WORDS for column in columns),
        cut.name_cm,
        cut.widths_cm,
        tuple(_line(row, cut) for row in table.rows),
        _line(table.total, cut) if table.total else None,
        beneath,
    )


def _line(row: Row, cut: Cut) -> Line:
    words = printed(row)
    return Line(row.name or UNNAMED, tuple(words[place] for place in cut.places))
