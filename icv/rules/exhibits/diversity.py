"""Visitors' diversity beside the county's, question by question, where numbers allow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from icv.rules.days import day_in_words
from icv.rules.exhibits.hiding import parts_shown
from icv.rules.exhibits.shape import Cell, Column, Drawing, Exhibit, Hidden, Kind, Picture, Row, Share, Table
from icv.rules.figures.diversity import HEADINGS, Diversity
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.shares import percent
from icv.rules.monitoring import QUESTIONS, Question

TITLE = "Diversity of visitors"
OURS, THEIRS = "Visitors", "The county"


def diversity(found: PanelFigures) -> Exhibit:
    return diversity_shown(found.diversity, found.choices.suppression_threshold)


def diversity_shown(found: Diversity | None, threshold: int) -> Exhibit:
    """Of a count that may be shown. A question with too few answers is left out, and that is said."""
    if found is None:
        return Exhibit("diversity", TITLE, ("Visitors’ diversity had not been counted by the period’s end.",))
    asked = [_Asked(question, found, threshold) for question in QUESTIONS if question.name in found.visitors]
    shown = [one for one in asked if one.is_shown]
    return Exhibit(
        "diversity",
        TITLE,
        tuple(_words(found, [one.question for one in asked if not one.is_shown])),
        tuple(one.drawing() for one in shown if one.county),
        tuple(one.table() for one in shown),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that visitors were asked, and what may be shown of it."""

    question: Question
    found: Diversity
    threshold: int

    @property
    def ours(self) -> dict[str, int]:
        """Every answer, those nobody gave too: the hidden one may be any of them."""
        given = self.found.visitors[self.question.name]
        return {answer: given.get(answer, 0) for answer in {**self.question.answers, **given}}

    @property
    def county(self) -> Mapping[str, int]:
        return self.found.county.get(self.question.name, {})

    @property
    def answered(self) -> int:
        return sum(self.ours.values())

    @property
    def parts(self) -> dict[str, Cell]:
        return parts_shown(self.ours, self.threshold)

    @property
    def is_shown(self) -> bool:
        """Where more answered than may be a few, and something other than noughts is left to be shown."""
        return self.answered > self.threshold and any(
            part not in {Hidden.FEW, 0} for part in self.parts.values()
        )

    def table(self) -> Table:
        columns = (Column(OURS, Kind.SHARE), *((Column(f"{THEIRS}, %"),) if self.county else ()))
        said = ("diversity.visitors", *(("diversity.county",) if self.county else ()))
        source = f" {THEIRS}: {self.found.county_source}." if self.county and self.found.county_source else ""
        return Table(
            self.key,
            f"{self.heading}: visitors beside the county" if self.county else f"{self.heading} of visitors",
            "Answer",
            columns,
            tuple(
                Row(words, (_of(ours, self.answered), *((theirs,) if self.county else ())))
                for words, ours, theirs in self._lines()
            ),
            Row("All who answered", (Share(self.answered, self.answered), *((None,) if self.county else ()))),
            said=said,
            note=f"{self.answered} of {self.found.members} visitors answered.{source}",
        )

    def drawing(self) -> Drawing:
        """Of the answers with a share of the county: the others have nothing to stand beside."""
        points = (
            (words, percent(ours, self.answered) if isinstance(ours, int) else None, theirs)
            for words, ours, theirs in self._lines()
            if theirs is not None
        )
        title = f"{self.heading}, in per cent"
        return Drawing(Picture.SIDES, title, self.key, tuple(points), labels=(OURS, THEIRS))

    @property
    def heading(self) -> str:
        return HEADINGS[self.question.name]

    @property
    def key(self) -> str:
        return f"diversity-{self.question.name.replace('_', '-')}"

    def _lines(self) -> Iterator[tuple[str, Cell, float | None]]:
        for answer, ours in self.parts.items():
            tenths = self.county.get(answer)
            yield self.question.answers.get(answer, answer), ours, tenths and tenths / 10


def _words(found: Diversity, left_out: list[Question]) -> Iterator[str]:
    yield f"Visitors were counted, without names, on {day_in_words(found.counted_on)}."
    if found.held_back:
        yield (
            f"The count of {day_in_words(found.held_back)} is not shown: too few of the visitors have changed"
            " since an earlier one, and the two together would tell about them."
        )
    if left_out:
        names = ", ".join(HEADINGS[question.name].lower() for question in left_out)
        yield f"Not shown, because too few answered or gave each answer: {names}."


def _of(ours: Cell, answered: int) -> Cell:
    """A hidden number has no share either: it would give it away."""
    return Share(ours, answered) if isinstance(ours, int) else ours
