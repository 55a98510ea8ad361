"""Figures of May 2026, with nothing in them until told, and the exhibits made of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from icv.rules.days import Period
from icv.rules.exhibits import Exhibit, Hidden
from icv.rules.exhibits.made import exhibits
from icv.rules.figures import (
    Figures,
    Membership,
    SuiteFigures,
    TeamFigures,
    VisitFigures,
    VolunteerFigures,
)
from icv.rules.figures.headline import Headline, OnRecord, Strands
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.weeks import Step
from icv.rules.scheme import Choices
from icv.rules.visits import Mode, VisitKind

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
LAST_MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
SINCE = date(2020, 1, 5)
NO_STRANDS = Strands(dict.fromkeys(Mode, 0), dict.fromkeys(VisitKind, 0), dict.fromkeys(VisitKind, 0))
FEW = Hidden.FEW
TOLD_OF_PEOPLE = ("detained", "entry", "findings", "replies", "visitors", "recruitment")


def headline(share: Step, **more: Any) -> Headline:
    counts = dict.fromkeys(("undertaken", "in_custody", "offered", "raised", "serious", "closing"), 0)
    return Headline(share, **{**counts, "strands": NO_STRANDS, **more})


def of_may(
    *suites: SuiteFigures,
    share: Step | None = None,
    before: Headline | None = None,
    year_before: Headline | None = None,
    choices: Choices | None = None,
    visits: dict[str, Any] | None = None,
    **more: Any,
) -> PanelFigures:
    """Of these suites in May 2026, with nothing else in it until told."""
    scheduled, completed = (sum(getattr(one, name) for one in suites) for name in ("scheduled", "completed"))
    undertaken = sum(one.undertaken for one in suites)
    now = Figures(
        MAY,
        VisitFigures(
            scheduled=scheduled, completed=completed, **{"undertaken": undertaken, **(visits or {})}
        ),
        suites,
    )
    share = share or Step(MAY, scheduled, completed)
    return PanelFigures(
        **{
            "now": now,
            "headline": headline(share, undertaken=undertaken),
            "before": before or headline(Step(APRIL)),
            "year_before": year_before or headline(Step(LAST_MAY)),
            "steps": (),
            "years": (),
            "on_record": OnRecord(SINCE, MAY.last, SINCE, SINCE),
            "as_of": date(2026, 6, 15),
            "choices": choices or Choices(),
            **more,
        }
    )


def suite(name: str, scheduled: int = 0, completed: int = 0, **more: Any) -> SuiteFigures:
    return SuiteFigures(name, scheduled, completed, timeslots_defined=35, **more)


def made(key: str, found: PanelFigures) -> Exhibit:
    return exhibits(found)[key]


def rows(exhibit: Exhibit, key: str) -> dict[str, tuple[Any, ...]]:
    table = next(table for table in exhibit.tables if table.key == key)
    return {row.name: row.cells for row in (*table.rows, *([table.total] if table.total else []))}


def of(figures: Mapping[str, Any] | None = None, **more: Any) -> PanelFigures:
    """Of seventeen visits in May, and of these figures of people."""
    return of_may(now=Figures(MAY, **{"visits": VisitFigures(undertaken=17), **(figures or {})}), **more)


def keys(exhibit: Exhibit) -> list[str]:
    return [table.key for table in exhibit.tables]


def members(**teams: tuple[int, int, int]) -> VolunteerFigures:
    return VolunteerFigures(tuple(TeamFigures(team, Membership(*numbers)) for team, numbers in teams.items()))
