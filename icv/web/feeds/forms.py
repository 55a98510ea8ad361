"""The form that makes a calendar link."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class FeedForm(FlaskForm):
    label = StringField(
        "Where will you use it?",
        [DataRequired("Say where you will use it, for example My phone"), Length(max=60)],
        description="For example My phone, so that you know later which link to stop",
    )
