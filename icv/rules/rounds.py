"""Recruitment rounds: whether one is open on a day, and what is wrong with its days."""

from datetime import date
from enum import StrEnum

from icv.rules.days import ONE_DAY, day_in_words


class RoundState(StrEnum):
    """In the order in which they are listed."""

    OPEN = "open"
    TO_COME = "to_come"
    UNDATED = "undated"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return {"open": "open", "to_come": "to come", "undated": "no days recorded", "closed": "closed"}[self]

    @property
    def heading(self) -> str:
        return self.words.capitalize()


def round_state(opened_on: date | None, closed_on: date | None, day: date) -> RoundState:
    """`closed_on` is the first day it no longer takes applications.

    A round with neither day came with imported people or was named when somebody was added.
    """
    if closed_on is not None and closed_on <= day:
        return RoundState.CLOSED
    if opened_on is None:
        return RoundState.UNDATED
    return RoundState.TO_COME if opened_on > day else RoundState.OPEN


def takes_applications(opened_on: date | None, closed_on: date | None, is_public: bool, day: date) -> bool:
    """Whether anybody may apply on the public page that day."""
    return is_public and round_state(opened_on, closed_on, day) is RoundState.OPEN


def last_day(closed_on: date | None) -> date | None:
    """The last day on which applications are taken, as people say it."""
    return closed_on - ONE_DAY if closed_on else None


def first_closed_day(last_on: date | None) -> date | None:
    return last_on + ONE_DAY if last_on else None


def days_in_words(opened_on: date | None, closed_on: date | None) -> str:
    """5 January 2026 to 31 March 2026; from 5 January 2026; until 31 March 2026; days not recorded"""
    last_on = last_day(closed_on)
    if opened_on and last_on and last_on < opened_on:
        return f"opened and closed on {day_in_words(opened_on)}"
    if opened_on and last_on:
        return f"{day_in_words(opened_on)} to {day_in_words(last_on)}"
    if opened_on:
        return f"from {day_in_words(opened_on)}, with no last day"
    return f"until {day_in_words(last_on)}" if last_on else "days not recorded"
