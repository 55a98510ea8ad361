"""Forms of the report's parts, and the fields they are made of."""

from icv.web.reports.forms.fields import SHORT, choices, words, yes_or_no
from icv.web.reports.forms.lists import ContactForm, ContactsForm, FindingForm, FindingsForm
from icv.web.reports.forms.parts import (
    NOT_ANSWERS,
    SECTION_FORMS,
    ArrivalForm,
    CountsForm,
    PartForm,
)
from icv.web.reports.forms.sending import SendForm

__all__ = [
    "NOT_ANSWERS",
    "SECTION_FORMS",
    "SHORT",
    "ArrivalForm",
    "ContactForm",
    "ContactsForm",
    "CountsForm",
    "FindingForm",
    "FindingsForm",
    "PartForm",
    "SendForm",
    "choices",
    "words",
    "yes_or_no",
]
