"""Why something cannot be kept, or put back."""


class KeepingError(Exception):
    """Why a backup cannot be made or restored, and what to do. The text may be shown."""
