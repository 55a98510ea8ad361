"""A visit to people held under terrorism law: how it was arranged, when in the detention, who is told."""

from dataclasses import dataclass

from icv.rules.report.parts import Fault, Frame, Line, Part, answered

LONGEST_DETENTION_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class TerrorismNote(Part):
    """`detention_day` counts from 1, the day of arrest; the longest held person's where there are several."""

    was_arranged: bool | None = None
    arranged_words: str = ""
    detention_day: int | None = None
    reviewer_informed: bool | None = None

    def faults(self, frame: Frame) -> list[Fault]:
        if self.detention_day is None or 1 <= self.detention_day <= LONGEST_DETENTION_DAYS:
            return []
        sentence = f"Enter a day from 1, the day of arrest, to {LONGEST_DETENTION_DAYS}"
        return [Fault("detention_day", sentence)]

    def missing(self, frame: Frame) -> list[Fault]:
        lacking = []
        if self.was_arranged is None:
            lacking.append(Fault("was_arranged", "Say whether the visit was arranged beforehand"))
        if self.reviewer_informed is None:
            lacking.append(Fault("reviewer_informed", "Say whether the Independent Reviewer was told"))
        return lacking

    def lines(self) -> list[Line]:
        said = {True: "Yes", False: "No", None: None}
        return answered(
            [
                ("Arranged beforehand", said[self.was_arranged]),
                ("How it was arranged", self.arranged_words),
                ("Day of the detention", str(self.detention_day) if self.detention_day else None),
                ("Independent Reviewer told of the visit", said[self.reviewer_informed]),
            ]
        )
