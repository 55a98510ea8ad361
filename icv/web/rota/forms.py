"""Forms of drawing a rota and of changing one."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from icv.store.planning import SuiteLine
from icv.web.fields import DayField


def not_before_first(form: FlaskForm, field: DayField) -> None:
    """Validator of the last day of a form that asks for the first too."""
    if form.first_on.data and field.data and field.data < form.first_on.data:
        raise ValidationError("The last day cannot be before the first")


class DrawForm(FlaskForm):
    """`suites` offers the suites given; a draft in the way is drawn again only when asked for."""

    first_on = DayField("First day", [InputRequired("Enter the first day")])
    last_on = DayField("Last day", [InputRequired("Enter the last day"), not_before_first])
    suites = SelectMultipleField(
        "Suites",
        [InputRequired("Choose at least one suite")],
        coerce=int,
        description="Those open in these weeks are ticked; a closed one is not planned",
    )
    seed = IntegerField(
        "Seed",
        [Optional(), NumberRange(0, 2**31 - 1, "Enter a whole number from 0 to 2147483647")],
        description="Only to draw a rota again as it was: the same records and seed give the same rota",
    )
    replace = BooleanField(
        "Draw the draft again",
        description="Places you have locked in it stay. You see both, and choose which to keep.",
    )

    def __init__(self, offered: Sequence[SuiteLine], **more: Any) -> None:
        super().__init__(**more)
        self.suites.choices = [SelectChoice(line.id, line.name) for line in offered]


class OverrideForm(FlaskForm):
    reason = TextAreaField(
        "Why should it be so all the same?",
        [DataRequired("Say why: the reason is kept with the visit"), Length(max=500)],
    )


class PublishForm(FlaskForm):
    """`seal` is that of the review the coordinator looked at."""

    seal = HiddenField()
    reason = TextAreaField(
        "Why should it be so all the same?",
        [Length(max=500)],
        description="Kept with each of these duties, and shown on the rota.",
    )


class DropOutForm(FlaskForm):
    """Somebody who cannot come: `offered` are those with a visit to come, by id and name."""

    person = SelectField("Who cannot come?", [InputRequired("Choose who cannot come")], coerce=int)
    first_on = DayField("First day", [InputRequired("Enter the first day")])
    last_on = DayField("Last day", [InputRequired("Enter the last day"), not_before_first])

    def __init__(self, offered: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.person.choices = [SelectChoice(who, name) for who, name in offered]


class MovesForm(FlaskForm):
    """A change as it was shown: `seal` is that of the question it answers."""

    seal = HiddenField()
    moves = HiddenField()


class CancelForm(FlaskForm):
    cancelled_on = DayField("On which day was it cancelled?", [InputRequired("Enter the day")])
    reason = TextAreaField(
        "Why?",
        [DataRequired("Say why: the reason stands in the figures"), Length(max=500)],
        description="For example, the suite is closed for repairs. Both visitors read this.",
    )
