"""A copy kept apart beside the filed report, answer by answer, as the coordinator reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from icv.rules.report import (
    ContactNote,
    DogsNote,
    Draft,
    FindingNote,
    Part,
    RecordNote,
    Section,
    SuiteNote,
    Three,
)
from icv.rules.report.parts import NOT_ASKED, checks_in_words
from icv.rules.report.strands import NOT_LOOKED_AT, NOT_RECORDED
from icv.services.reports import SentPart
from icv.store.submissions import Copy
from icv.web.reports.posted import is_part, label_of, read_part
from icv.web.reports.sent import PostedPart
from icv.web.reports.told import IN_LISTS

UNREAD = ", as it was typed"
UNSAID = (NOT_ASKED, NOT_RECORDED, NOT_LOOKED_AT)
SAID = {Three.YES: "Yes", Three.NO: "No", Three.NOT_ASKED: ""}


@dataclass(frozen=True, slots=True)
class Row:
    """An answer in both. Empty where one of them has none."""

    label: str
    filed: str
    copy: str

    @property
    def differs(self) -> bool:
        return self.filed != self.copy


@dataclass(frozen=True, slots=True)
class Compared:
    """A part of both, named as a person reads it. `is_only_here`: the filed report has nothing of it."""

    title: str
    rows: tuple[Row, ...]
    is_only_here: bool = False

    @property
    def apart(self) -> list[Row]:
        return [row for row in self.rows if row.differs]


def compared(copy: Copy, filed: Draft) -> list[Compared]:
    """Part by part, in the order of the report. Parts of which the copy says nothing are left out."""
    parts, unread = _parts_of(copy, filed)
    found = [_compare(title, other, own) for title, other, own in _beside(parts, filed)]
    return [*found, *unread]


def parts_of(copy: Copy) -> list[SentPart]:
    """What today's form can read of a copy that a phone sent."""
    read = [
        (name, read_part(PostedPart(name, None, fields), copy.form_version))
        for name, fields in copy.content.get("fields", {}).items()
        if is_part(name) and fields is not None
    ]
    return [SentPart(name, one.part) for name, one in read if one.part]


def _parts_of(copy: Copy, filed: Draft) -> tuple[dict[str, Part], list[Compared]]:
    """The copy's parts as today's form reads them, and the rest as it was typed."""
    if "answers" in copy.content:
        return dict(Draft.of(copy.content["answers"], questions=filed.questions).parts), []
    parts, unread = {}, []
    for name, fields in copy.content["fields"].items():
        if fields is None:
            continue
        read = read_part(PostedPart(name, None, fields), copy.form_version) if is_part(name) else None
        left = fields if read is None or read.faults else read.left_out
        if read and read.part:
            parts[name] = read.part.asked(filed.questions)
        if left:
            unread.append(Compared(f"{_title(name)}{UNREAD}", tuple(_typed(name, left)), is_only_here=True))
    return parts, unread


def _beside(parts: dict[str, Part], filed: Draft) -> Iterator[tuple[str, Part | None, Part]]:
    """Each part of the copy with the filed one it belongs to: people by custody number, findings by words."""
    people = {one.custody_number.casefold(): one for one in filed.contacts.values()}
    records = {one.custody_number.casefold(): one for one in filed.records.values()}
    findings = {(one.category, one.detail): one for one in filed.findings.values()}
    for name in sorted(parts, key=_place):
        part = parts[name]
        if isinstance(part, ContactNote):
            yield (
                part.custody_number or "A person without number",
                people.get(part.custody_number.casefold()),
                part,
            )
        elif isinstance(part, RecordNote):
            yield f"Record {part.custody_number}", records.get(part.custody_number.casefold()), part
        elif isinstance(part, FindingNote):
            yield f"Finding: {part.category}", findings.get((part.category, part.detail)), part
        else:
            yield _title(name), filed.parts.get(name), part


def _compare(title: str, filed: Part | None, copy: Part) -> Compared:
    theirs, own = _answers(filed) if filed else {}, _answers(copy)
    labels = [*own, *(label for label in theirs if label not in own)]
    rows = tuple(Row(label, theirs.get(label, ""), own.get(label, "")) for label in labels)
    return Compared(title, rows, is_only_here=filed is None)


def _answers(part: Part) -> dict[str, str]:
    """In words, by label; a check each, where a report read as a letter says them together."""
    lines = {line.label: line.words for line in part.lines()}
    if not isinstance(part, ContactNote | SuiteNote | RecordNote | DogsNote):
        return lines
    together = {label for unsaid in UNSAID for label, _ in checks_in_words({}, part.titles, unsaid)}
    checks = {title: SAID[part.checks.get(check, Three.NOT_ASKED)] for check, title in part.titles.items()}
    rest = {label: words for label, words in lines.items() if label not in together}
    return rest | {title: words for title, words in checks.items() if words}


def _typed(part: str, fields: Mapping[str, str | list[str]]) -> Iterator[Row]:
    for name, typed in fields.items():
        words = ", ".join(typed) if isinstance(typed, list) else typed
        if words:
            yield Row(label_of(part, name), "", words)


def _title(name: str) -> str:
    return Section(name).words if name in set(Section) else name.partition("-")[0].capitalize()


def _place(name: str) -> tuple[int, str]:
    order = [*Section]
    word = IN_LISTS.get(name.partition("-")[0], name)
    return (order.index(Section(word)) if word in set(Section) else len(order), name)
