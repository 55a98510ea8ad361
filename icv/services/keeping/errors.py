"""Why something cannot be kept, or put back."""

from icv.rules.refusals import Refusal


class KeepingError(Refusal):
    """Why a backup cannot be made or restored, and what to do. The text may be shown."""
