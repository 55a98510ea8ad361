"""Why cover cannot be asked for or given, in a sentence that may be shown."""

from icv.rules.refusals import Refusal


class CoverError(Refusal):
    """The text says what is in the way and what to do."""
