"""What is wrong with an answer or still missing, in words, and the field it stands beside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from icv.rules.applying.pages import MOST, NO_TIE, ONE_OF_THEM, TIES, Answers, Page, pages
from icv.rules.reaching import is_email, is_phone, is_plain_name
from icv.rules.scheme import Choices

AN_EMAIL = "Enter an e-mail address, like name@example.org"
A_PHONE = "Enter a telephone number, like 07700 900123"


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page's answers, and what they are held against."""

    page: Page
    own: Mapping[str, Any]
    others: Answers
    choices: Choices

    def words(self, field: str) -> str:
        return self.own.get(field) or ""


def faults(page: Page, own: Mapping[str, Any], others: Answers, choices: Choices) -> list[Fault]:
    """Of one page's answers, tidied. `others` are all answers saved so far."""
    asked = _Asked(page, own, others, choices)
    judge = _referee if page.is_referee else _JUDGES[page.name]
    return [*_too_long(asked), *judge(asked)]


def missing(answers: Answers, choices: Choices) -> list[tuple[Page, Fault]]:
    """What keeps an application from being sent, in the order of its pages."""
    return [(page, fault) for page in pages(choices) for fault in _missing(page, answers, choices)]


def _missing(page: Page, answers: Answers, choices: Choices) -> list[Fault]:
    if page.name not in answers:
        return [Fault("", "This page is not answered yet")]
    return faults(page, answers[page.name], answers, choices)


def _too_long(asked: _Asked) -> Iterator[Fault]:
    for field, value in asked.own.items():
        most = MOST.get(field)
        if most and isinstance(value, str) and len(value) > most:
            yield Fault(field, f"Keep this to {most:,} characters: it has {len(value):,} now")


def _name(asked: _Asked) -> Iterator[Fault]:
    if not asked.words("name"):
        yield Fault("name", "Enter your name")
    elif not is_plain_name(asked.words("name")):
        yield Fault("name", "Enter your name in letters, with a space after each full stop")


def _contact(asked: _Asked) -> Iterator[Fault]:
    if not is_email(asked.words("email")):
        yield Fault("email", AN_EMAIL)
    if asked.words("phone") and not is_phone(asked.words("phone")):
        yield Fault("phone", A_PHONE)


def _area(asked: _Asked) -> Iterator[Fault]:
    ties = [tie for tie in asked.own.get("ties") or [] if tie in TIES]
    if not ties:
        yield Fault("ties", "Say whether you live, work or study here, or choose “None of these”")
    elif NO_TIE in ties and len(ties) > 1:
        yield Fault("ties", "Choose what is so, or “None of these”, and not both")
    elif NO_TIE not in ties and not asked.words("town"):
        yield Fault("town", "Enter the town or village")


def _age(asked: _Asked) -> Iterator[Fault]:
    if asked.own.get("is_adult") is None:
        yield Fault("is_adult", "Say whether you are 18 or over")


def _roles(asked: _Asked) -> Iterator[Fault]:
    """Each role is declared not to be held, or one of them is."""
    declared = set(asked.own.get("declared") or [])
    open_ones = [role for role in asked.choices.barred_roles if role not in declared]
    if ONE_OF_THEM in declared and len(declared) > len(asked.choices.barred_roles):
        yield Fault("declared", "Choose all that you are not, or that one of these describes you, not both")
    elif open_ones and ONE_OF_THEM not in declared:
        yield Fault(
            "declared", f"Tick each line that is true of you. You have not said: I am not {open_ones[0]}"
        )


def _connections(asked: _Asked) -> Iterator[Fault]:
    if asked.own.get("has_any") is None:
        yield Fault("has_any", "Say whether you have any such connection")
    elif asked.own["has_any"] and not asked.words("words"):
        yield Fault("words", "Say what the connection is")


def _why(asked: _Asked) -> Iterator[Fault]:
    if not asked.words("why"):
        yield Fault("why", "Say in your own words why you want to be a visitor")


def _referee(asked: _Asked) -> Iterator[Fault]:
    yield from _referee_named(asked)
    if not asked.words("relation"):
        yield Fault("relation", "Say how this person knows you")
    if not asked.own.get("is_no_relative"):
        yield Fault(
            "is_no_relative", "A referee must not be related to you: tick this, or name somebody else"
        )


def _referee_named(asked: _Asked) -> Iterator[Fault]:
    email = asked.words("email").casefold()
    if not asked.words("name"):
        yield Fault("name", "Enter the name of your referee")
    elif not is_plain_name(asked.words("name")):
        yield Fault("name", "Enter the name in letters, with a space after each full stop")
    if not email:
        yield Fault("email", "Enter the e-mail address of your referee: the questions go there")
    elif not is_email(email):
        yield Fault("email", AN_EMAIL)
    elif email == _email_of(asked.others, "contact"):
        yield Fault("email", "This is your own address: enter that of your referee")
    elif other := _same_referee(asked, email):
        yield Fault("email", f"You named this person as your {other} referee: name two different people")
    if asked.words("phone") and not is_phone(asked.words("phone")):
        yield Fault("phone", A_PHONE)


def _same_referee(asked: _Asked, email: str) -> str:
    """As which other referee this address was given, or nothing."""
    same = (
        page.title.split()[0].lower()
        for page in pages(asked.choices)
        if page.is_referee and page != asked.page and _email_of(asked.others, page.name) == email
    )
    return next(same, "")


def _email_of(answers: Answers, page: str) -> str:
    email: str = answers.get(page, {}).get("email") or ""
    return email.casefold()


def _heard(asked: _Asked) -> Iterator[Fault]:
    yield from ()


def _consent(asked: _Asked) -> Iterator[Fault]:
    if not asked.own.get("vetting"):
        yield Fault("vetting", "Nobody can visit without vetting: tick this if you agree to it")
    if asked.choices.references_wanted and not asked.own.get("references"):
        yield Fault("references", "We cannot decide without references: tick this if you agree to it")


_JUDGES: dict[str, Callable[[_Asked], Iterator[Fault]]] = {
    "name": _name,
    "contact": _contact,
    "area": _area,
    "age": _age,
    "roles": _roles,
    "connections": _connections,
    "why": _why,
    "heard": _heard,
    "consent": _consent,
}
