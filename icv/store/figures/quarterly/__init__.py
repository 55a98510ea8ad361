"""What a quarterly return is filled from: entry, findings and what came of them, and what was good."""

from icv.store.figures.quarterly.concerns import CategoryLine, Impact
from icv.store.figures.quarterly.entry import Entry, LongWait
from icv.store.figures.quarterly.good import Positive
from icv.store.figures.quarterly.whole import Quarterly, quarterly

__all__ = ["CategoryLine", "Entry", "Impact", "LongWait", "Positive", "Quarterly", "quarterly"]
