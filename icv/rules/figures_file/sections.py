"""A figures file in sections, as a page shows it: totals and tables, by what they are of."""

from collections.abc import Sequence
from dataclasses import dataclass

from icv.rules.exhibits.shape import Cell, Column, Drawing, Exhibit, Kind, Row, Share, Table
from icv.rules.figures_file.shape import HIDING, FiguresFile


@dataclass(frozen=True, slots=True)
class Section:
    """`of` are totals in the order shown; where one is a part of another, with the key of that whole."""

    key: str
    title: str
    of: tuple[tuple[str, str], ...]
    tables: tuple[str, ...] = ()


SECTIONS = (
    Section(
        "visits",
        "Visits",
        (
            ("visits.scheduled", ""),
            ("visits.completed", "visits.scheduled"),
            ("visits.missed", "visits.scheduled"),
            ("visits.cancelled_late", "visits.scheduled"),
            ("visits.overdue_report", "visits.scheduled"),
            ("visits.cancelled", ""),
            ("visits.attempted", ""),
            ("visits.undertaken", "visits.attempted"),
            ("visits.abandoned", "visits.attempted"),
            ("visits.no_access", "visits.attempted"),
            ("visits.suite_closed", "visits.attempted"),
            ("visits.extra", "visits.attempted"),
        ),
        ("completion-by-suite", "not-completed", "modes", "spread-parts"),
    ),
    Section(
        "entry",
        "Entry to custody suites",
        (
            ("entry.visits_with_wait_over_10_minutes", "visits.attempted"),
            ("entry.median_wait_minutes", ""),
        ),
        ("entry-waits",),
    ),
    Section(
        "detained",
        "People in custody",
        (
            ("detainees.in_custody", ""),
            ("detainees.offered", "detainees.in_custody"),
            ("detainees.accepted", "detainees.offered"),
            ("detainees.declined", "detainees.offered"),
            ("detainees.not_offered", "detainees.in_custody"),
            ("detainees.not_available", "detainees.in_custody"),
            ("detainees.observed_only", "detainees.in_custody"),
        ),
        ("not-seen", "ages", "sexes"),
    ),
    Section(
        "findings",
        "Findings and replies",
        (
            ("findings.raised", ""),
            ("findings.serious", "findings.raised"),
            ("findings.resolved_at_visit", "findings.raised"),
            ("findings.awaiting_reply", "findings.raised"),
            ("findings.overdue", "findings.raised"),
        ),
        ("findings-by-category", "replies"),
    ),
    Section(
        "volunteers",
        "Visitors and recruitment",
        (
            *((f"volunteers.{name}", "") for name in ("opening", "joined", "left", "closing")),
            *((f"volunteers.{name}", "") for name in ("applications", "in_vetting", "in_training")),
            ("volunteers.projected", ""),
        ),
    ),
)


def exhibits_of(file: FiguresFile, drawings: Sequence[Drawing] = ()) -> tuple[Exhibit, ...]:
    """Of the drawings, those whose table is in the file and hides nothing."""
    return tuple(_exhibit(section, file, drawings) for section in SECTIONS)


def _exhibit(section: Section, file: FiguresFile, drawings: Sequence[Drawing]) -> Exhibit:
    tables = tuple(table for key in section.tables for table in file.tables if table.key == key)
    drawn = {table.key for table in tables} - HIDING
    return Exhibit(
        section.key,
        section.title,
        drawings=tuple(drawing for drawing in drawings if drawing.table in drawn),
        tables=(_totals(section, file), *tables),
    )


def _totals(section: Section, file: FiguresFile) -> Table:
    return Table(
        f"{section.key}-totals",
        f"{section.title}: the scheme’s totals",
        "Figure",
        (Column("Number", Kind.SHARE),),
        tuple(Row(file.definitions[key].name, (total(file, key, whole),)) for key, whole in section.of),
        said=tuple(key for key, _ in section.of),
    )


def total(file: FiguresFile, key: str, whole: str = "") -> Cell:
    part, of = file.totals[key], file.totals.get(whole)
    return Share(part, of) if isinstance(part, int) and isinstance(of, int) else part
