"""A choice as it was made, one time after another, and as it stands beside what somebody typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from icv.rules.choices import held_in, in_words
from icv.rules.scheme import Choices
from icv.store.scheme import SettingLine, read_choice


@dataclass(frozen=True, slots=True)
class Made:
    """A choice as it was made, in words; `is_replaced` where a later one took its place on the same day."""

    words: str
    line: SettingLine
    is_to_come: bool
    is_replaced: bool


def history(made: list[SettingLine], day: date) -> list[Made]:
    """Latest first."""
    last_of_day = {line.effective_on: line for line in made}
    return [
        Made(
            in_words(line.name, read_choice(line.name, line.value)),
            line,
            is_to_come=line.effective_on > day,
            is_replaced=last_of_day[line.effective_on] is not line,
        )
        for line in reversed(made)
    ]


def to_come(past: list[Made]) -> list[Made]:
    """Of a history, what will count one day, the soonest first."""
    return [one for one in reversed(past) if one.is_to_come and not one.is_replaced]


def value_on(name: str, made: list[SettingLine], day: date) -> Any:
    """What counts on the day; as delivered until somebody chose."""
    line = _line_on(made, day)
    return read_choice(name, line.value) if line else getattr(Choices(), name)


def latest_number(made: list[SettingLine]) -> int:
    """Of the choice recorded last, whichever day it counts from; 0: none was."""
    return max((line.number for line in made), default=0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A choice as it counts on the day `on`, with what is to come after it.

    `held` is each thing a list holds and whether it was typed as well, None where it is no list; `alone` is
    what was typed and is not in it.
    """

    on: date
    words: str
    line: SettingLine | None
    held: list[tuple[str, bool]] | None
    alone: list[str]
    to_come: list[Made]


def standing(name: str, made: list[SettingLine], on: date, typed: Any) -> Standing:
    value = value_on(name, made, on)
    ours, yours = held_in(name, value), held_in(name, typed) or ()
    return Standing(
        on,
        in_words(name, value),
        _line_on(made, on),
        None if ours is None else [(one, one in yours) for one in ours],
        _without(yours, ours or ()),
        to_come(history(made, on)),
    )


def _line_on(made: list[SettingLine], day: date) -> SettingLine | None:
    return next((line for line in reversed(made) if line.effective_on <= day), None)


def _without(some: Iterable[str], others: Iterable[str]) -> list[str]:
    others = set(others)
    return [one for one in some if one not in others]
