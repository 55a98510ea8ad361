"""What every refusal of an act has: a sentence that may be shown, and the field it stands beside."""

from icv.rules import refusals


class Refusal(refusals.Refusal):
    """`field` is the name of the field it speaks of, None where it is about the whole."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
