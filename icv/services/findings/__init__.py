"""What becomes of findings: raised, put to the police, answered, chased, changed, told of, closed."""

from icv.services.findings.answering import SENT_TWICE, reply
from icv.services.findings.changing import Changed, change
from icv.services.findings.entering import enter_reply
from icv.services.findings.errors import FindingError
from icv.services.findings.moving import MOST_WORDS, WORDS_MISSING, move, move_several
from icv.services.findings.noting import add_note
from icv.services.findings.publishing import publish, withdraw
from icv.services.findings.raising import HowKnown, NewFinding, raise_finding
from icv.services.findings.replies import chase_replies
from icv.services.findings.telling import tell_visitors

__all__ = [
    "MOST_WORDS",
    "SENT_TWICE",
    "WORDS_MISSING",
    "Changed",
    "FindingError",
    "HowKnown",
    "NewFinding",
    "add_note",
    "change",
    "chase_replies",
    "enter_reply",
    "move",
    "move_several",
    "publish",
    "raise_finding",
    "reply",
    "tell_visitors",
    "withdraw",
]
