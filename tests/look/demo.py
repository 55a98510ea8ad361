"""A small app that shows every piece of the kit on one page, for looking at and for testing."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, render_template
from flask_wtf import FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from icv.rules.days import WEEKDAYS
from icv.rules.timeslots import Grid
from icv.web.fields import ClockField, DayField, MomentField
from icv.web.form_words import speak_plainly

ROOT = Path(__file__).parents[2]
GRID = Grid()
OUTCOMES = [SelectChoice("completed", "Completed"), SelectChoice("no_access", "No access")]


class EveryForm(FlaskForm):
    """One field of each kind."""

    name = StringField("Name", [InputRequired()], description="As on the identity card.")
    email = EmailField("E-mail address", [InputRequired()])
    password = PasswordField("Password")
    remarks = TextAreaField("Remarks")
    in_custody = IntegerField("In custody on arrival", [Optional(), NumberRange(min=0)])
    offered = IntegerField("Offered a visit", [Optional()])
    observed = IntegerField("Observed only", [Optional()])
    suite = SelectField(
        "Suite", choices=[SelectChoice("a", "Euston Street"), SelectChoice("b", "Beaumont Leys")]
    )
    outcome = RadioField("How did the visit end?", [InputRequired()], choices=OUTCOMES)
    reason = StringField("Why was there no access?")
    strands = SelectMultipleField("Trained for", choices=[SelectChoice("tact", "Terrorism visits")])
    agreed = BooleanField(
        "I have read the agreement", [InputRequired()], description="Version 3, March 2026."
    )
    day = DayField("When were you appointed?", [InputRequired()], description="For example, 27 3 2026")
    left_at = ClockField("Time you left", [Optional()])
    arrived_at = MomentField("When did you arrive?", [Optional()])
    card = FileField("Photograph")
    free = SelectMultipleField(
        "When can you visit?",
        choices=[SelectChoice(f"{day}-{band}", GRID.name_of((day, band))) for day, band in GRID.slots()],
    )


@dataclass(frozen=True)
class Place:
    label: str
    href: str
    is_current: bool = False
    count: int | None = None


def demo_app() -> Flask:
    app = Flask("demo", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.jinja_loader = ChoiceLoader(  # type: ignore[assignment]
        [
            FileSystemLoader(str(ROOT / "templates")),
            FileSystemLoader(str(Path(__file__).parent / "templates")),
        ]
    )
    speak_plainly(app)
    app.jinja_env.undefined = StrictUndefined
    app.config.update(SECRET_KEY="demo", WTF_CSRF_ENABLED=False, TESTING=True)

    @app.route("/", methods=["GET", "POST"])
    def every() -> tuple[str, int]:
        form = EveryForm()
        sound = form.validate_on_submit() or not form.is_submitted()
        return render_template("every.html", form=form, **around()), 200 if sound else 422

    return app


def around() -> dict[str, object]:
    """What the real pages are always given."""
    return {
        "scheme_name": "Leicestershire custody visiting",
        "marking": "OFFICIAL",
        "navigation": [
            Place(word, "/", word == "People") for word in ("Today", "People", "Rota", "Visits", "Panel")
        ],
        "signed_in_as": "Ann Example",
        "sign_out_href": "/",
        "csrf_field": lambda: Markup('<input type="hidden" name="csrf_token" value="x">'),
        "footer_links": [("Accessibility", "/"), ("Privacy", "/")],
        "days": WEEKDAYS,
        "bands": GRID.band_names,
        "places": [Place("Everybody", "/", True, 31), Place("In vetting", "/", False, 15)],
    }
