"""Forms of the report's parts, and the fields they are made of."""

from icv.web.reports.forms.fields import SHORT, choices, words, yes_or_no
from icv.web.reports.forms.lists import ContactForm, ContactsForm, FindingForm, FindingsForm
from icv.web.reports.forms.parts import (
    NOT_ANSWERS,
    VISIT_FORMS,
    ArrivalForm,
    CountsForm,
    PartForm,
)
from icv.web.reports.forms.sending import SendForm
from icv.web.reports.forms.strands import DayForm, DogsForm, RecordForm, RecordsForm

SECTION_FORMS: dict[str, type[PartForm]] = {**VISIT_FORMS, "day": DayForm, "dogs": DogsForm}
"""The form of each section that is answered once, by its name."""

__all__ = [
    "NOT_ANSWERS",
    "SECTION_FORMS",
    "SHORT",
    "ArrivalForm",
    "ContactForm",
    "ContactsForm",
    "CountsForm",
    "DayForm",
    "FindingForm",
    "FindingsForm",
    "PartForm",
    "RecordForm",
    "RecordsForm",
    "SendForm",
    "choices",
    "words",
    "yes_or_no",
]
