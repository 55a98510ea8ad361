"""What every refusal has in common: a sentence for the person who asked, and the field it stands beside."""


class Refusal(ValueError):
    """An act is not done. The text says why and what next, and may be shown as it is.

    `field` is the name of the field it speaks of, None where it is about the whole.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
