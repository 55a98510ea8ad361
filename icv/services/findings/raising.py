"""Raising a finding by hand: what a paper report or a conversation told, on a visit that is on record."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.findings import SETTLED_ON_THE_SPOT, EventKind, FindingState
from icv.rules.references import next_reference
from icv.rules.scheme import Choices
from icv.services.findings.errors import FindingError
from icv.services.findings.events import keep_event
from icv.services.findings.telling import tell_of_serious
from icv.store.findings import Finding, FindingTheme, details_at, suite_of
from icv.store.visits import Visit


class HowKnown(StrEnum):
    """How the office came to know of it."""

    PAPER = "paper"
    CONVERSATION = "conversation"
    LETTER = "letter"

    @property
    def words(self) -> str:
        return _HOW[self]


_HOW = {
    HowKnown.PAPER: "From a paper report",
    HowKnown.CONVERSATION: "From a conversation with a visitor",
    HowKnown.LETTER: "From a letter or an e-mail",
}


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What is known of it. `became` is `raised`, or how it was settled; `put_right_by` by whom, if it was."""

    how: HowKnown
    category: str
    detail: str
    raised_on: date
    became: FindingState = FindingState.RAISED
    put_right_by: str = ""
    what_became: str = ""
    is_serious: bool = False
    themes: frozenset[str] = frozenset()


def raise_finding(
    session: Session, visit_id: int, new: NewFinding, choices: Choices, *, by: Actor, at: datetime
) -> Finding:
    """The same detail twice on one visit is refused: the button was pressed again."""
    visit = session.scalar(sa.select(Visit).where(Visit.id == visit_id).with_for_update())
    if visit is None:
        raise FindingError("This visit is gone: look at the list of visits again.")
    _refuse(visit, new, choices, london_day(at))
    known = details_at(session, visit_id)
    if again := [reference for reference, detail in known.items() if detail == new.detail]:
        raise FindingError(f"The same is on record already, as finding {again[0]}", field="detail")
    finding = _kept(session, visit, new, next_reference(f"{visit.reference}-", set(known)))
    words = f"{new.how.words}. {new.what_became}".strip()
    keep_event(session, finding.id, EventKind.RAISED, words, by=by, at=at, on=new.raised_on)
    if new.is_serious:
        tell_of_serious(session, finding, suite_of(session, finding.id), by=by, at=at)
    return finding


def _kept(session: Session, visit: Visit, new: NewFinding, reference: str) -> Finding:
    finding = Finding(
        reference=reference,
        visit_id=visit.id,
        category=new.category,
        state=new.became,
        is_serious=new.is_serious,
        detail=new.detail,
        raised_on=new.raised_on,
        put_right_by=new.put_right_by if new.became in SETTLED_ON_THE_SPOT else "",
    )
    session.add(finding)
    session.flush()
    session.add_all(FindingTheme(finding_id=finding.id, theme=theme) for theme in new.themes)
    return finding


def _refuse(visit: Visit, new: NewFinding, choices: Choices, today: date) -> None:
    if new.category not in choices.finding_categories:
        raise FindingError("Choose one of the scheme’s categories", field="category")
    if not new.themes <= set(choices.finding_themes):
        raise FindingError("Choose among the scheme’s themes", field="themes")
    if not new.detail:
        raise FindingError("Say what was seen", field="detail")
    if new.became not in SETTLED_ON_THE_SPOT | {FindingState.RAISED}:
        raise FindingError("Say what became of it on the visit", field="became")
    if new.became is FindingState.RESOLVED_AT_VISIT and not new.put_right_by:
        raise FindingError("Say who put it right", field="put_right_by")
    if new.raised_on > today:
        raise FindingError("The day must not be in the future", field="raised_on")
    if new.raised_on < visit.week_starts_on:
        began = day_in_words(visit.week_starts_on)
        raise FindingError(f"The visit’s week began on {began}: the day is before it", field="raised_on")
