"""The counters of all strands beside each other: they are never added together."""

from collections.abc import Iterator

from icv.rules.exhibits.modes import MODES
from icv.rules.exhibits.shape import Cell, Column, Exhibit, Kind, Row, Table
from icv.rules.exhibits.steps import NO_RECORDS
from icv.rules.figures.headline import Headline
from icv.rules.figures.panel import PanelFigures
from icv.rules.strands import COUNTED, STRANDS
from icv.rules.visits import Mode, VisitKind
from icv.rules.words import plural, plural_in_words, sentence

_NAMES = {
    VisitKind.TERRORISM: "Visits to terrorism detainees",
    VisitKind.RECORD_REVIEW: "Record reviews",
    VisitKind.DOG_WELFARE: "Dog-welfare visits",
}
_SINGULAR = {
    VisitKind.TERRORISM: ("visit to a terrorism detainee", "visits to terrorism detainees"),
    VisitKind.RECORD_REVIEW: ("record review", "record reviews"),
    VisitKind.DOG_WELFARE: ("dog-welfare visit", "dog-welfare visits"),
}


def strands(found: PanelFigures) -> Exhibit:
    compared = (found.headline, *found.others.values())
    rows = [
        *(_custody(mode, compared) for mode in Mode if mode is Mode.IN_PERSON or _was_used(mode, compared)),
        *(_other(kind, compared) for kind in _NAMES if _was_made(kind, compared)),
    ]
    return Exhibit(
        "strands",
        "Visits of each kind",
        words=tuple(_words(found.headline)),
        tables=(
            Table(
                "strands",
                "Visits attempted, by strand",
                "Strand",
                (
                    Column("This period"),
                    Column("Records or dogs seen", Kind.WORDS),
                    *(Column(words.capitalize()) for words in found.others),
                ),
                tuple(rows),
                said=(
                    "visits.attempted",
                    "strands.terrorism",
                    "strands.record_review",
                    "strands.dog_welfare",
                ),
                note="Each strand has a counter of its own: they are not added together.",
            ),
        ),
    )


def _was_used(mode: Mode, compared: tuple[Headline, ...]) -> bool:
    return any(one.strands.custody[mode] for one in compared)


def _was_made(kind: VisitKind, compared: tuple[Headline, ...]) -> bool:
    return any(one.strands.others[kind] for one in compared)


def _custody(mode: Mode, compared: tuple[Headline, ...]) -> Row:
    now, *others = (one.strands.custody[mode] if one.share.is_on_record else NO_RECORDS for one in compared)
    return Row(f"Custody visits {MODES[mode].lower()}", (now, None, *others))


def _other(kind: VisitKind, compared: tuple[Headline, ...]) -> Row:
    now, *others = compared
    seen: Cell = plural(now.strands.counted[kind], *COUNTED[kind]) if kind in STRANDS else None
    before = (
        one.strands.others[kind] if one.share.is_on_record or one.strands.others[kind] else NO_RECORDS
        for one in others
    )
    return Row(_NAMES[kind], (now.strands.others[kind], seen, *before))


def _words(now: Headline) -> Iterator[str]:
    for kind, names in _SINGULAR.items():
        made = now.strands.others[kind]
        if made and kind in STRANDS:
            counted = plural_in_words(now.strands.counted[kind], *COUNTED[kind])
            yield sentence(f"{plural_in_words(made, *names)}, {counted}")
        elif made:
            yield sentence(f"{plural_in_words(made, *names)} besides the custody visits")
