"""Two figures files side by side: shares of the same kind, totals, and the tables that both have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from icv.rules.exhibits.shape import Cell, Column, Drawing, Exhibit, Kind, Picture, Row, Share, Table
from icv.rules.figures_file.sections import SECTIONS, Section, total
from icv.rules.figures_file.shape import FiguresFile

SHARES = (
    ("visits.completed", "visits.scheduled"),
    ("visits.no_access", "visits.attempted"),
    ("entry.visits_with_wait_over_10_minutes", "visits.attempted"),
    ("detainees.offered", "detainees.in_custody"),
    ("detainees.accepted", "detainees.offered"),
    ("findings.serious", "findings.raised"),
    ("findings.resolved_at_visit", "findings.raised"),
    ("findings.overdue", "findings.raised"),
)
"""What schemes of different sizes can be compared by."""
COMPARED = frozenset({"not-completed", "entry-waits", "not-seen", "ages", "sexes", "findings-by-category"})
"""Tables of one column whose rows are parts of their total. None is by suite: suites are not compared."""
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Beside:
    """`said` explains each figure once, by both where they count differently: those are `differing`."""

    exhibits: tuple[Exhibit, ...]
    said: Mapping[str, tuple[str, str]]
    differing: tuple[str, ...]


def beside(ours: FiguresFile, theirs: FiguresFile) -> Beside:
    names = _names(ours, theirs)
    exhibits = (_shares(ours, theirs, names), *(_section(one, ours, theirs, names) for one in SECTIONS))
    asked = dict.fromkeys(key for one in exhibits for key in one.said)
    differing = tuple(key for key in asked if _differs(key, ours, theirs))
    return Beside(exhibits, {key: _said(key, ours, theirs, names) for key in asked}, differing)


def _names(ours: FiguresFile, theirs: FiguresFile) -> tuple[str, str]:
    """As headings: cut where long, told apart where both are called the same."""
    own, other = (
        name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
        for name in (ours.scheme, theirs.scheme)
    )
    return (own, other) if own != other else (f"{own} (own)", f"{other} (file)")


def _differs(key: str, ours: FiguresFile, theirs: FiguresFile) -> bool:
    """Whether both say it, and in other words: nobody can tell that they then count alike."""
    own, other = ours.definitions.get(key), theirs.definitions.get(key)
    return own is not None and other is not None and own.words.split() != other.words.split()


def _said(key: str, ours: FiguresFile, theirs: FiguresFile, names: tuple[str, str]) -> tuple[str, str]:
    own, other = ours.definitions.get(key), theirs.definitions.get(key)
    if own and other and own.words.split() != other.words.split():
        return own.name, f"defined differently. {names[0]}: {own.words} {names[1]}: {other.words}"
    one = own or other
    return (one.name, one.words) if one else (key, "")


def _columns(names: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.SHARE) for name in names)


def _shares(ours: FiguresFile, theirs: FiguresFile, names: tuple[str, str]) -> Exhibit:
    rows = _rows(SHARES, ours, theirs)
    return Exhibit(
        "shares",
        "Shares side by side",
        drawings=(_sides("Shares side by side", "shares", rows, names),),
        tables=(
            Table(
                "shares",
                "Shares side by side",
                "Figure",
                _columns(names),
                rows,
                said=tuple(dict.fromkeys(key for pair in SHARES for key in pair)),
            ),
        ),
    )


def _section(section: Section, ours: FiguresFile, theirs: FiguresFile, names: tuple[str, str]) -> Exhibit:
    totals = Table(
        f"{section.key}-totals",
        f"{section.title}: totals",
        "Figure",
        _columns(names),
        _rows(section.of, ours, theirs),
        said=tuple(key for key, _ in section.of),
    )
    tables = tuple(_tables(section, ours, theirs, names))
    drawings = tuple(
        _sides(table.caption, table.key, table.rows, names) for table in tables if _is_shown(table)
    )
    return Exhibit(section.key, section.title, drawings=drawings, tables=(totals, *tables))


def _rows(of: tuple[tuple[str, str], ...], ours: FiguresFile, theirs: FiguresFile) -> tuple[Row, ...]:
    return tuple(
        Row(ours.definitions[key].name, (total(ours, key, whole), total(theirs, key, whole)))
        for key, whole in of
    )


def _tables(
    section: Section, ours: FiguresFile, theirs: FiguresFile, names: tuple[str, str]
) -> Iterator[Table]:
    for key in section.tables:
        own, other = (next((one for one in file.tables if one.key == key), None) for file in (ours, theirs))
        if key in COMPARED and own and other and _is_plain(own) and _is_plain(other):
            yield Table(
                key,
                own.caption,
                own.corner,
                _columns(names),
                tuple(_parts(own, other)),
                said=tuple(dict.fromkeys((*own.said, *other.said))),
            )


def _is_plain(table: Table) -> bool:
    return len(table.columns) == 1 and table.total is not None


def _parts(own: Table, other: Table) -> Iterator[Row]:
    """Ours in our order, then those that only they have. What one does not count has no cell."""
    left, right = _by_name(own), _by_name(other)
    for name in dict.fromkeys((*left, *right)):
        written, _ = left.get(name) or right[name]
        yield Row(written, tuple(side[name][1] if name in side else None for side in (left, right)))


def _by_name(table: Table) -> dict[str, tuple[str, Cell]]:
    whole = table.total.cells[0] if table.total else None
    return {row.name.casefold(): (row.name, _share(row.cells[0], whole)) for row in table.rows}


def _share(cell: Cell, whole: Cell) -> Cell:
    of = whole.whole if isinstance(whole, Share) else whole
    return Share(cell, of) if isinstance(cell, int) and isinstance(of, int) else cell


def _is_shown(table: Table) -> bool:
    """Of hidden numbers there is nothing to draw."""
    return all(isinstance(cell, Share) for row in table.rows for cell in row.cells)


def _sides(title: str, table: str, rows: tuple[Row, ...], names: tuple[str, str]) -> Drawing:
    points = tuple((row.name, *(_percent(cell) for cell in row.cells)) for row in rows)
    return Drawing(Picture.SIDES, title, table, points, labels=names)


def _percent(cell: Cell) -> float | None:
    return cell.percent if isinstance(cell, Share) else None
