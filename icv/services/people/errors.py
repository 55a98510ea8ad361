"""Why an act on a person's record is refused."""

from icv.rules.refusals import Refusal


class PeopleError(Refusal):
    """`person_id` is whom it speaks of, where that is somebody else than the one acted on."""

    def __init__(self, sentence: str, *, field: str | None = None, person_id: int | None = None) -> None:
        super().__init__(sentence, field=field)
        self.person_id = person_id
