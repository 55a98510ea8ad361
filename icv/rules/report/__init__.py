"""The visit report: its sections, what each asks, what must hold, and what is filed."""

from icv.rules.report.arrival import DELAYS, MODES, OUTCOMES, RANKS, Arrival, Delay, Rank
from icv.rules.report.contacts import CATEGORY_OF, CHECKS, WHY_NOT_SEEN, ContactNote, ContactsNote, WhyNotSeen
from icv.rules.report.counts import LABELS, Headcount
from icv.rules.report.findings import SERIOUS_MEANS, SETTLED, FindingNote, FindingsNote, Settled
from icv.rules.report.names import kind_of, next_name
from icv.rules.report.parts import FORM_VERSION, Fault, Frame, Line, Part, Section, Three, differences, read
from icv.rules.report.receipts import digest_of, references
from icv.rules.report.remarks import Remarks
from icv.rules.report.suite import SUITE_CHECKS, SuiteNote
from icv.rules.report.trainee import TRAINEE_CHECKS, Trainee, TraineeNote
from icv.rules.report.whole import Draft, Progress

__all__ = [
    "CATEGORY_OF",
    "CHECKS",
    "DELAYS",
    "FORM_VERSION",
    "LABELS",
    "MODES",
    "OUTCOMES",
    "RANKS",
    "SERIOUS_MEANS",
    "SETTLED",
    "SUITE_CHECKS",
    "TRAINEE_CHECKS",
    "WHY_NOT_SEEN",
    "Arrival",
    "ContactNote",
    "ContactsNote",
    "Delay",
    "Draft",
    "Fault",
    "FindingNote",
    "FindingsNote",
    "Frame",
    "Headcount",
    "Line",
    "Part",
    "Progress",
    "Rank",
    "Remarks",
    "Section",
    "Settled",
    "SuiteNote",
    "Three",
    "Trainee",
    "TraineeNote",
    "WhyNotSeen",
    "differences",
    "digest_of",
    "kind_of",
    "next_name",
    "read",
    "references",
]
