"""Why something cannot be done with a rota, in a sentence that may be shown."""


class RotaError(ValueError):
    """The text says what is in the way and what to do."""
