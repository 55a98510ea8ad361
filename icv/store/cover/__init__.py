"""Cover and swaps: requests, whom they were put to, and the places that may change hands."""

from icv.store.cover.due import DutyToCome, Unanswered, duties_to_come, requests_over, requests_unanswered
from icv.store.cover.duties import DutyInHand, duties_in_hand, duty_in_hand
from icv.store.cover.lists import (
    Asked,
    AskedOfMe,
    OpenRequest,
    OwnRequest,
    answered_for,
    asked_of,
    own_requests,
    people_asked,
    requests_open,
)
from icv.store.cover.places import Seated, Sitter, seated_beside, seated_between
from icv.store.cover.requests import (
    Request,
    SeenRequest,
    open_request_of,
    request,
    request_seen_by,
    request_with_asked,
)
from icv.store.cover.tables import CoverAsk, CoverRequest

__all__ = [
    "Asked",
    "AskedOfMe",
    "CoverAsk",
    "CoverRequest",
    "DutyInHand",
    "DutyToCome",
    "OpenRequest",
    "OwnRequest",
    "Request",
    "Seated",
    "SeenRequest",
    "Sitter",
    "Unanswered",
    "answered_for",
    "asked_of",
    "duties_in_hand",
    "duties_to_come",
    "duty_in_hand",
    "open_request_of",
    "own_requests",
    "people_asked",
    "request",
    "request_seen_by",
    "request_with_asked",
    "requests_open",
    "requests_over",
    "requests_unanswered",
    "seated_beside",
    "seated_between",
]
