"""The pages of an application, in order, one thing each; and its answers by page and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from icv.rules.bounds import MOST_NAME, MOST_PHONE
from icv.rules.reaching import LONGEST_ADDRESS
from icv.rules.scheme import Choices

Answers = Mapping[str, Mapping[str, Any]]
"""By the name of the page, then of its field."""

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")
NO_TIE = "none"
TIES = {"live": "I live here", "work": "I work here", "study": "I study here", NO_TIE: "None of these"}
ONE_OF_THEM = "one of them"
"""Stands among the roles somebody declares not to hold, for: one of these describes me."""

MOST = {
    "name": MOST_NAME,
    "email": LONGEST_ADDRESS,
    "phone": MOST_PHONE,
    "town": 100,
    "words": 1000,
    "why": 2000,
    "relation": 200,
    "heard": 200,
}
"""The most characters of each answer in words."""
IN_LINES = frozenset({"words", "why"})
"""Answers that keep their line ends."""


@dataclass(frozen=True, slots=True)
class Page:
    """`title` is what the task list says, `question` the heading of the page."""

    name: str
    title: str
    question: str
    minutes: int = 1

    @property
    def is_referee(self) -> bool:
        return self.name.startswith("referee-")


NAME = Page("name", "Your name", "What is your name?")
CONTACT = Page("contact", "How we reach you", "How do we reach you?")
AREA = Page("area", "Where you live, work or study", "Do you live, work or study in the area?")
AGE = Page("age", "Your age", "Are you 18 or over?")
ROLES = Page("roles", "Roles that visitors may not hold", "Do you hold one of these roles?")
CONNECTIONS = Page(
    "connections",
    "Connections with the police or custody",
    "Do you have connections with the police or with people in custody?",
    2,
)
WHY = Page("why", "Why you want to be a visitor", "Why do you want to be a custody visitor?", 5)
HEARD = Page("heard", "How you heard of us", "How did you hear of us?")
CONSENT = Page("consent", "Vetting and references", "What do you agree to?")


def pages(choices: Choices) -> tuple[Page, ...]:
    """As the scheme asks them: a page for each reference it wants, none about roles where it bars none."""
    roles = (ROLES,) if choices.barred_roles else ()
    referees = tuple(
        Page(f"referee-{number}", f"{word} referee", f"Who is your {word.lower()} referee?", 2)
        for number, word in enumerate(ORDINALS[: choices.references_wanted], 1)
    )
    return (NAME, CONTACT, AREA, AGE, *roles, CONNECTIONS, WHY, *referees, HEARD, CONSENT)


def page_named(name: str, choices: Choices) -> Page | None:
    return next((page for page in pages(choices) if page.name == name), None)


def following(page: Page, answers: Answers, choices: Choices) -> Page | None:
    """The next one that is not answered yet, from this one on and then from the start; None: all are."""
    asked = pages(choices)
    place = asked.index(page) + 1
    return next((one for one in (*asked[place:], *asked[:place]) if one.name not in answers), None)


def minutes(choices: Choices) -> int:
    """About how long it takes, to the next five minutes."""
    return -(-sum(page.minutes for page in pages(choices)) // 5) * 5


def tidied(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Without spaces around words; in one line but where lines are kept, and these end as lines here do."""
    return {field: _tidied(field, value) for field, value in typed.items()}


def _tidied(field: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if field in IN_LINES:
        return "\n".join(value.splitlines()).strip()
    return " ".join(value.split())
