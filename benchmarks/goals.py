"""What the design is held to: each goal a most or a least, by size and by what is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """Met by a value up to `most`, or from `least` on."""

    most: float | None = None
    least: float | None = None

    def is_met_by(self, value: float) -> bool:
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    def __str__(self) -> str:
        return f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"


# A fifth of what the best open peers need for the page that does the same, on a machine of two cores.
PEERS_MS = {
    "My duties": Goal(most=8),
    "A published rota": Goal(most=45),
    "A visit and its report": Goal(most=9),
    "A duty": Goal(most=9),
    "People": Goal(most=16),
    "Figures, two months": Goal(most=10),
    "Figures, a year": Goal(most=10),
}
ANY_PAGE_MS = {"london": Goal(most=50), "national": Goal(most=250)}
# Every visit of every scheme is counted anew.
MANY_YEARS_MS = {("national", "Figures, ten years"): Goal(most=1000)}

FEED_MS = {"small": Goal(most=18), "london": Goal(most=40), "national": Goal(most=40)}
FEED_UNCHANGED_MS = Goal(most=3)
FIRST_LOAD_KB = {"home": Goal(most=56), "the report": Goal(most=60)}
KEPT_KB = Goal(most=16)
REQUESTS_A_SECOND = Goal(least=100)
MEMORY_MB = Goal(most=150)
PAPER_SECONDS = {"pdf": Goal(most=0.5), "docx": Goal(most=1)}
STATS_SECONDS = {("national", 1): Goal(most=0.3), ("national", 10): Goal(most=2)}


def page_goal(size: str, title: str) -> Goal | None:
    return MANY_YEARS_MS.get((size, title)) or ANY_PAGE_MS.get(size) or PEERS_MS.get(title)
