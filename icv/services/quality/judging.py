"""The word on a criterion, and the note beside it."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.quality import MOST_NOTE, Evidence, Shown, Verdict, contradicts, needs_note
from icv.services.quality.errors import QualityError
from icv.services.quality.held import unchanged_criterion
from icv.store.trail import note


def judge(
    session: Session,
    criterion_id: int,
    verdict: Verdict,
    words: str,
    evidence: Shown | None,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Kept with the day and the name, also where nothing changed: somebody looked. Raises QualityError.

    `evidence` is what the data say now, of the criterion as it was at `version`.
    """
    criterion = unchanged_criterion(session, criterion_id, version, by=by)
    if verdict is Verdict.BY_EVIDENCE and criterion.evidence is Evidence.NONE:
        raise QualityError("Nothing in the data shows it: say yourself whether it is met", field="verdict")
    if len(words) > MOST_NOTE:
        raise QualityError(f"The note must be {MOST_NOTE:,} characters or fewer", field="words")
    if not words and needs_note(verdict, evidence):
        raise QualityError(_why_a_note(verdict, evidence), field="words")
    criterion.verdict, criterion.note = verdict, words
    criterion.changed_at = criterion.judged_at = at
    criterion.changed_by_id = criterion.judged_by_id = by.account_id
    criterion.version += 1
    session.flush()
    note(session, "judge", "criterion", criterion_id, by=by.account_id, at=at, verdict=verdict.value)


def _why_a_note(verdict: Verdict, evidence: Shown | None) -> str:
    if contradicts(verdict, evidence):
        said = "is not enough" if verdict is Verdict.MET else "is enough"
        return f"By the evidence it {said}. Write why you say otherwise: both are shown"
    return "Write what shows that it is met: nothing in the data does"
