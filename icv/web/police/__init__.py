"""All that exists for the police: findings put to them, and their replies."""

from icv.web.police.views import bp

__all__ = ["bp"]
