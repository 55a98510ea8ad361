"""Remarks: what was good, what else there is to say, and whether anything serious was seen."""

from dataclasses import dataclass

from icv.rules.report.parts import Fault, Frame, Line, Part, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks(Part):
    positives: str = ""
    other: str = ""
    saw_serious: bool | None = None

    def missing(self, frame: Frame) -> list[Fault]:
        if self.saw_serious is None:
            return [Fault("saw_serious", "Say whether you saw or heard anything serious, even if nothing")]
        return []

    def lines(self) -> list[Line]:
        said = None if self.saw_serious is None else ("Yes" if self.saw_serious else "No, nothing")
        return answered(
            [("What was good", self.positives), ("Anything else", self.other), ("Anything serious", said)]
        )
