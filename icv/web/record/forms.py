"""The one thing a volunteer changes on their record themselves."""

from flask_wtf import FlaskForm
from wtforms import TelField
from wtforms.validators import Length


class PhoneForm(FlaskForm):
    phone = TelField(
        "Your telephone number",
        [Length(max=40)],
        description="As it is dialled, with its first 0 or +. Leave it empty to have none on record",
    )
