"""Between a part and the fields its form posts: what the phone keeps, sends, and fills its pages with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wtforms import BooleanField, Field, FieldList, FormField, RadioField, SelectField, SelectMultipleField

from icv.rules.report import FORM_VERSION, Fault, Part, kind_of, read
from icv.services.reports import Sent, SentPart
from icv.store.reports import SavedPart
from icv.web.fields import PartedField
from icv.web.form_words import fault_of
from icv.web.reports.forms import NOT_ANSWERS, SECTION_FORMS, PartForm
from icv.web.reports.lists import FORMS, LISTS, asking
from icv.web.reports.sent import PostedPart, PostedReport
from icv.web.typed import Typed

Fields = Mapping[str, str | list[str]]
FORM_OF: dict[str, type[PartForm]] = {**SECTION_FORMS, **LISTS, **FORMS}
"""The form of a part, by its name up to the number."""
WITH_CHOICES = (SelectField, RadioField, SelectMultipleField)
NO_SUCH_PART = Fault(
    "", "Today's form has no such part: what you wrote in it goes into the remarks on sending"
)
STAYS = Fault("", "Only people and findings can be taken out of a report")


@dataclass(frozen=True, slots=True)
class ReadPart:
    """What came of reading a part's fields. `part` is None where there are faults.

    `left_out`: what was typed into fields that the form of today does not have, by name.
    """

    part: Part | None
    faults: tuple[Fault, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


def is_part(name: str) -> bool:
    """Whether the report of today has a part of this name."""
    try:
        return kind_of(name) is FORM_OF[name.partition("-")[0]].kind
    except KeyError:
        return False


def read_part(one: PostedPart, form_version: int) -> ReadPart:
    """What is to become of one part of the draft."""
    if not is_part(one.name):
        return ReadPart(None, (NO_SUCH_PART,))
    if one.fields is None:
        return ReadPart(None, () if "-" in one.name else (STAYS,))
    return read_fields(one.name, one.fields, form_version)


def read_report(posted: PostedReport) -> Sent:
    """The report as its parts are read. A section without fields is one the phone says nothing of."""
    said = [one for one in posted.parts if one.fields is not None or "-" in one.name]
    read = {one.name: read_part(one, posted.form_version) for one in said if is_part(one.name)}
    unknown = {one.name: _all_words(one.fields or {}) for one in said if one.name not in read}
    left_out = {name: part.left_out for name, part in read.items()} | unknown
    return Sent(
        posted.submission,
        posted.digest,
        posted.form_version,
        posted.content,
        [
            SentPart(one.name, read[one.name].part, one.version)
            for one in said
            if one.name in read and not read[one.name].faults
        ],
        refused={name: part.faults for name, part in read.items() if part.faults},
        left_out={name: typed for name, typed in left_out.items() if typed},
        is_signed_together=posted.is_signed_together,
    )


def read_fields(name: str, fields: Fields, form_version: int) -> ReadPart:
    """The part as its page would read it: the form is the one rule book.

    Fields that the form does not have are left out and told. So are choices that it has no more, where the
    phone's form is of another version: nobody can correct on the phone what its own page still offers.
    """
    form = _form(name, fields)
    known = set(_names(form))
    left_out = _all_words({one: value for one, value in fields.items() if not _is_known(one, known)})
    if not form.validate() and form_version != FORM_VERSION:
        gone = [one.name for one in _flat(form) if isinstance(one, WITH_CHOICES) and one.errors]
        left_out |= _all_words({one: fields[one] for one in gone if one in fields})
        form = _form(name, {one: value for one, value in fields.items() if one not in gone})
        form.validate()
    faults = tuple(_faults(form))
    return ReadPart(None if faults else form.part(), faults, left_out)


def fields_of(name: str, saved: SavedPart) -> dict[str, str | list[str]]:
    """What the part's form would post, were it opened and sent untouched."""
    kind = FORM_OF[name.partition("-")[0]]
    form = asking(kind(formdata=None, obj=read(kind.kind, saved.answers), meta={"csrf": False}))
    return {one.name: posted for one in _flat(form) for posted in [_posted(one)] if posted is not None} | {
        f"{one.name}-{part}": typed
        for one in _flat(form)
        if isinstance(one, PartedField)
        for part, typed in one.parts.items()
        if typed or part != "which"
    }


def label_of(name: str, field_name: str) -> str:
    """The words beside a field, of today's form where it has the field."""
    if is_part(name):
        labels = {one.name: one.label.text for one in _flat(_form(name, {}))}
        if field_name in labels:
            return str(labels[field_name])
    return field_name.replace("-", " ").replace("_", " ").capitalize()


def _form(name: str, fields: Fields) -> PartForm:
    pairs = [(one, value) for one, typed in fields.items() for value in _values(typed)]
    # Without any field a form takes itself for not sent; every page sends its version.
    sent = Typed([*((one, value) for one, value in pairs if one not in NOT_ANSWERS), ("version", "0")])
    return asking(FORM_OF[name.partition("-")[0]](formdata=sent, meta={"csrf": False}))


def _flat(fields: PartForm | Sequence[Field]) -> Iterator[Field]:
    """The fields that are sent, those of forms within the form too."""
    for one in fields:
        if isinstance(one, FormField):
            yield from _flat(one.form)
        elif isinstance(one, FieldList):
            yield from _flat(one.entries)
        elif one.short_name not in NOT_ANSWERS:
            yield one


def _names(form: PartForm) -> Iterator[str]:
    yield from NOT_ANSWERS
    for one in form:
        if isinstance(one, FieldList):
            yield f"{one.name}-"
    for one in _flat(form):
        if isinstance(one, PartedField):
            yield from (f"{one.name}-{part}" for part in one.part_names)
        else:
            yield one.name


def _is_known(name: str, known: set[str]) -> bool:
    """A name that ends in a dash stands for all that begin so: a list of as many as are sent."""
    return name in known or any(one.endswith("-") and name.startswith(one) for one in known)


def _posted(one: Field) -> str | list[str] | None:
    if isinstance(one, PartedField):
        return None
    if isinstance(one, BooleanField):
        return "y" if one.data else None
    if isinstance(one, WITH_CHOICES):
        chosen = [choice.value for choice in one.iter_choices() if choice.selected]
        if isinstance(one, SelectMultipleField):
            return chosen
        return chosen[0] if chosen else None
    return str(one._value())


def _faults(form: PartForm) -> Iterator[Fault]:
    for one in _flat(form):
        yield from (Fault(one.name, fault_of(one.label.text, str(sentence))) for sentence in one.errors)
    yield from (Fault("", str(sentence)) for sentence in form.form_errors)


def _values(typed: str | list[str]) -> list[str]:
    return typed if isinstance(typed, list) else [typed]


def _all_words(fields: Fields) -> dict[str, str]:
    """Of each field in which something was typed, what."""
    typed = {
        name: ", ".join(value.strip() for value in _values(values) if value.strip())
        for name, values in fields.items()
    }
    return {name: words for name, words in typed.items() if words}
