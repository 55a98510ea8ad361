"""The scheme's choices: each is made anew from a day on, and the past keeps its own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.choices import ASKED, fault
from icv.rules.days import day_in_words, london_day
from icv.rules.refusals import Refusal
from icv.store.scheme import Setting, choices_on, write_choice
from icv.store.trail import note


class SettingsError(Refusal):
    """Why a choice cannot be made so."""


def choose(session: Session, name: str, value: Any, *, effective_on: date, by: Actor, at: datetime) -> None:
    """From the day on, until a later choice. The same day chosen again replaces what was planned for it."""
    if refusal := fault(name, value):
        raise SettingsError(refusal, field="value")
    if effective_on < london_day(at):
        raise SettingsError(
            "The day must be today or later: what is past was counted as it was chosen then",
            field="effective_on",
        )
    if getattr(choices_on(session, effective_on), name) == value:
        raise SettingsError(
            f"“{ASKED[name].title}” is chosen so for {day_in_words(effective_on)} already", field="value"
        )
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
