"""Why a count of diversity cannot be kept so, in a sentence that may be shown."""

from icv.rules.refusals import Refusal


class DiversityError(Refusal):
    """The text says what is in the way and what to do."""
