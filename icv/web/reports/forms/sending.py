"""The form that sends the report."""

from flask_wtf import FlaskForm
from wtforms import BooleanField


class SendForm(FlaskForm):
    """`together` is the word of the one who sends it; the other is told, and may say otherwise."""

    together = BooleanField(
        "We have both read it, and sign it together",
        description="Without the tick your partner is asked to read and countersign it afterwards.",
    )
