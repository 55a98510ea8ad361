"""Any standing of a visitor, as generated."""

from datetime import date

from icv.rules.catalogue import Catalogue
from icv.rules.clearance import (
    Standing,
    Step,
    Validity,
    clearance,
)
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage

START = date(2026, 1, 1)
USUAL = Choices()
EVER = (Validity(date(2020, 1, 1)),)
INDUCTION, LAW, YEARLY, TERRORISM = "Induction", "Law", "Yearly refresher", "Terrorism visits"
CATALOGUE = Catalogue(
    (INDUCTION, LAW), (YEARLY,), (TERRORISM,), frozenset({INDUCTION, LAW, YEARLY, TERRORISM})
)
RECORDS = {Need.VETTING: "vettings", Need.TERM: "terms", Need.CARD: "cards", Need.DECLARATIONS: "eligibility"}


def always(stage: Stage = Stage.ACTIVE, **more: object) -> Standing:
    """Somebody with nothing against them until told otherwise."""
    records = dict.fromkeys((*RECORDS.values(), "agreements", "trainings"), EVER)
    return Standing(**{"steps": (Step(stage),), **records, **more})


def needing(*needs: Need, **more: object) -> Choices:
    return Choices(clearance_needs=frozenset(needs), **more)  # type: ignore[arg-type]


def reasons(choices: Choices, **records: object) -> tuple[str, ...]:
    return clearance(always(**records), START, choices).reasons  # type: ignore[arg-type]


def course(name: str, since: date = date(2025, 1, 1), until: date | None = None) -> Validity:
    return Validity(since, until, name)
