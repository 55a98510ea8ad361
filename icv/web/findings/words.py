"""Words of the acts on findings: what a button says, what is asked, what is said afterwards."""

from icv.rules.checks import titles
from icv.rules.findings import EventKind
from icv.rules.scheme import Choices

MOVES = {
    "put": EventKind.PUT_TO_POLICE,
    "send-back": EventKind.SENT_BACK,
    "close": EventKind.CLOSED,
    "reopen": EventKind.REOPENED,
}
BUTTONS = {
    "put": "Put it to the police",
    "send-back": "Not satisfied: send the reply back",
    "close": "Close it",
    "reopen": "Take it up again",
}
DONE = {
    "put": "Put to the police.",
    "send-back": "Sent back to the police, with a new day to reply by.",
    "close": "Closed. Its visitors can read what came of it.",
    "reopen": "Taken up again and put to the police, with a new day to reply by.",
}
ASKED = {
    "put": (
        "Anything to add for the police",
        "They read the finding and this, and so may its visitors. Leave it empty if it says enough",
    ),
    "send-back": ("What is still to be answered?", "The police will read this, and so may the visitors"),
    "close": (
        "What was done?",
        "Say it so that anyone can see why it is closed. The visitors will read it, the police may",
    ),
    "reopen": ("Why is it taken up again?", "The police will read this, and so may the visitors"),
}
NOBODY_THERE = (
    " Nobody of the police has an account here yet, so no letter went out: ask an officer by link, or"
    " invite one under Accounts."
)
TITLES = {
    EventKind.RAISED: "Raised",
    EventKind.PUT_TO_POLICE: "Put to the police",
    EventKind.REPLIED: "The police replied",
    EventKind.SENT_BACK: "Not satisfied: sent back",
    EventKind.CLOSED: "Closed",
    EventKind.REOPENED: "Taken up again",
    EventKind.NOTE: "Note of the office",
    EventKind.REMINDED: "The police were reminded",
    EventKind.ESCALATED: "Taken higher",
    EventKind.VISITORS_TOLD: "The visitors were told",
    EventKind.CHANGED: "Sorted anew",
}
TOGETHER = {"put": "Put them to the police", "close": "Close them"}


def check_in_words(check: str, choices: Choices) -> str:
    """The question of the report whose answer showed a finding ("suite.clean"); empty where none is known."""
    part, _, key = check.partition(".")
    asked = {
        "contact": choices.contact_checks,
        "suite": choices.suite_checks,
        "record": choices.record_checks,
        "dogs": choices.dog_checks,
    }.get(part, ())
    return titles(asked).get(key, "")
