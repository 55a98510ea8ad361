"""Suites and teams: their names, when a suite is open, and how often it is visited."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.bounds import MOST_VISITS_A_WEEK
from icv.rules.days import ONE_DAY, day_in_words
from icv.rules.refusals import Refusal
from icv.rules.visits import SuiteKind
from icv.services.meanwhile import OVERRULE, changed_meanwhile
from icv.store.scheme import Team
from icv.store.settings import last_change
from icv.store.suites import Suite, SuitePeriod, stamp_of_description, stamp_of_period
from icv.store.trail import note
from icv.store.visits import Visit

CHANGE_ANOTHER = "The day you typed lies in another period now: go back to the suites and change that one"


class SuitesError(Refusal):
    """Why a suite, a period of it or a team cannot be so."""


@dataclass(frozen=True, slots=True)
class Description:
    name: str
    address: str = ""
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A period as it is asked for; `closes_on` is its last day, None: no end."""

    opens_on: date
    closes_on: date | None = None
    kind: SuiteKind = SuiteKind.MAIN
    visits_a_week: float = 1


def add_suite(session: Session, described: Description, opening: Opening, *, by: Actor, at: datetime) -> int:
    """A new suite with its first open period; its id. Raises SuitesError."""
    suite = Suite(name=_free_name(session, Suite, described.name))
    suite.address, suite.team_id = described.address.strip(), described.team_id
    session.add(suite)
    session.flush()
    note(session, "add", "suite", suite.id, by=by.account_id, at=at)
    open_period(session, suite.id, opening, by=by, at=at)
    return suite.id


