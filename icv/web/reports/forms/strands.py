"""Forms of what reports of other strands ask: the day, records that were read, dogs that were seen."""

from datetime import date
from typing import ClassVar

from wtforms import IntegerField, StringField
from wtforms.validators import Length, Optional

from icv.rules.report import DayNote, DogsNote, Part, RecordNote, RecordsNote
from icv.rules.report.strands import NOT_LOOKED_AT, NOT_RECORDED
from icv.web.fields import DayField
from icv.web.reports.asked import form_choices
from icv.web.reports.forms.fields import SHORT, ChecksField, words
from icv.web.reports.forms.parts import PartForm


class DayForm(PartForm):
    kind: ClassVar[type[Part]] = DayNote

    on = DayField("On which day?", [Optional()])

    def suppose_day(self, day: date) -> None:
        """Mostly today; what is saved or typed stays."""
        if not self.is_submitted() and self.on.data is None:
            self.on.process_data(day)


class RecordForm(PartForm):
    kind: ClassVar[type[Part]] = RecordNote

    custody_number = StringField("Number", [Length(max=20)])
    checks = ChecksField("What the record shows", lambda asked: asked.record_checks, NOT_RECORDED)
    remarks = words("Remarks", "Never write a name, or what somebody is suspected of")

    def ask_for_number(self) -> None:
        """By custody number or by its number in the sample, as the scheme chooses."""
        by_custody_number = form_choices().records_by_custody_number
        self.custody_number.label.text = "Custody number" if by_custody_number else "Number in the sample"
        source = "on the record" if by_custody_number else "the sample numbers it"
        self.custody_number.description = f"As {source}, never a name"


class RecordsForm(PartForm):
    kind: ClassVar[type[Part]] = RecordsNote

    sample = words("How were they chosen?", "For example: every tenth of last month, all of children", SHORT)


class DogsForm(PartForm):
    kind: ClassVar[type[Part]] = DogsNote

    seen = IntegerField("How many dogs did you see?", [Optional()], description="0 if none was there")
    checks = ChecksField("What you saw", lambda asked: asked.dog_checks, NOT_LOOKED_AT)
    notes = words("Notes", "What is wrong and should be answered belongs in Findings")
