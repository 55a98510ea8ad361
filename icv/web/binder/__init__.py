"""The quality binder for the coordinator: criteria, what shows each, and the whole as one document."""

from icv.web.binder import downloads, judging, keeping, showing
from icv.web.binder.blueprint import bp

__all__ = ["bp", "downloads", "judging", "keeping", "showing"]
