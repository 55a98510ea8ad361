"""What the phone keeps of the service, so that the report's form opens without signal."""

from icv.web.phone.views import bp

__all__ = ["bp"]
