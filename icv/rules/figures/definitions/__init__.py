"""What each figure counts, in words, once: pages and papers print these under their tables."""

from icv.rules.figures.definitions.detainees import DETAINEES
from icv.rules.figures.definitions.diversity import DIVERSITY
from icv.rules.figures.definitions.findings import FINDINGS
from icv.rules.figures.definitions.quality import QUALITY
from icv.rules.figures.definitions.visits import VISITS
from icv.rules.figures.definitions.volunteers import VOLUNTEERS
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome

__all__ = ["definitions"]


def definitions(choices: Choices) -> dict[str, str]:
    """By the figure's published name after its part's: `visits.scheduled`. Says the scheme's own choices."""
    outcomes = " or ".join(outcome.words for outcome in Outcome if outcome in choices.completed_outcomes)
    return _DEFINITIONS | {
        "visits.completed": f"Scheduled visits of the period that are due, with the outcome {outcomes}.",
        "suites.timeslots_defined": (
            f"The timeslots of a week: seven days of {len(choices.bands)} bands"
            f" ({', '.join(choices.grid.band_names)}). A night belongs to the day it begins on."
        ),
    }


_DEFINITIONS = VISITS | DETAINEES | FINDINGS | VOLUNTEERS | DIVERSITY | QUALITY
