"""Forms for what a volunteer changes or declares themselves."""

from flask_wtf import FlaskForm
from wtforms import EmailField, TelField
from wtforms.validators import InputRequired, Length

from icv.web.accounts.forms import AN_ADDRESS


class PhoneForm(FlaskForm):
    phone = TelField(
        "Your telephone number",
        [Length(max=40)],
        description="As it is dialled, with its first 0 or +. Leave it empty to have none on record",
    )


class AddressForm(FlaskForm):
    email = EmailField(
        "Your new e-mail address",
        [InputRequired("Enter your new e-mail address"), Length(max=254), AN_ADDRESS],
        description="You sign in with it once it is confirmed",
    )
