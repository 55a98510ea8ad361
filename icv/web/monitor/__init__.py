"""How predictable visits are, for the coordinator."""

from icv.web.monitor.views import bp

__all__ = ["bp"]
