"""Findings: what visitors saw that was wrong, its category, and its way from raised to closed."""

from enum import StrEnum


class FindingState(StrEnum):
    RAISED = "raised"
    ALREADY_ACTIONED = "already_actioned"
    RESOLVED_AT_VISIT = "resolved_at_visit"
    AWAITING_REPLY = "awaiting_reply"
    REPLIED = "replied"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


SETTLED_ON_THE_SPOT = frozenset({FindingState.RESOLVED_AT_VISIT, FindingState.ALREADY_ACTIONED})
WITH_POLICE = frozenset({FindingState.AWAITING_REPLY, FindingState.REOPENED})
PUBLISHABLE = frozenset({FindingState.REPLIED, FindingState.CLOSED})
"""States in which a finding that was answered may be shown to the public beside its reply."""
PUT_TO_POLICE = WITH_POLICE | {FindingState.REPLIED, FindingState.CLOSED}

NEXT: dict[FindingState, frozenset[FindingState]] = {
    FindingState.RAISED: frozenset({FindingState.AWAITING_REPLY, FindingState.CLOSED}),
    FindingState.ALREADY_ACTIONED: frozenset({FindingState.REOPENED}),
    FindingState.RESOLVED_AT_VISIT: frozenset({FindingState.REOPENED}),
    FindingState.AWAITING_REPLY: frozenset({FindingState.REPLIED, FindingState.CLOSED}),
    FindingState.REPLIED: frozenset({FindingState.CLOSED, FindingState.REOPENED}),
    FindingState.CLOSED: frozenset({FindingState.REOPENED}),
    FindingState.REOPENED: frozenset({FindingState.REPLIED, FindingState.CLOSED}),
}

CATEGORIES = (
    "rights and information",
    "welfare",
    "medical",
    "food and drink",
    "washing and hygiene",
    "conditions",
    "safety and security",
    "staffing",
    "children",
    "mental health and vulnerability",
    "allegations of concern",
    "complaints route",
)
"""The categories schemes use in print; a scheme may change its own list."""

THEMES = (
    "menstrual care",
    "strip search",
    "anti-rip clothing",
    "appropriate adults",
    "neurodivergence",
    "delays to entry",
)
"""What runs through several categories; a scheme may change its own list."""

AGES = (("Over 6 months", 182), ("3 to 6 months", 91), ("1 to 3 months", 30), ("2 to 4 weeks", 14))
"""How long a finding has been open, the oldest first, and from how many days after it was raised."""
YOUNGEST = "Under 2 weeks"


class EventKind(StrEnum):
    RAISED = "raised"
    PUT_TO_POLICE = "put_to_police"
    REPLIED = "replied"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOTE = "note"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    VISITORS_TOLD = "visitors_told"
    CHANGED = "changed"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


LEADS_TO: dict[EventKind, FindingState] = {
    EventKind.PUT_TO_POLICE: FindingState.AWAITING_REPLY,
    EventKind.REPLIED: FindingState.REPLIED,
    EventKind.SENT_BACK: FindingState.REOPENED,
    EventKind.CLOSED: FindingState.CLOSED,
    EventKind.REOPENED: FindingState.REOPENED,
}
"""The state each move ends in. A reply is sent back; anything else that is taken up again is reopened."""

POLICE_READ = frozenset(LEADS_TO)
"""Events whose words the police are shown: never those of the visitors."""

VISITORS_READ = frozenset(LEADS_TO) | {EventKind.VISITORS_TOLD}
"""Events that the visitors who raised it are shown: what was asked, answered and done, no office notes."""


def may(move: EventKind, state: FindingState) -> bool:
    """Whether a finding in this state can make this move."""
    if move is EventKind.SENT_BACK:
        return state is FindingState.REPLIED
    if move is EventKind.REOPENED and state is FindingState.REPLIED:
        return False
    return LEADS_TO[move] in NEXT[state]
