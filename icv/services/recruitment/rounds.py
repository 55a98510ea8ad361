"""Recruitment rounds: planning one, changing it, closing it now, and opening it again."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.monitoring import are_shown
from icv.rules.refusals import Refusal
from icv.rules.rounds import RoundState, first_closed_day, round_state
from icv.store.people import Round
from icv.store.recruitment.monitoring import counts_of
from icv.store.trail import note


class RoundError(Refusal):
    """Why a recruitment round cannot be so."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round as it is asked for. `last_on` is the last day to apply, None: until somebody closes it."""

    name: str
    opened_on: date | None = None
    last_on: date | None = None
    places: int | None = None
    is_public: bool = False
    welcome: str = ""


def add_round(session: Session, plan: RoundPlan, *, by: Actor, at: datetime) -> int:
    """Its id. Rounds may overlap. Raises RoundError."""
    made = Round()
    _write(session, made, plan)
    note(session, "add", "round", made.id, by=by.account_id, at=at)
    return made.id


def change_round(session: Session, round_id: int, plan: RoundPlan, *, by: Actor, at: datetime) -> None:
    """Who applied in it stays with it, under a new name too. Raises RoundError."""
    changing = _held(session, round_id)
    if first_closed_day(plan.last_on) != changing.closed_on:
        _keep_what_was_shown(session, changing, london_day(at))
    _write(session, changing, plan)
    note(session, "change", "round", round_id, by=by.account_id, at=at)


def close_round(session: Session, round_id: int, *, by: Actor, at: datetime) -> None:
    """Today is the first day that takes no applications. Raises RoundError."""
    closing, today = _held(session, round_id), london_day(at)
    state = round_state(closing.opened_on, closing.closed_on, today)
    if state is RoundState.CLOSED:
        raise RoundError(f"{closing.name} is closed already.")
    if state is RoundState.TO_COME and closing.opened_on:
        opens = day_in_words(closing.opened_on)
        raise RoundError(f"{closing.name} opens on {opens} only. Change its days instead.")
    closing.closed_on = today
    note(session, "close", "round", round_id, by=by.account_id, at=at)


def open_round(session: Session, round_id: int, last_on: date | None, *, by: Actor, at: datetime) -> None:
    """Takes applications from now on, until `last_on` or until somebody closes it. Raises RoundError."""
    opening, today = _held(session, round_id), london_day(at)
    if round_state(opening.opened_on, opening.closed_on, today) is RoundState.OPEN:
        raise RoundError(f"{opening.name} is open already.")
    if last_on is not None and last_on < today:
        raise RoundError("The last day to apply must be today or later", field="last_on")
    _keep_what_was_shown(session, opening, today)
    if opening.opened_on is None or opening.opened_on > today:
        opening.opened_on = today
    opening.closed_on = first_closed_day(last_on)
    note(session, "open", "round", round_id, by=by.account_id, at=at)


def _keep_what_was_shown(session: Session, kept: Round, today: date) -> None:
    """Call before its days are moved. Diversity counts that could be looked at never change any more: a
    second look would tell what somebody has answered in between.
    """
    if are_shown(kept.closed_on, today) and counts_of(session, kept.id):
        kept.answers_are_final = True


def _write(session: Session, kept: Round, plan: RoundPlan) -> None:
    name = " ".join(plan.name.split())
    _refuse_name(session, name, kept.id)
    _refuse_days(plan, kept)
    try:
        with session.begin_nested():
            kept.name, kept.places, kept.is_public = name, plan.places, plan.is_public
            kept.opened_on, kept.closed_on = plan.opened_on, first_closed_day(plan.last_on)
            kept.welcome = plan.welcome.strip()
            session.add(kept)
    except sa.exc.IntegrityError:  # somebody else took the name at the same moment
        _refuse_name(session, name, kept.id)
        raise


def _refuse_name(session: Session, name: str, own_id: int | None) -> None:
    """Two names that differ in capitals alone would be taken for one."""
    if not name:
        raise RoundError("Enter a name for the round", field="name")
    others = session.execute(sa.select(Round.id, Round.name).where(Round.id != (own_id or 0)))
    taken = next((other for _, other in others if other.casefold() == name.casefold()), None)
    if taken:
        raise RoundError(
            f"There is a round called “{taken}” already. Add the season, the year or the place", field="name"
        )


def _refuse_days(plan: RoundPlan, kept: Round) -> None:
    if plan.is_public and plan.opened_on is None:
        raise RoundError("Enter the first day to apply: the public page needs it", field="opened_on")
    if (plan.opened_on, first_closed_day(plan.last_on)) == (kept.opened_on, kept.closed_on):
        return  # closed on the very day it opened, and changed in something else
    if plan.opened_on and plan.last_on and plan.last_on < plan.opened_on:
        opens = day_in_words(plan.opened_on)
        raise RoundError(
            f"The last day to apply must be {opens} or later: the round opens then", field="last_on"
        )


def _held(session: Session, round_id: int) -> Round:
    """The round, kept from everybody else until the transaction ends."""
    found = session.get(Round, round_id, with_for_update=True)
    if found is None:
        raise RoundError("This round is not on record any more. Go back to the list of rounds.")
    return found
