"""A list of criteria as it is pasted: one a line, a code and a tab before its words where it has a code."""

from dataclasses import dataclass

from icv.rules.quality.criteria import MOST_CODE, MOST_WORDS, Evidence, Level


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """`at_least` is what the evidence must reach: per cent, or papers; None without evidence."""

    level: Level
    code: str
    words: str
    evidence: Evidence = Evidence.NONE
    at_least: int | None = None


def pasted(level: Level, text: str) -> list[NewCriterion]:
    """Empty lines are nothing. Raises ValueError with a sentence about the first line that cannot be read."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = [" ".join(part.split()) for part in line.split("\t")]
        filled = [part for part in parts if part]
        if not filled:
            continue
        code, words = (
            (parts[0], " ".join(filled[1:])) if parts[0] and len(filled) > 1 else ("", " ".join(filled))
        )
        if len(code) > MOST_CODE:
            raise ValueError(f"Line {number}: the code before the tab is longer than {MOST_CODE} characters")
        if len(words) > MOST_WORDS:
            raise ValueError(f"Line {number} is longer than {MOST_WORDS} characters: split it, or shorten it")
        found.append(NewCriterion(level, code, words))
    return found


_BEGINNING: tuple[tuple[Level, str, Evidence, int | None], ...] = (
    (
        Level.CODE_COMPLIANT,
        "Visits are planned for every suite, and those planned are made.",
        Evidence.VISITS_AGAINST_PLAN,
        80,
    ),
    (
        Level.CODE_COMPLIANT,
        "Visitors have had their initial training before they visit.",
        Evidence.TRAINING,
        90,
    ),
    (
        Level.CODE_COMPLIANT,
        "What visitors find is put to the police and answered.",
        Evidence.FINDINGS_ANSWERED,
        70,
    ),
    (
        Level.CODE_COMPLIANT,
        "There is a written agreement with the police about access to suites.",
        Evidence.NONE,
        None,
    ),
    (Level.SILVER, "Visits are spread over days, evenings, nights and weekends.", Evidence.SPREAD, 50),
    (
        Level.SILVER,
        "New visitors are reviewed at the end of probation, and everybody before renewal.",
        Evidence.REVIEWS,
        90,
    ),
    (Level.SILVER, "The panel reads a paper about the scheme.", Evidence.PAPERS_PUBLISHED, 1),
    (Level.GOLD, "Nearly all planned visits are made.", Evidence.VISITS_AGAINST_PLAN, 95),
    (Level.GOLD, "Nearly all findings are answered in time.", Evidence.FINDINGS_ANSWERED, 90),
    (
        Level.GOLD,
        "Visitors are asked every year how the scheme could be better, and told what came of it.",
        Evidence.NONE,
        None,
    ),
    (
        Level.PLATINUM,
        "The scheme can show what in custody changed because of its findings.",
        Evidence.NONE,
        None,
    ),
    (Level.PLATINUM, "Nearly every part of the week is visited at every suite.", Evidence.SPREAD, 90),
)

BEGINNING = tuple(
    NewCriterion(level, "", words, evidence, asked) for level, words, evidence, asked in _BEGINNING
)
"""A short list in our own words, offered to a scheme that has none: a beginning, and no framework's text."""
