"""References: the letters that ask an applicant's referees, and what they answered."""

from icv.store.references.tables import ReferenceLink

__all__ = ["ReferenceLink"]
