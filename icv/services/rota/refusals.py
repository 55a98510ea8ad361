"""Why something cannot be done with a rota, in a sentence that may be shown."""

from icv.rules.refusals import Refusal


class RotaError(Refusal):
    """The text says what is in the way and what to do."""
