"""People for the coordinator: the list, a person's record, and everything done with either."""

from icv.web.people import certificate, keeping, moving, several, together, views
from icv.web.people.blueprint import bp

__all__ = ["bp", "certificate", "keeping", "moving", "several", "together", "views"]
