"""What is needed of a visitor, as it is put to them: to do, to come to, or to look out for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from icv.rules.days import day_in_words
from icv.rules.needs import faults
from icv.rules.requirements import Requirement
from icv.rules.scheme import Choices, Need
from icv.rules.stages import VISITING, Stage
from icv.rules.standing import Standing, Validity
from icv.rules.words import sentence


class OwnAct(StrEnum):
    """What a visitor can do about it themselves, on a page of their own."""

    REPORT = "report"
    SIGN = "sign"
    ELIGIBILITY = "eligibility"
    AVAILABILITY = "availability"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class OwnNeed:
    """Without an `act` somebody else moves first, and the sentence says who. `number`: of visit or call."""

    sentence: str
    act: OwnAct | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ReportDue:
    visit_id: int
    suite: str
    week: str


@dataclass(frozen=True, slots=True)
class CallWaiting:
    """A call for availability that was not answered; `period` in words."""

    call_id: int
    period: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class OwnSituation:
    """What is on record of a visitor besides what clearance looks at.

    `sessions` are the training sessions on which they have a place: the course, and when and where in words.
    """

    probation_ends_on: date | None = None
    is_reviewed: bool = False
    has_availability: bool = True
    reports: Sequence[ReportDue] = ()
    calls: Sequence[CallWaiting] = ()
    sessions: Sequence[tuple[str, str]] = ()


def needed_of_me(standing: Standing, situation: OwnSituation, choices: Choices, day: date) -> list[OwnNeed]:
    """First what they can do at once, then what has a day, then what to look out for."""
    return [*_to_do(standing, situation, choices, day), *_to_expect(standing, situation, choices, day)]


def eligibility_in_words(barred_roles: Sequence[str]) -> list[str]:
    """What a visitor declares, a sentence each, as an applicant does."""
    said = ["I am 18 or over.", "I live, work or study in the area of the scheme."]
    return said + [f"I am not {role}." for role in barred_roles]


def needs_signing(standing: Standing, choices: Choices, day: date) -> bool:
    """Whether the memorandum in use has not been signed in its version. Without a version nobody is asked."""
    wanted = choices.agreement_version
    return bool(wanted) and not any(one.of == wanted and one.covers(day) for one in standing.agreements)


def _to_do(standing: Standing, situation: OwnSituation, choices: Choices, day: date) -> Iterator[OwnNeed]:
    for report in situation.reports:
        yield OwnNeed(
            f"Send the report of your visit to {report.suite}, {report.week}.",
            OwnAct.REPORT,
            report.visit_id,
        )
    if needs_signing(standing, choices, day):
        version = choices.agreement_version
        yield OwnNeed(f"Read and sign the memorandum of understanding, version {version}.", OwnAct.SIGN)
    if Need.DECLARATIONS in choices.clearance_needs and not any(
        one.covers(day) for one in standing.eligibility
    ):
        yield OwnNeed("Declare that you are eligible to visit.", OwnAct.ELIGIBILITY)
    for call in situation.calls:
        asked = f"Say when you can visit, {call.period}, by {day_in_words(call.answer_by)}."
        yield OwnNeed(asked, OwnAct.CALL, call.call_id)
    if standing.stage_on(day) in VISITING and not (situation.has_availability or situation.calls):
        yield OwnNeed("Say when you can visit, or that you have nothing to add.", OwnAct.AVAILABILITY)


def _to_expect(standing: Standing, situation: OwnSituation, choices: Choices, day: date) -> Iterator[OwnNeed]:
    for course, when in situation.sessions:
        yield OwnNeed(f"Come to {course}: {when}.")
    soon = day + timedelta(days=choices.expiry_warning_days)
    booked = {course for course, _ in situation.sessions}
    sentences = (
        *_vetting(standing, choices, day, soon),
        *_courses(standing, choices, day, soon, booked),
        *_agreement(standing, choices, day),
        *_card(standing, choices, day, soon),
        *_probation(standing, situation, day, soon),
        *_term(standing, choices, day, soon),
    )
    yield from (OwnNeed(sentence) for sentence in sentences)


def _vetting(standing: Standing, choices: Choices, day: date, soon: date) -> Iterator[str]:
    fault, ending = _fault(standing, choices, day, Need.VETTING), _ending(standing.vettings, day, soon)
    if not (fault or ending):
        return
    asked_on = standing.vetting_requested_on
    if asked_on and not any(one.since >= asked_on for one in standing.vettings):
        asked = f"Your vetting was asked for on {day_in_words(asked_on)}."
        yield f"{asked} If the police’s vetting office writes to you, send back their form soon."
    elif fault:
        yield f"{sentence(fault)} The coordinator decides what happens next."
    else:
        yield f"Your vetting runs out on {ending}. The coordinator starts it again; look out for a form."


def _courses(standing: Standing, choices: Choices, day: date, soon: date, booked: set[str]) -> Iterator[str]:
    """Who has a place is told of the session instead: what they are to come to is taken as taken."""
    coming = tuple(Validity(day, of=course) for course in sorted(booked))
    then = replace(standing, trainings=(*standing.trainings, *coming))
    for fault in faults(then, day, choices, frozenset({Need.TRAINING, Need.COURSES})):
        yield f"{sentence(fault)} The coordinator offers you a date."
    for course in sorted({one.of for one in standing.trainings} - booked):
        ending = _ending([one for one in standing.trainings if one.of == course], day, soon)
        if ending:
            yield f"{course or 'Your training'} runs out on {ending}. The coordinator offers you a date."


def _agreement(standing: Standing, choices: Choices, day: date) -> Iterator[str]:
    """Where the scheme names no version there is nothing to sign on a page."""
    is_wanted = Need.AGREEMENT in choices.clearance_needs and not choices.agreement_version
    if is_wanted and (fault := _fault(standing, choices, day, Need.AGREEMENT)):
        yield f"{sentence(fault)} The coordinator gives it to you to sign."


def _card(standing: Standing, choices: Choices, day: date, soon: date) -> Iterator[str]:
    """One that was never issued is missed where it forbids visits, or before the appointment is confirmed."""
    is_wanted = bool(standing.cards) or Need.CARD in choices.clearance_needs
    if standing.stage_on(day) is Stage.PROBATION:
        is_wanted = is_wanted or Requirement.CARD in choices.before_confirmation
    if (fault := _fault(standing, choices, day, Need.CARD)) and is_wanted:
        yield f"{sentence(fault)} The coordinator orders one; a photograph may be asked of you."
    elif ending := _ending(standing.cards, day, soon):
        yield f"Your identity card runs out on {ending}. The coordinator orders a new one."


def _probation(standing: Standing, situation: OwnSituation, day: date, soon: date) -> Iterator[str]:
    ends_on = situation.probation_ends_on
    if ends_on is None or ends_on > soon or situation.is_reviewed:
        return
    if standing.stage_on(day) is Stage.PROBATION:
        ends = "ended" if ends_on < day else "ends"
        yield f"Your probation {ends} on {day_in_words(ends_on)}. The coordinator arranges a review with you."


def _term(standing: Standing, choices: Choices, day: date, soon: date) -> Iterator[str]:
    if fault := _fault(standing, choices, day, Need.TERM):
        yield f"{sentence(fault)} Ask the coordinator whether another begins."
    elif ending := _ending(standing.terms, day, soon):
        yield f"Your term ends on {ending}. The coordinator asks you whether you wish to go on."


def _ending(records: Iterable[Validity], day: date, soon: date) -> str:
    """The last day on which any of them counts, in words, if it is near; nothing where one always will."""
    ends = [one.until or date.max for one in records if one.until is None or one.until >= day]
    last = max(ends, default=None)
    return day_in_words(last) if last and last <= soon else ""


def _fault(standing: Standing, choices: Choices, day: date, need: Need) -> str:
    return next(iter(faults(standing, day, choices, frozenset({need}))), "")
