"""Why an act about references is refused."""

from icv.rules.refusals import Refusal


class ReferenceRefused(Refusal):
    pass
