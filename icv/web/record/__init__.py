"""A volunteer's own record: may I visit, what is needed of me, what the scheme holds, and what I change."""

from icv.web.record import contact, declaring, views
from icv.web.record.blueprint import bp

__all__ = ["bp", "contact", "declaring", "views"]
