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
    """What the data say of a period. `night` is the band that counts as night: 22–06."""

    period: Period
    completed: Share
    not_yet_due: int
    suites: tuple[SuiteSpread, ...]
    night: str
    trained: Share
    reviewed: Share
    answered: Share
    papers: int
    publishes_statistics: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """`is_enough` None: the data cannot say. `counts` is what the numbers of the sentence count."""

    evidence: Evidence
    sentence: str
    is_enough: bool | None
    counts: str


def shown(evidence: Evidence, at_least: int | None, found: PeriodEvidence) -> Shown | None:
    """None where a criterion has notes alone."""
    if evidence is Evidence.NONE:
        return None
    said, is_enough = _TELL[evidence](found, at_least or 0)
    return Shown(evidence, said, is_enough, COUNTS[evidence].format(night=found.night))


COUNTS: Mapping[Evidence, str] = {
    Evidence.VISITS_AGAINST_PLAN: (
        "Scheduled visits whose week ended in the period, and those of them completed, as the panel’s figures"
        " count them."
    ),
    Evidence.SPREAD: (
        "Timeslots of the week in which at least one visit undertaken in the period arrived, over the suites"
        " that were visited or had a visit scheduled. Enough only where each of these suites was also visited"
        " at least once on a Saturday or Sunday, and at least once at night ({night})."
    ),
    Evidence.TRAINING: (
        "Visitors in office on the period’s last day (or today, if sooner), and those of them with initial"
        " training and with every course that is asked of them in date that day."
    ),
    Evidence.REVIEWS: (
        "Probations and terms that ended in the period, up to today, of people who stayed on; and those of"
        " them with a review of the probation, or a reappraisal, held by that day. One that left the decision"
        " for later does not count."
    ),
    Evidence.FINDINGS_ANSWERED: (
        "Findings put to the police whose reply was due in the period and before today, and those of them"
        " replied to or closed by the day it was due. A reopened one counts as neither."
    ),
    Evidence.PAPERS_PUBLISHED: "Panel papers frozen in the period. Restatements of a paper are not counted.",
}


def _visits(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    said, is_enough = _share(
        found.completed, at_least, "of scheduled visits were completed", "no scheduled visit was due"
    )
    if found.not_yet_due:
        said += sentence(f" {plural_in_words(found.not_yet_due, 'visit')} of the period not yet due").lstrip()
    return said, is_enough


def _spread(found: PeriodEvidence, at_least: int) -> tuple[str, bool | None]:
    slots = Share(
        sum(one.timeslots.part for one in found.suites), sum(one.timeslots.whole for one in found.suites)
    )
    said, is_enough = _share(slots, at_least, "of timeslots were visited", "no suite was to be visited")
    if is_enough is None:
        return said, None
    never = {
        "at a weekend": [one.suite for one in found.suites if not one.weekends],
        "at night": [one.suite for one in found.suites if not one.nights],
    }
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
