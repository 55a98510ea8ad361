"""Words of the events of a finding, as the police read them."""

from icv.rules.findings import EventKind

TITLES = {
    EventKind.PUT_TO_POLICE: "Put to the police",
    EventKind.REPLIED: "The police replied",
    EventKind.SENT_BACK: "Sent back: more is asked",
    EventKind.CLOSED: "Closed by the scheme",
    EventKind.REOPENED: "Taken up again by the scheme",
}

REPLY_HINT = (
    "What you found, what has been done and by when. The visitors and the panel may read it. Name nobody who"
    " was held, and no visitor"
)

AGES = {14: "More than 2 weeks ago", 30: "More than a month ago", 91: "More than 3 months ago"}
"""By the least days since a finding was put to the police."""

STATES = {"waiting": (True, "Awaits our reply"), "answered": (False, "Answered or closed")}
"""By the word in the address: whether a reply is awaited, and what it is called."""
