"""The share of scheduled visits completed: by suite, and why the others were not."""

from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Kind, Picture, Row, Share, Table
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.shape import VisitFigures


def completion(found: PanelFigures) -> Exhibit:
    visits, suites = found.now.visits, found.now.suites
    return Exhibit(
        "completion",
        "Visits completed",
        drawings=(
            Drawing(
                Picture.COMPLETION,
                "Visits completed of those scheduled, by suite",
                "completion-by-suite",
                tuple((suite.suite, suite.completed, suite.scheduled) for suite in suites if suite.scheduled),
            ),
        ),
        tables=(
            Table(
                "completion-by-suite",
                "Scheduled visits completed, by suite",
                "Suite",
                (Column("Completed", Kind.SHARE),),
                tuple(Row(suite.suite, (Share(suite.completed, suite.scheduled),)) for suite in suites),
                Row("All suites", (Share(visits.completed, visits.scheduled),)),
                said=("visits.scheduled", "visits.completed", "visits.completion_percent"),
            ),
            _not_completed(visits),
        ),
    )


def _not_completed(visits: VisitFigures) -> Table:
    rest = visits.scheduled - visits.completed - visits.missed - visits.overdue_report - visits.cancelled_late
    reasons = (
        ("Did not happen", visits.missed),
        ("Cancelled once the week had begun", visits.cancelled_late),
        ("No report yet", visits.overdue_report),
        ("Broken off, refused or found closed", rest),
    )
    return Table(
        "not-completed",
        "Scheduled visits not completed, by reason",
        "Reason",
        (Column("Visits"),),
        tuple(Row(reason, (number,)) for reason, number in reasons if number),
        Row("Not completed", (visits.scheduled - visits.completed,)),
        said=("visits.missed", "visits.cancelled_late", "visits.overdue_report"),
    )
