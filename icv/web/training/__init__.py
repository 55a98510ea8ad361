"""Training: courses, sessions, attendance, who needs what; and agreements and identity cards."""

from icv.web.training import attending, booking, courses, due, papers, sessions, taken
from icv.web.training.blueprint import bp

__all__ = ["attending", "booking", "bp", "courses", "due", "papers", "sessions", "taken"]
