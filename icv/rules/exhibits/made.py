"""All exhibits of the figures of a period, and those of them that depend on what is asked."""

from icv.rules.exhibits.compared import compared
from icv.rules.exhibits.completion import completion
from icv.rules.exhibits.detained import detained
from icv.rules.exhibits.diversity import diversity
from icv.rules.exhibits.entry import entry
from icv.rules.exhibits.findings import findings
from icv.rules.exhibits.modes import modes
from icv.rules.exhibits.recruitment import recruitment
from icv.rules.exhibits.replies import replies
from icv.rules.exhibits.shape import Exhibit
from icv.rules.exhibits.spread import spread, spread_of, with_weeks
from icv.rules.exhibits.strands import strands
from icv.rules.exhibits.trend import trend
from icv.rules.exhibits.visitors import visitors
from icv.rules.figures.panel import PanelFigures

__all__ = ["exhibits", "spread_of", "with_weeks"]

_MADE = (
    completion,
    compared,
    trend,
    spread,
    modes,
    strands,
    detained,
    entry,
    findings,
    replies,
    visitors,
    diversity,
    recruitment,
)
"""Each makes one exhibit; in the order of the panel's page."""


def exhibits(found: PanelFigures) -> dict[str, Exhibit]:
    """By key, in the order of the panel's page."""
    made = (make(found) for make in _MADE)
    return {exhibit.key: exhibit for exhibit in made}
