"""Other schemes' figures beside our own, for the coordinator."""

from icv.web.comparing.views import bp

__all__ = ["bp"]
