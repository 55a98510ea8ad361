"""Delays at the door, the ranks of whoever decides on them, and who shows visitors round."""

from collections.abc import Sequence
from enum import StrEnum


class Delay(StrEnum):
    """Why entry was not immediate. The Code of Practice (2013) knows the first reason only."""

    SAFETY = "safety"
    BUSY = "busy"
    INCIDENT = "incident"
    CARDS = "cards"
    NOBODY_SAID = "nobody_said"
    OTHER = "other"

    @property
    def words(self) -> str:
        return DELAYS[self]


DELAYS = {
    Delay.SAFETY: "For the visitors' own safety",
    Delay.BUSY: "Staff were busy",
    Delay.INCIDENT: "An incident in the suite, with no danger to the visitors",
    Delay.CARDS: "Trouble with identity cards, or nobody knew about visits",
    Delay.NOBODY_SAID: "Nobody gave a reason",
    Delay.OTHER: "Another reason",
}


class Rank(StrEnum):
    """Who authorised the delay, from the lowest up."""

    NOBODY = "nobody"
    STAFF = "staff"
    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    CHIEF_INSPECTOR = "chief inspector"
    SUPERINTENDENT = "superintendent"

    @property
    def words(self) -> str:
        return RANKS[self]


RANKS = {
    Rank.NOBODY: "Nobody, or nobody could say",
    Rank.STAFF: "Detention officer or other staff",
    Rank.CONSTABLE: "Constable",
    Rank.SERGEANT: "Sergeant",
    Rank.INSPECTOR: "Inspector",
    Rank.CHIEF_INSPECTOR: "Chief inspector",
    Rank.SUPERINTENDENT: "Superintendent or above",
}


def is_below(rank: Rank | None, lowest: str) -> bool:
    """Whether a known rank is lower than the scheme's lowest; one we have no word for is an inspector's."""
    ranks: Sequence[Rank] = list(Rank)
    floor = Rank(lowest) if lowest in set(Rank) else Rank.INSPECTOR
    return rank is not None and ranks.index(rank) < ranks.index(floor)


class Escort(StrEnum):
    """Who showed the visitors round: a role, never a name."""

    DETENTION_OFFICER = "detention_officer"
    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    OTHER = "other"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        return ESCORTS[self]


ESCORTS = {
    Escort.DETENTION_OFFICER: "Detention officer",
    Escort.CONSTABLE: "Constable",
    Escort.SERGEANT: "Custody sergeant",
    Escort.INSPECTOR: "Inspector or above",
    Escort.OTHER: "Somebody else",
    Escort.NOBODY: "Nobody",
}
