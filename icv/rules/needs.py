"""Faults: what of a scheme's needs a person does not meet on a day, each in words with the day it changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from icv.rules.courses import INITIAL_TRAINING
from icv.rules.days import ONE_DAY, day_in_words
from icv.rules.scheme import Choices, Need
from icv.rules.standing import Standing, Validity

CAME_BACK = "came back"
"""What a card is `of` that counted until the day before it came back or was lost."""


def faults(standing: Standing, day: date, choices: Choices, needs: frozenset[Need]) -> tuple[str, ...]:
    """Which of the needs are not met on the day, in words; the stage is not looked at."""
    return tuple(fault for faults_of in _asked(needs) for fault in faults_of(standing, day, choices))


def terrorism_faults(standing: Standing, day: date, choices: Choices) -> tuple[str, ...]:
    """What keeps somebody with full clearance from visits to terrorism detainees."""
    return (*_terrorism_courses(standing, day), *_terrorism_vetting(standing, day, choices))


def _vetting(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    if any(vetting.covers(day) for vetting in standing.vettings):
        return
    asked_on, refused_on = standing.vetting_requested_on, standing.vetting_refused_on
    if refused_on and refused_on <= day:
        yield f"vetting refused on {day_in_words(refused_on)}{_again(standing.vettings, day, 'cleared')}"
    elif ended := _latest_end(standing.vettings, day):
        yield f"vetting expired on {day_in_words(ended)}{_again(standing.vettings, day)}"
    elif asked_on and asked_on <= day:
        yield f"vetting requested on {day_in_words(asked_on)}, not cleared{_until(standing.vettings, day)}"
    else:
        yield f"no vetting on record{_until(standing.vettings, day)}"


def _training(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    """Every initial course of the catalogue; where it names none, any training is one."""
    courses = standing.catalogue.initial
    taken = {course: _of_initial(standing, course) for course in courses} or {"": [*standing.trainings]}
    missing = [name for name, times in taken.items() if not any(one.since <= day for one in times)]
    if len(missing) < len(taken):
        yield from (f"{course} not taken{_until(taken[course], day)}" for course in missing)
    else:
        yield f"not trained{_until_all(taken.values(), day)}"


def _courses(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    """What is kept up and was never taken, and what was taken and has run out since.

    Whoever has not taken an initial course is told so by the training. Trainings the catalogue does not know
    of count as initial while it names none.
    """
    catalogue = standing.catalogue
    if catalogue.initial:
        for course in catalogue.initial:
            yield from _ran_out(course, _of_initial(standing, course), day)
    else:
        general = [one for one in standing.trainings if one.of not in catalogue.known]
        yield from _ran_out("training", general, day)
    for course in catalogue.kept_up:
        yield from _not_in_date(course, [one for one in standing.trainings if one.of == course], day)


def _agreement(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    signed, wanted = standing.agreements, choices.agreement_version
    if not wanted:
        yield from _agreed(standing, day, choices)
        return
    right = [one for one in signed if one.of == wanted]
    if any(one.covers(day) for one in right):
        return
    other = next((one for one in reversed(signed) if one.covers(day) and one.of != wanted), None)
    if other is None:
        yield f"agreement not signed{_until(right, day)}"
    else:
        yield f"agreement signed in version {other.of}, not {wanted}{_until(right, day)}"


def _declarations(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    if not any(one.covers(day) for one in standing.eligibility):
        yield f"eligibility not declared{_until(standing.eligibility, day)}"
    for change in standing.changes:
        if change.covers(day):
            settled = f" until {day_in_words(change.until)}" if change.until else ""
            yield f"change in circumstances declared on {day_in_words(change.since)}, not settled{settled}"


def _lasting(
    records: Callable[[Standing], tuple[Validity, ...]], ended_word: str, missing: str
) -> Callable[[Standing, date, Choices], Iterator[str]]:
    def fault(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
        found = records(standing)
        if any(record.covers(day) for record in found):
            return
        if ended := _latest_end(found, day):
            yield f"{ended_word} on {day_in_words(ended)}{_again(found, day)}"
        else:
            yield f"{missing}{_until(found, day)}"

    return fault


def _card(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    """What ended last says how; a card that came back counted until the day before."""
    found = standing.cards
    if any(card.covers(day) for card in found):
        return
    ended = [card for card in found if card.until and card.until < day]
    latest = max(ended, key=lambda card: card.until or date.max, default=None)
    if latest is None or latest.until is None:
        yield f"no identity card{_until(found, day)}"
    elif latest.of == CAME_BACK:
        yield f"identity card came back on {day_in_words(latest.until + ONE_DAY)}{_again(found, day)}"
    else:
        yield f"identity card expired on {day_in_words(latest.until)}{_again(found, day)}"


_agreed = _lasting(lambda it: it.agreements, "agreement ended", "agreement not signed")

_FAULTS: dict[Need, Callable[[Standing, date, Choices], Iterator[str]]] = {
    Need.VETTING: _vetting,
    Need.TRAINING: _training,
    Need.TERM: _lasting(lambda it: it.terms, "term ended", "no term of appointment"),
    Need.AGREEMENT: _agreement,
    Need.CARD: _card,
    Need.COURSES: _courses,
    Need.DECLARATIONS: _declarations,
}


@cache
def _asked(needs: frozenset[Need]) -> tuple[Callable[[Standing, date, Choices], Iterator[str]], ...]:
    """In the order of the needs; kept, as the cohort is asked thousands of times for the same ones."""
    return tuple(faults_of for need, faults_of in _FAULTS.items() if need in needs)


def _terrorism_courses(standing: Standing, day: date) -> Iterator[str]:
    """Where the catalogue has no such course nobody is trained: it cannot be told who would be."""
    if not standing.catalogue.terrorism:
        yield "the scheme has no course for visits to terrorism detainees"
    for course in standing.catalogue.terrorism:
        yield from _not_in_date(course, [one for one in standing.trainings if one.of == course], day)


def _terrorism_vetting(standing: Standing, day: date, choices: Choices) -> Iterator[str]:
    levels = {level.casefold() for level in choices.terrorism_vetting_levels}
    right = [one for one in standing.vettings if one.of.casefold() in levels]
    if levels and not any(one.covers(day) for one in right):
        yield f"not vetted to {' or '.join(choices.terrorism_vetting_levels)}{_until(right, day)}"


def _not_in_date(course: str, taken: Sequence[Validity], day: date) -> Iterator[str]:
    if any(one.since <= day for one in taken):
        yield from _ran_out(course, taken, day)
    else:
        yield f"{course} not taken{_until(taken, day)}"


def _ran_out(course: str, taken: Sequence[Validity], day: date) -> Iterator[str]:
    """Whether the latest time it was taken no longer counts: an earlier one that would is overtaken by it."""
    by_then = [one for one in taken if one.since <= day]
    latest = max(by_then, key=lambda one: (one.since, one.until or date.max), default=None)
    if latest and latest.until and latest.until < day:
        yield f"{course} ran out on {day_in_words(latest.until)}{_again(taken, day)}"


def _of_initial(standing: Standing, course: str) -> list[Validity]:
    return [one for one in standing.trainings if one.of in {course, INITIAL_TRAINING}]


def _latest_end(records: Sequence[Validity], day: date) -> date | None:
    return max((record.until for record in records if record.until and record.until < day), default=None)


def _until(records: Sequence[Validity], day: date) -> str:
    """For what is missing and begins later."""
    begins = _begins(records, day)
    return f" until {day_in_words(begins - ONE_DAY)}" if begins else ""


def _until_all(kinds: Iterable[Sequence[Validity]], day: date) -> str:
    """For several things, all missing: until the last of them begins, if they all do."""
    begin = [_begins(records, day) for records in kinds]
    days = [one for one in begin if one]
    return f" until {day_in_words(max(days) - ONE_DAY)}" if len(days) == len(begin) else ""


def _again(records: Sequence[Validity], day: date, word: str = "renewed") -> str:
    """For what has ended and begins anew."""
    begins = _begins(records, day)
    return f", {word} from {day_in_words(begins)}" if begins else ""


def _begins(records: Sequence[Validity], day: date) -> date | None:
    return min((record.since for record in records if record.since > day), default=None)
