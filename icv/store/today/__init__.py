"""What waits for the coordinator, gathered over all subjects."""

from icv.store.today.people import Current, people_on
from icv.store.today.waiting import About, Urgency, Waiting
from icv.store.today.whole import AtAGlance, at_a_glance, waiting

__all__ = ["About", "AtAGlance", "Current", "Urgency", "Waiting", "at_a_glance", "people_on", "waiting"]
