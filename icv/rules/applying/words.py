"""An application in words: as its applicant checks it, as a coordinator reads it, and what it declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from icv.rules.applying.pages import NO_TIE, ONE_OF_THEM, TIES, Answers, Page, pages
from icv.rules.scheme import Choices

YES_NO = {True: "Yes", False: "No"}
LABELS: dict[str, dict[str, str]] = {
    "name": {"name": "Name"},
    "contact": {"email": "E-mail address", "phone": "Telephone"},
    "area": {"ties": "In the area", "town": "Town or village"},
    "age": {"is_adult": "18 or over"},
    "roles": {"declared": "Declaration"},
    "connections": {"has_any": "Connections with the police or custody", "words": "What they are"},
    "why": {"why": "Why a custody visitor"},
    "heard": {"heard": "Heard of the scheme"},
    "consent": {"vetting": "Agreed to vetting", "references": "Agreed that referees are asked"},
}
REFEREE_LABELS = {
    "name": "name",
    "email": "e-mail address",
    "phone": "telephone",
    "relation": "how they know each other",
    "is_no_relative": "not a relative",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A page's answers: (label, words) each; none where the page is not answered."""

    page: Page
    lines: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """What stands in place of the labels where nothing was said."""
        return next(iter(LABELS.get(self.page.name, {}).values()), self.page.title)


@dataclass(frozen=True, slots=True)
class RefereeNamed:
    name: str
    email: str
    phone: str
    relation: str


def reference(application_id: int) -> str:
    """By which an applicant and the office speak of it: A0012."""
    return f"A{application_id:04}"


def name_of(answers: Answers) -> str:
    name: str = answers.get("name", {}).get("name") or ""
    return name


def sections(answers: Answers, choices: Choices) -> list[Section]:
    """Every page in order. Of pages the scheme asks no more, what was answered stands at the end."""
    asked = pages(choices)
    names = {page.name for page in asked}
    dropped = tuple(
        Page(name, name.replace("-", " ").capitalize(), "") for name in answers if name not in names
    )
    return [Section(page, _lines(page, answers.get(page.name, {}))) for page in (*asked, *dropped)]


def _lines(page: Page, own: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    labels = LABELS.get(page.name, {})
    if page.is_referee:
        labels = {field: f"{page.title}: {label}" for field, label in REFEREE_LABELS.items()}
    said = ((label, _in_words(field, own.get(field))) for field, label in labels.items() if field in own)
    return tuple((label, words) for label, words in said if words)


def _in_words(field: str, value: Any) -> str:
    if value is None:
        return ""
    if field == "ties":
        return ", ".join(words for tie, words in TIES.items() if tie in value)
    if field == "declared":
        return "One of the roles is held" if ONE_OF_THEM in value else "\n".join(_not_held(value))
    return YES_NO[value] if isinstance(value, bool) else str(value)


def _not_held(roles: list[str]) -> list[str]:
    return [f"I am not {role}" for role in roles]


def declared(answers: Answers) -> str:
    """What somebody declares by sending it, a line each, in the words they agreed to."""
    area = answers.get("area", {})
    ties = [tie for tie in ("live", "work", "study") if tie in (area.get("ties") or []) and tie != NO_TIE]
    lines = [
        "I am 18 or over",
        f"I {' and '.join(ties)} in the area: {area.get('town', '')}",
        *_not_held(answers.get("roles", {}).get("declared") or []),
        "I agree to be vetted by the police",
    ]
    if answers.get("consent", {}).get("references"):
        lines.append("I agree that my referees are asked about me")
    return "\n".join([*lines, "What I have said in my application is true"])


def connections(answers: Answers) -> str:
    """What was said of connections with police or custody; nothing where there are none."""
    own = answers.get("connections", {})
    words: str = own.get("words") or ""
    return words if own.get("has_any") else ""


def referees(answers: Answers, choices: Choices) -> list[RefereeNamed]:
    """In the order they were named."""
    named = (answers.get(page.name, {}) for page in pages(choices) if page.is_referee)
    return [
        RefereeNamed(own["name"], own.get("email") or "", own.get("phone") or "", own.get("relation") or "")
        for own in named
        if own.get("name")
    ]
