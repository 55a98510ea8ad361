"""A visit that one of the two could not make alone: what the other tells the coordinator."""

from dataclasses import dataclass

from icv.rules.report.parts import Fault, Frame, Line, Part, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentNote(Part):
    words: str = ""

    def faults(self, frame: Frame) -> list[Fault]:
        return [] if self.words else [Fault("words", "Say in a sentence what happened")]

    def lines(self) -> list[Line]:
        return answered([("What happened", self.words)])
