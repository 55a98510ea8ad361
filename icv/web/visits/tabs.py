"""The tabs over the lists of visits: where reports stand, whose word is waited for, who disagrees."""

from dataclasses import dataclass

from flask import url_for

from icv.rules.visits import ReportState
from icv.store.signing import how_many_disagreements, how_many_unsigned
from icv.store.visits import Span, register_counts
from icv.web.clock import today
from icv.web.db import db
from icv.web.lists import number_asked
from icv.web.pages import choices

SIZE = 50
TITLES = {
    ReportState.OVERDUE: "Reports overdue",
    ReportState.DUE: "Reports due",
    ReportState.IN: "Reports in",
    ReportState.COMING: "This week and later",
}
UNSIGNED, DISAGREEMENTS = "Not countersigned", "Disagreements"


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str
    is_current: bool
    count: int


def span_asked() -> Span:
    return Span(today(), choices().report_due_days, number_asked("suite"))


def tabs(counts: dict[ReportState, int], span: Span, current: ReportState | str) -> list[Tab]:
    """Disagreements are counted while nobody in the office has answered them."""
    suite = span.suite_id
    found = [
        Tab(title, url_for("visits.index", state=state.value, suite=suite), state == current, counts[state])
        for state, title in TITLES.items()
    ]
    unsigned = how_many_unsigned(db.session(), today=span.today, suite_id=suite)
    disagreeing = how_many_disagreements(db.session(), suite_id=suite, only_open=True)
    return [
        *found,
        Tab(UNSIGNED, url_for("visits.unsigned", suite=suite), current == UNSIGNED, unsigned),
        Tab(
            DISAGREEMENTS, url_for("visits.disagreements", suite=suite), current == DISAGREEMENTS, disagreeing
        ),
    ]


def tabs_of_list(span: Span, current: str) -> list[Tab]:
    return tabs(register_counts(db.session(), span), span, current)
