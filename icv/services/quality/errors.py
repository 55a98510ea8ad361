"""Why the quality binder cannot be changed so, in a sentence that may be shown."""

from icv.rules.refusals import Refusal


class QualityError(Refusal):
    """The text says what is in the way and what to do."""
