"""Evidence: what the data of a period say beside a criterion, in a sentence, and whether that is enough."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from icv.rules.days import Period
from icv.rules.exhibits import Share
from icv.rules.quality.criteria import Evidence
from icv.rules.words import plural, plural_in_words, sentence

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class SuiteSpread:
    """A suite visited, or to be visited, in the period; visits that arrived at a weekend, and at night."""

    suite: str
    timeslots: Share
    weekends: int
    nights: int


@dataclass(frozen=True, slots=True)
class PeriodEvidence:
    """What the data say of a period. `has_night`: the scheme's bands tell night from day."""

    period: Period
    completed: Share
    not_yet_due: int
    suites: tuple[SuiteSpread, ...]
    has_night: bool
    trained: Share
    reviewed: Share
    answered: Share
    papers: int
    publishes_statistics: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """`is_enough` None: the data cannot say. `said` are keys of `definitions`."""

    evidence: Evidence
    sentence: str
    is_enough: bool | None
    said: tuple[str, ...]


def shown(evidence: Evidence, at_least: int | None, found: PeriodEvidence) -> Shown | None:
    """None where a criterion has notes alone."""
    if evidence is Evidence.NONE:
        return None
    said, is_enough = _TELL[evidence](found, at_least or 0)
    return Shown(evidence, said, is_enough, SAID[evidence])


SAID: Mapping[Evidence, tuple[str, ...]] = {
    Evidence.VISITS_AGAINST_PLAN: ("visits.scheduled", "visits.completed"),
    Evidence.SPREAD: ("suites.timeslots_covered", "quality.spread"),
    Evidence.TRAINING: ("quality.training",),
    Evidence.REVIEWS: ("quality.reviews",),
    Evidence.FINDINGS_ANSWERED: ("replies.due", "replies.in_time"),
    Evidence.PAPERS_PUBLISHED: ("quality.papers",),
}
"""What each counts, by the keys of `definitions`."""


def _visits(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    said, is_enough = _share(
        found.completed, at_least, "of scheduled visits were completed", "no scheduled visit was due"
    )
    if found.not_yet_due:
        is_not = "is not" if found.not_yet_due == 1 else "are not"
        to_come = f"{plural_in_words(found.not_yet_due, 'visit')} of the period {is_not} yet due"
        said = f"{said} {sentence(to_come)}"
    return said, is_enough


def _spread(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    slots = Share(
        sum(one.timeslots.part for one in found.suites), sum(one.timeslots.whole for one in found.suites)
    )
    said, is_enough = _share(slots, at_least, "of timeslots were visited", "no suite was to be visited")
    if is_enough is None:
        return said, None
    never = {"at a weekend": [one.suite for one in found.suites if not one.weekends]}
    if found.has_night:
        never["at night"] = [one.suite for one in found.suites if not one.nights]
    all_of = len(found.suites)
    each = " and ".join(
        f"{all_of - len(suites)} of {all_of} {when}{_not(suites)}" for when, suites in never.items()
    )
    return f"{said} Suites visited: {each}.", is_enough and not any(never.values())


def _training(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    return _share(found.trained, at_least, "of visitors have their training in date", "nobody was in office")


def _reviews(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    return _share(found.reviewed, at_least, "of the reviews due were held in time", "no review was due")


def _findings(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    return _share(
        found.answered, at_least, "of findings due a reply were answered in time", "no reply was due"
    )


def _papers(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    published = "are" if found.publishes_statistics else "are not"
    said = (
        f"{plural(found.papers, 'panel paper')} frozen; at least {at_least} asked for."
        f" The scheme’s statistics {published} published."
    )
    return said, found.papers >= at_least


def _share(share: Share, at_least: int, of_what: str, nothing: str) -> tuple[str, bool | None]:
    """Compared as whole numbers: a share that only rounds up to what is asked for is not enough."""
    if not share.whole:
        return f"It cannot be said: {nothing}.", None
    is_enough = share.part * 100 >= at_least * share.whole
    just = "just under " if not is_enough and (share.percent or 0) >= at_least else ""
    return sentence(f"{just}{share.words} {of_what}; at least {at_least}% asked for"), is_enough


def _not(suites: list[str]) -> str:
    """(never: Beaumont Leys, Keyham Lane and 3 more)"""
    named = suites[:MOST_NAMED]
    rest = len(suites) - len(named)
    last = f"{rest} more" if rest else named.pop() if len(named) > 1 else ""
    told = ", ".join(named) + (f" and {last}" if last else "")
    return f" (never: {told})" if suites else ""


_TELL: Mapping[Evidence, Callable[[PeriodEvidence, int], tuple[str, bool | None]]] = {
    Evidence.VISITS_AGAINST_PLAN: _visits,
    Evidence.SPREAD: _spread,
    Evidence.TRAINING: _training,
    Evidence.REVIEWS: _reviews,
    Evidence.FINDINGS_ANSWERED: _findings,
    Evidence.PAPERS_PUBLISHED: _papers,
}
