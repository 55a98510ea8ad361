"""The share of scheduled visits completed, in a stretch of time: as a cell, and what it counts."""

from icv.rules.exhibits.shape import Share
from icv.rules.figures.weeks import Step

NO_RECORDS = "no records"
OF_THE_SHARE = ("visits.scheduled", "visits.completed", "visits.completion_percent")
"""Keys of `definitions`."""


def share_of(step: Step) -> Share | str:
    """A share of nothing where nothing was scheduled: that is not the same as no records."""
    return Share(step.completed, step.scheduled) if step.is_on_record else NO_RECORDS
