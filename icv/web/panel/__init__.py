"""The panel's page: the figures of a period, and the paragraph in words."""

from icv.web.panel.views import bp

__all__ = ["bp"]
