"""Signing in and out, one-time links, passwords, and a person's own sign-ins."""

from icv.web.accounts.views import bp

__all__ = ["bp"]