def describe_suite(
    session: Session,
    suite_id: int,
    described: Description,
    *,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """`seen` is the stamp of the description as the page showed it: nothing is written over unread."""
    suite = _suite(session, suite_id)
    wanted = Description(_in_one_line(described.name), described.address.strip(), described.team_id)
    if wanted != Description(suite.name, suite.address, suite.team_id):
        _refuse_unread(session, ("suite", suite_id), seen, stamp_of_description(suite), by)
    suite.name = _free_name(session, Suite, wanted.name, own_id=suite_id)
    suite.address, suite.team_id = wanted.address, wanted.team_id
    note(session, "describe", "suite", suite_id, by=by.account_id, at=at)


def open_period(session: Session, suite_id: int, opening: Opening, *, by: Actor, at: datetime) -> None:
    """Days on which the suite is open; no two periods of a suite share one."""
    _suite(session, suite_id)
    _refuse_impossible(opening)
    _refuse_overlap(session, suite_id, opening)
    period = SuitePeriod(
        suite_id=suite_id,
        opens_on=opening.opens_on,
        closes_on=opening.closes_on,
        kind=opening.kind,
        visits_a_week=opening.visits_a_week,
    )
    session.add(period)
    session.flush()
    note(session, "open period", "suite", suite_id, by=by.account_id, at=at, period=period.id)


def close_period(
    session: Session,
    suite_id: int,
    period_id: int,
    closes_on: date,
    *,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Sets the last day; returns how many visits of later weeks are on a rota still, to cancel there.

    `seen` is the stamp of the period as the page showed it: nothing is written over unread.
    """
    period = _period(session, suite_id, period_id)
    if closes_on < period.opens_on:
        raise SuitesError(
            f"The last day must be {day_in_words(period.opens_on)} or later: it opened on that day",
            field="closes_on",
        )
    if closes_on != period.closes_on:
        _refuse_unread(session, ("suite", suite_id), seen, stamp_of_period(period), by)
    moved = Opening(period.opens_on, closes_on, period.kind, period.visits_a_week)
    _refuse_overlap(session, suite_id, moved, own_id=period_id)
    period.closes_on = closes_on
    note(session, "close period", "suite", suite_id, by=by.account_id, at=at, period=period_id)
    asked = sa.select(sa.func.count()).where(
        Visit.suite_id == suite_id,
        Visit.week_starts_on > closes_on,
        Visit.is_scheduled,
        Visit.outcome.is_(None),
    )
    return session.scalar(asked) or 0


def change_period(
    session: Session,
    suite_id: int,
    period_id: int,
    opening: Opening,
    *,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """From `opening.opens_on` on the suite is visited otherwise; before it the period stays as it was.

    `seen` is the stamp of the period as the page showed it: nothing is written over unread.
    """
    period = _period(session, suite_id, period_id)
    last = period.closes_on
    changed = Opening(opening.opens_on, last, opening.kind, opening.visits_a_week)
    is_outside = opening.opens_on < period.opens_on or bool(last and opening.opens_on > last)
    if changed != Opening(period.opens_on, last, period.kind, period.visits_a_week):
        then = CHANGE_ANOTHER if is_outside else OVERRULE
        _refuse_unread(session, ("suite", suite_id), seen, stamp_of_period(period), by, then)
    if is_outside:
        until = f" to {day_in_words(last)}" if last else " on"
        raise SuitesError(
            f"Choose a day of this period, from {day_in_words(period.opens_on)}{until}", field="opens_on"
        )
    _refuse_impossible(changed)
    if opening.opens_on == period.opens_on:
        period.kind, period.visits_a_week = changed.kind, changed.visits_a_week
        note(session, "change period", "suite", suite_id, by=by.account_id, at=at, period=period_id)
        return
    period.closes_on = opening.opens_on - ONE_DAY
    session.flush()
    open_period(session, suite_id, changed, by=by, at=at)


def add_team(session: Session, name: str, *, by: Actor, at: datetime) -> None:
    team = Team(name=_free_name(session, Team, name))
    session.add(team)
    session.flush()
    note(session, "add", "team", team.id, by=by.account_id, at=at)


def rename_team(
    session: Session, team_id: int, name: str, *, seen: str | None = None, by: Actor, at: datetime
) -> None:
    """`seen` is the name as the page showed it: another is not written over unread."""
    team = session.get(Team, team_id, with_for_update=True, populate_existing=True)
    if team is None:
        raise SuitesError("This team is not on record. Go back to the list of teams.")
    if _in_one_line(name) != team.name:
        _refuse_unread(session, ("team", team_id), seen, team.name, by)
    team.name = _free_name(session, Team, name, own_id=team_id)
    note(session, "rename", "team", team_id, by=by.account_id, at=at)


def _suite(session: Session, suite_id: int) -> Suite:
    """The suite, kept from everybody else until the transaction ends: its periods are judged together."""
    suite = session.get(Suite, suite_id, with_for_update=True, populate_existing=True)
    if suite is None:
        raise SuitesError("This suite is not on record. Go back to the list of suites.")
    return suite


def _period(session: Session, suite_id: int, period_id: int) -> SuitePeriod:
    _suite(session, suite_id)
    period = session.get(SuitePeriod, period_id, populate_existing=True)
    if period is None or period.suite_id != suite_id:
        raise SuitesError("This period is not on record. Look at the suite again.")
    return period


def _refuse_unread(
    session: Session, whose: tuple[str, int], seen: str | None, stands: str, by: Actor, then: str = OVERRULE
) -> None:
    """Ask with the record held, and of what would change it: a form sent twice overrules nobody.

    `whose` is the record as the trail has it.
    """
    if seen is not None and seen != stands:
        changed = last_change(session, *whose)
        raise SuitesError(changed_meanwhile(whose[0], changed, by, then=then), field="seen")


def _in_one_line(name: str) -> str:
    return " ".join(name.split())


def _free_name(
    session: Session, table: type[Suite] | type[Team], name: str, *, own_id: int | None = None
) -> str:
    """The name in one line, if no other has it, however it is written."""
    name = _in_one_line(name)
    taken = session.execute(sa.select(table.id, table.name))
    if any(known.casefold() == name.casefold() and number != own_id for number, known in taken):
        raise SuitesError(f"“{name}” is on record already", field="name")
    return name


def _refuse_impossible(opening: Opening) -> None:
    if opening.closes_on and opening.closes_on < opening.opens_on:
        raise SuitesError("The last day cannot be before the first", field="closes_on")
    if not 0 <= opening.visits_a_week <= MOST_VISITS_A_WEEK:
        raise SuitesError(
            f"Enter a number from 0 to {MOST_VISITS_A_WEEK}, such as 1 or 0.25", field="visits_a_week"
        )


def _refuse_overlap(session: Session, suite_id: int, opening: Opening, *, own_id: int | None = None) -> None:
    others = session.execute(
        sa.select(SuitePeriod.id, SuitePeriod.opens_on, SuitePeriod.closes_on).where(
            SuitePeriod.suite_id == suite_id
        )
    )
    last = opening.closes_on or date.max
    for number, opens_on, closes_on in others:
        if number != own_id and opens_on <= last and opening.opens_on <= (closes_on or date.max):
            until = f" to {day_in_words(closes_on)}" if closes_on else " on"
            raise SuitesError(
                f"The suite has another period from {day_in_words(opens_on)}{until}: close that one first",
                field="closes_on" if opening.opens_on < opens_on else "opens_on",
            )
