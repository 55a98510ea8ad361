"""Teams with their members, and who joined and left them."""

from icv.web.membership.views import bp

__all__ = ["bp"]
