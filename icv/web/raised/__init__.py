"""What came of what a visitor raised: findings of their own visits."""

from icv.web.raised.views import bp

__all__ = ["bp"]
