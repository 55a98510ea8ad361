"""Forms of giving availability."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional

from icv.rules.timeslots import Grid, Slot
from icv.rules.usual import Shortcut, slots_after
from icv.web.fields import DayField

A_MONTH = NumberRange(0, 31, "Enter a number from 0 to 31")


class AvailabilityForm(FlaskForm):
    """`grid` decides which timeslots can be chosen; `free` holds them as `day-band`."""

    free = SelectMultipleField(
        "When can you usually visit?",
        description="Mark every time of the week that suits you. With none marked, any time counts as free.",
    )
    wanted_a_month = IntegerField("Visits you would like a month", [Optional(), A_MONTH])
    most_a_month = IntegerField("The most you can make in a month", [Optional(), A_MONTH])

    def __init__(self, grid: Grid, **more: Any) -> None:
        super().__init__(**more)
        self.grid = grid
        self.free.choices = [
            SelectChoice(f"{day}-{band}", grid.name_of((day, band))) for day, band in grid.slots()
        ]

    def slots(self) -> set[Slot]:
        """Those marked that are on the grid."""
        marked = set(self.free.data or [])
        return {slot for slot in self.grid.slots() if _named(slot) in marked}

    def mark(self, shortcut: Shortcut) -> None:
        """Marks many timeslots at once; nothing else that was typed changes."""
        self.free.data = [_named(slot) for slot in sorted(slots_after(shortcut, self.grid, self.slots()))]


def _named(slot: Slot) -> str:
    return f"{slot[0]}-{slot[1]}"


class AwayForm(FlaskForm):
    """`giving_back` are the duties that were said to be given back with these days."""

    first_on = DayField("First day away", [InputRequired("Enter the first day away")])
    last_on = DayField("Last day away", [InputRequired("Enter the last day away")])
    giving_back = SelectMultipleField("Visits to give back", coerce=int, validate_choice=False)
