"""Whether criteria are met: one by one, by level, and how far up the levels all of them are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from icv.rules.exhibits import Share
from icv.rules.quality.criteria import Level, Verdict
from icv.rules.quality.evidence import Shown


class Standing(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    CANNOT_SAY = "cannot_say"
    OPEN = "open"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def heading(self) -> str:
        return self.words.capitalize()


_WORDS = {
    Standing.MET: "met",
    Standing.NOT_MET: "not met",
    Standing.CANNOT_SAY: "cannot be said",
    Standing.OPEN: "not judged yet",
}


def standing(verdict: Verdict, evidence: Shown | None) -> Standing:
    if verdict is not Verdict.BY_EVIDENCE:
        return Standing(verdict.value)
    if evidence is None or evidence.is_enough is None:
        return Standing.CANNOT_SAY
    return Standing.MET if evidence.is_enough else Standing.NOT_MET


def contradicts(verdict: Verdict, evidence: Shown | None) -> bool:
    """Whether the coordinator says one thing and the data another."""
    if verdict not in {Verdict.MET, Verdict.NOT_MET} or evidence is None or evidence.is_enough is None:
        return False
    return evidence.is_enough is not (verdict is Verdict.MET)


def needs_note(verdict: Verdict, evidence: Shown | None) -> bool:
    """Where a word stands against the data, or where nothing but the note shows that it is met."""
    rests_on_note = verdict is Verdict.MET and (evidence is None or evidence.is_enough is None)
    return rests_on_note or contradicts(verdict, evidence)


def told(verdict: Verdict, evidence: Shown | None) -> str:
    """Whose word it is, and whether the data say otherwise."""
    said = standing(verdict, evidence)
    if said is Standing.OPEN:
        return "Not judged yet"
    if verdict is not Verdict.BY_EVIDENCE:
        also = "; the evidence says otherwise" if contradicts(verdict, evidence) else ""
        return f"{said.heading}, in the coordinator’s own word{also}"
    return (
        "Cannot be said from the evidence"
        if said is Standing.CANNOT_SAY
        else f"{said.heading} by the evidence"
    )


@dataclass(frozen=True, slots=True)
class LevelStanding:
    """`is_reached`: it lists criteria, all of them are met, and so are all of the levels below it."""

    level: Level
    met: Share
    is_reached: bool


def by_level(criteria: Iterable[tuple[Level, Standing]]) -> tuple[LevelStanding, ...]:
    """Every level from the least up. One that lists nothing is not reached, nor is any above it."""
    judged = list(criteria)
    lines = []
    so_far = True
    for level in Level:
        own = [one for of, one in judged if of is level]
        met = Share(own.count(Standing.MET), len(own))
        so_far = so_far and bool(own) and met.part == met.whole
        lines.append(LevelStanding(level, met, so_far))
    return tuple(lines)


def reached(levels: Iterable[LevelStanding]) -> Level | None:
    """The highest reached; None where not even the least is."""
    return next((one.level for one in reversed(tuple(levels)) if one.is_reached), None)


def reached_in_words(levels: tuple[LevelStanding, ...]) -> str:
    """By the scheme's own list and judgement: never put as an award."""
    level = reached(levels)
    if not any(one.met.whole for one in levels):
        return "No criteria are listed yet."
    if level is None:
        first = levels[0]
        missing = first.met.whole - first.met.part
        is_not = "is not" if missing == 1 else "are not"
        why = f"{missing} of {first.met.whole} {is_not}" if first.met.whole else "none is listed"
        return f"Not all criteria of the first level, {first.level.words}, are met: {why}."
    below = ", and for every level below it," if level is not Level.CODE_COMPLIANT else ""
    return f"By the scheme’s own judgement, all criteria listed for {level.words}{below} are met."
