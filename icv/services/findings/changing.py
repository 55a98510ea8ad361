"""Changing how a finding is sorted: category, themes, seriousness; with a reason, and what it was kept."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.findings import LEADS_TO, WITH_POLICE, EventKind
from icv.rules.replies import reminded_when_asked, reply_due_on
from icv.rules.scheme import Choices
from icv.services.findings.errors import FindingError
from icv.services.findings.events import keep_event, locked
from icv.services.findings.telling import tell_of_new_day, tell_of_serious
from icv.store.findings import Finding, FindingEvent, FindingTheme, suite_of, themes_of
from icv.store.scheme import choices_on


@dataclass(frozen=True, slots=True)
class Changed:
    """How a finding is to be sorted from now on, and why."""

    category: str
    themes: frozenset[str]
    is_serious: bool
    reason: str


def change(
    session: Session, finding_id: int, asked: Changed, choices: Choices, *, by: Actor, at: datetime
) -> Finding:
    """What the visitors wrote is never changed, and their own sorting stays readable in the event.

    A reply that is awaited comes due sooner when the finding turns serious, never so that it is late at once.
    """
    finding = locked(session, finding_id).get(finding_id)
    if finding is None:
        raise FindingError("This finding is gone: look at the list again.")
    themes = themes_of(session, finding_id)
    told = _differences(finding, themes, asked)
    _refuse(finding, themes, asked, told, choices)
    turns_serious = asked.is_serious and not finding.is_serious
    if asked.is_serious != finding.is_serious:
        told += _due_anew(session, finding, asked.is_serious, london_day(at), at)
    finding.category, finding.is_serious = asked.category, asked.is_serious
    session.execute(sa.delete(FindingTheme).where(FindingTheme.finding_id == finding_id))
    session.add_all(FindingTheme(finding_id=finding_id, theme=theme) for theme in asked.themes)
    words = " ".join([*told, f"Why: {asked.reason}"])
    keep_event(session, finding_id, EventKind.CHANGED, words, by=by, at=at)
    if turns_serious:
        tell_of_serious(session, finding, suite_of(session, finding_id), by=by, at=at)
    return finding


def _differences(finding: Finding, themes: frozenset[str], asked: Changed) -> list[str]:
    """A sentence each, what it was included."""
    told = []
    if asked.category != finding.category:
        told.append(f"Category: {asked.category}; it was {finding.category}.")
    if asked.themes != themes:
        told.append(f"Themes: {_listed(asked.themes)}; they were {_listed(themes)}.")
    if asked.is_serious != finding.is_serious:
        told.append("Serious; it was not." if asked.is_serious else "No longer serious; it was.")
    return told


def _listed(themes: frozenset[str]) -> str:
    return ", ".join(sorted(themes)) or "none"


def _refuse(
    finding: Finding, themes: frozenset[str], asked: Changed, told: list[str], choices: Choices
) -> None:
    if asked.category not in {finding.category, *choices.finding_categories}:
        raise FindingError("Choose one of the scheme’s categories", field="category")
    if not asked.themes <= themes | set(choices.finding_themes):
        raise FindingError("Choose among the scheme’s themes", field="themes")
    if not told:
        raise FindingError("Nothing is different: change something, or leave it as it is")
    if not asked.reason:
        raise FindingError("Say why it is changed", field="reason")


def _due_anew(session: Session, finding: Finding, is_serious: bool, day: date, at: datetime) -> list[str]:
    """The sentence that says the new day, where a reply is awaited and its day moves. The police are told."""
    if finding.state not in WITH_POLICE or finding.due_on is None:
        return []
    asked_on = _asked_on(session, finding) or finding.put_on or day
    due_on = reply_due_on(choices_on(session, asked_on), asked_on, is_serious=is_serious)
    if is_serious:
        today = choices_on(session, day)
        due_on = min(finding.due_on, max(due_on, reply_due_on(today, day, is_serious=True)))
    if due_on == finding.due_on:
        return []
    finding.due_on = due_on
    finding.reminded_on = reminded_when_asked(choices_on(session, day), day, due_on)
    finding.escalated_on = None
    tell_of_new_day(session, finding, at=at)
    return [f"A reply is now due by {day_in_words(due_on)}."]


def _asked_on(session: Session, finding: Finding) -> date | None:
    """The day the reply now awaited was asked for."""
    asks = [kind for kind, state in LEADS_TO.items() if state in WITH_POLICE]
    return session.scalar(
        sa.select(sa.func.max(FindingEvent.on)).where(
            FindingEvent.finding_id == finding.id, FindingEvent.kind.in_(asks)
        )
    )
