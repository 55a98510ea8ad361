"""What waits about rotas: drafts to be published or chosen between, and weeks that nobody has planned."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, short_day
from icv.rules.visits import Outcome, SuiteKind
from icv.store.rota import DraftVisit, Rota, RotaState, side_by_side
from icv.store.suites import SuitePeriod
from icv.store.today.people import Current
from icv.store.today.waiting import About, Urgency, Waiting, nearness
from icv.store.visits import IS_TO_DETAINEES, Visit

PLANNED_AHEAD = timedelta(weeks=4)
"""Visitors keep days free that they know of: the next weeks are planned by then."""


def drafts(session: Session) -> Iterator[Waiting]:
    """Of two drafts of the same weeks one has to be chosen before either can be published."""
    rows = session.execute(
        sa.select(Rota.id, Rota.first_on, Rota.last_on, Rota.made_at, _IS_OVERTAKEN).where(
            Rota.state == RotaState.DRAFT
        )
    )
    drawn: dict[int, tuple[str, date]] = {}
    for number, first_on, last_on, made_at, is_overtaken in rows:
        period, made_on = f"{short_day(first_on)} to {short_day(last_on)}", london_day(made_at)
        if is_overtaken:
            what = "Draft rota overtaken: discard it"
            yield Waiting(Urgency.COMING, About.ROTA, number, what, period, made_on)
        else:
            drawn[number] = period, made_on
    pairs = side_by_side(session) if len(drawn) > 1 else []
    pairs = [pair for pair in pairs if drawn.keys() >= set(pair)]
    for earlier, later in pairs:
        period, made_on = drawn[later]
        what = "Two drafts: choose one"
        yield Waiting(Urgency.THIS_WEEK, About.DRAFTS, earlier, what, period, made_on, other_id=later)
    for number in drawn.keys() - {number for pair in pairs for number in pair}:
        period, made_on = drawn[number]
        yield Waiting(Urgency.COMING, About.ROTA, number, "Draft rota to publish", period, made_on)


def unplanned(session: Session, people: Sequence[Current], on: date) -> Iterator[Waiting]:
    """Weeks soon to come in which nobody goes anywhere, while a suite is open and somebody visits.

    A draft that goes further is said by itself. Suites seldom visited have no visit in a rota's last weeks:
    its own last day counts, too.
    """
    if not any(one.is_visiting for one in people):
        return
    last_of = sa.select(sa.func.max(Rota.last_on)).where(Rota.last_on >= on)
    visits = sa.select(sa.func.max(Visit.week_ends_on)).where(
        IS_TO_DETAINEES, Visit.is_scheduled, Visit.week_ends_on >= on
    )
    is_open = sa.exists().where(
        SuitePeriod.kind == SuiteKind.MAIN,
        SuitePeriod.opens_on <= on,
        sa.or_(SuitePeriod.closes_on.is_(None), SuitePeriod.closes_on >= on),
    )
    published, drawn, visited = session.execute(
        sa.select(
            last_of.where(Rota.state == RotaState.PUBLISHED).scalar_subquery(),
            last_of.where(Rota.state == RotaState.DRAFT).scalar_subquery(),
            visits.scalar_subquery(),
        ).where(is_open)
    ).one_or_none() or (date.max, None, None)
    last = max((day for day in (published, visited) if day), default=None)
    if last is None and drawn is None:
        yield Waiting(Urgency.NOW, About.NEXT_ROTA, 0, "Nothing planned", "draw a rota", on)
    elif last and last <= on + PLANNED_AHEAD and (drawn is None or drawn <= last):
        what = f"Nothing planned after {short_day(last)}"
        yield Waiting(nearness(last, on), About.NEXT_ROTA, 0, what, "draw the next rota", last)


_IS_OVERTAKEN = sa.exists().where(
    DraftVisit.rota_id == Rota.id,
    Visit.suite_id == DraftVisit.suite_id,
    Visit.week_starts_on == DraftVisit.week_starts_on,
    Visit.is_scheduled,
    Visit.outcome.is_distinct_from(Outcome.CANCELLED),
)
"""Where it plans visits there are visits already: it can only be discarded."""
