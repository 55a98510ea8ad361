"""What a form says where a field has no words of its own: a visitor's, in place of the form library's.

A page puts the name of the field in place of "This field"."""

from flask import Flask
from wtforms.meta import DefaultMeta

from icv.rules.words import capital

CHOOSE = "This field: choose one of the list"
NUMBER = "This field must be a number"

WORDS = {
    "This field is required.": "This field is required.",
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "Not a valid integer value.": "This field must be a whole number",
    "Not a valid decimal value.": NUMBER,
    "Not a valid float value.": NUMBER,
    "Number must be at least %(min)s.": "This field: enter %(min)s or more",
    "Number must be at most %(max)s.": "This field: enter %(max)s or less",
    "Number must be between %(min)s and %(max)s.": "This field: enter a number from %(min)s to %(max)s",
    "Not a valid date value.": "This field: enter a day as day, month and year",
    "Not a valid datetime value.": "This field: enter a day and a time",
    "Not a valid time value.": "This field: enter a time, such as 14:30",
    "Not a valid week value.": "This field: enter a week",
    "Date must be at least %(min)s.": "This field: enter %(min)s or a later day",
    "Date must be at most %(max)s.": "This field: enter %(max)s or an earlier day",
    "Date must be between %(min)s and %(max)s.": "This field: enter a day from %(min)s to %(max)s",
    "Field must be between %(min)d and %(max)d characters long.": (
        "This field: write %(min)d to %(max)d characters"
    ),
    "Field must be equal to %(other_name)s.": "This field: enter the same twice",
    "Invalid email address.": "This field: enter an e-mail address, such as name@example.org",
    "Invalid URL.": "This field: enter a web address, such as https://example.org",
    "Invalid input.": "This field: write it another way",
    "Invalid value, must be one of: %(values)s.": CHOOSE,
    "Invalid value, can't be any of: %(values)s.": "This field: choose something else",
    "File does not have an approved extension.": "This field: choose a file of another kind",
}

COUNTED = {
    "Field must be at least %(min)d characters long.": "This field: write at least {n:,} {characters}",
    "Field cannot be longer than %(max)d characters.": "This field: keep it to {n:,} {characters}",
    "Field must be exactly %(max)d characters long.": "This field: write exactly {n:,} {characters}",
    "'%(value)s' are not valid choices for this field.": CHOOSE,
}
"""By the library's words for many."""


class Words:
    """What the form library takes for a translation."""

    def gettext(self, string: str) -> str:
        return WORDS.get(string, string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        known = COUNTED.get(plural, singular if n == 1 else plural)
        return known.format(n=n, characters="character" if n == 1 else "characters")


def fault_of(label: str, sentence: str) -> str:
    """The sentence as a page says it, where several fields may be at fault."""
    name = label.strip().strip("?: ")
    if name:
        return sentence.replace("This field", f"“{name}”")
    said = sentence.removeprefix("This field: ")
    return capital(said)


def speak_plainly(app: Flask) -> None:
    """From now on, in forms and in forms within forms, whose library has no other place for it."""
    words = Words()
    app.config["WTF_I18N_ENABLED"] = False  # else forms ask Flask-Babel, which this service does not use
    app.jinja_env.filters["fault_of"] = lambda field: fault_of(field.label.text, str(field.errors[0]))
    DefaultMeta.get_translations = lambda *_: words
