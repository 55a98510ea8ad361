"""Counts split by age and by sex: folded away, and where given they reconcile with the totals."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from icv.rules.report.parts import Fault
from icv.rules.visits import COUNTS, Counts


class Group(StrEnum):
    """Whom a count is of. An older child is 14 to 17, a younger one 10 to 13."""

    ADULT = "adult"
    OLDER_CHILD = "older_child"
    YOUNGER_CHILD = "younger_child"
    MALE = "male"
    FEMALE = "female"
    OTHER = "other"

    @property
    def words(self) -> str:
        return GROUPS[self]


GROUPS = {
    Group.ADULT: "Adults",
    Group.OLDER_CHILD: "Aged 14 to 17",
    Group.YOUNGER_CHILD: "Aged 10 to 13",
    Group.MALE: "Men and boys",
    Group.FEMALE: "Women and girls",
    Group.OTHER: "Other or not said",
}
AGES = (Group.ADULT, Group.OLDER_CHILD, Group.YOUNGER_CHILD)
SEXES = (Group.MALE, Group.FEMALE, Group.OTHER)
BY = {"by age": AGES, "by sex": SEXES}
WITHIN = {
    "in_custody": ("offered", "not_offered", "not_available", "observed_only"),
    "offered": ("accepted", "declined"),
}


def cell(count: str, group: Group) -> str:
    return f"{count}_{group}"


CELLS = {cell(count, group): (count, group) for count in COUNTS for group in Group}


def rows(split: Mapping[str, int], counts: Counts) -> Iterator[tuple[str, str, dict[Group, int]]]:
    """(count, by what, number of each group) wherever something was split.

    The first group, adults and men, is what the others leave where its own box is empty.
    """
    for count in COUNTS:
        for by, groups in BY.items():
            given = {group: split[cell(count, group)] for group in groups if cell(count, group) in split}
            if given:
                rest = getattr(counts, count) - sum(given.values())
                yield count, by, dict.fromkeys(groups, 0) | {groups[0]: rest} | given


def impossible(split: Mapping[str, int]) -> list[Fault]:
    below = [name for name, number in split.items() if number < 0]
    return [Fault(f"split-{name}", "A count cannot be below zero") for name in below]


def apart(split: Mapping[str, int], counts: Counts, labels: Mapping[str, str]) -> list[Fault]:
    """What does not reconcile, the fault beside the box it is about; a reason may stand in for it."""
    found, known = [], {}
    for count, by, people in rows(split, counts):
        total = getattr(counts, count)
        known.update({cell(count, group): number for group, number in people.items()})
        if sum(people.values()) != total or min(people.values()) < 0:
            given = sum(number for group, number in people.items() if cell(count, group) in split)
            sentence = f"{labels[count]}: {given} {by}, but {total} in all"
            found.append(Fault(f"split-{_shown(split, count, by)}", sentence))
    return found or _columns_apart(known, labels)


def _columns_apart(known: Mapping[str, int], labels: Mapping[str, str]) -> list[Fault]:
    found = []
    for whole, parts in WITHIN.items():
        for group in Group:
            most = known.get(cell(whole, group))
            some = [known[cell(part, group)] for part in parts if cell(part, group) in known]
            if most is not None and sum(some) > most:
                sentence = (
                    f"{group.words}: {most} {labels[whole].lower()}, but {sum(some)} of them accounted for"
                )
                found.append(Fault(f"split-{cell(whole, group)}", sentence))
    return found


def _shown(split: Mapping[str, int], count: str, by: str) -> str:
    return next(cell(count, group) for group in BY[by] if cell(count, group) in split)
