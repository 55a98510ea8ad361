"""What a visitor says beside a filed report of theirs: the countersignature, and addenda."""

from icv.web.signing.views import bp

__all__ = ["bp"]
