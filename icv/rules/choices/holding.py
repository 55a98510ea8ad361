"""What a choice holds, one by one: so that two lists of it can be held against each other."""

from typing import Any

from icv.rules.checks import Check
from icv.rules.choices.asked import ASKED
from icv.rules.choices.form import Form
from icv.rules.requirements import Requirement
from icv.rules.scheme import Need
from icv.rules.timeslots import Grid
from icv.rules.visits import Outcome
from icv.rules.words import capital

_KINDS: dict[Form, type[Need] | type[Requirement] | type[Outcome]] = {
    Form.NEEDS: Need,
    Form.REQUIREMENTS: Requirement,
    Form.OUTCOMES: Outcome,
}


def held_in(name: str, value: Any) -> tuple[str, ...] | None:
    """Each in words, in the order of the list; None where the choice is no list."""
    form = ASKED[name].form
    if kind := _KINDS.get(form):
        return tuple(capital(one.words) for one in kind if one in value)
    match form:
        case Form.LIST | Form.LIST_OR_NONE:
            return tuple(value)
        case Form.CHECKS:
            return tuple(_check(one) for one in value)
        case Form.BANDS:
            return tuple(Grid(value).band_names)
    return None


def _check(one: Check) -> str:
    return f"{one.title} ({one.category})" if one.category else one.title
