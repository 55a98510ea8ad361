"""What is refused about findings."""

from icv.rules.refusals import Refusal


class FindingError(Refusal):
    """An act that is refused; the text says why and what next."""
