"""The binder: every criterion with what the data of a period say beside it, and how it stands."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.quality import (
    Level,
    LevelStanding,
    PeriodEvidence,
    Shown,
    Standing,
    Verdict,
    by_level,
    contradicts,
    shown,
    standing,
    told,
)
from icv.rules.scheme import Choices
from icv.store.quality.criteria import CriterionLine, criteria
from icv.store.quality.evidence import period_evidence
from icv.store.scheme import choices_on


@dataclass(frozen=True, slots=True)
class Entry:
    """`shown` None: notes alone."""

    line: CriterionLine
    shown: Shown | None

    @property
    def standing(self) -> Standing:
        return standing(self.line.verdict, self.shown)

    @property
    def told(self) -> str:
        return told(self.line.verdict, self.shown)

    @property
    def is_contradicted(self) -> bool:
        return contradicts(self.line.verdict, self.shown)

    @property
    def has_own_word(self) -> bool:
        return self.line.verdict in {Verdict.MET, Verdict.NOT_MET}


@dataclass(frozen=True, slots=True)
class Binder:
    """`choices` are those by which the period was counted: of its last day."""

    choices: Choices
    evidence: PeriodEvidence
    entries: tuple[Entry, ...]

    @property
    def levels(self) -> tuple[LevelStanding, ...]:
        return by_level((entry.line.level, entry.standing) for entry in self.entries)

    @property
    def said(self) -> tuple[str, ...]:
        """Keys of `definitions` of all that the data show, each once."""
        return tuple(dict.fromkeys(key for one in self.entries if one.shown for key in one.shown.said))

    def of(self, level: Level) -> list[Entry]:
        return [entry for entry in self.entries if entry.line.level is level]


def binder(session: Session, period: Period, *, as_of: date) -> Binder:
    """As now recorded and judged; `as_of` decides what is due."""
    choices = choices_on(session, period.last)
    evidence = period_evidence(session, period, as_of=as_of, choices=choices)
    return Binder(
        choices,
        evidence,
        tuple(Entry(line, shown(line.evidence, line.at_least, evidence)) for line in criteria(session)),
    )
