"""When people can visit: the weekly pattern on the timeslot grid, days away, how often, and calls for it."""

from icv.store.availability.asking import Called, to_be_asked, visits_within
from icv.store.availability.calls import (
    CallDays,
    CallLine,
    OwnCall,
    Reply,
    call_line,
    call_seen_by,
    calls,
    calls_about,
    calls_open_to,
    newcomers,
    open_calls,
    replies,
)
from icv.store.availability.given import (
    Answer,
    Away,
    answers,
    days_away,
    days_away_from,
    has_answered,
    has_old_bands,
)
from icv.store.availability.tables import Availability, Call, CallAnswer, DaysAway, FreeSlot

__all__ = [
    "Answer",
    "Availability",
    "Away",
    "Call",
    "CallAnswer",
    "CallDays",
    "CallLine",
    "Called",
    "DaysAway",
    "FreeSlot",
    "OwnCall",
    "Reply",
    "answers",
    "call_line",
    "call_seen_by",
    "calls",
    "calls_about",
    "calls_open_to",
    "days_away",
    "days_away_from",
    "has_answered",
    "has_old_bands",
    "newcomers",
    "open_calls",
    "replies",
    "to_be_asked",
    "visits_within",
]
