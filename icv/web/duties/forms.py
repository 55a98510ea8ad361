"""The form of declining a duty."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length


class DeclineForm(FlaskForm):
    reason = TextAreaField(
        "Why can’t you? (if you wish to say)",
        [Length(max=500)],
        description="The coordinator reads this; your partner does not",
    )
