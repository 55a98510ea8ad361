"""Why a panel paper is not drafted, written over or frozen so."""

from icv.rules.refusals import Refusal


class PaperError(Refusal):
    """The text may be shown."""
