"""Nothing that the form library would say by itself is said: each of its sentences has one of ours."""

import ast
from pathlib import Path

import pytest
import wtforms
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FormField, IntegerField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange

from icv.web.form_words import COUNTED, WORDS

FOR_PROGRAMMERS = {"Choices cannot be None.", "Invalid field name '%s'."}
NOT_USED = {
    "CSRF failed.",
    "CSRF token expired.",
    "CSRF token missing.",
    "Invalid CSRF Token.",
    "Invalid IP address.",
    "Invalid Mac address.",
    "Invalid UUID.",
    "This field cannot be edited.",
    "This field is disabled and cannot have a value.",
}
"""Flask-WTF guards forms itself; no form here asks for the others."""


def spoken_by_the_library() -> set[str]:
    """The last of the words of each call: those for many, where it counts."""
    found = set()
    for path in Path(wtforms.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("gettext", "ngettext"):
                words = [one.value for one in call.args if isinstance(one, ast.Constant)]
                found |= {one for one in words[-1:] if isinstance(one, str)}
    return found


def test_every_sentence_of_the_library_has_one_of_ours() -> None:
    spoken = spoken_by_the_library()
    assert len(spoken) > 25
    assert spoken - WORDS.keys() - COUNTED.keys() == FOR_PROGRAMMERS | NOT_USED
    assert all(words.startswith("This field") for words in [*WORDS.values(), *COUNTED.values()])


class Within(wtforms.Form):  # type: ignore[misc]
    short = StringField("Short", validators=[Length(max=1)])


class Everything(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False

    long = StringField("How was it?", validators=[Length(max=1500)])
    one = SelectField("Which", choices=[SelectChoice("a", "A")])
    some = SelectMultipleField("", choices=[SelectChoice("a", "A")])
    number = IntegerField("People")
    most = IntegerField("Most", validators=[NumberRange(0, 6)])
    within = FormField(Within)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("long", "x" * 1501, "“How was it”: keep it to 1,500 characters"),
        ("one", "b", "“Which”: choose one of the list"),
        ("some", "b", "Choose one of the list"),
        ("number", "many", "“People” must be a whole number"),
        ("most", "7", "“Most”: enter a number from 0 to 6"),
        ("within-short", "xx", "“Short”: keep it to 1 character"),
    ],
)
def test_a_field_without_words_of_its_own_says_what_to_do(
    app: Flask, field: str, typed: str, said: str
) -> None:
    with app.test_request_context():
        form = Everything(MultiDict({"one": "a", field: typed}))
        assert not form.validate()
        name, _, inner = field.partition("-")
        found = form[name].form[inner] if inner else form[name]
        assert app.jinja_env.filters["fault_of"](found) == said
