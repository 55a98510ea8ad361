"""The visitor on probation: how an accompanied visit went for them. Read by its pair and the coordinator."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from icv.rules.report.parts import Fault, Frame, Line, Part, Three, answered, three_ways

TRAINEE_CHECKS = {
    "took_part": "Took part in the conversations with detainees",
    "kept_role": "Kept to the role and to confidentiality",
    "ready": "Is ready for the next step",
}


@dataclass(frozen=True, slots=True)
class Trainee:
    """Whoever of a pair is on probation; `name` is empty where it is not known, as in a filed report."""

    person_id: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeNote(Part):
    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"checks": three_ways}

    checks: Mapping[str, Three] = field(default_factory=dict)
    went_well: str = ""
    work_on: str = ""

    def missing(self, frame: Frame) -> list[Fault]:
        if self.lines():
            return []
        return [Fault("checks", "Say how the visit went for the visitor on probation")]

    def lines(self) -> list[Line]:
        said = {Three.YES: "Yes", Three.NO: "No", Three.NOT_ASKED: None}
        checks = [
            (title, said[self.checks.get(check, Three.NOT_ASKED)]) for check, title in TRAINEE_CHECKS.items()
        ]
        return answered([*checks, ("What went well", self.went_well), ("What to work on", self.work_on)])
