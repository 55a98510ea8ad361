"""Why an act on a course or a session is refused."""

from icv.rules.refusals import Refusal


class TrainingError(Refusal):
    pass
