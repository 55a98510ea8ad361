"""References: who may speak for an applicant, the letters that ask them, and what they answered."""

from icv.store.references.tables import Referee, ReferenceLink

__all__ = ["Referee", "ReferenceLink"]
