"""What waits about who goes: calls for availability, answered or missed, and cover nobody has taken."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.calls import name_of
from icv.rules.days import Period
from icv.rules.words import plural
from icv.store.availability import Call, CallAnswer, open_calls, visits_within
from icv.store.cover import requests_open
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.today.visits import week_of
from icv.store.today.waiting import About, Urgency, Waiting, nearness


def calls(session: Session, on: date) -> Iterator[Waiting]:
    for one in open_calls(session, on):
        if one.unanswered:
            who = f"{one.name}: {one.unanswered} of {one.asked} have not answered"
            yield Waiting(
                nearness(one.answer_by, on), About.CALL, one.id, "Call for availability", who, one.answer_by
            )


def passed_over(session: Session, on: date) -> Iterator[Waiting]:
    """Whoever began after a call had closed, until a rota of its weeks is published without their times."""
    for first_on, last_on, answer_by, number, newcomers in session.execute(_PASSED_OVER, {"on": on}):
        who = f"{name_of(Period(first_on, last_on))}: {plural(newcomers, 'new visitor')}"
        yield Waiting(Urgency.THIS_WEEK, About.CALL, number, "Not asked when they can", who, answer_by)


def cover(session: Session, on: date) -> Iterator[Waiting]:
    """The duty stays its holder's until somebody has it: how many days are left is what counts."""
    for one in requests_open(session):
        week = one.week_starts_on
        left = plural(max(0, (week - on).days), "day")
        who = f"{one.name}: {week_of(one.suite, week)}, {left} to go"
        urgency = Urgency.NOW if (week - on).days <= 14 else nearness(week, on)
        yield Waiting(urgency, About.COVER, one.duty_id, "Cover wanted", who, week)


# Put together once.
_STEP, _IS_THEIRS, _VISITS = visits_within(Call.first_on, Call.last_on)
_PASSED_OVER = (
    sa.select(Call.first_on, Call.last_on, Call.answer_by, Call.id, sa.func.count())
    .join(Person, sa.true())
    .outerjoin(_STEP, _IS_THEIRS)
    .where(
        Call.answer_by < sa.bindparam("on"),
        Call.last_on >= sa.bindparam("on"),
        ~sa.exists().where(Rota.state == RotaState.PUBLISHED, Rota.last_on >= Call.last_on),
        _VISITS,
        ~sa.exists().where(CallAnswer.call_id == Call.id, CallAnswer.person_id == Person.id),
    )
    .group_by(Call.id)
)
