"""The time of a visit, agreed by its pair and sealed; a coordinator's opening of one in an emergency."""

from icv.web.sealed import opening
from icv.web.sealed.views import bp

__all__ = ["bp", "opening"]
