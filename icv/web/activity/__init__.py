"""Expected activity: each visitor's year against what the scheme hopes for."""

from icv.web.activity.views import bp

__all__ = ["bp"]
