"""What keeps a draft from being published, whatever reason were given: each said with what to do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import week_in_words
from icv.rules.visits import Outcome
from icv.services.rota.asking import Asked
from icv.store.planning import InOffice
from icv.store.rota import DraftLine
from icv.store.visits import Visit

MOST_NAMED = 5


Where = tuple[int, date]
"""A suite and the Monday of a week."""


def in_the_way(
    asked: Asked, lines: Sequence[DraftLine], scheduled: Collection[Where], today: date
) -> list[str]:
    """Nothing where it may be published. Of those `scheduled` there are visits already."""
    return [*_past(lines, today), *_taken(lines, asked.suites, scheduled), *_leavers(lines, asked.people)]


def on_record(session: Session, lines: Sequence[DraftLine]) -> tuple[set[Where], set[Where]]:
    """Suites and weeks with scheduled visits of their own, and those whose visits were cancelled."""
    found = session.execute(
        sa.select(Visit.suite_id, Visit.week_starts_on, Visit.outcome).where(
            Visit.is_scheduled, Visit.week_starts_on.in_({line.week_starts_on for line in lines})
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
    lines: Sequence[DraftLine], names: Mapping[int, str], scheduled: Collection[Where]
) -> Iterator[str]:
    """A suite and week that has its visits would be counted twice."""
    clashes = dict.fromkeys(
        f"{names[line.suite_id]}, {_week(line)}"
        for line in lines
        if (line.suite_id, line.week_starts_on) in scheduled
    )
    if clashes:
        named = "; ".join(list(clashes)[:MOST_NAMED])
        more = f"; and {len(clashes) - MOST_NAMED} more" if len(clashes) > MOST_NAMED else ""
        yield (
            f"Visits are scheduled already for {named}{more}. Discard this draft and draw one for other weeks"
            " or suites, or cancel those visits first."
        )


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
