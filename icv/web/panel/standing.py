"""What is said first of a period that has little or nothing to show, and what to do then."""

from dataclasses import dataclass
from datetime import date

from icv.rules.days import Period
from icv.rules.figures import Figures
from icv.rules.figures.headline import OnRecord
from icv.rules.figures.periods import month, name_of
from icv.rules.words import are, plural, were


@dataclass(frozen=True, slots=True)
class Standing:
    """`instead` is a period with more in it; `begin` is what the coordinator does first, and where."""

    title: str
    words: str
    instead: Period | None = None
    begin: tuple[str, str] | None = None


_NO_SUITES = Standing(
    "No suites yet",
    "Figures appear here once suites and visits are on record.",
    begin=("Add the suites", "settings.suites"),
)
_NO_VISITS = Standing(
    "No visits yet",
    "Figures appear here once a rota is published or visits are imported.",
    begin=("Draw a rota", "rota.index"),
)


def standing(now: Figures, on_record: OnRecord, latest: Period | None, today: date) -> Standing | None:
    """None where there is a share to show. `latest` is the latest period with visits behind it."""
    if not now.suites:
        return _NO_SUITES
    if on_record.visits is None:
        return _NO_VISITS
    if now.visits.scheduled:
        return None
    return Standing(
        *_unshared(now, on_record.visits, today), instead=latest if latest != now.period else None
    )


def _unshared(now: Figures, first: date, today: date) -> tuple[str, str]:
    """A title and a sentence: why no share can be said."""
    visits, name = now.visits, name_of(now.period)
    if now.period.first > today:
        return "Still to come", f"{name} has not begun. {_planned(visits.not_yet_due)}"
    if now.period.last < first:
        return "Before the first visit", f"The first visit on record is of {name_of(month(first))}."
    if visits.not_yet_due:
        return "None is due yet", f"The weeks of these visits have not ended. {_planned(visits.not_yet_due)}"
    if visits.cancelled:
        return (
            "Nothing left to complete",
            f"{plural(visits.cancelled, 'visit')} of {name} {were(visits.cancelled)} cancelled before the"
            " week began, for a recorded reason. None was left that could be completed or not.",
        )
    extra = f" {plural(visits.extra, 'extra visit')} {were(visits.extra)} attempted." if visits.extra else ""
    return "No scheduled visits", f"No week with a visit on a published rota ended in this period.{extra}"


def _planned(number: int) -> str:
    return f"{plural(number, 'visit')} {are(number)} on a published rota so far."
