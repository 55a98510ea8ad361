"""The pages behind the links of a change of e-mail address."""

from icv.web.addresses.views import bp

__all__ = ["bp"]
