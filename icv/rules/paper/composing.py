"""A paper put together: its head, the blocks of its kind, definitions, and how much was counted."""

from collections.abc import Mapping, Sequence

from icv.rules.exhibits.made import exhibits
from icv.rules.figures import Figures, definitions
from icv.rules.figures.panel import PanelFigures
from icv.rules.paper.annual import annual
from icv.rules.paper.committee import committee
from icv.rules.paper.document import Block, Paper, PaperKind, Paragraph, Restated
from icv.rules.paper.extracts import with_extracts
from icv.rules.paper.head import Head
from icv.rules.paper.restating import IN_TRAINING, IN_VETTING, Earlier, with_differences
from icv.rules.paper.sections import tables_in
from icv.rules.scheme import Choices

OF_THE_SUMMARY = (
    *("visits.scheduled", "visits.completed", "visits.completion_percent", "visits.undertaken"),
    *("findings.serious", "volunteers.applications", "volunteers.in_vetting", "volunteers.projected"),
)
"""Figures of the summary's sentences."""


def live_blocks(
    kind: PaperKind, found: PanelFigures, named: Choices, earlier: Earlier | None = None
) -> tuple[Block, ...]:
    """What the figures say now, before anybody writes over it.

    `named` are the choices of the day it is written, by whose names the scheme goes; those of the period are
    the figures’ own. `earlier` is the paper it restates.
    """
    shown = exhibits(found)
    is_short = kind is PaperKind.COMMITTEE
    now, as_of = found.now, found.as_of
    blocks = with_extracts(committee(now, shown, as_of) if is_short else annual(now, shown, named, as_of))
    return with_differences(blocks, counted(now), earlier) if earlier else blocks


def composed(
    kind: PaperKind,
    head: Head,
    found: PanelFigures,
    blocks: Sequence[Block],
    *,
    named: Choices,
    restated: Restated | None = None,
) -> Paper:
    """Without a reference. `blocks` are those that stay: see `wording.kept`."""
    return Paper(
        kind=kind.words,
        title=head.title,
        scheme=named.scheme_name,
        office=named.office_name,
        period=found.now.period,
        as_of=found.as_of,
        dated_on=head.dated_on,
        author=head.author,
        marking=head.marking,
        purpose=head.purpose,
        asked=head.asked,
        blocks=tuple(blocks),
        definitions=_definitions(blocks, definitions(found.choices)),
        counts=counted(found.now),
        restated=restated,
    )


def _definitions(blocks: Sequence[Block], said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Of the figures that the blocks show, each once, in the order they are met."""
    summed_up = any(isinstance(block, Paragraph) and block.is_summary for block in blocks)
    keys = (*(OF_THE_SUMMARY if summed_up else ()), *(key for one in tables_in(blocks) for key in one.said))
    return tuple((key, said[key]) for key in dict.fromkeys(keys) if key in said)


def counted(now: Figures) -> dict[str, int]:
    """How many records of each kind the figures were counted from."""
    visits = now.visits
    return {
        "visits planned": visits.scheduled + visits.cancelled + visits.not_yet_due,
        "visits attempted": visits.attempted,
        "people in custody": now.detainees.in_custody,
        "findings": now.findings.raised,
        "suites": len(now.suites),
        "visitors": now.volunteers.opening + now.volunteers.joined,
        "applications": now.volunteers.applications,
        IN_VETTING: now.volunteers.in_vetting,
        IN_TRAINING: now.volunteers.in_training,
    }
