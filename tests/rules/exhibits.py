"""Exhibits of figures that are told of people."""

from collections.abc import Mapping
from typing import Any

from icv.rules.exhibits import Exhibit, Hidden
from icv.rules.figures import (
    Figures,
    Membership,
    TeamFigures,
    VisitFigures,
    VolunteerFigures,
)
from icv.rules.figures.panel import PanelFigures
from tests.rules.test_exhibits_visits import MAY, of_may

FEW = Hidden.FEW
MINE = ("detained", "entry", "findings", "replies", "visitors", "recruitment")


def of(figures: Mapping[str, Any] | None = None, **more: Any) -> PanelFigures:
    return of_may(now=Figures(MAY, **{"visits": VisitFigures(undertaken=17), **(figures or {})}), **more)


def keys(exhibit: Exhibit) -> list[str]:
    return [table.key for table in exhibit.tables]


def members(**teams: tuple[int, int, int]) -> VolunteerFigures:
    return VolunteerFigures(tuple(TeamFigures(team, Membership(*numbers)) for team, numbers in teams.items()))
