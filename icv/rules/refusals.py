"""What every refusal has in common: its text is a sentence for the person who asked."""


class Refusal(ValueError):
    """An act is not done. The text says why and what next, and may be shown as it is."""
