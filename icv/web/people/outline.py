"""A person's record in outline: a line a subject, each with the one page where it is seen or changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from icv.rules.appraisal import DeclarationKind
from icv.rules.days import day_in_words
from icv.rules.due import joins_on
from icv.rules.progress import Progress
from icv.rules.records import AgreementFacts, CardFacts, TrainingFacts, VettingFacts
from icv.rules.refereeing import references_on
from icv.rules.scheme import Choices
from icv.rules.stages import PIPELINE
from icv.rules.vetting import vetting_state
from icv.rules.words import plural
from icv.store.people import DeclarationLine, Kept, PersonRecord

NONE = "None on record"


@dataclass(frozen=True, slots=True)
class Line:
    """`link` is what the link says, before the title of the line, which only screen readers are told."""

    title: str
    words: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Records:
    """All that is kept of one person by kind, each latest entered first."""

    vettings: Sequence[Kept[VettingFacts]]
    trainings: Sequence[Kept[TrainingFacts]]
    agreements: Sequence[Kept[AgreementFacts]]
    cards: Sequence[Kept[CardFacts]]
    declarations: Sequence[DeclarationLine]
    application_id: int | None


def outline(
    person: PersonRecord, progress: Progress, kept: Records, choices: Choices, day: date
) -> Iterator[Line]:
    """In the order of the path. Of references and interviews only while they are waited for, or were held."""
    state = vetting_state(progress.standing, day, choices.expiry_warning_days)
    vetting = kept.vettings[0].facts.words if kept.vettings else ""
    yield _kept(
        person.id, "vetting", "Vetting", kept.vettings, f"{state.heading}: {vetting}" if vetting else NONE
    )
    yield _training(person.id, kept.trainings)
    signed = [
        f"Version {one.facts.version}, signed on {day_in_words(one.facts.signed_on)}"
        for one in kept.agreements
    ]
    yield _kept(person.id, "agreement", "Agreement", kept.agreements, signed[0] if signed else NONE)
    card = _card_in_words(kept.cards[0].facts) if kept.cards else NONE
    yield _kept(person.id, "card", "Identity card", kept.cards, card)
    yield _declarations(person.id, kept.declarations)
    stage = progress.standing.stage_on(day)
    is_applicant = stage in PIPELINE or (stage is None and joins_on(progress.standing, day) is None)
    if progress.referees or is_applicant:
        yield _references(person.id, progress, choices, day)
    if progress.interviews or is_applicant:
        yield _interviews(person.id, progress)
    if kept.application_id is not None:
        applied = f"On {day_in_words(person.applied_on)}" if person.applied_on else "By the public page"
        href = url_for("applications.show", application_id=kept.application_id)
        yield Line("Application", f"{applied}{f', {person.round}' if person.round else ''}", href, "See")


def _kept(person_id: int, kind: str, title: str, kept: Sequence[Kept[Any]], words: str) -> Line:
    """To the latest record of the kind, or where the first is added."""
    if kept:
        href = url_for("people.change_record", person_id=person_id, kind=kind, record_id=kept[0].id)
        return Line(title, words, href, "Change")
    return Line(title, words, url_for("people.add_record", person_id=person_id, kind=kind), "Add")


def _training(person_id: int, trainings: Sequence[Kept[TrainingFacts]]) -> Line:
    """The latest of each course."""
    latest: dict[str, TrainingFacts] = {}
    for one in sorted(trainings, key=lambda one: one.facts.trained_on):
        latest[one.facts.course] = one.facts
    said = "; ".join(_course_in_words(facts) for facts in reversed(latest.values()))
    href = url_for("people.add_record", person_id=person_id, kind="training")
    return Line("Training", said or NONE, href, "Add")


def _course_in_words(facts: TrainingFacts) -> str:
    until = f", counts until {day_in_words(facts.expires_on)}" if facts.expires_on else ""
    return f"{facts.course} on {day_in_words(facts.trained_on)}{until}"


def _card_in_words(facts: CardFacts) -> str:
    said = f"{facts.number}, issued on {day_in_words(facts.issued_on)}"
    if facts.returned_on:
        return f"{said}, returned or lost on {day_in_words(facts.returned_on)}"
    return f"{said}, counts until {day_in_words(facts.expires_on)}" if facts.expires_on else said


def _declarations(person_id: int, declarations: Sequence[DeclarationLine]) -> Line:
    waiting = [one for one in declarations if one.is_waiting]
    if waiting:
        href = url_for("people.settle", person_id=person_id, declaration_id=waiting[-1].id)
        return Line("Declarations", f"{plural(len(waiting), 'declared change')} to settle", href, "Settle")
    eligible = [one for one in declarations if one.kind is DeclarationKind.ELIGIBILITY]
    said = (
        f"Eligibility declared on {day_in_words(eligible[0].declared_on)}"
        if eligible
        else "Eligibility not declared"
    )
    return Line("Declarations", said, url_for("people.declare", person_id=person_id), "Add")


def _references(person_id: int, progress: Progress, choices: Choices, day: date) -> Line:
    answered = references_on(progress.referees, day).answered
    said = f"{answered} of {max(choices.references_wanted, len(progress.referees))} answered"
    return Line("References", said, url_for("references.show", person_id=person_id), "See")


def _interviews(person_id: int, progress: Progress) -> Line:
    """Only that it was held: what was noted stands on a page whose readings are kept."""
    held = [held_on for held_on, _ in progress.interviews]
    said = f"Held on {day_in_words(max(held))}" if held else NONE
    return Line("Interviews", said, url_for("references.show", person_id=person_id), "See")
