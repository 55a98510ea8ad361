"""What else the example lets a panel see: visitors’ diversity, quality, another scheme, the public page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day, midnight
from icv.rules.figures.periods import latest_cycle
from icv.rules.monitoring import QUESTIONS
from icv.rules.quality import Evidence, Verdict
from icv.services import comparison, diversity, quality, settings
from icv.store.quality import criteria

ANOTHER_SCHEME = Path(__file__).parent / "data" / "another-scheme.json"
"""A figures file of a scheme that is not: its three suites, visits and people are invented."""

Numbers = Mapping[str, tuple[int, int]]
"""By answer: visitors who gave it, and the county’s share in tenths of a per cent."""
COUNTED: Mapping[str, Numbers] = {
    "age": {
        "18-24": (0, 112),
        "25-34": (0, 158),
        "35-44": (5, 164),
        "45-54": (6, 168),
        "55-64": (7, 162),
        "65-74": (6, 128),
        "75": (0, 108),
    },
    "sex": {"female": (15, 508), "male": (9, 492)},
    "disability": {"yes": (6, 178), "no": (18, 822)},
}
"""Invented, so that every table can be seen; the other questions were not asked."""
SOURCE = "Invented for the example"
JUDGED = (
    (Verdict.MET, "The agreement with the force was signed in April and is looked at every two years."),
    (Verdict.NOT_MET, "Visitors were last asked two years ago. Planned for the meeting in spring."),
)
"""The first criteria that no data show, in their order; what follows them nobody has judged yet."""
BINDER_BEGUN = timedelta(weeks=60)


def fill_what_the_panel_sees(session: Session, by: Actor, *, at: datetime) -> None:
    _count_diversity(session, by, at)
    _keep_binder(session, by, at)
    comparison.take_in(session, ANOTHER_SCHEME.read_bytes(), by=by, at=at)
    for name, value in (("publishes_statistics", True), ("accessibility_contact", "office@example.org")):
        settings.choose(session, name, value, effective_on=london_day(at), by=by, at=at)


def _count_diversity(session: Session, by: Actor, at: datetime) -> None:
    counted_on = latest_cycle(london_day(at)).first
    entered_at = midnight(counted_on) + timedelta(days=3, hours=11)
    survey = diversity.add_survey(session, counted_on, SOURCE, by=by, at=entered_at)
    for question in QUESTIONS:
        numbers = COUNTED.get(question.name, {})
        if numbers:
            visitors = {answer: given for answer, (given, _) in numbers.items()}
            county = {answer: tenths for answer, (_, tenths) in numbers.items()}
            diversity.enter_numbers(
                session, survey, question, visitors, county, seen=({}, {}), by=by, at=entered_at
            )


def _keep_binder(session: Session, by: Actor, at: datetime) -> None:
    """The list offered to begin with, which was begun more than a year ago."""
    quality.add_beginning(session, by=by, at=at - BINDER_BEGUN)
    unshown = [one for one in criteria(session) if one.evidence is Evidence.NONE]
    for one, (verdict, words) in zip(unshown, JUDGED, strict=False):
        quality.judge(session, one.id, verdict, words, None, version=one.version, by=by, at=at)
