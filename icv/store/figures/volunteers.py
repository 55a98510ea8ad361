"""Figures of volunteers: membership by team, the recruitment round's applications, and the pipeline."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.days import Period
from icv.rules.figures import Membership, TeamFigures, VolunteerFigures
from icv.rules.stages import Stage
from icv.store.figures.counting import number
from icv.store.figures.rounds import RoundBegun
from icv.store.people import Person, StageStep
from icv.store.scheme import Team


def volunteer_figures(session: Session, period: Period, begun: Sequence[RoundBegun]) -> VolunteerFigures:
    """`begun`: the recruitment rounds begun by the period's last day."""
    stages = _pipeline(session, period.last)
    return VolunteerFigures(
        _teams(session, period),
        begun[0].applications if begun else 0,
        in_vetting=stages[Stage.VETTING],
        in_training=stages[Stage.TRAINING],
    )


def _teams(session: Session, period: Period) -> tuple[TeamFigures, ...]:
    """Every team that ever has a member, by name; people without a team come last."""
    lines = session.execute(_BY_TEAM, {"first": period.first, "last": period.last})
    by_team = [TeamFigures(team, Membership(opening, joined, left)) for team, opening, joined, left in lines]
    return tuple(sorted(by_team, key=lambda line: (line.team is None, line.team or "")))


def _pipeline(session: Session, day: date) -> Counter[Stage]:
    """How many people are in vetting and in training, by the latest step by then; of one day, the last."""
    return Counter(dict(session.execute(_IN_PIPELINE, {"day": day}).all()))


# The statements, put together once.
_BY_TEAM = (
    sa.select(
        Team.name,
        number(
            "opening",
            Person.appointed_on < sa.bindparam("first"),
            Person.left_on.is_(None) | (Person.left_on >= sa.bindparam("first")),
        ),
        number("joined", Person.appointed_on.between(sa.bindparam("first"), sa.bindparam("last"))),
        number("left", Person.left_on.between(sa.bindparam("first"), sa.bindparam("last"))),
    )
    .select_from(Person)
    .outerjoin(Team, Person.team_id == Team.id)
    .where(Person.appointed_on.is_not(None))
    .group_by(Team.name)
)


def _at_stages(stages: Collection[Stage]) -> sa.Select[Stage, int]:
    later = aliased(StageStep)
    made_on = sa.func.coalesce(StageStep.on, date.min)
    # Asked one by one, and for a number rather than all there is: so an index goes straight to each.
    on_a_later_day, later_on_the_day = (
        sa.exists(sa.literal(1)).where(later.person_id == StageStep.person_id, *more)
        for more in (
            (later.on > made_on, later.on <= sa.bindparam("day")),
            (later.on.is_not_distinct_from(StageStep.on), later.id > StageStep.id),
        )
    )
    return (
        sa.select(StageStep.stage, sa.func.count())
        .where(
            StageStep.stage.in_(stages),
            made_on <= sa.bindparam("day"),
            ~on_a_later_day,
            ~later_on_the_day,
        )
        .group_by(StageStep.stage)
    )


_IN_PIPELINE = _at_stages({Stage.VETTING, Stage.TRAINING})
