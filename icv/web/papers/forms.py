"""Forms of panel papers."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from icv.rules.days import Period
from icv.rules.figures.periods import FIRST_YEAR, LAST_YEAR
from icv.rules.paper import PaperKind
from icv.rules.paper.head import Head, usual_kind
from icv.services.papers import MOST_WHY, MOST_WORDS
from icv.web.fields import DayField, SeenField
from icv.web.guarding import GuardedForm

MOST_LINE = 200
MOST_SENTENCE = 1_000


class NewForm(FlaskForm):
    kind = RadioField(
        "Which paper",
        choices=[SelectChoice(kind.value, kind.words) for kind in PaperKind],
        validators=[InputRequired("Choose which paper")],
    )
    first_on = DayField("First day", [InputRequired("Give the first day of the period")])
    last_on = DayField("Last day", [InputRequired("Give the last day of the period")])

    def suppose(self, period: Period) -> None:
        self.kind.data = usual_kind(period).value
        self.first_on.process_data(period.first)
        self.last_on.process_data(period.last)


class HeadForm(GuardedForm):
    """`seen` is the stamp of the head that was looked at."""

    seen = SeenField()
    title = StringField("Title", [DataRequired("Give the paper a title"), Length(max=MOST_LINE)])
    dated_on = DayField(
        "Date", [InputRequired("Give the date of the paper")], description="Usually the day of the meeting"
    )
    author = StringField("Author", [DataRequired("Say who the paper is from"), Length(max=MOST_LINE)])
    marking = StringField(
        "Security marking",
        [DataRequired("Give a marking"), Length(max=MOST_LINE)],
        description="As it stands at the top of every page, such as OFFICIAL",
    )
    purpose = TextAreaField("Purpose", [DataRequired("Say what it is for"), Length(max=MOST_SENTENCE)])
    asked = TextAreaField(
        "What the panel is asked", [DataRequired("Say what the panel is asked"), Length(max=MOST_SENTENCE)]
    )

    def validate_dated_on(self, field: DayField) -> None:
        if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValueError(f"Give a year between {FIRST_YEAR} and {LAST_YEAR}")

    @property
    def head(self) -> Head:
        title, author, marking, purpose, asked = (
            (line.data or "").strip()
            for line in (self.title, self.author, self.marking, self.purpose, self.asked)
        )
        return Head(title, author, marking, purpose, asked, self.dated_on.data)


class WordsForm(GuardedForm):
    """`seen` is the stamp of the paragraph that was looked at."""

    seen = SeenField()
    words = TextAreaField("Words of this paragraph", [Length(max=MOST_WORDS)])

    @property
    def typed(self) -> str:
        return " ".join((self.words.data or "").split())


class AddForm(WordsForm):
    words = TextAreaField("The paragraph", [Length(max=MOST_WORDS)])


class FreezeForm(FlaskForm):
    """`seal` is that of the draft that was looked at."""

    seal = SeenField()


class RestateForm(GuardedForm):
    why = TextAreaField(
        "Why is it restated?",
        [DataRequired("Say why it is restated"), Length(max=MOST_WHY)],
        description="The panel will read this: for example, two reports came in after the paper was sent",
    )
