"""Forms of signing in and of choosing a password."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from icv.rules.bounds import MOST_NAME
from icv.rules.reaching import LONGEST_ADDRESS, is_email
from icv.services.accounts import password_faults


def has_an_address(form: Form, field: Field) -> None:
    if not is_email((field.data or "").strip()):
        raise ValidationError("Enter an e-mail address, like name@example.org")


class SignInForm(FlaskForm):
    email = EmailField(
        "E-mail address", [InputRequired("Enter your e-mail address"), Length(max=LONGEST_ADDRESS)]
    )
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=200)])
    next = HiddenField()
    kept = HiddenField()


class ForgottenForm(FlaskForm):
    email = EmailField(
        "E-mail address",
        [InputRequired("Enter your e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
    )


class PasswordForm(FlaskForm):
    """A new password; `email` is set by the view, so that the password is not made of it."""

    email = ""
    password = PasswordField(
        "New password",
        [InputRequired("Choose a password")],
        description="At least 12 characters. Three or four unrelated words work well.",
    )

    def validate_password(self, field: Any) -> None:
        if faults := password_faults(field.data, email=self.email):
            raise ValidationError(" ".join(faults))


class LinkForm(FlaskForm):
    """A button and nothing to fill in."""


class SetUpForm(FlaskForm):
    scheme_name = StringField(
        "Name of the scheme",
        [DataRequired("Enter the scheme's name"), Length(max=MOST_NAME)],
        description="As visitors and the panel will read it, for example Fenshire custody visiting scheme",
    )
    name = StringField("Your name", [DataRequired("Enter your name"), Length(max=MOST_NAME)])
    email = EmailField(
        "Your e-mail address",
        [InputRequired("Enter your e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
    )
    password = PasswordField(
        "Password",
        [InputRequired("Choose a password")],
        description="At least 12 characters. Three or four unrelated words work well.",
    )

    def validate_password(self, field: Any) -> None:
        if faults := password_faults(field.data, email=self.email.data or ""):
            raise ValidationError(" ".join(faults))
