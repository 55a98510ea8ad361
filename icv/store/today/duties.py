"""What waits about who goes: calls for availability, and requests for cover that nobody has taken."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.words import plural
from icv.store.availability import open_calls
from icv.store.cover import requests_open
from icv.store.today.visits import week_of
from icv.store.today.waiting import About, Urgency, Waiting, nearness


def calls(session: Session, on: date) -> Iterator[Waiting]:
    for one in open_calls(session, on):
        if one.unanswered:
            who = f"{one.name}: {one.unanswered} of {one.asked} have not answered"
            yield Waiting(
                nearness(one.answer_by, on), About.CALL, one.id, "Call for availability", who, one.answer_by
            )


def cover(session: Session, on: date) -> Iterator[Waiting]:
    """The duty stays its holder's until somebody has it: how many days are left is what counts."""
    for one in requests_open(session):
        week = one.week_starts_on
        left = plural(max(0, (week - on).days), "day")
        who = f"{one.name}: {week_of(one.suite, week)}, {left} to go"
        urgency = Urgency.NOW if (week - on).days <= 14 else nearness(week, on)
        yield Waiting(urgency, About.COVER, one.duty_id, "Cover wanted", who, week)
