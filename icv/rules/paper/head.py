"""The head of a panel paper: what stands above its paragraphs, and what is supposed of it at first."""

from dataclasses import dataclass
from datetime import date

from icv.rules.days import MONTHS, Period, week_in_words
from icv.rules.paper.document import PaperKind
from icv.rules.scheme import Choices
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


def usual_head(kind: PaperKind, period: Period, *, author: str, dated_on: date, choices: Choices) -> Head:
    return Head(
        title=_title(kind, period),
        author=author or choices.office_name,
        marking=choices.papers_marking,
        purpose=_purpose(kind, period),
        asked=_asked(kind),
        dated_on=dated_on,
    )


def months_in_words(period: Period) -> str:
    """December 2023 and January 2024; April 2025 to March 2026; days where months are not whole."""
    if period.first.day != 1 or period.after.day != 1:
        return week_in_words(period.first, period.last)
    first, last = period.first, period.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[last.month - 1]} {last.year}"
    opening = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return f"{opening} {'and' if months == 2 else 'to'} {MONTHS[last.month - 1]} {last.year}"


def _title(kind: PaperKind, period: Period) -> str:
    what = ", annual report" if kind is PaperKind.ANNUAL else ""
    return f"Independent custody visiting{what}: {months_in_words(period)}"


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
