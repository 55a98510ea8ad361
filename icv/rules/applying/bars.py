"""Who may not apply, told at once and kindly, with what they can do instead."""

from dataclasses import dataclass

from icv.rules.applying.pages import AGE, AREA, NO_TIE, ONE_OF_THEM, ROLES, Answers, Page
from icv.rules.scheme import Choices


@dataclass(frozen=True, slots=True)
class Bar:
    """The page whose answer it is, why that keeps somebody from visiting, and what next."""

    page: Page
    why: str
    instead: str


def bar(answers: Answers, choices: Choices) -> Bar | None:
    """The first thing said that keeps somebody from being a visitor."""
    if answers.get("age", {}).get("is_adult") is False:
        return Bar(
            AGE,
            "Custody visitors are 18 or over.",
            "Please come back when you are 18: you will be very welcome in the next round after that.",
        )
    if NO_TIE in (answers.get("area", {}).get("ties") or []):
        return Bar(
            AREA,
            "Visitors of this scheme live, work or study in its area.",
            "Every police area has a scheme of its own, and most are glad of new visitors. The office of the"
            " Police and Crime Commissioner or the mayor where you live can tell you how to apply there.",
        )
    if choices.barred_roles and ONE_OF_THEM in (answers.get("roles", {}).get("declared") or []):
        return Bar(
            ROLES,
            "So that visitors are independent, and seen to be, some roles cannot be held beside this one.",
            "Please apply once you no longer hold it. Nothing you have done in that role speaks against you.",
        )
    return None
