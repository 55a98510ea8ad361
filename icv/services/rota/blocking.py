"""What keeps a draft from being published, whatever reason were given: each said with what to do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import week_in_words
from icv.rules.visits import Outcome
from icv.services.rota.asking import Asked
from icv.services.rota.drafts import SIX_DAYS
from icv.store.planning import InOffice, suites
from icv.store.rota import DraftLine
from icv.store.visits import Visit

MOST_NAMED = 5


SuiteWeek = tuple[int, date]
"""A suite and the Monday of a week."""


def in_the_way(
    asked: Asked, lines: Sequence[DraftLine], scheduled: Collection[SuiteWeek], today: date
) -> list[str]:
    """Nothing where it may be published. Of those `scheduled` there are visits already."""
    return [*_past(lines, today), *_taken(lines, asked.suites, scheduled), *_leavers(lines, asked.people)]


def before_drawing(session: Session, needed: Sequence[SuiteWeek], today: date) -> str | None:
    """Why a rota of these visits could never be published, said before anybody waits for it."""
    over = min((monday for _, monday in needed if monday + SIX_DAYS < today), default=None)
    if over is not None:
        week = week_in_words(over, over + SIX_DAYS)
        return f"The week of {week} is over. Choose a first day in this week or later."
    scheduled, _ = on_record(session, {monday for _, monday in needed})
    names = {one.id: one.name for one in suites(session)}
    clashes = dict.fromkeys(
        f"{names[suite_id]}, {week_in_words(monday, monday + SIX_DAYS)}"
        for suite_id, monday in needed
        if (suite_id, monday) in scheduled
    )
    if clashes:
        return (
            f"Visits are scheduled already for {_named(clashes)}. Choose other weeks or suites, or cancel"
            " those visits first."
        )
    return None


def on_record(session: Session, mondays: Collection[date]) -> tuple[set[SuiteWeek], set[SuiteWeek]]:
    """Suites and weeks with scheduled visits of their own, and those whose visits were cancelled."""
    found = session.execute(
        sa.select(Visit.suite_id, Visit.week_starts_on, Visit.outcome).where(
            Visit.is_scheduled, Visit.week_starts_on.in_(mondays)
        )
    ).all()
    cancelled = {(suite_id, week) for suite_id, week, outcome in found if outcome is Outcome.CANCELLED}
    return {
        (suite_id, week) for suite_id, week, outcome in found if outcome is not Outcome.CANCELLED
    }, cancelled


def _week(line: DraftLine) -> str:
    return week_in_words(line.week_starts_on, line.week_ends_on)


def _past(lines: Sequence[DraftLine], today: date) -> Iterator[str]:
    over = next((line for line in lines if line.week_ends_on < today), None)
    if over is not None:
        yield (
            f"The week of {_week(over)} is over: a rota cannot be published into the past."
            " Draw one that begins this week or later."
        )


def _taken(
    lines: Sequence[DraftLine], names: Mapping[int, str], scheduled: Collection[SuiteWeek]
) -> Iterator[str]:
    """A suite and week that has its visits would be counted twice."""
    clashes = dict.fromkeys(
        f"{names[line.suite_id]}, {_week(line)}"
        for line in lines
        if (line.suite_id, line.week_starts_on) in scheduled
    )
    if clashes:
        yield (
            f"Visits are scheduled already for {_named(clashes)}. Discard this draft and draw one for other"
            " weeks or suites, or cancel those visits first."
        )


def _named(clashes: Collection[str]) -> str:
    more = f"; and {len(clashes) - MOST_NAMED} more" if len(clashes) > MOST_NAMED else ""
    return f"{'; '.join(list(clashes)[:MOST_NAMED])}{more}"


def _leavers(lines: Sequence[DraftLine], people: Mapping[int, InOffice]) -> Iterator[str]:
    """The first such week of each."""
    gone = {who: one for who, one in people.items() if one.left_on is not None}
    for line in lines:
        for who in line.visitors:
            leaver = gone.get(who or 0)
            if leaver is not None and leaver.left_on is not None and leaver.left_on <= line.week_ends_on:
                del gone[leaver.id]
                yield (
                    f"{leaver.name} leaves before the end of the week of {_week(line)}."
                    " Change that place, or draw again."
                )
