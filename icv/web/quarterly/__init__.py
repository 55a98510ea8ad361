"""The quarterly return: delays of entry, concerns, impact and good practice, ready to send on."""

from icv.web.quarterly.views import bp

__all__ = ["bp"]
