"""Leave and suspension: since when somebody is away, and when they come back, as their steps say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from icv.rules.stages import AWAY, VISITING, Stage
from icv.store.people.record import StepLine


@dataclass(frozen=True, slots=True)
class Absence:
    """`returns_on` is the first day back, None while nobody knows; `back_to` the stage they came from.

    The ids are those of the step away and of the step back.
    """

    stage: Stage
    since: date | None
    reason: str
    back_to: Stage
    step_id: int
    returns_on: date | None = None
    return_id: int | None = None

    def has_begun(self, day: date) -> bool:
        return self.since is None or self.since <= day

    def may_be_called_off(self, day: date) -> bool:
        """Leave of which no whole day has passed."""
        return self.stage is Stage.ON_LEAVE and self.since is not None and self.since >= day


def absence(steps: Sequence[StepLine], day: date) -> Absence | None:
    """The absence that goes on or comes, of a timeline with its latest step first; None: neither.

    An absence that an end to the appointment follows has no return.
    """
    standing = [step for step in reversed(steps) if not (step.corrects or step.is_undone)]
    back_to = Stage.ACTIVE
    for step, following in pairwise([*standing, None]):
        if step is None:
            break
        if step.stage in VISITING:
            back_to = step.stage
        if step.stage in AWAY and _is_still_away(following, day):
            back = following if following and following.stage in VISITING else None
            known = (back.on, back.id) if back else (None, None)
            return Absence(step.stage, step.on, step.reason, back_to, step.id, *known)
    return None


def _is_still_away(following: StepLine | None, day: date) -> bool:
    return following is None or (following.on is not None and following.on > day)
