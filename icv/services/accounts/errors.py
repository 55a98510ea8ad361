"""Refusals of acts on accounts."""

from icv.rules.refusals import Refusal


class AccountError(Refusal):
    """Why an act on an account is refused, in a sentence that may be shown."""
