"""The head of a panel paper: what stands above its paragraphs, and what is supposed of it at first."""

from dataclasses import astuple, dataclass
from datetime import date

from icv.rules.days import Period
from icv.rules.figures.periods import months_long, name_of
from icv.rules.paper.document import PaperKind
from icv.rules.scheme import Choices
from icv.rules.stamps import stamp
from icv.rules.words import period_in_words


@dataclass(frozen=True, slots=True)
class Head:
    """`dated_on` is the day of the meeting."""

    title: str
    author: str
    marking: str
    purpose: str
    asked: str
    dated_on: date

    @property
    def stamp(self) -> str:
        """Changes with anything in it: what somebody looked at."""
        return stamp(*astuple(self))


def usual_kind(period: Period) -> PaperKind:
    """A year or more is usually reported as an annual report."""
    return PaperKind.ANNUAL if months_long(period) >= 12 else PaperKind.COMMITTEE


def usual_head(kind: PaperKind, period: Period, *, author: str, dated_on: date, choices: Choices) -> Head:
    return Head(
        title=_title(kind, period),
        author=author or choices.office_name,
        marking=choices.papers_marking,
        purpose=_purpose(kind, period),
        asked=_asked(kind),
        dated_on=dated_on,
    )


def _title(kind: PaperKind, period: Period) -> str:
    what = ", annual report" if kind is PaperKind.ANNUAL else ""
    return f"Independent custody visiting{what}: {name_of(period)}"


def _purpose(kind: PaperKind, period: Period) -> str:
    if kind is PaperKind.ANNUAL:
        return (
            f"To report on independent custody visiting {period_in_words(period)}: the visits made, what was"
            " found and answered, and the volunteers who made them."
        )
    return (
        f"To tell the panel how custody suites were visited {period_in_words(period)}, what was found and"
        " answered, and how many volunteers there are to visit."
    )


def _asked(kind: PaperKind) -> str:
    if kind is PaperKind.ANNUAL:
        return "The panel is asked to note this report, and to say what it would like to see in the next."
    return "The panel is asked to note this report."
