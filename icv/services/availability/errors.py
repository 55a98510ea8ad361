"""Why something about availability is not done."""

from datetime import timedelta

from icv.rules.refusals import Refusal

FURTHEST = timedelta(days=2 * 366)
"""So far ahead of today days may be given, or asked about."""


class AvailabilityError(Refusal):
    """Why an answer or a call cannot be taken, in a sentence that may be shown."""
