"""The path of a person from application to leaving, as a table of stages."""

from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    APPLIED = "applied"
    SHORTLISTED = "shortlisted"
    INTERVIEWED = "interviewed"
    VETTING = "vetting"
    TRAINING = "training"
    PROBATION = "probation"
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    SUSPENDED = "suspended"
    LEFT = "left"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")

    @property
    def heading(self) -> str:
        return self.words.capitalize()


APPOINTED = frozenset({Stage.PROBATION, Stage.ACTIVE, Stage.ON_LEAVE, Stage.SUSPENDED})
"""Stages of a visitor in office: an appointment day is on record."""

PIPELINE = (Stage.APPLIED, Stage.SHORTLISTED, Stage.INTERVIEWED, Stage.VETTING, Stage.TRAINING)
GONE = frozenset({Stage.LEFT, Stage.REJECTED, Stage.WITHDRAWN})
NEEDS_REASON = GONE | {Stage.SUSPENDED}
PLANNED_AHEAD = frozenset({Stage.ON_LEAVE, Stage.LEFT})
"""Steps that may be recorded before their day from wherever one may take them."""
VISITING = frozenset({Stage.PROBATION, Stage.ACTIVE})
"""Stages of a visitor who makes visits: to one of them somebody comes back from leave or suspension."""
AWAY = APPOINTED - VISITING
"""In office, and making no visits for the time being."""

_OUT = frozenset({Stage.REJECTED, Stage.WITHDRAWN})

NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.APPLIED: frozenset({Stage.SHORTLISTED}) | _OUT,
    Stage.SHORTLISTED: frozenset({Stage.INTERVIEWED}) | _OUT,
    Stage.INTERVIEWED: frozenset({Stage.VETTING}) | _OUT,
    Stage.VETTING: frozenset({Stage.TRAINING}) | _OUT,
    Stage.TRAINING: frozenset({Stage.PROBATION}) | _OUT,
    Stage.PROBATION: frozenset({Stage.ACTIVE, Stage.ON_LEAVE, Stage.SUSPENDED, Stage.LEFT}),
    Stage.ACTIVE: frozenset({Stage.ON_LEAVE, Stage.SUSPENDED, Stage.LEFT}),
    Stage.ON_LEAVE: frozenset({Stage.PROBATION, Stage.ACTIVE, Stage.SUSPENDED, Stage.LEFT}),
    Stage.SUSPENDED: frozenset({Stage.PROBATION, Stage.ACTIVE, Stage.LEFT}),
    Stage.LEFT: frozenset(),
    Stage.REJECTED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}
"""Where a person may go from each stage. An end is undone by a correcting step, never by leaving it."""


def may_be_planned(to: Stage, after: Stage) -> bool:
    """Whether a step may be recorded before its day; every other is recorded once it has been made.

    The return from leave has a day that is known ahead; that from a suspension has not.
    """
    return to in PLANNED_AHEAD or (after is Stage.ON_LEAVE and to in VISITING)


def stage_dated(
    stage: Stage,
    *,
    applied_on: date | None,
    vetting_requested_on: date | None,
    appointed_on: date | None,
    left_on: date | None,
) -> date | None:
    """The day of the one step an imported row makes into its stage; None: it was always so."""
    own = applied_on
    if stage is Stage.VETTING:
        own = vetting_requested_on
    elif stage in APPOINTED:
        own = appointed_on
    elif stage is Stage.LEFT:
        own = left_on
    return own or applied_on
