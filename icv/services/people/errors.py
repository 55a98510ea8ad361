"""Why an act on a person's record is refused."""


class PeopleError(ValueError):
    """A sentence that may be shown; `field` names what it stands beside, `person_id` whom it speaks of."""

    def __init__(self, sentence: str, *, field: str | None = None, person_id: int | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.person_id = person_id
