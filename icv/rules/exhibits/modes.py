"""How visits were made and what came of them: in person, by telephone, by video."""

from collections.abc import Iterator

from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Kind, Picture, Row, Share, Table
from icv.rules.exhibits.told import listed, told_alike
from icv.rules.figures import VisitFigures
from icv.rules.figures.panel import PanelFigures
from icv.rules.visits import Mode, Outcome
from icv.rules.words import number_in_words, plural_in_words, sentence, were

MODES = {Mode.IN_PERSON: "In person", Mode.TELEPHONE: "By telephone", Mode.VIDEO: "By video"}
_OUTCOMES = {
    Outcome.COMPLETED: "Completed",
    Outcome.ABANDONED: "Broken off",
    Outcome.NO_ACCESS: "Entry refused",
    Outcome.SUITE_CLOSED: "Suite closed",
}


def modes(found: PanelFigures) -> Exhibit:
    visits = found.now.visits
    used = [mode for mode in Mode if visits.by_mode[mode]]
    caption = "Attempted visits, by mode and outcome"
    return Exhibit(
        "modes",
        "How visits were made",
        words=tuple(_words(visits, used)),
        drawings=(
            Drawing(
                Picture.BARS,
                "Attempted visits, by mode",
                "modes",
                tuple((MODES[mode], visits.by_mode[mode]) for mode in Mode),
            ),
        )
        if len(used) > 1
        else (),
        tables=(_table(visits, caption),),
    )


def _table(visits: VisitFigures, caption: str) -> Table:
    made = visits.by_mode_and_outcome
    return Table(
        "modes",
        caption,
        "Mode",
        (*(Column(words) for words in _OUTCOMES.values()), Column("All", Kind.SHARE)),
        tuple(
            Row(
                MODES[mode],
                (
                    *(made.get((mode, outcome), 0) for outcome in _OUTCOMES),
                    Share(visits.by_mode[mode], visits.attempted),
                ),
            )
            for mode in Mode
        ),
        Row(
            "All modes",
            (
                *(sum(made.get((mode, outcome), 0) for mode in Mode) for outcome in _OUTCOMES),
                Share(visits.attempted, visits.attempted),
            ),
        ),
        said=(
            "visits.attempted",
            "visits.by_mode",
            "visits.abandoned",
            "visits.no_access",
            "visits.suite_closed",
        ),
    )


def _words(visits: VisitFigures, used: list[Mode]) -> Iterator[str]:
    if not visits.attempted:
        yield "No visits were attempted in the period."
        return
    attempted = plural_in_words(visits.attempted, "visit")
    yield sentence(f"{attempted} {were(visits.attempted)} attempted{_by_mode(visits, used)}")
    if visits.extra:
        yield sentence(f"{number_in_words(visits.extra)} of these {were(visits.extra)} on no published rota")


def _by_mode(visits: VisitFigures, used: list[Mode]) -> str:
    if len(used) > 1:
        numbers = told_alike(visits.by_mode[mode] for mode in used)
        by_mode = [f"{number} {MODES[mode].lower()}" for mode, number in zip(used, numbers, strict=True)]
        return f": {listed(by_mode)}"
    all_of_them = ", all of them" if visits.attempted > 1 else ","
    return "".join(f"{all_of_them} {MODES[mode].lower()}" for mode in used)
