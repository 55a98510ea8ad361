"""The words of cover and swap: how a request stands, and what somebody who was asked answered."""

from enum import StrEnum


class CoverKind(StrEnum):
    """Cover: somebody else goes. Swap: each goes in the other's place."""

    COVER = "cover"
    SWAP = "swap"


class CoverState(StrEnum):
    """A request is open until somebody takes it, its asker withdraws it, or its time is over."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class CoverAnswer(StrEnum):
    YES = "yes"
    NO = "no"
