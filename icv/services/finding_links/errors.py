"""What is refused about links to findings."""

from icv.rules.refusals import Refusal


class LinkError(Refusal):
    """An act that is refused; the text says why and what next."""
