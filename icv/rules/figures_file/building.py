"""Making a figures file of what a panel reads: the fixed totals and tables of it, and no more."""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from icv.rules.exhibits.made import exhibits
from icv.rules.exhibits.shape import Row, Table
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures_file.checking import fitted
from icv.rules.figures_file.shape import BY_CATEGORY, HIDING, TABLES, TOTALS, Definition, FiguresFile
from icv.rules.figures_file.years import is_ended_year
from icv.rules.paper.naming import named_definitions


def figures_file(found: PanelFigures) -> FiguresFile:
    counted = found.now.as_json()
    known = named_definitions(found.choices)
    tables = tuple(_fitted(table, known) for table in _tables(found))
    return FiguresFile(
        scheme=fitted(found.choices.scheme_name),
        period=found.now.period,
        made_on=found.as_of,
        threshold=found.choices.suppression_threshold,
        totals={key: _at(counted, key) for key in TOTALS},
        tables=tables,
        definitions=_definitions(known, tables),
    )


def _fitted(table: Table, known: Container[str]) -> Table:
    rows = tuple(replace(row, name=fitted(row.name)) for row in table.rows)
    return replace(table, rows=rows, said=tuple(key for key in table.said if key in known))


def _at(counted: Mapping[str, Any], key: str) -> int | float | None:
    value: Any = counted
    for name in key.split("."):
        value = value[name]
    return value if value is None or isinstance(value, int | float) else int(value)


def _tables(found: PanelFigures) -> tuple[Table, ...]:
    """Those that hide only of a year that is over: overlapping periods could be taken from each other."""
    made = {table.key: table for exhibit in exhibits(found).values() for table in exhibit.tables}
    left_out = frozenset() if is_ended_year(found.now.period, found.as_of) else HIDING
    kept = (made[key] for key in TABLES if key in made and made[key].rows and key not in left_out)
    return tuple(_whole_lines(table) if table.key == BY_CATEGORY else table for table in kept)


def _whole_lines(table: Table) -> Table:
    """Its last column alone. The others add up to totals that stand in the file and would tell of them."""
    rows = tuple(Row(row.name, row.cells[-1:]) for row in table.rows)
    total = Row(table.total.name, table.total.cells[-1:]) if table.total else None
    return replace(
        table,
        caption="Findings raised, by category",
        columns=table.columns[-1:],
        rows=rows,
        total=total,
        said=("findings.raised", "findings.by_category"),
    )


def _definitions(known: Mapping[str, tuple[str, str]], tables: tuple[Table, ...]) -> dict[str, Definition]:
    asked = dict.fromkeys((*map(defined_by, TOTALS), *(key for table in tables for key in table.said)))
    return {key: Definition(*known[key]) for key in asked}


def defined_by(key: str) -> str:
    """visits.by_mode, for visits.by_mode.video"""
    return ".".join(key.split(".")[:2])
