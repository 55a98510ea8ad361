"""All that a panel reads of a period, gathered: its figures, what they are compared with, and their parts."""

from dataclasses import dataclass, field
from datetime import date

from icv.rules.figures.answers import Answers, Found
from icv.rules.figures.detained import Detained
from icv.rules.figures.diversity import Diversity
from icv.rules.figures.door import Door
from icv.rules.figures.headline import Headline, OnRecord
from icv.rules.figures.people import Recruitment, Visitors
from icv.rules.figures.shape import Figures
from icv.rules.figures.weeks import Step
from icv.rules.scheme import Choices


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """`choices` are those of the period's last day, but hide what is hidden on `as_of`.

    `before` ends where the period begins. `steps` tile the period; `years` are five, this period the last of
    them. Each is judged by the choices of its own last day.
    """

    now: Figures
    headline: Headline
    before: Headline
    year_before: Headline
    steps: tuple[Step, ...]
    years: tuple[Step, ...]
    on_record: OnRecord
    as_of: date
    choices: Choices
    detained: Detained = field(default_factory=Detained)
    doors: tuple[Door, ...] = ()
    found: Found = field(default_factory=Found)
    answers: Answers = field(default_factory=Answers)
    visitors: Visitors = field(default_factory=Visitors)
    recruitment: Recruitment = field(default_factory=Recruitment)
    diversity: Diversity | None = None

    @property
    def others(self) -> dict[str, Headline]:
        """What the period is held against, in words: of a year, the same a year earlier is the one before."""
        others = {"the period before": self.before}
        if self.year_before.period != self.before.period:
            others["a year earlier"] = self.year_before
        return others
