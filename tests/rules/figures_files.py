"""A figures file as another scheme makes it, for tests to read, compare and spoil."""

import json
from datetime import date
from typing import Any

from icv.rules.days import Period
from icv.rules.exhibits.shape import Column, Hidden, Kind, Row, Share, Table
from icv.rules.figures import definitions
from icv.rules.figures_file import TOTALS, Definition, FiguresFile, as_json, digest_of
from icv.rules.figures_file.building import defined_by
from icv.rules.paper.naming import figure_name
from icv.rules.scheme import Choices

BY_CATEGORY = Table(
    "findings-by-category",
    "Findings raised, by category",
    "Category",
    (Column("Raised"),),
    (Row("Medical", (Hidden.FEW,)), Row("Staffing", (0,)), Row("Welfare", (Hidden.FEW,))),
    Row("All findings", (9,)),
    said=("findings.raised", "findings.by_category"),
)
NOT_COMPLETED = Table(
    "not-completed",
    "Scheduled visits not completed, by reason",
    "Reason",
    (Column("Visits", Kind.SHARE),),
    (Row("Did not happen", (Share(2, 2),)),),
    Row("Not completed", (Share(2, 2),)),
    said=("visits.missed",),
)


def a_file(scheme: str = "North", *tables: Table, **more: Any) -> FiguresFile:
    totals: dict[str, int | float | None] = dict.fromkeys(TOTALS, 0)
    totals |= {"visits.scheduled": 20, "visits.completed": 18, "visits.missed": 2}
    totals |= {"visits.undertaken": 18, "visits.attempted": 18, "visits.by_mode.in_person": 18}
    totals |= {"detainees.in_custody": 60, "detainees.offered": 50, "detainees.accepted": 25}
    totals |= {"detainees.declined": 25, "detainees.not_offered": 10, "entry.median_wait_minutes": 2.5}
    totals |= {"findings.raised": 9, "findings.serious": 1, "volunteers.opening": 16}
    totals |= {"volunteers.closing": 16, "volunteers.projected": 16}
    said = definitions(Choices())
    tables = tables or (NOT_COMPLETED, BY_CATEGORY)
    asked = dict.fromkeys((*map(defined_by, TOTALS), *(key for table in tables for key in table.said)))
    sensible: dict[str, Any] = {
        "period": Period(date(2024, 4, 1), date(2025, 3, 31)),
        "made_on": date(2025, 6, 1),
        "threshold": 4,
        "totals": totals,
        "definitions": {key: Definition(figure_name(key), said[key]) for key in asked},
    }
    return FiguresFile(scheme=scheme, tables=tables, **(sensible | more))


def spoilt(*path: str | int, by: Any, file: FiguresFile | None = None) -> bytes:
    """The file with something else at the path, its digest made anew as a forger would."""
    content = as_json(file or a_file())
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = by
    if path != ("digest",):
        content["digest"] = digest_of(content)
    return json.dumps(content).encode()
