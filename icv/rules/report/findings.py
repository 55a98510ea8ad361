"""What was wrong, as visitors write it down: settled on the spot, or to be answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from icv.rules.findings import FindingState
from icv.rules.report.parts import Fault, Frame, Line, Part, answered

SERIOUS_MEANS = (
    "Somebody's safety, health or dignity was at risk, or somebody said they were ill-treated."
    " The coordinator is told as soon as you send the report. If somebody is in danger now,"
    " tell the custody officer at once."
)


class Settled(StrEnum):
    """What became of it before the visitors left."""

    PUT_RIGHT = "put_right"
    ALREADY_ACTIONED = "already_actioned"
    NEEDS_REPLY = "needs_reply"

    @property
    def words(self) -> str:
        return SETTLED[self]


SETTLED = {
    Settled.PUT_RIGHT: "It was put right during the visit",
    Settled.ALREADY_ACTIONED: "The police had dealt with it already",
    Settled.NEEDS_REPLY: "It needs a reply from the police",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNote(Part):
    """`detail` is what the police may be shown, so it names nobody; `put_right_by` says who did what.

    `check` is the answer that showed it, such as contact.food; empty where none did.
    """

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"settled": Settled, "themes": tuple}

    category: str = ""
    detail: str = ""
    settled: Settled | None = None
    put_right_by: str = ""
    is_serious: bool = False
    check: str = ""
    themes: tuple[str, ...] = ()

    @property
    def state(self) -> FindingState:
        """As what it enters the record: anything serious is looked at by the coordinator first."""
        if self.is_serious or self.settled is Settled.NEEDS_REPLY:
            return FindingState.RAISED
        if self.settled is Settled.PUT_RIGHT:
            return FindingState.RESOLVED_AT_VISIT
        return FindingState.ALREADY_ACTIONED

    @property
    def what_became(self) -> str:
        """It was put right during the visit: Sergeant brought a blanket."""
        return ": ".join(filter(None, [self.settled.words if self.settled else "", self.put_right_by]))

    def faults(self, frame: Frame) -> list[Fault]:
        found = []
        if self.category not in frame.choices.finding_categories:
            found.append(Fault("category", "Choose what it is about"))
        if not self.detail:
            found.append(Fault("detail", "Describe what you saw or heard"))
        if self.settled is None:
            found.append(Fault("settled", "Say what became of it"))
        if self.settled is Settled.PUT_RIGHT and not self.put_right_by:
            found.append(Fault("put_right_by", "Say who put it right, and how"))
        if set(self.themes) - set(frame.choices.finding_themes):
            found.append(Fault("themes", "Choose among the themes"))
        return found

    def lines(self) -> list[Line]:
        return answered(
            [
                ("About", self.category),
                ("What you saw", self.detail),
                ("What became of it", self.what_became),
                ("Themes", ", ".join(self.themes)),
                ("Serious", "Yes" if self.is_serious else "No"),
            ]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsNote(Part):
    """Said of all findings together: that there is none."""

    nothing_to_raise: bool = False
