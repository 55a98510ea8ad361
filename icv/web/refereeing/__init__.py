"""The page on which a referee answers, without an account: whoever holds the link of the letter may."""

from icv.web.refereeing.views import bp

__all__ = ["bp"]
