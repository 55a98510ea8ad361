"""The visit report: its sections, what each asks, what must hold, and what is filed."""

from icv.rules.report.absent import AbsentNote
from icv.rules.report.arrival import DISTANT, MODES, OUTCOMES, Arrival
from icv.rules.report.contacts import CHECKS, WHY_NOT_SEEN, ContactNote, ContactsNote, WhyNotSeen
from icv.rules.report.counts import LABELS, Headcount
from icv.rules.report.findings import SERIOUS_MEANS, SETTLED, FindingNote, FindingsNote, Settled
from icv.rules.report.names import ABSENT, kind_of, next_name
from icv.rules.report.numbers import doubt, fits
from icv.rules.report.parts import (
    FORM_VERSION,
    Fault,
    Frame,
    Line,
    Part,
    Questions,
    Section,
    Three,
    differences,
    read,
)
from icv.rules.report.receipts import references
from icv.rules.report.remarks import Remarks
from icv.rules.report.showing import Shown
from icv.rules.report.split import AGES, CELLS, SEXES, Group
from icv.rules.report.strands import DayNote, DogsNote, RecordNote, RecordsNote
from icv.rules.report.suite import SUITE_CHECKS, SuiteNote
from icv.rules.report.terrorism import TerrorismNote
from icv.rules.report.trainee import TRAINEE_CHECKS, Trainee, TraineeNote
from icv.rules.report.waits import DELAYS, ESCORTS, RANKS, Delay, Escort, Rank
from icv.rules.report.wanted import asked_of
from icv.rules.report.whole import Draft, Progress

__all__ = [
    "ABSENT",
    "AGES",
    "CELLS",
    "CHECKS",
    "DELAYS",
    "DISTANT",
    "ESCORTS",
    "FORM_VERSION",
    "LABELS",
    "MODES",
    "OUTCOMES",
    "RANKS",
    "SERIOUS_MEANS",
    "SETTLED",
    "SEXES",
    "SUITE_CHECKS",
    "TRAINEE_CHECKS",
    "WHY_NOT_SEEN",
    "AbsentNote",
    "Arrival",
    "ContactNote",
    "ContactsNote",
    "DayNote",
    "Delay",
    "DogsNote",
    "Draft",
    "Escort",
    "Fault",
    "FindingNote",
    "FindingsNote",
    "Frame",
    "Group",
    "Headcount",
    "Line",
    "Part",
    "Progress",
    "Questions",
    "Rank",
    "RecordNote",
    "RecordsNote",
    "Remarks",
    "Section",
    "Settled",
    "Shown",
    "SuiteNote",
    "TerrorismNote",
    "Three",
    "Trainee",
    "TraineeNote",
    "WhyNotSeen",
    "asked_of",
    "differences",
    "doubt",
    "fits",
    "kind_of",
    "next_name",
    "read",
    "references",
]
