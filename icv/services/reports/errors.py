"""Why a report is not saved or sent."""

from collections.abc import Sequence

from icv.rules.refusals import Refusal
from icv.rules.report import Fault, Section
from icv.store.reports import SavedPart


class ReportError(Refusal):
    """An act on a report that is refused; the text says why and what next."""


class NotOpen(ReportError):
    """The report cannot be written: not by this person, not yet, or no more."""


class Refused(ReportError):
    """Answers that cannot be so, each fault with its field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(f"{fault.sentence}." for fault in faults))
        self.faults = tuple(faults)


class Clash(ReportError):
    """Somebody else saved this part in between; None: they removed it."""

    def __init__(self, theirs: SavedPart | None) -> None:
        who = theirs.saved_by if theirs and theirs.saved_by else "Your partner"
        did = "changed" if theirs else "removed"
        super().__init__(
            f"{who} {did} this while you had it open. Compare the two below and save again to keep yours."
        )
        self.theirs = theirs


class Incomplete(ReportError):
    """A report that cannot be sent yet, with everything that is missing."""

    def __init__(self, missing: Sequence[tuple[Section, Fault]]) -> None:
        super().__init__("The report cannot be sent yet: some answers are missing.")
        self.missing = tuple(missing)
