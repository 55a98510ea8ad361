"""The quality binder: the scheme's own list of criteria by level, and what in the data is evidence."""

from icv.rules.quality.criteria import (
    MOST_CODE,
    MOST_CRITERIA,
    MOST_NOTE,
    MOST_WORDS,
    Evidence,
    Level,
    Verdict,
    first_verdict,
)
from icv.rules.quality.evidence import SAID, PeriodEvidence, Shown, SuiteSpread, shown
from icv.rules.quality.listing import BEGINNING, NewCriterion, pasted
from icv.rules.quality.standing import (
    LevelStanding,
    Standing,
    by_level,
    contradicts,
    needs_note,
    reached,
    reached_in_words,
    standing,
    told,
)

__all__ = [
    "BEGINNING",
    "MOST_CODE",
    "MOST_CRITERIA",
    "MOST_NOTE",
    "MOST_WORDS",
    "SAID",
    "Evidence",
    "Level",
    "LevelStanding",
    "NewCriterion",
    "PeriodEvidence",
    "Shown",
    "Standing",
    "SuiteSpread",
    "Verdict",
    "by_level",
    "contradicts",
    "first_verdict",
    "needs_note",
    "pasted",
    "reached",
    "reached_in_words",
    "shown",
    "standing",
    "told",
]
