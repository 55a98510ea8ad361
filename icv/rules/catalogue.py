"""The catalogue of courses as clearance asks of it: what everybody has to have taken, by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from icv.rules.courses import CourseKind


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Names of the courses a scheme wants taken, by what they are for; `known` are all it ever had."""

    initial: tuple[str, ...] = ()
    kept_up: tuple[str, ...] = ()
    terrorism: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


def catalogue_of(courses: Iterable[tuple[str, CourseKind, bool]]) -> Catalogue:
    """From rows of (name, kind, whether it is retired), in order: a retired course is asked of nobody."""
    rows = list(courses)

    def wanted(kind: CourseKind) -> tuple[str, ...]:
        return tuple(name for name, of_kind, is_retired in rows if of_kind is kind and not is_retired)

    return Catalogue(
        wanted(CourseKind.INITIAL),
        wanted(CourseKind.KEPT_UP),
        wanted(CourseKind.TERRORISM),
        frozenset(name for name, _, _ in rows),
    )
