"""The scheme's choices: each is made anew from a day on, and the past keeps its own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.choices import ASKED, fault
from icv.rules.days import day_in_words, london_day
from icv.rules.refusals import Refusal
from icv.services.meanwhile import changed_meanwhile
from icv.store.locks import Turn, wait_for
from icv.store.scheme import Setting, choices_on, write_choice
from icv.store.settings import latest_choice
from icv.store.trail import note


class SettingsError(Refusal):
    """Why a choice cannot be made so."""


def choose(
    session: Session,
    name: str,
    value: Any,
    *,
    effective_on: date,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """From the day on, until a later choice. The same day chosen again replaces what was planned for it.

    `seen` is the number of the latest choice of that name as the page showed it, 0 where there was none: what
    was chosen since is not overruled unread. None: no page was opened.
    """
    if refusal := fault(name, value):
        raise SettingsError(refusal, field="value")
    if effective_on < london_day(at):
        raise SettingsError(
            "The day must be today or later: what is past was counted as it was chosen then",
            field="effective_on",
        )
    wait_for(Turn.CHOICES, session.connection())
    if getattr(choices_on(session, effective_on), name) == value:
        raise SettingsError(
            f"“{ASKED[name].title}” is chosen so for {day_in_words(effective_on)} already", field="value"
        )
    _refuse_unread(session, name, seen, by)
    setting = Setting(
        name=name,
        value=write_choice(value),
        effective_on=effective_on,
        set_at=at,
        set_by_id=by.account_id,
    )
    session.add(setting)
    session.flush()
    note(
        session,
        "choose",
        "setting",
        setting.id,
        by=by.account_id,
        at=at,
        name=name,
        effective_on=effective_on.isoformat(),
    )


def _refuse_unread(session: Session, name: str, seen: int | None, by: Actor) -> None:
    latest = latest_choice(session, name)
    if seen is not None and seen != (latest.number if latest else 0):
        raise SettingsError(changed_meanwhile("setting", latest, by), field="seen")
