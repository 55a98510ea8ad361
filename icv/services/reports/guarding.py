"""The identity guard over what is to be sent: a report's parts, or words beside one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.guarding import Clue, clues
from icv.rules.report.free_words import free_words
from icv.rules.report.parts import Part
from icv.store.people import names_on_record


@dataclass(frozen=True, slots=True)
class PartClue:
    """A clue, and the name of the report's part it stands in."""

    part: str
    clue: Clue


def clues_in_parts(
    session: Session, parts: Mapping[str, Part], pair: Sequence[str], *, at: datetime
) -> list[PartClue]:
    """Of all parts in their order. `pair` are the names of the two who write."""
    people, year = _names(session), london_day(at).year
    return [
        PartClue(name, clue)
        for name, part in parts.items()
        for clue in clues(free_words(part), year, people=people, pair=pair)
    ]


def clues_in_words(
    session: Session, words: str, *, at: datetime, number_pattern: str | None = None
) -> list[Clue]:
    """Of words that stand alone: an addendum, what is put to the police, a reply, what is published.

    `number_pattern`: see `icv.rules.guarding.clues`.
    """
    if not words:
        return []
    people, year = _names(session), london_day(at).year
    return clues(words, year, people=people, number_pattern=number_pattern)


def _names(session: Session) -> list[str]:
    return [name for _, name in names_on_record(session)]
