"""Which sections a visit needs: nobody is asked about cells they were not let into."""

from collections.abc import Set

from icv.rules.report.parts import Section
from icv.rules.visits import Mode, Outcome, VisitKind

OF_STRANDS = {
    VisitKind.RECORD_REVIEW: frozenset({Section.DAY, Section.RECORDS, Section.FINDINGS, Section.REMARKS}),
    VisitKind.DOG_WELFARE: frozenset({Section.DAY, Section.DOGS, Section.FINDINGS, Section.REMARKS}),
}
"""What is asked where nobody goes to detainees: all of it, however it went."""
_ONLY_OF_STRANDS = frozenset({Section.DAY, Section.RECORDS, Section.DOGS})

AT_THE_DOOR = (Section.ARRIVAL, Section.FINDINGS, Section.REMARKS)
MAY_BE_ASKED: dict[Outcome | None, frozenset[Section]] = {
    Outcome.ABANDONED: frozenset({Section.COUNTS, Section.CONTACTS, Section.SUITE}),
    Outcome.SUITE_CLOSED: frozenset({Section.FINDINGS, Section.REMARKS}),
}
"""What is asked only of those who got so far, or have something to say: it counts once something is there."""


def needed(
    outcome: Outcome | None, mode: Mode | None, kind: VisitKind, *, is_empty: bool, is_accompanied: bool
) -> frozenset[Section]:
    """The sections that have to be answered. `is_empty`: nobody was in custody."""
    if kind in OF_STRANDS:
        return OF_STRANDS[kind]
    if outcome is Outcome.SUITE_CLOSED:
        return frozenset({Section.ARRIVAL})
    if outcome not in {None, Outcome.COMPLETED}:
        return frozenset(AT_THE_DOOR)
    left_out: set[Section] = set()
    if is_empty:
        left_out.add(Section.CONTACTS)
    if mode in {Mode.TELEPHONE, Mode.VIDEO}:
        left_out.add(Section.SUITE)
    if not is_accompanied:
        left_out.add(Section.TRAINEE)
    return asked_of(kind) - left_out


def asked_of(kind: VisitKind) -> frozenset[Section]:
    """The sections that the report of such a visit may have."""
    if kind in OF_STRANDS:
        return OF_STRANDS[kind]
    left_out = _ONLY_OF_STRANDS if kind is VisitKind.TERRORISM else _ONLY_OF_STRANDS | {Section.TERRORISM}
    return frozenset(Section) - left_out


def optional(outcome: Outcome | None, mode: Mode | None, wanted: Set[Section]) -> tuple[Section, ...]:
    """Sections that may be answered besides those needed, in order."""
    offered = MAY_BE_ASKED.get(outcome, frozenset())
    if mode in {Mode.TELEPHONE, Mode.VIDEO}:
        offered -= {Section.SUITE}
    return tuple(section for section in Section if section in offered and section not in wanted)
