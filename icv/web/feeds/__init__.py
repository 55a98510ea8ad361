"""Calendar feeds: a volunteer's own links, and the calendars they open."""

from icv.web.feeds.views import bp

__all__ = ["bp"]
