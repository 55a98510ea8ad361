"""References and interviews of an applicant, for the coordinator."""

from icv.web.references import answers, asking, interviews, views
from icv.web.references.blueprint import bp

__all__ = ["answers", "asking", "bp", "interviews", "views"]
