"""Every figure of a period."""

from dataclasses import dataclass, field
from typing import Any

from icv.rules.days import Period
from icv.rules.figures.shape.detainees import DetaineeFigures
from icv.rules.figures.shape.findings import FindingFigures
from icv.rules.figures.shape.part import Part, plain
from icv.rules.figures.shape.visits import EntryFigures, SuiteFigures, VisitFigures
from icv.rules.figures.shape.volunteers import VolunteerFigures


@dataclass(frozen=True, slots=True)
class Figures(Part):
    """Every figure of a period. Suites, teams and categories stand in code-point order of their names."""

    KEYS = ("visits", "suites", "detainees", "entry", "findings", "volunteers")

    period: Period
    visits: VisitFigures = field(default_factory=VisitFigures)
    suites: tuple[SuiteFigures, ...] = ()
    detainees: DetaineeFigures = field(default_factory=DetaineeFigures)
    entry: EntryFigures = field(default_factory=EntryFigures)
    findings: FindingFigures = field(default_factory=FindingFigures)
    volunteers: VolunteerFigures = field(default_factory=VolunteerFigures)

    @property
    def suites_in_use(self) -> tuple[SuiteFigures, ...]:
        """Those open on any day, visited, or due for a visit: of the others there is nothing to tell."""
        return tuple(one for one in self.suites if one.was_open or one.scheduled or one.undertaken)

    def as_json(self) -> dict[str, Any]:
        """Plain values throughout, keys in the published order."""
        period = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return {"period": period} | {key: plain(getattr(self, key)) for key in self.KEYS}
