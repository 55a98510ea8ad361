"""The coordinator's page of accounts: who has a way in, and links to hand over."""

from icv.web.access.views import bp

__all__ = ["bp"]
